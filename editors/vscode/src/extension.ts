/** The extension: starts the server where there are proposals, and hands on what the user asks for. */

import { window, workspace, type ExtensionContext } from 'vscode';

import { PATH_SETTING } from './binary.ts';
import { register } from './commands.ts';
import { Offers } from './offer.ts';
import { provideGraph } from './graph.ts';
import { provideRules } from './rules.ts';
import { Server } from './server.ts';
import { Status } from './status.ts';
import { isServerWanted, looksLikeProposal } from './wanted.ts';

let server: Server | undefined;

/** Called by the editor at the first Markdown document, and at the first of the commands. */
export async function activate(context: ExtensionContext): Promise<void> {
  const channel = window.createOutputChannel('vip-lsp', { log: true });
  const started = new Server(context, channel);
  server = started;
  const offers = new Offers(started, context.workspaceState);
  context.subscriptions.push(
    channel,
    new Status(started, (found) => void offers.make(found)),
    ...register(started),
    provideRules(started),
    provideGraph(started),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(PATH_SETTING) && started.state.kind !== 'off') {
        void started.restart();
      }
    }),
    workspace.onDidGrantWorkspaceTrust(() => {
      // The workspace's own settings count from now on.
      if (started.state.kind !== 'off') {
        void started.restart();
      }
    }),
    workspace.onDidOpenTextDocument((document) => {
      if (looksLikeProposal(document)) {
        void started.start();
      }
    }),
  );
  if (await isServerWanted()) {
    await started.start();
  }
}

/** Called by the editor when it closes. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
