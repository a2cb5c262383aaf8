-- What a document is, and the settings that make it a proposal, where nothing is set. `run` starts it.

local folder = assert(vim.env.VIP_LSP_TESTS, 'start this through `run`')
local expect = dofile(vim.fs.joinpath(folder, 'expect.lua'))
local editors = dofile(vim.fs.joinpath(folder, 'editor.lua'))
local equal, eventually = expect.equal, expect.eventually

local PROPOSAL, TERM = 'text/0001-warm-caches.md', 'docs/glossary/cache.md'
local LINES = {
  '[[family]]',
  'name = "glossary"',
  'template = "docs/glossary/TEMPLATE.md"',
  'documents = ["docs/glossary/*.md"]',
}

--- What makes Neovim believe that a user looks at it, and answers each question with `answer`, or not at all.
local LOOKED_AT = [[
  local answer = ...
  _G.questions = {}
  vim.api.nvim_list_uis = function() return { {} } end
  vim.ui.select = function(_, options, choose)
    table.insert(_G.questions, options.prompt)
    choose(answer)
  end
]]

--- Has Neovim say what the document is, until that begins with `expected`; all that is said.
local function explains(editor, expected)
  local said
  eventually(expected, function()
    editor.lua([[ _G.told = {} ]])
    editor.run('Proposal explain')
    vim.wait(expect.PATIENCE, function()
      said = editor.told()[1]
      return said ~= ''
    end, 5)
    return vim.split(said, '\n')[1]
  end, 'what the document is')
  return said
end

--- Opens `path`; the server knows it then.
local function open(editor, path)
  editor.run('edit ' .. path)
  eventually(true, function()
    -- Another buffer may be shown by now: the one that an offer that was taken adds to.
    return editor.lua([[ return vim.lsp.get_clients({ name = 'vip_lsp', bufnr = vim.fn.bufnr(...) })[1] ~= nil ]], path)
  end, 'served: ' .. path)
end

local function questions(editor)
  return editor.lua([[ return _G.questions ]])
end

local function explains_a_proposal(editor)
  eventually({ '9 1 missing-section' }, function()
    return editors.diagnostics(editor)
  end, 'diagnostics without a setting')
  local said = explains(editor, '0001-warm-caches.md is a proposal that follows 0000-template.md, family "OURS"')
  equal(true, said:find('\n- it is a document of the family "OURS"', 1, true) ~= nil, 'the reason in ' .. said)
end

local function explains_another_document(editor)
  open(editor, 'notes.md')
  local said = explains(editor, 'notes.md is not a proposal')
  for _, expected in ipairs({ '- it has 0 of the 5 headings', '":Proposal add-setting" adds them:\n[[family]]' }) do
    equal(true, said:find(expected, 1, true) ~= nil, expected .. ' in ' .. said)
  end
  editor.run('Proposal readiness')
  eventually(vim.log.levels.WARN, function()
    return editor.told()[2]
  end, 'how loudly a refusal is told')
  equal('vip-lsp: notes.md is not a proposal', editor.told()[1]:match('^[^:]+: [^:]+'), 'a refusal')
  open(editor, 'README.md')
  explains(editor, 'README.md is an index page, not a proposal')
  editor.run('Proposal')
  equal(':Proposal add-setting ', editor.told()[1]:match('^:Proposal %S+ '), 'what there is')
end

--- An offer that is dismissed is not made again, in the other documents of the folder either.
local function offers_once(editor)
  open(editor, 'docs/glossary/shard.md')
  explains(editor, 'shard.md is not a proposal')
  editor.lua(LOOKED_AT)
  open(editor, TERM)
  eventually(1, function()
    return #questions(editor)
  end, 'offers')
  local expected = 'cache.md resembles TEMPLATE.md, but is not a proposal: it has 3 of the 3 headings'
  equal(expected, questions(editor)[1]:sub(1, #expected), 'the offer')
  editor.run('bwipeout docs/glossary/shard.md')
  open(editor, 'docs/glossary/shard.md')
  explains(editor, 'shard.md is not a proposal')
  equal(1, #questions(editor), 'offers in the folder')
end

--- It is remembered, and the user can still ask for it.
local function adds_the_setting(editor)
  explains(editor, 'notes.md is not a proposal')
  editor.lua(LOOKED_AT)
  open(editor, TERM)
  explains(editor, 'cache.md is not a proposal')
  equal({}, questions(editor), 'offers in the next session')
  editor.run('Proposal add-setting')
  eventually(LINES, function()
    return vim.fn.filereadable('vip-lsp.toml') == 1 and vim.fn.readfile('vip-lsp.toml')
  end, 'the settings on the disk')
  eventually('vip-lsp: added to vip-lsp.toml, and written', function()
    return editor.told()[1]
  end, 'what is told')
  open(editor, TERM)
  explains(editor, 'cache.md is a proposal that follows TEMPLATE.md, family "glossary"')
end

--- Of the two places that there are now, the one that the user is in counts.
local function starts_a_document_nearby(editor)
  editor.run('Proposal new Latency')
  eventually({ 'docs/glossary/latency.md', '# Latency' }, function()
    return editor.lua([[ return { vim.fn.expand('%:.'), vim.fn.getline(1) } ]])
  end, 'the next document of the glossary')
end

local function takes_the_offer(editor)
  explains(editor, 'notes.md is not a proposal')
  editor.lua(LOOKED_AT, 'Add setting')
  open(editor, TERM)
  eventually(LINES, function()
    return vim.fn.filereadable('vip-lsp.toml') == 1 and vim.fn.readfile('vip-lsp.toml')
  end, 'the settings on the disk')
end

local function leaves_it_alone(editor)
  explains(editor, 'notes.md is not a proposal')
  editor.lua(LOOKED_AT)
  open(editor, TERM)
  explains(editor, 'cache.md is not a proposal')
  equal({}, questions(editor), 'offers that nobody wants')
end

--- Does `steps` in a Neovim that opens `path`.
local function session(path, init, ...)
  local editor = editors.start(init, path)
  for _, step in ipairs({ ... }) do
    step(editor)
  end
  editors.finish(editor)
end

local function forget()
  vim.fn.delete('vip-lsp.toml')
  vim.fn.delete(vim.fs.joinpath(vim.fn.stdpath('state'), 'vip-lsp/offered.json'))
end

expect.report(function()
  session(PROPOSAL, editors.INIT, explains_a_proposal, explains_another_document, offers_once)
  session('notes.md', editors.INIT, adds_the_setting, starts_a_document_nearby)
  forget()
  session('notes.md', (editors.INIT:gsub('fix_on_save = true', 'offer = false')), leaves_it_alone)
  session('notes.md', editors.INIT, takes_the_offer)
end)
