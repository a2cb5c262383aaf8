--- The running server, as Neovim 0.10 and later have it.

local M = {}

--- What the server is called in `vim.lsp.config`.
M.NAME = 'vip_lsp'

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

return M
