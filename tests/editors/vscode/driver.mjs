// Starts VS Code with the installed extension and has it used: by tests in the extension host, then by hand in the window.
// node driver.mjs; `run` sets the environment.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { layoutSession } from './explain.mjs';
import { bareSession, userSession } from './user.mjs';

const { CODE_SERVER, CHROMIUM, FOLDER, HOST } = process.env;
const { chromium } = createRequire(CODE_SERVER)('playwright-core');

/** How long the tests in the extension host may take, in milliseconds. */
const PATIENCE = 120_000;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

const TRUSTING = ['--disable-workspace-trust'];

/**
 * Starts the editor's server in a process group of its own, with the extensions in a folder and `more` options; its port, and
 * what ends it.
 */
async function startEditor({ extensions = 'extensions', more = TRUSTING, env = process.env } = {}) {
  const port = await freePort();
  const words = [
    ...['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', '--config', join(FOLDER, 'config.yaml')],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...['--user-data-dir', join(FOLDER, 'data'), '--extensions-dir', join(FOLDER, extensions)],
  ];
  const log = openSync(join(FOLDER, 'editor.log'), 'a');
  const stdio = ['ignore', 'pipe', log];
  const editor = spawn(process.execPath, [CODE_SERVER, ...words, ...more], { detached: true, stdio, env });
  const stop = () => {
    try {
      process.kill(-editor.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  };
  process.on('exit', stop);
  const { promise, resolve, reject } = Promise.withResolvers();
  createInterface(editor.stdout).on('line', (line) => line.includes('HTTP server listening') && resolve({ port, stop }));
  editor.on('exit', () => reject(new Error('the editor ended at its start')));
  return promise;
}

const address = (port, query) => `http://127.0.0.1:${port}/?${new URLSearchParams(query)}`;

/** Runs the tests in the extension host. */
async function hostTests(browser) {
  // The driver is what reports their end; with it, messages are not shown.
  const { port, stop } = await startEditor({ more: [...TRUSTING, '--vscode-option', 'enable-smoke-test-driver'] });
  const page = await browser.newPage();
  const { promise, resolve, reject } = Promise.withResolvers();
  // The window itself has a lot to say.
  await page.exposeFunction('codeAutomationLog', () => undefined);
  await page.exposeFunction('codeAutomationExit', resolve);
  const uri = `vscode-remote://127.0.0.1:${port}${HOST}`;
  const payload = JSON.stringify([['extensionDevelopmentPath', uri], ['extensionTestsPath', `${uri}/index.js`]]);
  const timer = setTimeout(() => reject(new Error('the tests in the extension host did not end in time')), PATIENCE);
  await page.goto(address(port, { folder: join(FOLDER, 'host'), payload }));
  const code = await promise.finally(() => clearTimeout(timer));
  console.log(readFileSync(join(FOLDER, 'report'), { encoding: 'utf8', flag: 'a+' }).trim());
  assert.equal(code, 0, 'exit code of the tests in the extension host');
  await page.close();
  stop();
}

/** Uses a window on the workspace `name`, with the file at `path` open, as a person does, by `session`. */
async function windowTests(browser, name, path, session, options) {
  const { port, stop } = await startEditor(options);
  const folder = join(FOLDER, name);
  const proposal = `vscode-remote://127.0.0.1:${port}${folder}/${path}`;
  await session(browser, address(port, { folder, payload: JSON.stringify([['openFile', proposal]]) }));
  stop();
}

/** The extension without a server, in a folder that nobody trusts. */
const bare = {
  extensions: 'bare-extensions',
  more: [],
  // This PATH counts, as if the editor was started from a shell, and no server that is installed on this machine.
  env: { ...process.env, PATH: [join(FOLDER, 'bin'), '/usr/bin', '/bin'].join(':'), VSCODE_CLI: '1' },
};

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => process.exit(1));
}
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: [
    ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ],
});
try {
  await hostTests(browser);
  await windowTests(browser, 'workspace', 'docs/proposals/vip-7.md', userSession);
  await windowTests(browser, 'layout', 'text/0001-warm-caches.md', layoutSession);
  await windowTests(browser, 'strange', 'docs/proposals/vip-7.md', bareSession, bare);
} finally {
  await browser.close();
}
// What is still open, such as the editors' output, must not hold this up.
process.exit();
