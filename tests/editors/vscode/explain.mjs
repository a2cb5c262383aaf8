// What the window says of documents where nothing is set, and the settings that it offers.
import assert from 'node:assert/strict';

import { PATIENCE, session, shown } from './window.mjs';

const OFFER = 'cache.md resembles TEMPLATE.md, but is not a proposal: it has 3 of the 3 headings';

async function checksWithoutSettings(window) {
  await window.see('.statusbar-item', '2 of 3 sections, 1 finding');
  await window.page.locator('.squiggly-warning').first().waitFor({ state: 'attached', timeout: PATIENCE });
  await window.point('2 of 3 sections', 'Proposal of 0000-template.md, family "OURS"');
}

async function saysWhyNot(window) {
  await window.open('notes.md');
  await window.point('not a proposal', 'it has 0 of the 5 headings');
  await window.page.locator('.statusbar-item', { hasText: 'not a proposal' }).click();
  await window.answer('notes.md is not a proposal: it has 0 of the 5 headings');
  await window.open('README.md');
  await window.see('.statusbar-item', 'index page');
  assert.equal(await window.page.locator('.editor-actions .codicon-checklist').count(), 0, 'icons for proposals');
}

/** The offer comes with the first document of the folder, and not with the next one, in a window that was loaded again. */
async function offersOnce(window) {
  await window.open('cache.md');
  await window.answer(OFFER, 'Not now');
  await window.page.reload();
  await window.see('.statusbar-item', '2 of 3 sections');
  await window.open('shard.md');
  await window.see('.statusbar-item', 'not a proposal');
}

async function addsTheSetting(window) {
  await window.command('Proposal: Explain');
  await window.see('.notification-toast', 'shard.md is not a proposal');
  assert.equal(await window.page.locator('.notification-toast').count(), 1, 'messages beside the explanation');
  await window.answer('shard.md is not a proposal', 'Add setting');
  await window.see('.tab.active', 'vip-lsp.toml');
  await window.see('.view-line', shown('template = "docs/glossary/TEMPLATE.md"'));
  await window.open('cache.md');
  await window.point('3 of 3 sections', 'Proposal of TEMPLATE.md, family "glossary"');
}

/** Of the two places that there are now, the one that the user is in counts. */
async function startsADocumentNearby(window) {
  await window.command('Proposal: New Proposal');
  await window.see('.quick-input-widget', 'The title, without a number');
  await window.page.keyboard.type('Latency');
  await window.press('Enter');
  await window.see('.tab.active', 'latency.md');
}

/** In the Explorer, the folder counts, wherever the user is. */
async function startsADocumentInAFolder(window) {
  const folder = window.page.locator('.explorer-folders-view .monaco-list-row', { hasText: /^text$/ });
  await folder.click({ button: 'right' });
  await window.choose('New Proposal…');
  await window.see('.quick-input-widget', 'The title, without a number');
  await window.page.keyboard.type('Large values');
  await window.press('Enter');
  await window.see('.tab.active', '0003-large-values.md');
}

/** In a workspace without settings. */
export function layoutSession(browser, address) {
  return session(browser, address, [checksWithoutSettings, saysWhyNot, offersOnce, addsTheSetting, startsADocumentNearby, startsADocumentInAFolder]);
}
