/** The pages of the rules, which the codes of diagnostics lead to. They come from the server, so that they need no network. */

import { commands, Uri, window, workspace, type Disposable, type QuickPickItem } from 'vscode';

import type { Server } from './server.ts';

/** The scheme of the pages' URIs, which the server knows. package.json has them shown as a preview. */
const SCHEME = 'vip-lsp-rule';
const COMMAND = 'vip-lsp.rule';
const ENDING = '.md';

/** A rule in the list of all. */
interface Rule {
  readonly id: string;
  /** Its severity unless the settings say otherwise. */
  readonly severity: string;
  /** Where something is found. */
  readonly summary: string;
}

/** Has the editor read the pages from `server`. */
export function provideRules(server: Server): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: async ({ path }) => {
      const id = path.slice(path.lastIndexOf('/') + 1, -ENDING.length);
      return (await server.execute(COMMAND, id)) as string | undefined;
    },
  });
}

/** Lets the user pick a rule, and shows its page. */
export async function showRule(server: Server): Promise<void> {
  const rules = (await server.execute(COMMAND)) as readonly Rule[] | undefined;
  if (rules === undefined) {
    return;
  }
  const entry = ({ id, severity, summary }: Rule): QuickPickItem => ({ label: id, description: severity, detail: summary });
  const picked = await window.showQuickPick(rules.map(entry), { title: 'Show Rule', matchOnDetail: true });
  if (picked !== undefined) {
    await commands.executeCommand('vscode.open', Uri.from({ scheme: SCHEME, path: `/${picked.label}${ENDING}` }));
  }
}
