/** The graph of the proposals that name each other in their metadata. The server draws it, as a page of Markdown with a flowchart. */

import { commands, EventEmitter, Uri, workspace, type Disposable } from 'vscode';

import type { Server } from './server.ts';

/** The scheme of the page's URI. Its query is the URI of the document whose family is shown. */
const SCHEME = 'vip-lsp-graph';
const COMMAND = 'vip-lsp.graph';

const changed = new EventEmitter<Uri>();

/** Has the editor read the page from `server`. */
export function provideGraph(server: Server): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: async ({ query }) =>
      (await server.execute(COMMAND, ...(query === '' ? [] : [query]))) as string | undefined,
  });
}

/** Shows the graph of the family of the document `near`, or of all proposals. An older page is drawn again. */
export async function showGraph(near: Uri | undefined): Promise<void> {
  const uri = Uri.from({ scheme: SCHEME, path: '/Graph of proposals.md', query: near?.scheme === 'file' ? near.toString() : '' });
  changed.fire(uri);
  await commands.executeCommand('vscode.open', uri);
}
