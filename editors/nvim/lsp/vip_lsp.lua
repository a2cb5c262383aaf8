-- How Neovim 0.11 and later start vip-lsp. With `vip-lsp` on the PATH and the folder editors/nvim on the 'runtimepath', this
-- is enough in init.lua:
--
--     vim.lsp.enable('vip_lsp')
--
-- Or copy this file to ~/.config/nvim/lsp/vip_lsp.lua. What differs on your machine goes into
-- vim.lsp.config('vip_lsp', { ... }), which is merged over this.

---@type vim.lsp.Config
return {
  cmd = { 'vip-lsp', '--stdio' },
  filetypes = { 'markdown' },
  root_markers = { '.git' },
}
