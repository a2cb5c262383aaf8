// Starts VS Code with the installed extension and has it used: by tests in the extension host, then by hand in the window.
// node driver.mjs; `run` sets the environment.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { userSession } from './user.mjs';

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

/** Starts the editor's server in a process group of its own. */
async function startEditor(port) {
  const words = [
    ...['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', '--config', join(FOLDER, 'config.yaml')],
    ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override'],
    ...['--user-data-dir', join(FOLDER, 'data'), '--extensions-dir', join(FOLDER, 'extensions')],
    ...['--vscode-option', 'enable-smoke-test-driver'],
  ];
  const editor = spawn(process.execPath, [CODE_SERVER, ...words], { detached: true, stdio: ['ignore', 'pipe', openSync(join(FOLDER, 'editor.log'), 'w')] });
  const stop = () => {
    try {
      process.kill(-editor.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  };
  process.on('exit', stop);
  const { promise, resolve, reject } = Promise.withResolvers();
  createInterface(editor.stdout).on('line', (line) => line.includes('HTTP server listening') && resolve(stop));
  editor.on('exit', () => reject(new Error('the editor ended at its start')));
  return promise;
}

const address = (port, query) => `http://127.0.0.1:${port}/?${new URLSearchParams(query)}`;

/** Runs the tests in the extension host; their exit code. */
async function hostTests(page, port) {
  const { promise, resolve, reject } = Promise.withResolvers();
  await page.exposeFunction('codeAutomationLog', (_, words) => {
    const text = words.join(' ');
    // The window itself has a lot to say.
    if (text.includes('vscode: ')) {
      console.log(text.slice(text.indexOf('vscode: ')));
    }
  });
  await page.exposeFunction('codeAutomationExit', resolve);
  const uri = `vscode-remote://127.0.0.1:${port}${HOST}`;
  const payload = JSON.stringify([['extensionDevelopmentPath', uri], ['extensionTestsPath', `${uri}/index.js`]]);
  const timer = setTimeout(() => reject(new Error('the tests in the extension host did not end in time')), PATIENCE);
  await page.goto(address(port, { folder: join(FOLDER, 'host'), payload }));
  return promise.finally(() => clearTimeout(timer));
}

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => process.exit(1));
}
const port = await freePort();
const stop = await startEditor(port);
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: [
    ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ],
});
try {
  const page = await browser.newPage();
  assert.equal(await hostTests(page, port), 0, 'exit code of the tests in the extension host');
  await page.close();
  const folder = join(FOLDER, 'workspace');
  await userSession(browser, (more) => address(port, { folder, ...more }), port);
} finally {
  await browser.close();
  stop();
}
