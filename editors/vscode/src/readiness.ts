/** What is left to do in a proposal, as a list whose entries lead to their places. */

import { QuickPickItemKind, Range, Selection, TextEditorRevealType, Uri, window, type QuickPickItem } from 'vscode';
import type { Range as ProtocolRange } from 'vscode-languageserver-protocol';

/** What the server returns for `vip-lsp.showReadiness`. */
export interface Readiness {
  /** What the proposal is called. */
  readonly name: string;
  /** Its next status. */
  readonly next: string | null;
  readonly todo: readonly { readonly message: string; readonly range: ProtocolRange; readonly required: boolean }[];
}

interface Entry extends QuickPickItem {
  readonly range?: Range;
}

/** Lets the user pick from what is left to do in the document at `uri`, and goes there. Where nothing is left, the server says so. */
export async function showReadiness(uri: string, readiness: Readiness | null | undefined): Promise<void> {
  if (readiness === null || readiness === undefined || readiness.todo.length === 0) {
    return;
  }
  const { name, next } = readiness;
  const title = `${name}: left to do${next === null ? '' : ` before ${next}`}`;
  const picked = await window.showQuickPick(entries(readiness), { title, placeHolder: 'Go to what is left to do' });
  if (picked?.range === undefined) {
    return;
  }
  const editor = await window.showTextDocument(Uri.parse(uri));
  editor.selection = new Selection(picked.range.start, picked.range.start);
  editor.revealRange(picked.range, TextEditorRevealType.InCenterIfOutsideViewport);
}

function entries({ todo }: Readiness): Entry[] {
  return [
    ...group('required', todo.filter(({ required }) => required)),
    ...group('advised', todo.filter(({ required }) => !required)),
  ];
}

function group(name: string, todo: Readiness['todo']): Entry[] {
  if (todo.length === 0) {
    return [];
  }
  const heading = { label: `${String(todo.length)} ${name}`, kind: QuickPickItemKind.Separator };
  const entry = ({ message, range: { start, end } }: Readiness['todo'][number]): Entry => ({
    label: message,
    description: `line ${String(start.line + 1)}`,
    range: new Range(start.line, start.character, end.line, end.character),
  });
  return [heading, ...todo.map(entry)];
}
