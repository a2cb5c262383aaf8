#!/usr/bin/env node
// Runs the binary of the package for this platform, which npm installs as an optional dependency.
'use strict';

const { spawn } = require('node:child_process');
const { optionalDependencies } = require('../package.json');

const name = `@vip-lsp/${process.platform}-${process.arch}`;

function binary() {
  try {
    return require.resolve(`${name}/bin/vip-lsp${process.platform === 'win32' ? '.exe' : ''}`);
  } catch {
    return undefined;
  }
}

function fail(message) {
  console.error(`vip-lsp: ${message}`);
  process.exit(2);
}

if (!(name in optionalDependencies)) {
  fail(`there is no package for ${process.platform}-${process.arch}; build it with \`cargo install --locked vip-lsp\``);
}
const program = binary();
if (program === undefined) {
  fail(`the package ${name} is missing; install vip-lsp again on this machine, without --omit=optional`);
}
const child = spawn(program, process.argv.slice(2), { stdio: 'inherit', windowsHide: true });
const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'];
for (const signal of signals) {
  process.on(signal, () => child.kill(signal));
}
child.on('error', error => fail(`${program} does not start: ${error.message}`));
child.on('exit', (code, signal) => {
  if (signal === null) {
    process.exit(code);
  }
  // As the binary has ended.
  signals.forEach(name => process.removeAllListeners(name));
  process.kill(process.pid, signal);
});
