// Packs the extension: node scripts/package.mjs [--target linux-x64 --server SERVER] [--out FOLDER]
// With a target, the server is inside; without, the extension looks for one on PATH.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const string = { type: 'string' };
const { values } = parseArgs({ options: { target: string, server: string, out: { ...string, default: '.' } } });
const { target, server } = values;
if ((target === undefined) !== (server === undefined)) {
  console.error('a target and its server belong together; name both or none');
  process.exit(2);
}
const folder = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const out = join(resolve(values.out), `${name}-${version}${target === undefined ? '' : `-${target}`}.vsix`);
const inside = join(folder, 'server');
const run = (script, ...words) =>
  execFileSync(process.execPath, [join(folder, 'node_modules', script), ...words], { cwd: folder, stdio: 'inherit' });

rmSync(inside, { recursive: true, force: true });
rmSync(join(folder, 'dist'), { recursive: true, force: true });
try {
  if (target !== undefined) {
    const program = join(inside, target.startsWith('win32') ? 'vip-lsp.exe' : 'vip-lsp');
    mkdirSync(inside);
    copyFileSync(server, program);
    chmodSync(program, 0o755);
  }
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  const targeted = target === undefined ? [] : ['--target', target];
  // The extension has no address yet that links could be relative to.
  const loose = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  run('@vscode/vsce/vsce', 'package', ...loose, ...targeted, '--out', out);
} finally {
  rmSync(inside, { recursive: true, force: true });
}
