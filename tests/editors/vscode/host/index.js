// One author's session, inside the extension host, with the extension as it was installed from its .vsix.
'use strict';

const assert = require('node:assert/strict');
const { appendFileSync, readdirSync, readlinkSync } = require('node:fs');
const { join } = require('node:path');
const vscode = require('vscode');

/** How long anything may take, in milliseconds. */
const PATIENCE = 15_000;

/** Waits until `found()` is `expected`. */
async function eventually(expected, found, what) {
  const end = Date.now() + PATIENCE;
  let last;
  do {
    last = await found();
    try {
      return assert.deepEqual(last, expected);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } while (Date.now() < end);
  assert.deepEqual(last, expected, `${what}, in time`);
}

const place = ({ start, end }) => `${start.line + 1}:${start.character}-${end.line + 1}:${end.character}`;
const SEVERITIES = ['error', 'warning', 'information', 'hint'];

/** The diagnostics of `uri` as `line:column-line:column severity code: message`: lines from 1, UTF-16 columns from 0. */
function diagnostics(uri) {
  const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'vip-lsp');
  const line = ({ range, severity, code, message }) =>
    `${place(range)} ${SEVERITIES[severity]} ${typeof code === 'object' ? code.value : code}: ${message}`;
  return found.map(line).sort();
}

/** The processes of the installed extension's server. */
function servers() {
  const program = join(vscode.extensions.getExtension('vip-lsp.vip-lsp').extensionPath, 'server', 'vip-lsp');
  const isServer = (id) => {
    try {
      return readlinkSync(`/proc/${id}/exe`) === program;
    } catch {
      return false;
    }
  };
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isServer(name)).map(Number);
}

const file = (path) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, path);
const proposal = () => file('docs/proposals/vip-7.md');

const TOO_LONG = 'section-too-long: section "Summary" has 39 words, but at most 30 are allowed';
const NO_ROLLOUT = '25:0-25:0 warning missing-section: section "Rollout" is missing; add it after "Design"';
const anchor = (line) =>
  `${line}:24-${line}:45 warning broken-anchor: link points to "#layout", but this document has no such heading; correct the anchor`;
const FOUND = [anchor(20), NO_ROLLOUT, `6:3-6:10 warning ${TOO_LONG}`];

/** The code of a finding leads to the page of its rule, which is read-only and comes from the server. */
async function readsARule(document) {
  const { code } = vscode.languages.getDiagnostics(document.uri).find(({ message }) => message.startsWith('section "Rollout"'));
  assert.deepEqual([code.value, code.target.toString()], ['missing-section', 'vip-lsp-rule:/missing-section.md']);
  const page = await vscode.workspace.openTextDocument(code.target);
  assert.match(page.getText(), /^# missing-section\n\nSeverity: warning\. Reported when /);
  assert.equal(page.languageId, 'markdown');
}

async function takesTheFix(document) {
  const heading = new vscode.Range(16, 9, 16, 9);
  const offered = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, heading, 'quickfix', 9);
  const fix = offered.find(({ title }) => title === 'Insert section "Rollout"');
  assert.ok(fix, `offered: ${offered.map(({ title }) => title).join(', ')}`);
  assert.ok(await vscode.workspace.applyEdit(fix.edit), 'the fix is applied');
  assert.equal(document.lineAt(25).text, '## Rollout');
  const empty = '26:3-26:10 hint empty-section: section "Rollout" is empty; fill it in, or say why it does not apply';
  await eventually([anchor(20), empty, FOUND[2]].sort(), () => diagnostics(document.uri), 'diagnostics after the fix');
  await vscode.commands.executeCommand('undo');
  await eventually(FOUND, () => diagnostics(document.uri), 'diagnostics after undoing the fix');
}

/** Completes behind `typed` in a line of its own, as the editor does when the suggestion is taken. */
async function completes(document, editor, typed) {
  const line = 16;
  await editor.edit((edit) => edit.insert(new vscode.Position(line, 0), `${typed}\n\n`));
  const at = new vscode.Position(line, typed.length);
  editor.selection = new vscode.Selection(at, at);
  const { items } = await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', document.uri, at, '#');
  const own = items.filter(({ label }) => label === '## Rollout');
  assert.equal(own.length, 1, `offered at ${typed}: ${items.map(({ label }) => label).join(', ')}`);
  const { range } = own[0];
  assert.equal(place(range.replacing ?? range), `${line + 1}:0-${line + 1}:${typed.length}`, `what is replaced at ${typed}`);
  await vscode.commands.executeCommand('undo');
}

async function readsTheOutline(document) {
  const symbols = await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri);
  const lines = ({ name, detail, children }, indent = '') => [
    `${indent}${name}${detail ? `: ${detail}` : ''}`,
    ...children.flatMap((child) => lines(child, `${indent}  `)),
  ];
  // Markdown's own outline has the marks of headings.
  const own = symbols.filter(({ name }) => !name.startsWith('#'));
  assert.deepEqual(own.flatMap((symbol) => lines(symbol)), [
    'VIP-7: 🧊 Warm caches',
    '  Status: Draft',
    '  Author(s): A. Author, B. Author',
    '  Summary: 39/30 words',
    '  Motivation',
    '  Design',
    '    Measurements',
    '  Test Plan',
  ]);
}

async function renamesAHeading(document) {
  const at = document.positionAt(document.getText().lastIndexOf('Measurements'));
  const edit = await vscode.commands.executeCommand('vscode.executeDocumentRenameProvider', document.uri, at, 'Numbers 🧊');
  assert.ok(await vscode.workspace.applyEdit(edit), 'the renaming is applied');
  assert.equal(document.lineAt(21).text, '### Numbers 🧊');
  const other = await vscode.workspace.openTextDocument(file('docs/proposals/vip-3.md'));
  assert.match(other.getText(), /\[VIP-7\]\(vip-7\.md#numbers-\)/);
  await eventually(FOUND, () => diagnostics(document.uri), 'diagnostics after the renaming');
}

/** A number that cannot be is refused, and the editor's own rename does not step in. */
async function refusesANumber(document) {
  const before = document.getText();
  const at = new vscode.Position(0, document.lineAt(0).text.indexOf('7'));
  for (const name of ['3', 'abc', '7']) {
    const edit = await vscode.commands.executeCommand('vscode.executeDocumentRenameProvider', document.uri, at, name);
    assert.equal(edit.size, 0, `what renaming to ${name} changes`);
  }
  const edit = await vscode.commands.executeCommand('vscode.executeDocumentRenameProvider', document.uri, at, 'VIP-9');
  const [[, edits]] = edit.entries().filter(([uri]) => uri.path === document.uri.path);
  assert.equal(edits[0].newText, '9', 'the new number');
  assert.equal(document.getText(), before);
}

async function obeysTheSettings(document) {
  const other = file('docs/proposals/vip-3.md');
  const odd = '3:14-3:22 warning invalid-metadata-value: "Released" is not allowed for "Status"; use one of "Draft", "Accepted"';
  const settings = vscode.workspace.getConfiguration('vip-lsp');
  assert.deepEqual(diagnostics(other), [], 'diagnostics of a proposal that is not open');
  await settings.update('problems.scope', 'workspace', vscode.ConfigurationTarget.Workspace);
  await eventually([odd], () => diagnostics(other), 'diagnostics by vip-lsp.toml, of a closed proposal');
  await settings.update('problems.scope', undefined, vscode.ConfigurationTarget.Workspace);
  await eventually([], () => diagnostics(other), 'diagnostics of a closed proposal, by default');
  await settings.update('rules', { 'section-too-long': 'error' }, vscode.ConfigurationTarget.Workspace);
  const changed = FOUND.map((line) => line.replace(`warning ${TOO_LONG}`, `error ${TOO_LONG}`));
  await eventually(changed, () => diagnostics(document.uri), 'diagnostics by the setting');
  await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
  await eventually(FOUND, () => diagnostics(document.uri), 'diagnostics without the setting');
}

async function comesBack(document) {
  const [first, ...more] = servers();
  assert.deepEqual([typeof first, more], ['number', []], 'one server runs');
  process.kill(first, 'SIGKILL');
  await eventually([], () => servers().filter((id) => id === first), 'the server is gone');
  await eventually(1, () => servers().length, 'servers after the first was killed');
  await eventually(FOUND, () => diagnostics(document.uri), 'diagnostics after the server was killed');
  // They are the new server's: what is edited now is seen.
  await takesTheFix(document);
}

/** Says `line` to who started the tests; the window's console is closed before its last lines come. */
function report(line) {
  appendFileSync(join(vscode.workspace.workspaceFolders[0].uri.fsPath, '..', 'report'), `vscode: ${line}\n`);
}

exports.run = async () => {
  const document = await vscode.workspace.openTextDocument(proposal());
  const editor = await vscode.window.showTextDocument(document);
  const steps = {
    'sees the diagnostics': () => eventually(FOUND, () => diagnostics(document.uri), 'diagnostics'),
    'reads a rule': () => readsARule(document),
    'obeys the settings': () => obeysTheSettings(document),
    'takes the fix': () => takesTheFix(document),
    'completes a section': () => completes(document, editor, '## '),
    'completes a section behind 🧊': () => completes(document, editor, '## 🧊 Ro'),
    'reads the outline': () => readsTheOutline(document),
    'refuses a number': () => refusesANumber(document),
    'comes back': () => comesBack(document),
    'renames a heading': () => renamesAHeading(document),
  };
  for (const [name, step] of Object.entries(steps)) {
    const start = Date.now();
    try {
      await step();
    } catch (error) {
      report(`${name}: ${error.stack}`);
      throw error;
    }
    report(`${name}, ${Date.now() - start} ms`);
  }
};
