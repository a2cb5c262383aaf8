/** The status bar item: how far the proposal is that is being edited, or why it is none, and whether the server runs. */

import {
  commands,
  languages,
  MarkdownString,
  StatusBarAlignment,
  ThemeColor,
  window,
  workspace,
  type Disposable,
  type StatusBarItem,
  type TextDocument,
} from 'vscode';
import { CodeLensRequest, CodeLensResolveRequest, type LanguageClient } from 'vscode-languageclient/node';

import { edited, EXPLAIN, RESTART, SHOW_READINESS } from './commands.ts';
import { Explanations, nameOf, type Explanation } from './explain.ts';
import type { Server } from './server.ts';

/** What menus know of the document that is being edited. */
const IS_PROPOSAL = 'vip-lsp.isProposal';
/** How long findings have to rest before they are read, in milliseconds. */
const REST = 200;

/** Shows the status for as long as it is not disposed of. */
export class Status implements Disposable {
  private readonly item: StatusBarItem;
  private readonly disposables: Disposable[];
  private timer: NodeJS.Timeout | undefined;
  /** Counts what is to be shown, so that a late answer does not replace a newer one. */
  private turn = 0;
  private isProposal = false;

  private readonly server: Server;
  private readonly explanations = new Explanations();
  private readonly explained: (found: Explanation) => void;

  /** `explained` is told what the document is that is being edited. */
  constructor(server: Server, explained: (found: Explanation) => void) {
    this.server = server;
    this.explained = explained;
    this.item = window.createStatusBarItem('vip-lsp.status', StatusBarAlignment.Right, 100);
    this.item.name = 'Proposal';
    this.disposables = [
      this.item,
      server.onDidChange(() => { this.ask(); }),
      window.onDidChangeActiveTextEditor(() => { this.ask(); }),
      // The settings, and other proposals, tell what a document is.
      workspace.onDidSaveTextDocument(() => { this.ask(); }),
      languages.onDidChangeDiagnostics(({ uris }) => {
        const shown = edited()?.uri.toString();
        if (uris.some((uri) => uri.toString() === shown)) {
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

  /** Shows what is so now, and asks the server what the document is. */
  private ask(): void {
    this.explanations.forget();
    this.update();
  }

  private update(): void {
    this.turn += 1;
    const document = edited();
    const state = this.server.state;
    if (document === undefined || this.server.client === undefined) {
      this.tellMenus(false);
    }
    if (document === undefined || state.kind === 'off') {
      this.item.hide();
    } else if (state.kind === 'starting') {
      this.show('$(loading~spin) vip-lsp', 'vip-lsp: the server is starting');
    } else if (state.kind === 'failed') {
      this.show('$(error) vip-lsp', `vip-lsp: ${state.why}\n\nClick to start it again.`, RESTART);
      this.item.backgroundColor = new ThemeColor('statusBarItem.errorBackground');
    } else if (this.server.client !== undefined) {
      void this.showDocument(this.server.client, document, state.binary.version);
    }
  }

  private async showDocument(client: LanguageClient, document: TextDocument, version: string): Promise<void> {
    const turn = this.turn;
    const asked = this.explanations.of(client, document);
    const readiness = await readinessOf(client, document).catch(() => undefined);
    if (turn === this.turn) {
      this.tellMenus(readiness !== undefined);
    }
    if (turn === this.turn && readiness !== undefined) {
      // What the document is takes until all files are read.
      this.showReadiness(readiness, version);
    }
    const found = await asked;
    if (turn !== this.turn) {
      return;
    }
    if (readiness !== undefined) {
      this.showReadiness(readiness, version, found);
    } else if (found === undefined || found.proposal) {
      this.item.hide();
    } else {
      this.showOther(found, version);
    }
    if (found !== undefined) {
      this.explained(found);
    }
  }

  /** Has menus show what is for proposals, or not. */
  private tellMenus(isProposal: boolean): void {
    if (isProposal !== this.isProposal) {
      this.isProposal = isProposal;
      void commands.executeCommand('setContext', IS_PROPOSAL, isProposal);
    }
  }

  private showReadiness(readiness: string, version: string, found?: Explanation): void {
    const tooltip = new MarkdownString().appendText(readiness);
    if (found?.proposal === true) {
      tooltip.appendMarkdown('\n\nProposal of ');
      tooltip.appendMarkdown(found.template === null ? 'the built-in VIP template' : `\`${nameOf(found.template)}\``);
      tooltip.appendText(found.family === null ? '' : `, family "${found.family}"`);
    }
    tooltip.appendMarkdown('\n\n').appendText(`${version} runs. Click for what is left to do before the next status.`);
    this.show(`$(checklist) ${readiness}`, tooltip, SHOW_READINESS);
  }

  /** Shows why a document is no proposal. */
  private showOther({ index, reasons }: Explanation, version: string): void {
    const tooltip = new MarkdownString();
    for (const line of [...reasons, `${version} runs. Click for what can be done.`]) {
      tooltip.appendText(line).appendMarkdown('\n\n');
    }
    this.show(index ? '$(list-unordered) index page' : '$(circle-slash) not a proposal', tooltip, EXPLAIN);
  }

  private show(text: string, tooltip: string | MarkdownString, command?: string): void {
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.command = command;
    this.item.backgroundColor = undefined;
    this.item.show();
  }
}

/** What the server's first lens says of `document`; nothing, if it is no proposal. */
async function readinessOf(client: LanguageClient, document: TextDocument): Promise<string | undefined> {
  const textDocument = client.code2ProtocolConverter.asTextDocumentIdentifier(document);
  const [lens] = (await client.sendRequest(CodeLensRequest.type, { textDocument })) ?? [];
  return lens && (await client.sendRequest(CodeLensResolveRequest.type, lens)).command?.title;
}
