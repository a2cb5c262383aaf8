/** Which server to start: the one that the user names, the one in this extension, or the one on `PATH`. */

import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** The setting that names the server. */
export const PATH_SETTING = 'vip-lsp.server.path';

/** Where to look. */
export interface Places {
  /** What the setting says; empty, if it says nothing. */
  readonly setting: string;
  /** The folder that a relative path in the setting counts from. */
  readonly folder: string | undefined;
  /** This extension's folder. */
  readonly extension: string;
  /** The environment's `PATH`. */
  readonly searched: string | undefined;
}

/** A server that runs here. */
export interface Binary {
  readonly path: string;
  /** What it says of itself, such as `vip-lsp 0.1.0`. */
  readonly version: string;
}

const run = promisify(execFile);
const NAME = process.platform === 'win32' ? 'vip-lsp.exe' : 'vip-lsp';
const HERE = `${process.platform}-${process.arch}`;
/** How long a server may take to tell its version, in milliseconds. */
const PATIENCE = 10_000;

/** The server to start; fails with what is wrong and what to do. */
export async function findServer(places: Places): Promise<Binary> {
  if (places.setting !== '') {
    const path = named(places.setting, places.folder);
    return checked(path, `correct the setting "${PATH_SETTING}", or clear it`);
  }
  const bundled = join(places.extension, 'server', NAME);
  if (await isThere(bundled)) {
    return checked(bundled, `install the extension for ${HERE}, or name a server in the setting "${PATH_SETTING}"`);
  }
  for (const folder of (places.searched ?? '').split(delimiter)) {
    const path = join(folder, NAME);
    // A relative folder on `PATH` is whatever the workspace has there.
    if (isAbsolute(folder) && (await isThere(path))) {
      return checked(path, `repair it, or name another server in the setting "${PATH_SETTING}"`);
    }
  }
  throw new Error(
    `there is no server in this extension, and no "${NAME}" on PATH; install one as described on the extension's page, or name it in the setting "${PATH_SETTING}"`,
  );
}

function named(setting: string, folder: string | undefined): string {
  const path = setting.startsWith('~/') ? join(homedir(), setting.slice(2)) : setting;
  return folder === undefined ? resolve(path) : resolve(folder, path);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** The server at `path`, if it is one; else fails with `remedy`. */
async function checked(path: string, remedy: string): Promise<Binary> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new Error(`there is no file "${path}"; ${remedy}`);
  }
  if (found.isDirectory()) {
    throw new Error(`"${path}" is a folder, not a program; ${remedy}`);
  }
  await access(path, constants.X_OK).catch(() => {
    throw new Error(`"${path}" may not be executed; allow it with chmod +x, or ${remedy}`);
  });
  return { path, version: await version(path, remedy) };
}

async function version(path: string, remedy: string): Promise<string> {
  const asked = run(path, ['--version'], { timeout: PATIENCE, windowsHide: true });
  const said = await asked.catch((error: unknown) => {
    // A program for another system or processor fails in a different way on each system.
    throw new Error(
      `"${path}" does not run here, on ${HERE}: it may be built for another system; ${remedy} (${firstLine(error)})`,
    );
  });
  const line = said.stdout.trim();
  if (!/^vip-lsp \d/.test(line)) {
    throw new Error(`"${path}" is another program than vip-lsp; ${remedy}`);
  }
  return line;
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? text;
}
