import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

const read = (path) => readFileSync(join(import.meta.dirname, '..', path), 'utf8');
const { commands, configuration, menus, walkthroughs } = JSON.parse(read('package.json')).contributes;

test('menus have commands that there are', () => {
  const names = commands.map(({ command }) => command);
  for (const [menu, entries] of Object.entries(menus)) {
    for (const { command } of entries) {
      assert.ok(names.includes(command), `${command} in ${menu}`);
    }
  }
  // A title shows no text.
  for (const { command } of menus['editor/title']) {
    assert.match(commands.find((one) => one.command === command).icon, /^\$\([a-z-]+\)$/);
  }
});

test('settings are in groups, and lead to settings that there are', () => {
  assert.deepEqual(configuration.map(({ title }) => title), ['Proposals', 'Evidence', 'Server']);
  const all = configuration.flatMap(({ properties }) => Object.entries(properties));
  const names = all.map(([name]) => name);
  const isEvidence = (name) => name.startsWith('vip-lsp.evidence-');
  assert.deepEqual(Object.keys(configuration[1].properties), names.filter(isEvidence));
  let links = 0;
  for (const [name, { markdownDescription = '' }] of all) {
    for (const [, link] of markdownDescription.matchAll(/`#([^`]+)#`/g)) {
      assert.ok(names.includes(link) && link !== name, `${link} in ${name}`);
      links += 1;
    }
  }
  assert.ok(links > 0);
});

test('the walkthrough is about proposals of every family', () => {
  for (const { steps, ...shown } of walkthroughs) {
    const said = [JSON.stringify({ shown, steps }), ...steps.flatMap(({ media }) => (media.markdown ? [read(media.markdown)] : []))];
    for (const text of said) {
      assert.doesNotMatch(text.replaceAll('vip-lsp', ''), /\bVIP\b|\bvip-|Venice|\bDraft\b|\bstatus\b(?! bar)|italics|metadata/i);
    }
  }
});
