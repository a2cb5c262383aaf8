--- `:Proposal`, and what the server leaves to its client.

local clients = require('vip-lsp.client')
local explain = require('vip-lsp.explain')
local graph = require('vip-lsp.graph')
local rules = require('vip-lsp.rules')

local M = {}

local function complain(message)
  vim.notify('vip-lsp: ' .. message, vim.log.levels.ERROR)
end

--- Has the server execute `command`, and hands `use` its result.
local function execute(client, buffer, command, argument, use)
  clients.execute(client, buffer, command, argument, function(failure, result)
    if failure then
      clients.complain(failure)
    elseif use then
      use(result)
    end
  end)
end

--- A command for the proposal in `buffer`.
local function for_proposal(command)
  return function(client, buffer)
    execute(client, buffer, command, vim.uri_from_bufnr(buffer))
  end
end

--- Shows the places that refer to the proposal in the quickfix list. Where there are none, the server says so.
local function show_references(client, buffer, uri)
  execute(client, buffer, 'vip-lsp.showReferences', uri, function(places)
    if vim.tbl_isempty(places or {}) then
      return
    end
    local items = vim.lsp.util.locations_to_items(places, client.offset_encoding)
    vim.fn.setqflist({}, ' ', { title = 'References to ' .. vim.fs.basename(vim.uri_to_fname(uri)), items = items })
    vim.cmd('botright copen')
  end)
end

--- Lists what is left to do in the proposal in the quickfix list: errors are required, the rest is advice. Where nothing is left, the
--- server says so.
local function show_readiness(client, buffer, uri)
  execute(client, buffer, 'vip-lsp.showReadiness', uri, function(readiness)
    if vim.tbl_isempty(readiness.todo) then
      return
    end
    local items = vim.tbl_map(function(todo)
      local item = vim.lsp.util.locations_to_items({ { uri = uri, range = todo.range } }, client.offset_encoding)[1]
      return vim.tbl_extend('force', item, { text = todo.message, type = todo.required and 'E' or 'I' })
    end, readiness.todo)
    vim.fn.setqflist({}, ' ', { title = readiness.line, items = items })
    vim.cmd('botright copen')
  end)
end

--- The file in `buffer`: of several places for a new proposal, the nearest counts.
local function near(buffer)
  local uri = vim.uri_from_bufnr(buffer)
  local is_file = vim.api.nvim_buf_get_name(buffer) ~= '' and vim.startswith(uri, 'file://')
  return is_file and uri or nil
end

--- The buffers with changes that are not written.
local function modified()
  return vim.tbl_filter(function(buffer)
    return vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].modified
  end, vim.api.nvim_list_bufs())
end

--- Writes the files at `uris`, but not those of `begun`: what the user has begun there is not for this to write.
local function write(uris, begun)
  for _, buffer in ipairs(vim.tbl_map(vim.uri_to_bufnr, uris)) do
    if vim.list_contains(modified(), buffer) and not vim.list_contains(begun, buffer) then
      clients.write(buffer)
    end
  end
end

--- Starts the next proposal; asks for its title if there is none. The pages that list it then are written.
local function new(client, buffer, title)
  local function start(chosen)
    local wanted = { title = chosen ~= '' and chosen or nil, near = near(buffer) }
    local begun = modified()
    execute(client, buffer, 'vip-lsp.newProposal', next(wanted) and wanted or vim.empty_dict(), function(made)
      write(made and made ~= vim.NIL and made.changed or {}, begun)
    end)
  end
  if title ~= '' then
    start(title)
    return
  end
  vim.ui.input({ prompt = 'Title of the new proposal (may be empty): ' }, function(typed)
    if typed then
      start(typed)
    end
  end)
end

local COMMANDS = {
  ['add-setting'] = { explain.add_setting, 'adds the setting that makes the document a proposal' },
  ['insert-missing-sections'] = { for_proposal('vip-lsp.insertMissingSections'), 'inserts what the template asks for' },
  ['migrate'] = { for_proposal('vip-lsp.migrate'), 'brings it to the template as it is now' },
  ['order-sections'] = { for_proposal('vip-lsp.orderSections'), "puts the sections in the template's order" },
  ['remove-guidance'] = { for_proposal('vip-lsp.removeGuidance'), "takes the template's instructions out" },
  explain = { explain.show, 'says whether the document is a proposal, and why' },
  fix = {
    function(client, buffer)
      require('vip-lsp').fix(client, buffer)
    end,
    'applies the safe fixes',
  },
  graph = { graph.show, 'shows which proposals supersede, amend or require which' },
  new = { new, 'starts the next proposal; a title may follow' },
  readiness = {
    function(client, buffer)
      show_readiness(client, buffer, vim.uri_from_bufnr(buffer))
    end,
    'lists what is left to do before the next status',
  },
  references = {
    function(client, buffer)
      show_references(client, buffer, vim.uri_from_bufnr(buffer))
    end,
    'lists the places that refer to the proposal',
  },
  rule = { rules.show, 'shows the page of a rule: the one that is named, or of the finding at the cursor' },
}

--- Those that need no proposal: any server will do.
local ANYWHERE = { 'graph', 'new', 'rule' }

local function names()
  local names = vim.tbl_keys(COMMANDS)
  table.sort(names)
  return names
end

--- Says what there is.
local function list()
  local lines = vim.tbl_map(function(name)
    return (':Proposal %-23s  %s'):format(name, COMMANDS[name][2])
  end, names())
  vim.notify(table.concat(lines, '\n'))
end

--- `:Proposal words…`: a command, and behind `new` a title, behind `rule` a rule. Without words, what there is.
---@param words string[]
function M.run(words)
  local name = words[1]
  if not name then
    list()
    return
  end
  if not COMMANDS[name] then
    complain(('there is no ":Proposal %s"; use one of %s'):format(name, table.concat(names(), ', ')))
    return
  end
  local buffer = vim.api.nvim_get_current_buf()
  local client = clients.get(buffer) or (vim.list_contains(ANYWHERE, name) and clients.get() or nil)
  if not client then
    complain('no server is running for this buffer; open a proposal, or see :checkhealth vip-lsp')
    return
  end
  COMMANDS[name][1](client, buffer, table.concat(words, ' ', 2))
end

--- The names that `:Proposal` completes, and behind `rule` the rules.
---@param typed string
---@param line string
---@return string[]
function M.complete(typed, line)
  local name = line:match('Proposal!?%s+(%S+)%s')
  if name then
    return name == 'rule' and rules.complete(typed) or {}
  end
  return vim.tbl_filter(function(name)
    return vim.startswith(name, typed)
  end, names())
end

--- What a lens does whose argument is the document's URI.
local function of_lens(show)
  ---@param command lsp.Command
  ---@param context { client_id: integer, bufnr: integer }
  return function(command, context)
    local client = vim.lsp.get_client_by_id(context.client_id)
    if client then
      show(client, context.bufnr, command.arguments[1])
    end
  end
end

M.show_references = of_lens(show_references)
M.show_readiness = of_lens(show_readiness)

return M
