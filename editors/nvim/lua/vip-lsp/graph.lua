--- The graph of the proposals that name each other, as the server draws it.

local clients = require('vip-lsp.client')

local M = {}

local COMMAND = 'vip-lsp.graph'

--- Shows the graph of the family of the document in `buffer`, or of all proposals, in a split: a flowchart of Mermaid.
---@param client vim.lsp.Client
---@param buffer integer
function M.show(client, buffer)
  local uri = vim.bo[buffer].filetype == 'markdown' and vim.uri_from_bufnr(buffer) or nil
  clients.execute(client, buffer, COMMAND, uri, function(failure, page)
    if failure then
      clients.complain(failure)
      return
    end
    vim.cmd('botright new')
    vim.bo.buftype = 'nofile'
    vim.bo.bufhidden = 'wipe'
    vim.bo.swapfile = false
    vim.api.nvim_buf_set_lines(0, 0, -1, true, vim.split(page, '\n', { trimempty = true }))
    vim.bo.modifiable = false
    -- Last: a server for Markdown need not follow the lines above.
    vim.bo.filetype = 'markdown'
  end)
end

return M
