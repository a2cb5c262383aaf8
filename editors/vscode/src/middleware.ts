/** What the editor does differently from what the server's answers say by themselves. */

import { commands, Position, Uri, window, WorkspaceEdit } from 'vscode';
import type { Location } from 'vscode-languageserver-protocol';
import { LSPErrorCodes, ResponseError, vsdiag, type LanguageClient, type Middleware } from 'vscode-languageclient/node';

import { showReadiness, type Readiness } from './readiness.ts';
import { SECTION, settingsForServer, showsWholeWorkspace } from './settings.ts';

const SHOW_REFERENCES = 'vip-lsp.showReferences';
const SHOW_READINESS = 'vip-lsp.showReadiness';

/** The middleware of the client that `client` returns. */
export function middleware(client: () => LanguageClient): Middleware {
  return {
    workspace: {
      configuration: (params, token, next) => {
        const isOurs = params.items.every((item) => item.section === SECTION);
        return isOurs ? params.items.map(settingsForServer) : next(params, token);
      },
    },
    provideWorkspaceDiagnostics: (known, token, reporter, next) => {
      if (showsWholeWorkspace()) {
        return next(known, token, reporter);
      }
      // Problems that are shown from before the setting was changed are withdrawn.
      const kind = vsdiag.DocumentDiagnosticReportKind.full;
      reporter({ items: known.map(({ uri }) => ({ kind, uri, version: null, items: [] })) });
      return { items: [] };
    },
    provideRenameEdits: async (document, position, newName, token, next) => {
      try {
        return await next(document, position, newName, token);
      } catch (error) {
        if (!(error instanceof ResponseError) || error.code !== LSPErrorCodes.RequestFailed) {
          throw error;
        }
        // Without an answer, the editor would have its own Markdown rename do what is refused.
        void window.showErrorMessage(`vip-lsp: ${error.message}`);
        return new WorkspaceEdit();
      }
    },
    resolveCodeLens: async (lens, token, next) => {
      const resolved = await next(lens, token);
      if (resolved?.command?.command === SHOW_REFERENCES) {
        // Where to show them; the server takes the document's URI alone.
        resolved.command.arguments?.push(resolved.range.start);
      }
      return resolved;
    },
    executeCommand: async (command, args, next): Promise<unknown> => {
      if (command === SHOW_READINESS) {
        return showReadiness(args[0] as string, (await next(command, args)) as Readiness | null);
      }
      if (command !== SHOW_REFERENCES) {
        return next(command, args) as unknown;
      }
      const [uri, place] = args as [string, Position | undefined];
      const found: unknown = await next(command, [uri]);
      return showReferences(client(), uri, place ?? new Position(0, 0), (found ?? []) as Location[]);
    },
  };
}

async function showReferences(client: LanguageClient, uri: string, place: Position, found: Location[]) {
  const locations = found.map((location) => client.protocol2CodeConverter.asLocation(location));
  await commands.executeCommand('editor.action.showReferences', Uri.parse(uri), place, locations);
}
