/** The commands of the palette. The client registers the server's own, by the server's names, which take arguments. */

import { commands, Uri, window, workspace, type Disposable, type TextDocument } from 'vscode';

import { explain } from './explain.ts';
import { showGraph } from './graph.ts';
import { showReadiness, type Readiness } from './readiness.ts';
import { showRule } from './rules.ts';
import type { Server } from './server.ts';

export const NEW_PROPOSAL = 'vip-lsp.palette.newProposal';
export const SHOW_READINESS = 'vip-lsp.palette.showReadiness';
export const EXPLAIN = 'vip-lsp.palette.explain';
export const RESTART = 'vip-lsp.palette.restartServer';

/** Those that the server executes for the proposal that is being edited. */
const FOR_PROPOSAL = {
  'vip-lsp.palette.insertMissingSections': 'vip-lsp.insertMissingSections',
  'vip-lsp.palette.removeGuidance': 'vip-lsp.removeGuidance',
  'vip-lsp.palette.orderSections': 'vip-lsp.orderSections',
  'vip-lsp.palette.migrate': 'vip-lsp.migrate',
  [SHOW_READINESS]: 'vip-lsp.showReadiness',
};

/** Registers them all. */
export function register(server: Server): Disposable[] {
  const forProposal = Object.entries(FOR_PROPOSAL).map(([name, command]) =>
    commands.registerCommand(name, () => executeForProposal(server, command)),
  );
  return [
    ...forProposal,
    // In the Explorer, it gets the folder.
    commands.registerCommand(NEW_PROPOSAL, (where: unknown) => newProposal(server, where instanceof Uri ? where : undefined)),
    commands.registerCommand(EXPLAIN, () => explainEdited(server)),
    commands.registerCommand('vip-lsp.palette.showRule', () => showRule(server)),
    commands.registerCommand('vip-lsp.palette.showGraph', () => showGraph(edited()?.uri)),
    commands.registerCommand(RESTART, () => server.restart()),
    commands.registerCommand('vip-lsp.palette.showOutput', () => { server.channel.show(); }),
  ];
}

/** The Markdown document that is being edited. */
export function edited(): TextDocument | undefined {
  const document = window.activeTextEditor?.document;
  return document?.languageId === 'markdown' ? document : undefined;
}

async function executeForProposal(server: Server, command: string): Promise<void> {
  const document = edited();
  if (document === undefined) {
    void window.showInformationMessage('vip-lsp: no proposal is being edited; open one first');
    return;
  }
  const uri = document.uri.toString();
  const answer = await server.execute(command, uri);
  if (command === FOR_PROPOSAL[SHOW_READINESS]) {
    await showReadiness(uri, answer as Readiness | null | undefined);
  }
}

async function explainEdited(server: Server): Promise<void> {
  const document = edited();
  if (document === undefined) {
    void window.showInformationMessage('vip-lsp: no Markdown document is being edited; open one first');
    return;
  }
  await explain(server, document.uri.toString());
}

/** A proposal that the server has made. */
interface Made {
  /** The URIs of the pages that list it. */
  readonly changed?: readonly string[];
}

/** Starts the next proposal, in `folder` if there is one; else, of several places for it, the nearest counts. */
async function newProposal(server: Server, folder: Uri | undefined): Promise<void> {
  const near = edited()?.uri;
  const title = await window.showInputBox({
    title: 'New Proposal',
    prompt: 'The title, without a number: the next free one is used. The title may be empty.',
    placeHolder: 'Warm caches',
  });
  if (title === undefined) {
    return;
  }
  const begun = new Set(workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.toString()));
  const made = (await server.execute('vip-lsp.newProposal', {
    ...(title.trim() !== '' && { title: title.trim() }),
    ...(folder?.scheme === 'file' && { folder: folder.toString() }),
    ...(near?.scheme === 'file' && { near: near.toString() }),
  })) as Made | null | undefined;
  // The pages that list it now are saved, but for what the author has begun there.
  for (const uri of (made?.changed ?? []).map((changed) => Uri.parse(changed))) {
    if (!begun.has(uri.toString())) {
      await (await workspace.openTextDocument(uri)).save();
    }
  }
}
