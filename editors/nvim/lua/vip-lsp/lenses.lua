--- Code lenses, kept up to date. Neovim 0.12 does it by itself; what is older is told here.

local clients = require('vip-lsp.client')

local M = {}

--- The buffers whose lenses are asked for, by client and number: true where they are to be asked for once more behind that.
local asked = {}

--- Asks `client` for the lenses of `buffer`. What is asked for while an answer is on its way is asked for behind it:
--- `vim.lsp.codelens.refresh` drops it.
---@param client vim.lsp.Client
---@param buffer integer
local function ask(client, buffer)
  local key = ('%d %d'):format(client.id, buffer)
  if asked[key] ~= nil then
    asked[key] = true
    return
  end
  if not vim.api.nvim_buf_is_loaded(buffer) then
    return
  end
  local params = { textDocument = vim.lsp.util.make_text_document_params(buffer) }
  local is_sent = clients.call(client, 'request', 'textDocument/codeLens', params, function(...)
    local is_wanted = asked[key]
    asked[key] = nil
    vim.lsp.codelens.on_codelens(...)
    if is_wanted then
      ask(client, buffer)
    end
  end, buffer)
  if is_sent then
    asked[key] = false
  end
end

--- Adds to the configuration of the client that the server may say when lenses are others, which they are with other files, too.
---@param config vim.lsp.ClientConfig
function M.prepare(config)
  if vim.lsp.codelens.enable then
    return
  end
  config.capabilities = vim.tbl_deep_extend('force', config.capabilities or {}, {
    workspace = { codeLens = { refreshSupport = true } },
  })
  config.handlers = {
    ['workspace/codeLens/refresh'] = function(_, _, context)
      local client = assert(vim.lsp.get_client_by_id(context.client_id))
      for buffer in pairs(client.attached_buffers) do
        ask(client, buffer)
      end
      return vim.NIL
    end,
  }
end

--- Shows the lenses of `buffer`.
---@param client vim.lsp.Client
---@param buffer integer
---@param on fun(events: string[], act: fun()) does something at events in the buffer
function M.show(client, buffer, on)
  if vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = buffer })
    return
  end
  local function ask_again()
    ask(client, buffer)
  end
  on({ 'BufEnter', 'InsertLeave', 'TextChanged', 'DiagnosticChanged' }, ask_again)
  ask_again()
end

return M
