-- A Neovim of its own, which is driven by the keys that an author types.

local expect = dofile(vim.fs.joinpath(vim.env.VIP_LSP_TESTS, 'expect.lua'))
local equal = expect.equal

local M = {}

--- How long a server may outlive its editor, in milliseconds.
local CLOSING = 2000

--- What an author has in init.lua.
M.INIT = [[
vim.opt.runtimepath:prepend(vim.env.VIP_LSP_PLUGIN)
local words = vim.split(vim.env.VIP_LSP_CMD or '', ' ', { trimempty = true })
require('vip-lsp').setup({
  cmd = #words > 0 and words or { vim.env.VIP_LSP },
  settings = { rules = { ['missing-section'] = 'error' } },
  inlay_hints = true,
  code_lens = true,
  fix_on_save = true,
})
]]

--- A Neovim that starts with `init` and opens `path`.
function M.start(init, path)
  local file = vim.fn.tempname() .. '.lua'
  vim.fn.writefile(vim.split(init, '\n'), file)
  local command = { vim.v.progpath, '--clean', '-n', '--headless', '--embed', '-u', file, path }
  local channel = vim.fn.jobstart(command, { rpc = true })
  equal(true, channel > 0, 'Neovim starts')
  local editor = { channel = channel }
  function editor.lua(code, ...)
    return vim.rpcrequest(channel, 'nvim_exec_lua', code, { ... })
  end
  function editor.type(keys)
    vim.rpcrequest(channel, 'nvim_input', keys)
  end
  function editor.run(command)
    return vim.rpcrequest(channel, 'nvim_exec2', command, { output = true }).output
  end
  function editor.lines()
    return vim.rpcrequest(channel, 'nvim_buf_get_lines', 0, 0, -1, true)
  end
  --- What was told last, and how loudly.
  function editor.told()
    return editor.lua([[ return { _G.told[#_G.told] or '', _G.level } ]])
  end
  --- What is told to the user from now on.
  editor.lua([[
    _G.told = {}
    vim.notify = function(message, level)
      table.insert(_G.told, message)
      _G.level = level
    end
  ]])
  return editor
end

--- The diagnostics in the buffer as `line severity code`, by place.
function M.diagnostics(editor)
  return editor.lua([[
    local found = vim.tbl_map(function(found)
      return ('%d %d %s'):format(found.lnum + 1, found.severity, found.code)
    end, vim.diagnostic.get(0))
    table.sort(found)
    return found
  ]])
end

--- Whether `process` runs. One that has ended and that nobody waits for does not.
local function is_running(process)
  local state = vim.fn.system({ 'ps', '-o', 'stat=', '-p', process })
  return vim.v.shell_error == 0 and not vim.startswith(state, 'Z')
end

--- Ends the editor: its server goes with it.
function M.finish(editor)
  local servers = vim.api.nvim_get_proc_children(vim.fn.jobpid(editor.channel))
  equal(true, #servers > 0, 'a server runs')
  vim.rpcnotify(editor.channel, 'nvim_command', 'qall!')
  equal(0, vim.fn.jobwait({ editor.channel }, expect.PATIENCE)[1], 'exit code of Neovim')
  vim.wait(CLOSING, function()
    return not vim.iter(servers):any(is_running)
  end, 20)
  equal({}, vim.tbl_filter(is_running, servers), 'servers that outlive their editor')
end

return M
