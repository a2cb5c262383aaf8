--- The offer to make a document a proposal where it is likely one: once for each folder and template.

local explain = require('vip-lsp.explain')

local M = {}

local YES, NO = 'Add setting', 'Not now'

--- Where it is remembered what was offered.
local function file()
  return vim.fs.joinpath(vim.fn.stdpath('state'), 'vip-lsp', 'offered.json')
end

--- What was offered: for each file of settings, the lines. They name the folder and the template.
---@return table<string, string[]>
local function offered()
  local is_read, text = pcall(vim.fn.readblob, file())
  local is_json, found = pcall(vim.json.decode, is_read and text or '')
  return is_json and type(found) == 'table' and found or {}
end

local function is_offered(suggestion)
  return vim.list_contains(offered()[suggestion.file] or {}, suggestion.lines)
end

local function remember(suggestion)
  local all = offered()
  all[suggestion.file] = vim.list_extend(all[suggestion.file] or {}, { suggestion.lines })
  vim.fn.mkdir(vim.fs.dirname(file()), 'p')
  vim.fn.writefile({ vim.json.encode(all) }, file())
end

--- Whether the user is here, and does not type: an offer would take the keys.
local function is_at_rest(buffer)
  return vim.api.nvim_get_current_buf() == buffer and vim.api.nvim_get_mode().mode == 'n'
end

local function question(found)
  -- Only the lines say which template it is.
  local template = found.suggestion.lines:match('\ntemplate = "(.-)"\n') or 'a template'
  local own = vim.fs.basename(vim.uri_to_fname(found.uri))
  local why = table.concat(found.reasons, '; ')
  return ('%s resembles %s, but is not a proposal: %s; add a setting?'):format(own, vim.fs.basename(template), why)
end

local function ask(client, buffer, found)
  -- No answer is one, too; and what cannot be remembered would be offered each time.
  if not pcall(remember, found.suggestion) then
    return
  end
  vim.ui.select({ YES, NO }, { prompt = question(found) }, function(chosen)
    if chosen == YES then
      explain.add_setting(client, buffer)
    end
  end)
end

--- Makes the offer for the document in `buffer`, if it is likely a proposal and the offer was not made yet.
---@param client vim.lsp.Client
---@param buffer integer
function M.make(client, buffer)
  if #vim.api.nvim_list_uis() == 0 or vim.api.nvim_buf_get_name(buffer) == '' then
    return
  end
  explain.ask(client, buffer, function(_, found)
    local suggestion = found and found.suggestion
    if suggestion and suggestion.likely and is_at_rest(buffer) and not is_offered(suggestion) then
      ask(client, buffer, found)
    end
  end)
end

return M
