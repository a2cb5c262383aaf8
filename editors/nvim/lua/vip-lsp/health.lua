--- `:checkhealth vip-lsp`: whether Neovim can run the server, and what it serves.

local clients = require('vip-lsp.client')

local M = {}

--- How long a program may take to answer, in milliseconds.
local PATIENCE = 5000

local function own_config()
  if vim.lsp.config then
    return vim.lsp.config[clients.NAME]
  end
  local file = vim.api.nvim_get_runtime_file('lsp/vip_lsp.lua', false)[1]
  return vim.tbl_extend('force', file and dofile(file) or {}, { cmd = require('vip-lsp').options.cmd })
end

--- What the server's program prints in `folder`, and whether it ended well.
local function output(program, arguments, folder)
  local is_started, process = pcall(vim.system, vim.list_extend({ program }, arguments), { text = true, cwd = folder })
  if not is_started then
    return process, false
  end
  local ended = process:wait(PATIENCE)
  local said = ended.code == 0 and ended.stdout or ended.stderr
  return said ~= '' and said or ('it prints nothing and exits with %d'):format(ended.code), ended.code == 0
end

--- The first line of that.
local function ask(program, arguments, folder)
  local said, is_fine = output(program, arguments, folder)
  return vim.split(said, '\n')[1], is_fine
end

--- The server's program, if it is one.
local function check_server()
  local health = vim.health
  local cmd = (own_config() or {}).cmd
  if type(cmd) ~= 'table' then
    health.info('your own function starts the server')
    return
  end
  local program = vim.fn.exepath(cmd[1])
  if program == '' then
    health.error(('"%s" is not an executable on the PATH'):format(cmd[1]), {
      'Install the server as described in its README.',
      'Or name it: require("vip-lsp").setup({ cmd = { "/path/to/vip-lsp" } })',
    })
    return
  end
  local version, is_ours = ask(program, { '--version' })
  if not is_ours or not version:match('^vip%-lsp ') then
    health.error(('"%s" does not say that it is vip-lsp: %s'):format(program, version), {
      'It may be for another platform, or another program; name the right one in `cmd`.',
    })
    return
  end
  health.ok(('%s: %s'):format(version, program))
  return program
end

local function check_neovim()
  local health = vim.health
  if vim.fn.has('nvim-0.10') == 0 then
    health.error('this Neovim is older than 0.10', { 'Use a newer one.' })
  else
    health.ok('Neovim ' .. tostring(vim.version()))
  end
  if vim.fn.exists(':Proposal') ~= 2 then
    health.warn('the command :Proposal is missing', { 'Put editors/nvim on the runtimepath before plugins are loaded.' })
  end
end

--- What the document in `buffer` is: a proposal of which template, or no proposal and why.
local function check_buffer(program, buffer, folder)
  local name = vim.api.nvim_buf_get_name(buffer)
  local short = vim.fn.fnamemodify(name, ':~:.')
  if vim.fn.filereadable(name) == 0 then
    vim.health.info(short .. ' is not written yet')
    return
  end
  local answer, is_known = output(program, { 'explain', '--json', name }, folder)
  local is_read, found = pcall(vim.json.decode, answer, { luanil = { object = true } })
  if not is_known or not is_read then
    vim.health.warn(short .. ': ' .. answer)
  elseif found.proposal then
    vim.health.info(('%s follows %s'):format(short, found.template or 'the built-in VIP template'))
  else
    vim.health.info(('%s is not a proposal: %s'):format(short, table.concat(found.reasons, '; ')))
    if found.suggestion then
      vim.health.info('to make it one, add this to vip-lsp.toml:\n' .. found.suggestion)
    end
  end
end

local function check_clients(program)
  local health = vim.health
  local running = vim.lsp.get_clients({ name = clients.NAME })
  if #running == 0 then
    local is_enabled = not vim.lsp.is_enabled or vim.lsp.is_enabled(clients.NAME)
    local advice = is_enabled and 'Open a Markdown file.' or 'Call require("vip-lsp").setup(), or vim.lsp.enable("vip_lsp").'
    health.warn('no server is running', { advice })
  end
  for _, client in ipairs(running) do
    local root = client.config.root_dir
    health.ok(('a server is running in %s'):format(root and vim.fn.fnamemodify(root, ':~') or 'no folder'))
    if program then
      health.info('configuration: ' .. ask(program, { 'config' }, root))
      for buffer in pairs(client.attached_buffers) do
        check_buffer(program, buffer, root)
      end
    end
  end
end

--- What `:checkhealth vip-lsp` shows.
function M.check()
  vim.health.start('vip-lsp')
  check_neovim()
  local program = check_server()
  check_clients(program)
end

return M
