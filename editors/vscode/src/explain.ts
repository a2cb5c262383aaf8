/** What a document is and why, as the server says it, and the settings that make it a proposal. */

import { languages, Uri, window, type TextDocument } from 'vscode';
import { ExecuteCommandRequest, type LanguageClient } from 'vscode-languageclient/node';

import type { Server } from './server.ts';

/** The button that adds the settings. */
export const ADD = 'Add setting';

/** Settings that make a document a proposal. */
export interface Suggestion {
  /** The URI of their file. */
  readonly file: string;
  /** What to add there, as TOML. */
  readonly lines: string;
  /** Whether the document falls just short of what is found by itself. */
  readonly likely: boolean;
}

/** What a document is. */
export interface Explanation {
  readonly uri: string;
  readonly proposal: boolean;
  /** Whether it is a page that lists proposals. */
  readonly index: boolean;
  readonly family: string | null;
  /** The URI of the proposal's template; null for the built-in one. */
  readonly template: string | null;
  readonly reasons: readonly string[];
  readonly suggestion: Suggestion | null;
}

const COMMAND = 'vip-lsp.explain';

/** What the server says of the document that is shown, kept while its findings are the same. */
export class Explanations {
  private kept: { readonly key: string; readonly found: Promise<Explanation | undefined> } | undefined;

  /** Has the server asked again. */
  forget(): void {
    this.kept = undefined;
  }

  /** What `document` is; nothing, if it is no file. */
  of(client: LanguageClient, document: TextDocument): Promise<Explanation | undefined> {
    const key = `${document.uri.toString()} ${findings(document)}`;
    if (this.kept?.key !== key) {
      this.kept = { key, found: ask(client, document).catch(() => undefined) };
    }
    return this.kept.found;
  }
}

async function ask(client: LanguageClient, document: TextDocument): Promise<Explanation | undefined> {
  if (document.uri.scheme !== 'file') {
    return undefined;
  }
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  const params = { command: COMMAND, arguments: [uri] };
  return (await client.sendRequest(ExecuteCommandRequest.type, params)) as Explanation;
}

/** The rules that find something in `document`: with the first one, it may have become a proposal. */
function findings(document: TextDocument): string {
  const found = languages.getDiagnostics(document.uri).filter(({ source }) => source === 'vip-lsp');
  return found.map(({ code }) => String(typeof code === 'object' ? code.value : code)).sort().join(' ');
}

/** Says what the document at `uri` is, and offers to make it a proposal. */
export async function explain(server: Server, uri: string): Promise<void> {
  const found = (await server.execute(COMMAND, uri)) as Explanation | undefined;
  if (found === undefined) {
    return;
  }
  const buttons = found.suggestion === null ? [] : [ADD];
  const message = `${nameOf(found.uri)} is ${verdict(found)}: ${found.reasons.join('; ')}.`;
  if ((await window.showInformationMessage(message, ...buttons)) === ADD) {
    await addSetting(server, uri);
  }
}

/** Adds the settings that make the document at `uri` a proposal, and shows them. */
export async function addSetting(server: Server, uri: string): Promise<void> {
  await server.execute('vip-lsp.addSetting', uri);
}

/** In a few words, what a document is. */
function verdict({ proposal, index, template, family }: Explanation): string {
  if (proposal) {
    const of = template === null ? 'the built-in VIP template' : nameOf(template);
    return `a proposal that follows ${of}${family === null ? '' : `, family "${family}"`}`;
  }
  return index ? 'an index page, not a proposal' : 'not a proposal';
}

/** The name of the file at `uri`. */
export function nameOf(uri: string): string {
  const { path } = Uri.parse(uri);
  return path.slice(path.lastIndexOf('/') + 1);
}
