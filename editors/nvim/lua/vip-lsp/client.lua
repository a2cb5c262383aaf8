--- The running server, as Neovim 0.10 and later have it.

local M = {}

--- What the server is called in `vim.lsp.config`.
M.NAME = 'vip_lsp'

--- The code of an answer that says what the server does not do, and why (JSON-RPC 2.0, "Invalid params").
local REFUSED = -32602

--- The client that serves `buffer`; without a buffer, any.
---@param buffer? integer
---@return vim.lsp.Client?
function M.get(buffer)
  return vim.lsp.get_clients({ name = M.NAME, bufnr = buffer })[1]
end

--- Calls a method of `client`: with a colon from 0.11 on, with a dot before.
---@param client vim.lsp.Client
---@param method string
function M.call(client, method, ...)
  if vim.fn.has('nvim-0.11') == 1 then
    return client[method](client, ...)
  end
  return client[method](...)
end

--- `value` with nil for each null of JSON, which Neovim 0.12 has as `vim.NIL`, a value that counts as true.
---@param value any
---@return any
function M.without_null(value)
  if value == vim.NIL then
    return nil
  end
  return type(value) == 'table' and vim.tbl_map(M.without_null, value) or value
end

--- Has the server execute `command`; `done` gets what is wrong, if anything is, and the result.
---@param client vim.lsp.Client
---@param buffer integer
---@param command string
---@param argument any
---@param done fun(failure: lsp.ResponseError?, result: any)
function M.execute(client, buffer, command, argument, done)
  local params = { command = command, arguments = { argument } }
  M.call(client, 'request', 'workspace/executeCommand', params, function(failure, result)
    done(failure, M.without_null(result))
  end, buffer)
end

--- Writes `buffer` to its file.
---@param buffer integer
function M.write(buffer)
  vim.api.nvim_buf_call(buffer, function()
    vim.cmd('silent write')
  end)
end

--- Tells that the server did not do it. That it refuses, such as in a document that is no proposal, is no error.
---@param failure lsp.ResponseError
function M.complain(failure)
  local level = failure.code == REFUSED and vim.log.levels.WARN or vim.log.levels.ERROR
  vim.notify('vip-lsp: ' .. failure.message, level)
end

return M
