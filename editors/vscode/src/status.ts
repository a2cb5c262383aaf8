/** The status bar item: how far the proposal is that is being edited, and whether the server runs. */

import {
  languages,
  StatusBarAlignment,
  ThemeColor,
  window,
  type Disposable,
  type StatusBarItem,
  type TextDocument,
} from 'vscode';
import { CodeLensRequest, CodeLensResolveRequest, type LanguageClient } from 'vscode-languageclient/node';

import { RESTART, SHOW_READINESS } from './commands.ts';
import type { Server } from './server.ts';

/** How long findings have to rest before they are read, in milliseconds. */
const REST = 200;

/** Shows the status for as long as it is not disposed of. */
export class Status implements Disposable {
  private readonly item: StatusBarItem;
  private readonly disposables: Disposable[];
  private timer: NodeJS.Timeout | undefined;
  /** Counts what is to be shown, so that a late answer does not replace a newer one. */
  private turn = 0;

  private readonly server: Server;

  constructor(server: Server) {
    this.server = server;
    this.item = window.createStatusBarItem('vip-lsp.status', StatusBarAlignment.Right, 100);
    this.item.name = 'Proposal';
    this.disposables = [
      this.item,
      server.onDidChange(() => { this.update(); }),
      window.onDidChangeActiveTextEditor(() => { this.update(); }),
      languages.onDidChangeDiagnostics(({ uris }) => {
        const edited = edit()?.uri.toString();
        if (uris.some((uri) => uri.toString() === edited)) {
          clearTimeout(this.timer);
          this.timer = setTimeout(() => { this.update(); }, REST);
        }
      }),
    ];
    this.update();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const disposable of this.disposables) {
      disposable.dispose();
    }
  }

  private update(): void {
    this.turn += 1;
    const document = edit();
    const state = this.server.state;
    if (document === undefined || state.kind === 'off') {
      this.item.hide();
    } else if (state.kind === 'starting') {
      this.show('$(loading~spin) vip-lsp', 'vip-lsp: the server starts');
    } else if (state.kind === 'failed') {
      this.show('$(error) vip-lsp', `vip-lsp: ${state.why}\n\nClick to start it again.`, RESTART);
      this.item.backgroundColor = new ThemeColor('statusBarItem.errorBackground');
    } else if (this.server.client !== undefined) {
      void this.showReadiness(this.server.client, document, state.binary.version);
    }
  }

  private async showReadiness(client: LanguageClient, document: TextDocument, version: string): Promise<void> {
    const turn = this.turn;
    const readiness = await readinessOf(client, document).catch(() => undefined);
    if (turn !== this.turn) {
      return;
    }
    if (readiness === undefined) {
      this.item.hide();
      return;
    }
    const tooltip = `${readiness}\n\n${version} runs. Click for what is left to do before the next status.`;
    this.show(`$(checklist) ${readiness}`, tooltip, SHOW_READINESS);
  }

  private show(text: string, tooltip: string, command?: string): void {
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.command = command;
    this.item.backgroundColor = undefined;
    this.item.show();
  }
}

/** The Markdown document that is being edited. */
function edit(): TextDocument | undefined {
  const document = window.activeTextEditor?.document;
  return document?.languageId === 'markdown' ? document : undefined;
}

/** What the server's first lens says of `document`; nothing, if it is no proposal. */
async function readinessOf(client: LanguageClient, document: TextDocument): Promise<string | undefined> {
  const textDocument = client.code2ProtocolConverter.asTextDocumentIdentifier(document);
  const [lens] = (await client.sendRequest(CodeLensRequest.type, { textDocument })) ?? [];
  return lens && (await client.sendRequest(CodeLensResolveRequest.type, lens)).command?.title;
}
