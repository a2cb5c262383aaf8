-- What is there from the start: `:Proposal`, and what a buffer gets when the server serves it. The rest is loaded when needed.

if vim.g.loaded_vip_lsp then
  return
end
vim.g.loaded_vip_lsp = true

vim.api.nvim_create_user_command('Proposal', function(invocation)
  require('vip-lsp.commands').run(invocation.fargs)
end, {
  nargs = '*',
  desc = 'vip-lsp: work on the proposal',
  complete = function(typed, line)
    return require('vip-lsp.commands').complete(typed, line)
  end,
})

vim.api.nvim_create_autocmd('LspAttach', {
  group = vim.api.nvim_create_augroup('vip-lsp', {}),
  desc = 'vip-lsp: what the user wants in a buffer that the server serves',
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == 'vip_lsp' then
      require('vip-lsp').attach(client, event.buf)
    end
  end,
})
