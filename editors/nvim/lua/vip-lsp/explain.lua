--- What a document is and why, and the settings that make it a proposal.

local clients = require('vip-lsp.client')

local M = {}

---@class vip-lsp.Suggestion
---@field file string the URI of the settings' file
---@field lines string what to add there, as TOML
---@field likely boolean whether the document falls just short of what is found by itself

---@class vip-lsp.Explanation
---@field uri string
---@field proposal boolean
---@field index boolean whether it is a page that lists proposals
---@field family? string
---@field template? string the URI of the proposal's template; none for the built-in one
---@field reasons string[]
---@field suggestion? vip-lsp.Suggestion

--- Asks what the document in `buffer` is.
---@param client vim.lsp.Client
---@param buffer integer
---@param done fun(failure: lsp.ResponseError?, found: vip-lsp.Explanation?)
function M.ask(client, buffer, done)
  clients.execute(client, buffer, 'vip-lsp.explain', vim.uri_from_bufnr(buffer), done)
end

--- Asks, and hands `use` the answer, if there is one; tells if there is none.
local function with_answer(client, buffer, use)
  M.ask(client, buffer, function(failure, found)
    if failure then
      clients.complain(failure)
    else
      use(found)
    end
  end)
end

--- The name of the file at `uri`.
local function name(uri)
  return vim.fs.basename(vim.uri_to_fname(uri))
end

--- In a line, what the document is.
local function verdict(found)
  local own = name(found.uri)
  if found.proposal then
    local template = found.template and name(found.template) or 'the built-in VIP template'
    local family = found.family and (', family "%s"'):format(found.family) or ''
    return ('%s is a proposal that follows %s%s'):format(own, template, family)
  end
  return ('%s is %s'):format(own, found.index and 'an index page, not a proposal' or 'not a proposal')
end

--- What the document is, why, and what makes it a proposal.
local function lines(found)
  local said = { verdict(found) }
  for _, reason in ipairs(found.reasons) do
    table.insert(said, '- ' .. reason)
  end
  if found.suggestion then
    local file = name(found.suggestion.file)
    table.insert(said, ('These lines in %s make it one; ":Proposal add-setting" adds them:'):format(file))
    table.insert(said, vim.trim(found.suggestion.lines))
  end
  return said
end

local function say(found)
  vim.notify(table.concat(lines(found), '\n'))
end

--- Says what the document in `buffer` is.
---@param client vim.lsp.Client
---@param buffer integer
function M.show(client, buffer)
  with_answer(client, buffer, say)
end

--- Whether the file at `uri` has changes that are not written.
local function is_edited(uri)
  local buffer = vim.uri_to_bufnr(uri)
  return vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].modified
end

--- Writes the settings, because the server reads them from the disk.
local function write(uri)
  local buffer = vim.uri_to_bufnr(uri)
  -- In a new file, Neovim leaves the line that it began with behind what is added.
  if vim.api.nvim_buf_get_lines(buffer, -2, -1, true)[1] == '' then
    vim.api.nvim_buf_set_lines(buffer, -2, -1, true, {})
  end
  clients.write(buffer)
  vim.notify(('vip-lsp: added to %s, and written'):format(name(uri)))
end

local function add(client, buffer, suggestion)
  -- What the user has begun there is not for this to write.
  local is_begun = is_edited(suggestion.file)
  clients.execute(client, buffer, 'vip-lsp.addSetting', vim.uri_from_bufnr(buffer), function(failure, added)
    if failure then
      clients.complain(failure)
    elseif added and is_begun then
      vim.notify(('vip-lsp: added to %s; write it'):format(name(added.uri)))
    elseif added then
      write(added.uri)
    end
  end)
end

--- Adds the settings that make the document in `buffer` a proposal; where there are none, says what it is.
---@param client vim.lsp.Client
---@param buffer integer
function M.add_setting(client, buffer)
  with_answer(client, buffer, function(found)
    if found.suggestion then
      add(client, buffer, found.suggestion)
    else
      say(found)
    end
  end)
end

return M
