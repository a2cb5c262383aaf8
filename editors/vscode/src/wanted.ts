/** Whether there is anything to do for the server in this window. */

import { workspace, type TextDocument } from 'vscode';

/** Files that proposals come with: others of their kind, their template, the configuration. */
const SIGNS = `**/{${[
  '[vV][iI][pP]-[0-9]*.md',
  ...['0000-*.md', '*NNNN*.md', '*XXXX*.md'],
  ...['*-template.md', '*_template.md', '*-TEMPLATE.md', 'template.md', 'TEMPLATE.md', '*.md.template'],
  ...['templates/*.md', '*-template/*.md'],
  ...['vip-lsp.toml', '.vip-lsp.toml'],
].join(',')}}`;
/** Where nothing is looked for: a forge's templates are for other things. */
const ELSEWHERE = '**/{node_modules,target,.github,.gitlab}/**';
const NAME = /[\\/](vip-|\d{3})\d[^\\/]*\.(md|markdown)$/i;
const TITLE = /^#\s+`?[A-Z][A-Za-z]*-\d+/;
/** How many lines to look for a title in. */
const HEAD = 50;

/** Whether an open document is a proposal, or the workspace has some. */
export async function isServerWanted(): Promise<boolean> {
  if (workspace.textDocuments.some(looksLikeProposal)) {
    return true;
  }
  return (await workspace.findFiles(SIGNS, ELSEWHERE, 1)).length > 0;
}

/** Whether `document` looks like a proposal; the server knows for certain. */
export function looksLikeProposal(document: TextDocument): boolean {
  if (document.languageId !== 'markdown') {
    return false;
  }
  return NAME.test(document.uri.path) || hasNumberedTitle(document);
}

function hasNumberedTitle(document: TextDocument): boolean {
  const lines = Array.from({ length: Math.min(HEAD, document.lineCount) }, (_, line) => document.lineAt(line).text);
  const heading = lines.find((line) => line.startsWith('# '));
  return heading !== undefined && TITLE.test(heading);
}
