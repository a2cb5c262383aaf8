-- vip-lsp in Neovim 0.11 or later, without a plugin.
--
-- Put `vip-lsp` on the PATH and the folder editors/nvim on the 'runtimepath', and enable it in init.lua:
--
--     vim.opt.runtimepath:append('/path/to/vip-lsp/editors/nvim')
--     vim.lsp.enable('vip_lsp')
--
-- Or copy this file to ~/.config/nvim/lsp/vip_lsp.lua, and call vim.lsp.enable alone. What differs on your machine goes
-- into vim.lsp.config('vip_lsp', { ... }), which is merged over this.

---@type vim.lsp.Config
return {
  cmd = { 'vip-lsp', '--stdio' },
  filetypes = { 'markdown' },
  root_markers = { '.git' },
}
