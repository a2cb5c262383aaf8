-- The plugin in Neovims of their own, which are driven by the keys that an author types. `run` starts it.

local folder = assert(vim.env.VIP_LSP_TESTS, 'start this through `run`')
local expect = dofile(vim.fs.joinpath(folder, 'expect.lua'))
local editors = dofile(vim.fs.joinpath(folder, 'editor.lua'))
local equal, eventually = expect.equal, expect.eventually
local is_direct = (vim.env.VIP_LSP_CMD or '') == ''

local PROPOSAL = 'docs/proposals/vip-7.md'

local FOUND = { '17 1 missing-section', '17 4 missing-optional-section', '6 2 section-too-long' }

local function sees_diagnostics(editor)
  eventually(FOUND, function()
    return editors.diagnostics(editor)
  end, 'diagnostics by the settings')
end

local function sees_hints_and_lenses(editor)
  eventually({ '26/20 words' }, function()
    return editor.lua([[
      return vim.iter(vim.lsp.inlay_hint.get({ bufnr = 0 })):map(function(hint) return hint.inlay_hint.label end):totable()
    ]])
  end, 'inlay hints')
  local function lenses()
    return editor.lua([[
      return vim.iter(vim.lsp.codelens.get(vim.api.nvim_get_current_buf())):map(function(lens)
        return lens.command and lens.command.title
      end):totable()
    ]])
  end
  eventually({ '3 of 4 sections, 2 findings', '1 document refers to this' }, lenses, 'code lenses')
end

local function takes_a_lens(editor)
  editor.lua([[
    vim.ui.select = function(items, options, choose)
      for _, item in ipairs(items) do
        if options.format_item(item):find('refers') then choose(item) end
      end
    end
    vim.api.nvim_win_set_cursor(0, { 1, 0 })
    vim.lsp.codelens.run()
  ]])
  local function listed()
    return editor.lua([[
      return vim.iter(vim.fn.getqflist()):map(function(item)
        return ('%s:%d:%d'):format(vim.fs.basename(vim.fn.bufname(item.bufnr)), item.lnum, item.col)
      end):totable()
    ]])
  end
  eventually({ 'vip-3.md:12:35', 'vip-3.md:24:3' }, listed, 'references in the quickfix list')
  editor.run('cclose')
  equal(PROPOSAL, editor.lua([[ return vim.fn.expand('%') ]]), 'the proposal is shown again')
end

local function completes_a_section(editor)
  -- The only one offered is put there at once.
  editor.type('Go<CR>## Te<C-x><C-o>')
  eventually('## Test Plan', function()
    return vim.fn.trim(editor.lua([[ return vim.fn.getline(19) ]]))
  end, 'completed')
  editor.type('<Esc>')
  editor.run('edit!')
  sees_diagnostics(editor)
end

--- Values and keys of several words come whole, also where a placeholder stands.
local function completes_metadata(editor)
  for typed, expected in pairs({
    ['3GS- **Status**: Pu<C-x><C-o>'] = '- **Status**: Put on Hold',
    ["3GS- **Status**: _one of ['Draft', 'Accepted', 'Put on Hold']_<Left><C-x><C-o>"] = '- **Status**: _Draft_',
    ['4GS- <C-x><C-o>'] = '- **Author(s)**:',
  }) do
    editor.type(typed)
    local line = tonumber(typed:sub(1, 1))
    eventually(expected, function()
      return vim.fn.trim(editor.lua([[ return vim.fn.getline(...) ]], line))
    end, 'completed at ' .. typed)
    editor.type('<Esc>')
    editor.run('edit!')
    sees_diagnostics(editor)
  end
end

local function has_commands(editor)
  equal({ 'readiness', 'references', 'remove-guidance' }, editor.lua([[ return vim.fn.getcompletion('Proposal re', 'cmdline') ]]), 'completed commands')
  local before = editor.lines()
  editor.run('Proposal insert-missing-sections')
  eventually(vim.list_extend(before, { '', '## Test Plan' }), editor.lines, 'the missing section')
  editor.run('edit!')
  sees_diagnostics(editor)
  editor.run('Proposal readiness')
  eventually({ 'E', '"Introduction" is over by ', 8 }, function()
    local first = editor.lua([[ local first = vim.fn.getqflist()[1] return first and { first.type, first.text, first.lnum } ]])
    return first and { first[1], first[2]:sub(1, 26), first[3] }
  end, 'what is left to do')
  editor.run('cclose')
  editor.run('Proposal graph')
  eventually({ '# Graph of proposals', 'markdown', 'nofile' }, function()
    return editor.lua([[ return { vim.fn.getline(1), vim.bo.filetype, vim.bo.buftype } ]])
  end, 'the graph')
  editor.run('close')
  editor.run('Proposal frobnicate')
  local said = editor.lua([[ return _G.told[#_G.told] ]])
  equal('vip-lsp: there is no ":Proposal frobnicate"; use one of add-setting,', said:match('^.-add%-setting,'), 'an unknown command')
  editor.run('enew')
  editor.run('Proposal readiness')
  said = editor.lua([[ return _G.told[#_G.told] ]])
  equal('vip-lsp: no server is running for this buffer; open a proposal, or see :checkhealth vip-lsp', said, 'no proposal')
  editor.run('Proposal new Colder 🧊 caches')
  eventually('# VIP-8: Colder 🧊 caches', function()
    return editor.lua([[ return vim.fn.getline(1) ]])
  end, 'the next proposal')
  editor.run('bwipeout!')
  editor.run('edit ' .. PROPOSAL)
end

--- The floating window with the page of a rule: its first line.
local function page(editor)
  return editor.lua([[
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        return vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, 1, true)[1]
      end
    end
    return ''
  ]])
end

--- The page that lists a new proposal is written; the author does not see that it has changed.
local function writes_the_row(editor)
  editor.run('edit docs/proposals/README.md')
  editor.lua([[ vim.api.nvim_buf_set_lines(0, 0, -1, true, { '# All', '', '- [VIP-3](vip-3.md)', '- [VIP-7](vip-7.md)' }) ]])
  editor.run('write')
  editor.run('edit ' .. PROPOSAL)
  editor.run('Proposal new Warmer caches')
  eventually({ '- [VIP-9](vip-9.md)', false }, function()
    local row = editor.lua([[ return vim.fn.readfile('docs/proposals/README.md')[5] ]])
    return { row, editor.lua([[ return vim.bo[vim.fn.bufnr('README.md')].modified ]]) }
  end, 'the row of the new proposal')
end

local function shows_rules(editor)
  local ids = editor.lua([[ return vim.fn.getcompletion('Proposal rule missing-', 'cmdline') ]])
  equal({ 'missing-section', 'missing-optional-section', 'missing-title', 'missing-metadata' }, ids, 'completed rules')
  equal({}, editor.lua([[ return vim.fn.getcompletion('Proposal fix missing-', 'cmdline') ]]), 'completed behind another command')
  -- Two are found there, and the worse one counts; at the second place, the cursor is beside what is found.
  for place, expected in pairs({ ['17, 4'] = 'missing-section', ['6, 0'] = 'section-too-long' }) do
    editor.lua(('vim.api.nvim_win_set_cursor(0, { %s })'):format(place))
    editor.run('Proposal rule')
    eventually('# ' .. expected, function()
      return page(editor)
    end, 'the page of the rule at ' .. place)
    editor.type('gg')
    eventually('', function()
      return page(editor)
    end, 'no page after the cursor has moved')
  end
  editor.run('Proposal rule')
  local said = editor.lua([[ return _G.told[#_G.told] ]])
  equal('vip-lsp: no diagnostic on this line; name a rule,', said:match('^.-rule,'), 'no finding')
  editor.run('Proposal rule mising-section')
  eventually({ 'vip-lsp: there is no rule "mising-section"; did you mean "missing-section"?', vim.log.levels.WARN }, editor.told, 'no rule')
  editor.run('enew')
  editor.run('Proposal rule broken-link')
  eventually('# broken-link', function()
    return page(editor)
  end, 'the page of a rule, where no proposal is')
  editor.run('edit ' .. PROPOSAL)
  sees_diagnostics(editor)
end

local function fixes_on_save(editor)
  editor.run([[3substitute/Draft/Drat/]])
  eventually(true, function()
    return vim.list_contains(editors.diagnostics(editor), '3 2 invalid-metadata-value')
  end, 'the misspelt status')
  editor.run('write')
  equal('- **Status**: Draft', vim.fn.readfile(PROPOSAL)[3], 'the status on the disk')
end

--- What `:checkhealth` shows.
local function health(editor)
  editor.run('checkhealth vip-lsp')
  local shown = table.concat(editor.lines(), '\n')
  editor.run('bwipeout')
  return shown
end

local function is_healthy(editor)
  local shown = health(editor)
  equal(nil, shown:match('ERROR.*'), 'errors')
  for _, expected in ipairs({
    'vip-lsp 0',
    'a server is running in ' .. vim.fn.fnamemodify(vim.uv.cwd(), ':~'),
    PROPOSAL .. ' follows docs/proposals/vip-template.md',
  }) do
    equal(true, shown:find(expected, 1, true) ~= nil, expected .. ' in ' .. shown)
  end
end

--- Where Neovim starts no servers by itself, as before 0.11.
local function starts_without_enable()
  local editor = editors.start('vim.lsp.config, vim.lsp.enable = nil, nil\n' .. editors.INIT, PROPOSAL)
  sees_diagnostics(editor)
  equal(vim.uv.cwd(), editor.lua([[ return vim.lsp.get_clients({ name = 'vip_lsp' })[1].config.root_dir ]]), 'root folder')
  editors.finish(editor)
end

--- What is wrong with the server is told by `:checkhealth`, with what to do.
local function tells_what_is_wrong()
  local setup = [[
    vim.opt.runtimepath:prepend(vim.env.VIP_LSP_PLUGIN)
    require('vip-lsp').setup({ cmd = { %s } })
  ]]
  for cmd, expected in pairs({
    ["'no-such-server'"] = '"no-such-server" is not an executable on the PATH',
    ["'/bin/false'"] = 'does not say that it is vip-lsp: it prints nothing and exits with 1',
  }) do
    local editor = editors.start(setup:format(cmd), PROPOSAL)
    local shown = health(editor)
    equal(true, shown:find(expected, 1, true) ~= nil, expected .. ' in ' .. shown)
    vim.rpcnotify(editor.channel, 'nvim_command', 'qall!')
    equal(0, vim.fn.jobwait({ editor.channel }, expect.PATIENCE)[1], 'exit code of Neovim')
  end
end

local function refuses_odd_options()
  vim.opt.runtimepath:prepend(vim.env.VIP_LSP_PLUGIN)
  local function problem(options)
    return select(2, pcall(require('vip-lsp').setup, options))
  end
  equal('vip-lsp: setup has no option "inlay_hint"; see :help vip-lsp-options', problem({ inlay_hint = true }), 'a misspelt option')
  equal('vip-lsp: the option "cmd" of setup is a string; it takes a table', problem({ cmd = 'vip-lsp' }), 'an odd option')
  vim.cmd('helptags ' .. vim.fn.fnameescape(vim.env.VIP_LSP_PLUGIN .. '/doc'))
  vim.cmd('help vip-lsp-options')
end

--- Neovim 0.12 hands on a null of JSON, where those before it have nothing.
local function takes_null_for_nothing()
  local plain = dofile(vim.fs.joinpath(vim.env.VIP_LSP_PLUGIN, 'lua/vip-lsp/client.lua')).without_null
  equal(nil, plain(vim.NIL), 'null')
  equal({ a = { 1, { b = false } } }, plain({ a = { 1, { b = false, c = vim.NIL } }, d = vim.NIL }), 'null in a table')
end

expect.report(function()
  local editor = editors.start(editors.INIT, PROPOSAL)
  sees_diagnostics(editor)
  sees_hints_and_lenses(editor)
  takes_a_lens(editor)
  completes_a_section(editor)
  completes_metadata(editor)
  has_commands(editor)
  shows_rules(editor)
  fixes_on_save(editor)
  if is_direct then
    is_healthy(editor)
  end
  writes_the_row(editor)
  editors.finish(editor)
  starts_without_enable()
  tells_what_is_wrong()
  refuses_odd_options()
  takes_null_for_nothing()
end)
