--- Options, and what a buffer gets when the server serves it.

local clients = require('vip-lsp.client')
local lenses = require('vip-lsp.lenses')

local M = {}

---@class vip-lsp.Options
---@field cmd? string[] the server and its arguments
---@field filetypes? string[] the file types that it is started for
---@field settings? table what `vip-lsp.toml` may have; it wins over the file
---@field capabilities? table what a completion plugin adds to the client's capabilities
---@field inlay_hints? boolean word counts behind the headings
---@field code_lens? boolean what is left to do, and who refers to it, above the title
---@field fix_on_save? boolean the safe fixes when a proposal is written
---@field offer? boolean the offer, once, to make a document a proposal that looks like one

local TYPES = {
  cmd = 'table',
  filetypes = 'table',
  settings = 'table',
  capabilities = 'table',
  inlay_hints = 'boolean',
  code_lens = 'boolean',
  fix_on_save = 'boolean',
  offer = 'boolean',
}

--- What is on unless it is turned off.
local DEFAULTS = { offer = true }

--- How long a write waits for the fixes, in milliseconds.
local PATIENCE = 1000

---@type vip-lsp.Options
M.options = {}

local function check(options)
  for name, value in pairs(options) do
    local wanted = TYPES[name]
    if not wanted then
      error(('vip-lsp: setup has no option "%s"; see :help vip-lsp-options'):format(name), 0)
    elseif type(value) ~= wanted then
      error(('vip-lsp: the option "%s" of setup is a %s; it takes a %s'):format(name, type(value), wanted), 0)
    end
  end
end

--- Starts the server for a buffer of one of its file types, as `vim.lsp.enable` does from 0.11 on.
local function enable(config)
  local function start(buffer)
    if vim.bo[buffer].buftype == '' and vim.tbl_contains(config.filetypes, vim.bo[buffer].filetype) then
      local root = vim.fs.root(buffer, config.root_markers)
      vim.lsp.start(vim.tbl_extend('error', config, { name = clients.NAME, root_dir = root }), { bufnr = buffer })
    end
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('vip-lsp.start', {}),
    desc = 'vip-lsp: start the server',
    callback = function(event)
      start(event.buf)
    end,
  })
  vim.iter(vim.api.nvim_list_bufs()):filter(vim.api.nvim_buf_is_loaded):each(start)
end

--- Takes the options, and starts the server for the proposals that are and will be open.
---@param options? vip-lsp.Options
function M.setup(options)
  options = options or {}
  check(options)
  M.options = vim.tbl_extend('keep', options, DEFAULTS)
  local config = {
    cmd = options.cmd,
    filetypes = options.filetypes,
    -- The quickfix list shows what the server returns; it need not say it in a message.
    capabilities = vim.tbl_deep_extend('force', options.capabilities or {}, { experimental = { showsReferences = true, showsReadiness = true } }),
    settings = options.settings and { ['vip-lsp'] = options.settings },
  }
  if options.code_lens then
    lenses.prepare(config)
  end
  if vim.lsp.config then
    vim.lsp.config(clients.NAME, config)
    vim.lsp.enable(clients.NAME)
  else
    local file = assert(vim.api.nvim_get_runtime_file('lsp/vip_lsp.lua', false)[1])
    local all = vim.tbl_deep_extend('force', vim.lsp.protocol.make_client_capabilities(), config.capabilities)
    enable(vim.tbl_extend('force', dofile(file), config, { capabilities = all }))
  end
end

--- Makes the fixes of `buffer` that are safe.
---@param client vim.lsp.Client
---@param buffer integer
function M.fix(client, buffer)
  local function request(method, params)
    local answer = clients.call(client, 'request_sync', method, params, PATIENCE, buffer)
    return answer and clients.without_null(answer.result)
  end
  local last = { line = vim.api.nvim_buf_line_count(buffer), character = 0 }
  local actions = request('textDocument/codeAction', {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = { start = { line = 0, character = 0 }, ['end'] = last },
    context = { only = { 'source.fixAll.vip-lsp' }, diagnostics = {} },
  })
  for _, action in ipairs(actions or {}) do
    local resolved = action.edit and action or request('codeAction/resolve', action)
    if resolved and resolved.edit then
      vim.lsp.util.apply_workspace_edit(resolved.edit, client.offset_encoding)
    end
  end
end

--- What the user wants in `buffer`, which `client` serves from now on.
---@param client vim.lsp.Client
---@param buffer integer
function M.attach(client, buffer)
  local commands = require('vip-lsp.commands')
  vim.lsp.commands['vip-lsp.showReferences'] = commands.show_references
  vim.lsp.commands['vip-lsp.showReadiness'] = commands.show_readiness
  local group = vim.api.nvim_create_augroup('vip-lsp.attached', { clear = false })
  vim.api.nvim_clear_autocmds({ group = group, buffer = buffer })
  local function on(events, act)
    vim.api.nvim_create_autocmd(events, { group = group, buffer = buffer, callback = act, desc = 'vip-lsp' })
  end
  if M.options.inlay_hints then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
  if M.options.code_lens then
    lenses.show(client, buffer, on)
  end
  if M.options.offer then
    require('vip-lsp.offer').make(client, buffer)
  end
  if M.options.fix_on_save then
    on('BufWritePre', function()
      if vim.lsp.buf_is_attached(buffer, client.id) then
        M.fix(client, buffer)
      end
    end)
  end
end

return M
