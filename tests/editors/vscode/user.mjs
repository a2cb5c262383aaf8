// One author's session in the window: what the extension shows, and what it tells when the server fails.
import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { eventually, PATIENCE, servers, session, shown } from './window.mjs';

const { FOLDER } = process.env;

async function looksAround(window) {
  await window.see('.statusbar-item', '4 of 5 sections, 3 findings');
  await window.see('.codelens-decoration', '4 of 5 sections, 3 findings');
  await window.see('.codelens-decoration', '1 document refers to this');
  await window.page.locator('.squiggly-warning').first().waitFor({ state: 'attached', timeout: PATIENCE });
  await window.press('Control+Shift+M');
  await window.see('.markers-panel', 'section "Rollout" is missing; add it after "Design"');
  // That is said of a file that is not open.
  assert.equal(await window.page.locator('.markers-panel', { hasText: '"Released" is not allowed' }).count(), 0);
  await window.picture('problems');
}

/** The rules' names in the list of problems and below the pointer lead to their pages, and so does the palette. */
async function readsRules(window) {
  const { page } = window;
  await page.locator('.markers-panel a.monaco-link', { hasText: 'missing-section' }).first().click();
  await window.readPage('missing-section');
  await window.press('Control+j');
  const hover = async () => {
    await page.locator('.view-line', { hasText: shown('## Summary') }).getByText('Summary').hover();
    await page.locator('.monaco-hover a.code-link', { hasText: 'section-too-long' }).click({ timeout: PATIENCE / 5 });
  };
  await eventually(() => hover().then(() => true, () => false), 'the link to the rule below the pointer');
  await window.readPage('section-too-long');
  await window.command('Proposal: Show Rule');
  await window.see('.quick-input-list .monaco-list-row', 'missing-section');
  await page.keyboard.type('heading that does not exist');
  await window.see('.quick-input-list .monaco-list-row.focused', 'broken-anchor');
  await window.press('Enter');
  await window.readPage('broken-anchor');
}

/** In the title of an editor, an icon does the same as the status bar. */
async function asksInTheTitle(window) {
  await window.page.locator('.editor-actions .codicon-checklist').click();
  await window.see('.quick-input-widget', 'VIP-7: left to do before Accepted');
  await window.press('Escape');
}

async function asksWhatIsLeft(window) {
  await window.page.locator('.statusbar-item', { hasText: '4 of 5 sections' }).click();
  await window.see('.quick-input-widget', 'VIP-7: left to do before Accepted');
  await window.see('.quick-input-list', '3 required');
  await window.press('Escape');
  await window.clickLens('1 document refers to this');
  await window.see('.peekview-widget', 'vip-3.md');
  await window.press('Escape');
  await window.page.locator('.peekview-widget').waitFor({ state: 'hidden', timeout: PATIENCE });
  assert.equal(await window.page.locator('.notification-toast').count(), 0, 'messages beside what is shown');
}

async function takesTheFix(window) {
  await window.goTo(17, 10);
  await window.pressFor('Control+.', '.action-widget', 'Insert section "Rollout"');
  await window.picture('fix');
  await window.page.locator('.action-widget .monaco-list-row', { hasText: 'Insert section "Rollout"' }).first().click();
  await window.see('.view-line', shown('## Rollout'));
  // The cursor is where the author writes on. A single word is undone at once.
  await window.page.keyboard.type('Stepwise.');
  await window.see('.view-line', shown('Stepwise.'));
  await window.see('.editor-status-selection, [id="status.editor.selection"]', 'Ln 28, Col 10');
  await window.press('Control+z');
  await window.press('Control+z');
}

async function completes(window) {
  // There is room beside the list for what the template says.
  await window.press('Control+b');
  await window.goTo(26, 1);
  await window.press('Enter');
  await window.press('ArrowUp');
  await window.page.keyboard.type('## ');
  await window.see('.suggest-widget .monaco-list-row', 'Rollout');
  await window.pressFor('Control+Space', '.suggest-details', 'Say in which steps the change reaches its users');
  // Only the next ones are shown at their full height.
  await window.press('ArrowDown');
  await window.see('.suggest-details', 'Link to what this builds on');
  await window.press('ArrowUp');
  await window.see('.suggest-details', 'Say in which steps the change reaches its users');
  await window.picture('completion');
  await window.press('Enter');
  await window.see('.view-line', shown('## Rollout'));
  for (let undone = 0; undone < 3; undone += 1) {
    await window.press('Control+z');
  }
  await window.press('Control+b');
}

async function readsTheOutline(window) {
  await window.page.locator('.pane-header', { hasText: 'workspace' }).click();
  await window.command('Explorer: Focus on Outline View');
  await window.see('.outline-pane', '39/30 words');
  await window.see('.outline-pane', 'Test Plan');
  await window.picture('outline');
}

async function startsAProposal(window) {
  await window.command('New File...');
  await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'New Proposal…' }).click();
  await window.see('.quick-input-widget', 'The title, without a number');
  await window.page.keyboard.type('Compressed values');
  await window.press('Enter');
  await window.see('.view-line', shown('# VIP-8: Compressed values'));
  await window.see('.tab', 'vip-8');
}

/** Renames the proposal by the number in its title; only the server knows how. */
async function renamesAProposal(window) {
  await window.goTo(1, 7);
  await window.pressFor('F2', '.rename-box input:focus');
  const box = window.page.locator('.rename-box input');
  await box.fill('12');
  await box.press('Enter');
  await window.see('.view-line', shown('# VIP-12: Compressed values'));
  await window.see('.tab', 'vip-12');
}

async function changesTheWhole(window) {
  await window.command('Proposal: Remove Guidance');
  await window.page.locator('.view-line', { hasText: shown('Copy this file') }).waitFor({ state: 'hidden', timeout: PATIENCE });
}

/** Each setting that names no server, and what is told. */
async function isToldOfWrongPaths(window) {
  const settings = join(FOLDER, 'workspace/.vscode/settings.json');
  const set = (path) => writeFileSync(settings, JSON.stringify({ 'vip-lsp.server.path': path }));
  const file = (name, content, mode) => {
    writeFileSync(join(FOLDER, name), content);
    chmodSync(join(FOLDER, name), mode);
    return join(FOLDER, name);
  };
  // The head of a program for a machine that nobody has.
  const alien = Buffer.concat([Buffer.from('7f454c46020101000000000000000000', 'hex'), Buffer.alloc(48, 0xee)]);
  mkdirSync(dirname(settings));
  for (const [path, text] of [
    ['/nowhere/vip-lsp', 'there is no file "/nowhere/vip-lsp"; correct the setting "vip-lsp.server.path", or clear it'],
    [FOLDER, 'is a folder, not a program; correct the setting'],
    [file('plain', 'vip-lsp', 0o644), 'may not be executed; allow it with chmod +x, or correct the setting'],
    [file('alien', alien, 0o755), 'does not run here'],
  ]) {
    set(path);
    await window.answer(text);
    await window.see('.statusbar-item.error-kind', 'vip-lsp');
  }
  set('');
  await window.see('.statusbar-item', 'sections');
}

/** Kills the server as often as it is started again, and once more. */
async function isToldOfCrashes(window) {
  for (let killed = 0; killed < 6; killed += 1) {
    const [server] = servers();
    process.kill(server, 'SIGKILL');
    const isNext = killed < 5;
    await eventually(() => isNext ? servers().some((id) => id !== server) : servers().length === 0, `after kill ${killed + 1}`);
    await window.see(`.statusbar-item${isNext ? '' : '.error-kind'}`, isNext ? 'sections' : 'vip-lsp');
  }
  await window.answer('the server crashed 6 times within 3 minutes and is not restarted', 'Restart');
  await window.see('.statusbar-item', 'sections');
  assert.equal(servers().length, 1, 'servers after the restart');
}

/** Sees that there is no server to start, installs one, and goes on. The workspace names one of its own, which is not run. */
async function installsAServer(window) {
  await window.see('.statusbar-item', 'Restricted Mode');
  await window.see('.statusbar-item.error-kind', 'vip-lsp');
  mkdirSync(join(FOLDER, 'bin'));
  copyFileSync(join(FOLDER, 'vip-lsp'), join(FOLDER, 'bin/vip-lsp'));
  await window.answer('there is no server in this extension, and no "vip-lsp" on PATH; install one', 'Restart');
  await window.see('.statusbar-item', '4 of 5 sections, 3 findings');
  assert.equal(existsSync(join(FOLDER, 'strange/ran')), false, "a strange workspace's own program was run");
}

async function reads(window) {
  await window.command('Welcome: Open Walkthrough...');
  await window.page.keyboard.type('Write a proposal');
  await window.see('.quick-input-list .monaco-list-row', 'Write a proposal');
  await window.press('Enter');
  await window.see('.getting-started-step', 'Start from the template');
  await window.see('.getting-started-step', 'Know what is left to do');
}

/** With the extension that has the server inside. */
export function userSession(browser, address) {
  return session(browser, address, [
    ...[looksAround, readsRules, asksInTheTitle, asksWhatIsLeft, takesTheFix, completes, readsTheOutline],
    ...[startsAProposal, renamesAProposal, changesTheWhole, isToldOfWrongPaths, isToldOfCrashes],
  ]);
}

/** With the extension that has none, in a workspace that is not trusted. */
export function bareSession(browser, address) {
  return session(browser, address, [installsAServer, reads]);
}
