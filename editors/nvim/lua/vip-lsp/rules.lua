--- The pages of the rules, as the server has them.

local clients = require('vip-lsp.client')

local M = {}

local COMMAND = 'vip-lsp.rule'

--- How long completion waits for the rules, in milliseconds.
local PATIENCE = 1000

--- How wide a page gets: its lines are longer than is pleasant to read.
local WIDTH = 90

local function is_at(column, found)
  return found.col <= column and (found.end_lnum > found.lnum or column < math.max(found.end_col, found.col + 1))
end

--- The rule of the finding at the cursor, or else of one in its line; of several, the worst. Faults in the settings have none.
local function at_cursor(buffer)
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  local found = vim.tbl_filter(function(one)
    return one.source == 'vip-lsp'
  end, vim.diagnostic.get(buffer, { lnum = line - 1 }))
  table.sort(found, function(one, other)
    if is_at(column, one) ~= is_at(column, other) then
      return is_at(column, one)
    end
    return one.severity < other.severity
  end)
  return found[1] and found[1].code
end

--- Shows the page of the rule `id`; without one, of the rule that found what is at the cursor.
---@param client vim.lsp.Client
---@param buffer integer
---@param id string
function M.show(client, buffer, id)
  local wanted = id ~= '' and id or at_cursor(buffer)
  if not wanted then
    vim.notify('vip-lsp: no diagnostic on this line; name a rule, such as ":Proposal rule missing-section"', vim.log.levels.WARN)
    return
  end
  clients.execute(client, buffer, COMMAND, wanted, function(failure, page)
    if failure then
      clients.complain(failure)
      return
    end
    local lines = vim.split(page, '\n', { trimempty = true })
    vim.lsp.util.open_floating_preview(lines, 'markdown', { border = 'rounded', focus_id = COMMAND, max_width = WIDTH })
  end)
end

---@type string[]?
local known

--- The rules whose names begin with `typed`.
---@param typed string
---@return string[]
function M.complete(typed)
  local client = clients.get(vim.api.nvim_get_current_buf()) or clients.get()
  if not known and client then
    local answer = clients.call(client, 'request_sync', 'workspace/executeCommand', { command = COMMAND }, PATIENCE)
    local rules = answer and answer.result
    known = rules and vim.tbl_map(function(rule)
      return rule.id
    end, rules)
  end
  return vim.tbl_filter(function(id)
    return vim.startswith(id, typed)
  end, known or {})
end

return M
