import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';

import { findServer } from '../src/binary.ts';

const folder = mkdtempSync(join(tmpdir(), 'vip-lsp-'));
test.after(() => rmSync(folder, { recursive: true }));

/** Makes a program that answers `--version` with `answer`; its path in `folder`. */
function program(path, answer = 'vip-lsp 1.2.3') {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho "${answer}"\n`);
  chmodSync(file, 0o755);
  return file;
}

const places = (more) => ({ setting: '', folder: undefined, extension: join(folder, 'none'), searched: '', ...more });

test('the setting wins over the extension, and the extension over PATH', async () => {
  const [set, bundled, searched] = ['set/vip', 'extension/server/vip-lsp', 'path/vip-lsp'].map((path) => program(path));
  const all = places({ setting: set, extension: join(folder, 'extension'), searched: join(searched, '..') });
  assert.deepEqual(await findServer(all), { path: set, version: 'vip-lsp 1.2.3' });
  assert.equal((await findServer({ ...all, setting: '' })).path, bundled);
  assert.equal((await findServer({ ...all, setting: '', extension: '' })).path, searched);
});

test('a relative path counts from the workspace folder', async () => {
  const path = program('workspace/bin/vip-lsp');
  assert.equal((await findServer(places({ setting: 'bin/vip-lsp', folder: join(folder, 'workspace') }))).path, path);
});

test('a relative folder on PATH is not looked into', async () => {
  const path = program('relative/vip-lsp');
  const before = process.cwd();
  process.chdir(join(path, '..'));
  await assert.rejects(findServer(places({ searched: '.:' })), /no "vip-lsp" on PATH; install one/);
  process.chdir(before);
});

const file = (path, content, mode) => {
  writeFileSync(join(folder, path), content);
  chmodSync(join(folder, path), mode);
  return join(folder, path);
};
// An ELF header for a machine that nobody has.
const alien = Buffer.concat([Buffer.from('7f454c46020101000000000000000000', 'hex'), Buffer.alloc(48, 0xee)]);

for (const [what, setting, expected] of [
  ['is not there', join(folder, 'gone'), /there is no file ".*gone"; correct the setting "vip-lsp\.server\.path"/],
  ['is a folder', folder, /is a folder, not a program; correct the setting/],
  ['is for another system', file('alien', alien, 0o755), /does not run here, on \w+-\w+: it may be built for another system/],
  ['is another program', program('other', 'other 1.0'), /is another program than vip-lsp; correct the setting/],
]) {
  test(`it is told when what the setting names ${what}`, async () => {
    await assert.rejects(findServer(places({ setting })), expected);
  });
}

test('it is told when what the setting names may not be executed', async () => {
  const setting = file('plain', '#!/bin/sh\necho "vip-lsp 1.2.3"\n', 0o644);
  await assert.rejects(findServer(places({ setting })), /may not be executed; allow it with chmod \+x, or correct the setting/);
});
