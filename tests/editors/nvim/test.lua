-- One author's session in Neovim, once for each position encoding that an editor may insist on. `run` starts it.

local expect = dofile(vim.fs.joinpath(assert(vim.env.VIP_LSP_TESTS, 'start this through `run`'), 'expect.lua'))
local equal, eventually, PATIENCE = expect.equal, expect.eventually, expect.PATIENCE
local config_folder = vim.env.VIP_LSP_PLUGIN
local is_direct = (vim.env.VIP_LSP_CMD or '') == ''
local cmd = is_direct and { assert(vim.env.VIP_LSP), '--stdio' }
  or vim.split(vim.env.VIP_LSP_CMD, ' ', { trimempty = true })

--- The diagnostics of buffer 0 as `code severity line:column-line:column`, from 1 and 0, columns in bytes; by place.
local function diagnostics()
  local lines = vim.tbl_map(function(found)
    local severity = vim.diagnostic.severity[found.severity]
    local place = ('%d:%d-%d:%d'):format(found.lnum + 1, found.col, found.end_lnum + 1, found.end_col)
    return ('%s %s %s: %s'):format(place, severity, found.code, found.message)
  end, vim.diagnostic.get(0))
  table.sort(lines)
  return lines
end

local function request(client, method, params)
  local answers, problem = vim.lsp.buf_request_sync(0, method, params, PATIENCE)
  local answer = answers and answers[client.id]
  if not answer or answer.err then
    error(('%s\nexpected: an answer\nfound:    %s'):format(method, problem or vim.inspect(answer)), 0)
  end
  return answer.result
end

--- The labels that completion offers at the cursor, and the end column of the first one's edit, as the server counts.
local function complete(client)
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local items = request(client, 'textDocument/completion', params) or {}
  local labels = vim.tbl_map(function(item)
    return item.label
  end, items)
  return labels, items[1] and items[1].textEdit.range['end'].character
end

--- The outline as indented `name: detail`.
local function outline(symbols, indent)
  local lines = {}
  for _, symbol in ipairs(symbols or {}) do
    table.insert(lines, indent .. symbol.name .. (symbol.detail and ': ' .. symbol.detail or ''))
    vim.list_extend(lines, outline(symbol.children, indent .. '  '))
  end
  return lines
end

--- The processes below this one, the server among them.
local function processes()
  local found, waiting = {}, { vim.fn.getpid() }
  while #waiting > 0 do
    local children = vim.api.nvim_get_proc_children(table.remove(waiting))
    vim.list_extend(found, children)
    vim.list_extend(waiting, children)
  end
  return found
end

local function start(encoding)
  local ended = {}
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities.general.positionEncodings = { encoding }
  vim.lsp.config('vip_lsp', {
    cmd = cmd,
    capabilities = capabilities,
    on_exit = function(code, signal)
      table.insert(ended, { code, signal })
    end,
  })
  vim.lsp.enable('vip_lsp')
  vim.cmd.edit('docs/proposals/vip-7.md')
  equal('markdown', vim.bo.filetype, 'file type')
  eventually(1, function()
    return #vim.lsp.get_clients({ name = 'vip_lsp', bufnr = 0 })
  end, 'clients that serve the proposal')
  local client = vim.lsp.get_clients({ name = 'vip_lsp' })[1]
  eventually(true, function()
    return client.initialized == true
  end, 'initialized')
  equal(encoding, client.offset_encoding, 'position encoding')
  equal(vim.uv.cwd(), client.root_dir, 'root folder')
  return client, ended
end

local too_long = '6:3-6:22 WARN section-too-long: section "Introduction" has 26 words, but at most 20 are allowed'
local no_plan = '17:73-17:73 WARN missing-section: section "Test Plan" is missing; add it after "Proposed Design"'
local no_references = ' HINT missing-optional-section: optional section "References" is missing; add it after '

local function sees_diagnostics()
  eventually({
    '17:73-17:73' .. no_references .. '"Proposed Design" if it applies',
    no_plan,
    too_long,
  }, diagnostics, 'diagnostics of the proposal')
  local long = vim.diagnostic.get(0, { lnum = 5 })[1]
  equal('vip-lsp', long.source, 'source')
  local excess = long.user_data.lsp.relatedInformation[1]
  equal('word 21 is here', excess.message, 'related information')
  return excess.location.range
end

--- Takes the quick fix called `title` at the cursor, as a user does who picks it from the menu.
local function take_fix(title)
  local offered = {}
  vim.ui.select = function(items, options, choose)
    for _, item in ipairs(items) do
      local label = options.format_item(item)
      table.insert(offered, label)
      if item.action.title == title then
        return choose(item)
      end
    end
    choose(nil)
  end
  local before = vim.b.changedtick
  vim.lsp.buf.code_action()
  vim.wait(PATIENCE, function()
    return vim.b.changedtick > before
  end, 5)
  if vim.b.changedtick == before then
    equal(title, offered, 'quick fixes offered')
  end
end

local function mends_the_proposal()
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, true)
  -- Behind the astral character, at the heading's end.
  vim.api.nvim_win_set_cursor(0, { 15, #lines[15] })
  take_fix('Insert section "Test Plan"')
  eventually({
    '19:12-19:12' .. no_references .. '"Test Plan" if it applies',
    '19:3-19:12 HINT empty-section: section "Test Plan" is empty; fill it in, or say why it does not apply',
    too_long,
  }, diagnostics, 'after the fix')
  vim.list_extend(lines, { '', '## Test Plan' })
  equal(lines, vim.api.nvim_buf_get_lines(0, 0, -1, true), 'text after the fix')
end

local function completes_sections(client, encoding)
  local last = vim.api.nvim_buf_line_count(0)
  local end_of = { ['utf-8'] = 7, ['utf-16'] = 5, ['utf-32'] = 4 }
  for line, expected in pairs({ ['## '] = 3, ['## 💡'] = end_of[encoding] }) do
    vim.api.nvim_buf_set_lines(0, last, -1, true, { '', line })
    vim.api.nvim_win_set_cursor(0, { last + 2, 0 })
    vim.cmd('startinsert!')
    vim.api.nvim_win_set_cursor(0, { last + 2, #line })
    local labels, column = complete(client)
    equal({ '## References' }, labels, 'sections offered at ' .. line)
    equal(expected, column, 'end of the edit at ' .. line)
  end
  vim.cmd.stopinsert()
  vim.api.nvim_buf_set_lines(0, last, -1, true, {})
end

local function sees_outline(client)
  local params = { textDocument = vim.lsp.util.make_text_document_params(0) }
  equal({
    'VIP-7: 💡 Warm caches',
    '  Status: Draft',
    '  Author(s): A. Author, B. Author',
    '  Introduction (💡): 26/20 words',
    '  Problem Statement',
    '  Proposed Design (🧊)',
    '  Test Plan',
  }, outline(request(client, 'textDocument/documentSymbol', params), ''), 'outline')
end

--- Who refers to the section under the cursor, as the quickfix list has it.
local function finds_references()
  vim.api.nvim_win_set_cursor(0, { 11, 4 })
  vim.lsp.buf.references({ includeDeclaration = false })
  eventually({ 'vip-3.md:12:35' }, function()
    return vim.tbl_map(function(item)
      return ('%s:%d:%d'):format(vim.fs.basename(vim.fn.bufname(item.bufnr)), item.lnum, item.col)
    end, vim.fn.getqflist())
  end, 'references')
  vim.cmd('cclose')
end

--- A renamed heading takes the links of other files with it.
local function renames_a_heading()
  vim.api.nvim_win_set_cursor(0, { 11, 4 })
  vim.lsp.buf.rename('Why 💡 matters')
  eventually('## Why 💡 matters', function()
    return vim.api.nvim_buf_get_lines(0, 10, 11, true)[1]
  end, 'the heading')
  local other = vim.fn.bufadd('docs/proposals/vip-3.md')
  vim.fn.bufload(other)
  equal(
    'A restart 💡 takes a minute, as [VIP-7](vip-7.md#why--matters) says.',
    vim.api.nvim_buf_get_lines(other, 11, 12, true)[1],
    'the link to the heading'
  )
end

local function leaves_notes_alone(client)
  local method, published = 'textDocument/publishDiagnostics', {}
  local handler = vim.lsp.handlers[method]
  vim.lsp.handlers[method] = function(failure, result, ...)
    published[result.uri] = result.diagnostics
    return handler(failure, result, ...)
  end
  vim.cmd.edit('notes.md')
  eventually(true, function()
    return vim.lsp.buf_is_attached(0, client.id)
  end, 'served: notes.md')
  eventually({}, function()
    return published[vim.uri_from_bufnr(0)]
  end, 'diagnostics that the server has for notes.md')
  vim.lsp.handlers[method] = handler
  equal({}, diagnostics(), 'diagnostics of notes.md')
end

local function stops(client, ended)
  local running = processes()
  equal(true, #running > 0, 'a server process is running')
  vim.lsp.enable('vip_lsp', false)
  client:stop()
  eventually(1, function()
    return #ended
  end, 'server processes that ended')
  -- A proxy may end in its own way.
  if is_direct then
    equal({ 0, 0 }, ended[1], 'exit code and signal of the server')
  end
  eventually({}, function()
    return vim.tbl_filter(function(process)
      return vim.uv.kill(process, 0) == 0
    end, running)
  end, 'processes left')
end

local function session(encoding, excess)
  local client, ended = start(encoding)
  equal(excess, sees_diagnostics(), 'place of the first word over the limit')
  mends_the_proposal()
  completes_sections(client, encoding)
  sees_outline(client)
  finds_references()
  renames_a_heading()
  leaves_notes_alone(client)
  stops(client, ended)
  vim.cmd('silent %bwipeout!')
end

local function place(line, from, to)
  return { start = { line = line, character = from }, ['end'] = { line = line, character = to } }
end

local function test()
  vim.cmd('filetype on')
  vim.opt.swapfile = false
  vim.opt.runtimepath:prepend(config_folder)
  local own = vim.lsp.config.vip_lsp
  equal({ { 'vip-lsp', '--stdio' }, { 'markdown' }, { '.git' } }, { own.cmd, own.filetypes, own.root_markers }, 'config')
  session('utf-8', place(7, 112, 116))
  session('utf-16', place(7, 110, 114))
  session('utf-32', place(7, 109, 113))
end

expect.report(test)
