/** The settings as the server is to have them. */

import { workspace } from 'vscode';

/** The section that they stand in. */
export const SECTION = 'vip-lsp';

/** Those that are about this extension and not about proposals. */
const OWN = ['server', 'trace', 'problems'];

/**
 * What the user has set. Defaults are left out: the editor's settings win over `vip-lsp.toml`, and a default that nobody
 * set must not.
 */
export function settingsForServer(): Record<string, unknown> {
  const configuration = workspace.getConfiguration(SECTION);
  const set: Record<string, unknown> = {};
  for (const name of Object.keys(configuration)) {
    const value = OWN.includes(name) ? undefined : valueOf(configuration.inspect(name));
    if (value !== undefined) {
      set[name] = value;
    }
  }
  return set;
}

/** Whether the problems of proposals that are not open are shown, too. */
export function showsWholeWorkspace(): boolean {
  return workspace.getConfiguration(SECTION).get('problems.scope') === 'workspace';
}

interface Inspected {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
}

/** The nearer value; tables are merged, as the editor does it. */
function valueOf(found: Inspected | undefined): unknown {
  const { globalValue: far, workspaceValue: near } = found ?? {};
  return isTable(far) && isTable(near) ? { ...far, ...near } : (near ?? far);
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
