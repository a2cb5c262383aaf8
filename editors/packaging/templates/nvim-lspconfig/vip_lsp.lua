---@brief
---
--- ${repository}
---
--- ${description}.
---
--- It reads all Markdown files of the repository, and says nothing about documents that are not proposals.

---@type vim.lsp.Config
return {
  cmd = { 'vip-lsp', '--stdio' },
  filetypes = { 'markdown' },
  root_markers = { '.git' },
}
