vim9script
# One author's session in Vim, with ALE. `run` starts it, with the page for Vim in $PAGE, whose first block is ALE's file and
# whose second is in the user's vimrc.
#
# ALE takes the server's columns, which count UTF-16, for bytes, and gives bytes for them: what it shows behind an astral
# character is two bytes to the left of the place.

const WAIT = 10000

def Fail(what: string, expected: any, found: any)
  throw printf("%s\nexpected: %s\nfound:    %s", what, string(expected), string(found))
enddef

def Equal(expected: any, found: any, what: string)
  if type(expected) != type(found) || expected != found
    Fail(what, expected, found)
  endif
enddef

# Waits until `Found()` is `expected`.
def Eventually(expected: any, Found: func(): any, what: string)
  const start = reltime()
  while Found() != expected && reltimefloat(reltime(start)) * 1000 < WAIT
    sleep 5m
  endwhile
  Equal(expected, Found(), what .. ', in time')
enddef

# What ALE shows of the current buffer as `line:column-line:column type code: message`, from 1, by place.
def Diagnostics(): list<string>
  return ale#engine#GetLoclist(bufnr())
    ->mapnew((_, found) => printf('%d:%d-%d:%d %s %s: %s',
      found.lnum, found.col, found.end_lnum, found.end_col, found.type, found.code, found.text))
    ->sort()
enddef

const NO_ROLLOUT = '23:1-23:0 W missing-section: section "Rollout" is missing; add it after "Design"'
const TOO_LONG = '6:4-6:10 W section-too-long: section "Summary" has 39 words, but at most 30 are allowed'
const BROKEN = '18:99-18:119 W broken-anchor: link points to "#layout", but this document has no such heading; correct the anchor'
const FOUND = [BROKEN, NO_ROLLOUT, TOO_LONG]
# ALE shows information as a warning.
const NO_MOTIVATION = '10:1-10:0 W missing-section: section "Motivation" is missing; add it after "Summary", unless "Why 🧊 matters" covers it'

# The process of the one server that runs.
def Server(): number
  const running = job_info()->filter((_, job) => job_status(job) == 'run')
  Equal(1, len(running), 'servers')
  return job_info(running[0]).process
enddef

def Start()
  edit docs/proposals/vip-7.md
  Equal('markdown', &filetype, 'file type')
  Eventually(FOUND, Diagnostics, 'diagnostics of the proposal')
enddef

# The titles of the quick fixes that ALE's menu would have at the cursor.
def Offered(): list<string>
  var titles: list<string>
  var is_there = false
  ale#codefix#Execute(0, (_, found) => {
    titles = found->mapnew((_, item) => item[1].title)
    is_there = true
  })
  Eventually(true, () => is_there, 'quick fixes')
  return titles
enddef

# Takes the quick fix called `title` at the cursor, as a user does who types its number in the menu.
def TakeFix(title: string)
  const offered = Offered()
  const number = index(offered, title) + 1
  if number == 0
    Fail('quick fixes offered', title, offered)
  endif
  const before = b:changedtick
  feedkeys(number .. "\<CR>", 't')
  ALECodeAction
  Eventually(true, () => b:changedtick > before, 'the fix')
enddef

def MendsTheProposal()
  search('^## \zsDesign')
  TakeFix('Insert section "Rollout"')
  Equal('## Rollout', getline(24), 'heading after the fix')
  ALELint
  const empty = '24:4-24:10 W empty-section: section "Rollout" is empty; fill it in, or say why it does not apply'
  Eventually([BROKEN, empty, TOO_LONG], Diagnostics, 'diagnostics after the fix')
  edit!
  ALELint
  Eventually(FOUND, Diagnostics, 'diagnostics after the fix was taken back')
enddef

# Completes behind `typed` in a line of its own, as a user does with CTRL-X CTRL-O, and leaves the first offer there.
def Completes(typed: string, offered: list<string>, completed: string)
  append(15, [typed, ''])
  cursor(16, 1)
  execute "normal! A\<C-x>\<C-o>"
  Equal(offered, b:ale_completion_result->mapnew((_, offer) => offer.word), 'offered at ' .. typed)
  Equal(completed, getline(16), 'completed: ' .. typed)
  edit!
enddef

# ALE asks for no outline of a document, and searches the workspace's.
def SearchesTheOutline()
  ALESymbolSearch Motivation
  Eventually(true, () => &previewwindow, 'results')
  const found = getline(1, '$')->map((_, line) => fnamemodify(line, ':t'))->sort()
  Equal(['vip-3.md:10:1 Motivation', 'vip-7.md:11:1 Motivation'], found, 'sections of the workspace')
  pclose
enddef

def RenamesAHeading()
  search('^## \zsMotivation')
  feedkeys("\<C-u>Why 🧊 matters\<CR>", 't')
  ALERename
  Eventually('## Why 🧊 matters', () => getline(11), 'heading after the renaming')
  Equal('A restart takes seconds in place of minutes. What it does to caches is in [VIP-7](vip-7.md#why--matters).',
    getbufline('docs/proposals/vip-3.md', 8)[0], 'link to the heading')
  silent wall
  ALELint
  Eventually([NO_MOTIVATION, BROKEN, NO_ROLLOUT, TOO_LONG], Diagnostics, 'diagnostics after the renaming')
enddef

def Test()
  Start()
  MendsTheProposal()
  # ALE puts a whole heading behind what is there, so that a section completes where nothing is.
  Completes('', ['## Rollout', '## References'], '## Rollout')
  Completes('🧊 [see](#moti', ['motivation'], '🧊 [see](#motivation')
  SearchesTheOutline()
  RenamesAHeading()
  # Vim ends with its server open, and `run` sees that it goes with it.
  writefile([string(Server())], $SERVER_PID)
enddef

# The Vim script of the page's blocks, in their order.
def Blocks(): list<list<string>>
  return readfile($PAGE)->join("\n")->split('\n```')->filter((_, part) => part =~ '^vim\n')->mapnew((_, part) => split(part, "\n")[1 :])
enddef

def Configure()
  const blocks = Blocks()
  const folder = expand('~/.vim')
  mkdir(folder .. '/ale_linters/markdown', 'p')
  writefile(blocks[0], folder .. '/ale_linters/markdown/vip_lsp.vim')
  writefile(blocks[1], folder .. '/vimrc')
  set noswapfile hidden encoding=utf-8
  filetype plugin on
  execute 'source' folder .. '/vimrc'
  packadd ale
enddef

try
  Configure()
  Test()
catch
  writefile(['vim: ' .. v:exception, v:throwpoint], '/dev/stderr', 'a')
  cquit
endtry
qall!
