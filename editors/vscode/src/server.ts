/** The server's process and the client that talks to it: start, stop, and what is told when it fails. */

import { commands, EventEmitter, window, workspace, type ExtensionContext, type LogOutputChannel } from 'vscode';
import {
  CloseAction,
  ErrorAction,
  ExecuteCommandRequest,
  LanguageClient,
  State as ClientState,
  type ErrorHandler,
  type LanguageClientOptions,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { findServer, PATH_SETTING, type Binary } from './binary.ts';
import { Crashes } from './crashes.ts';
import { middleware } from './middleware.ts';
import { SECTION } from './settings.ts';
import { traceChannel } from './trace.ts';

/** Whether the server runs. */
export type State =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly binary: Binary }
  | { readonly kind: 'failed'; readonly why: string };

/** How often a server that ended by itself is started again, and within how many minutes. */
const RESTARTS = 5;
const MINUTES = 3;
const PERIOD = MINUTES * 60_000;
const TOO_OFTEN = `the server crashed ${String(RESTARTS + 1)} times within ${String(MINUTES)} minutes and is not restarted; see its output`;
/** What the server writes to standard error and sends as a message, too. */
const SENT_TOO = /^\s*(ERROR|WARN|INFO|DEBUG|TRACE) vip_lsp/;

/** What the server returns is shown, and it need not say it in a message. */
const SHOWS_ANSWERS: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { showsReferences: true, showsReadiness: true, showsRules: true };
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};

/** A client that shows nothing by itself: all that it has to tell of the server is told here, with a way out. */
class Client extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** The server for this window. */
export class Server {
  private readonly changed = new EventEmitter<State>();
  /** Fires when the state is another. */
  readonly onDidChange = this.changed.event;
  private current: State = { kind: 'off' };
  private started: Client | undefined;
  private crashes = new Crashes(RESTARTS, PERIOD);
  private isStartingAgain = false;
  private last: Promise<void> = Promise.resolve();
  private readonly trace: LogOutputChannel;

  /** The log, of the server and of what becomes of it. */
  readonly channel: LogOutputChannel;
  private readonly context: ExtensionContext;

  constructor(context: ExtensionContext, channel: LogOutputChannel) {
    this.context = context;
    this.channel = channel;
    this.trace = traceChannel(channel, context.subscriptions);
    context.subscriptions.push(this.changed);
  }

  get state(): State {
    return this.current;
  }

  /** The client, while the server runs. */
  get client(): LanguageClient | undefined {
    return this.current.kind === 'running' ? this.started : undefined;
  }

  /** Starts the server where it does not run; after it failed, only {@link restart} does. */
  start(): Promise<void> {
    return this.inOrder(() => (this.current.kind === 'off' ? this.begin() : Promise.resolve()));
  }

  /** Starts it afresh: what went wrong before is forgotten. */
  restart(): Promise<void> {
    this.crashes = new Crashes(RESTARTS, PERIOD);
    return this.startAgain();
  }

  stop(): Promise<void> {
    return this.inOrder(() => this.end());
  }

  /** Has the server execute `command`, and tells why it did not. */
  async execute(command: string, ...args: unknown[]): Promise<unknown> {
    await this.start();
    if (this.client === undefined) {
      const why = this.current.kind === 'failed' ? this.current.why : 'the server is not running yet; try again';
      return this.tell(why);
    }
    const answer = this.client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
    return answer.catch((error: unknown) => {
      void window.showErrorMessage(`vip-lsp: ${messageOf(error)}`);
    });
  }

  private startAgain(): Promise<void> {
    return this.inOrder(async () => {
      await this.end();
      this.isStartingAgain = false;
      await this.begin();
    });
  }

  /** One start or stop after the other. */
  private inOrder(task: () => Promise<void>): Promise<void> {
    this.last = this.last.then(task);
    return this.last;
  }

  private set(state: State): void {
    this.current = state;
    this.changed.fire(state);
  }

  private async begin(): Promise<void> {
    this.set({ kind: 'starting' });
    try {
      const binary = await findServer(this.places());
      this.channel.info(`starting ${binary.version}: ${binary.path}`);
      this.started = this.clientOf(binary);
      await this.started.start();
    } catch (error) {
      // A server that ended before it answered is started again.
      if (!this.isStartingAgain) {
        this.fail(messageOf(error));
      }
    }
  }

  private async end(): Promise<void> {
    const client = this.started;
    this.started = undefined;
    if (client?.isRunning() === true) {
      await client.dispose().catch((error: unknown) => {
        this.channel.warn(`the server did not stop properly: ${messageOf(error)}`);
      });
    }
    this.set({ kind: 'off' });
  }

  private places() {
    return {
      setting: workspace.getConfiguration(SECTION).get('server.path', '').trim(),
      folder: workspace.workspaceFolders?.find((folder) => folder.uri.scheme === 'file')?.uri.fsPath,
      extension: this.context.extensionPath,
      searched: process.env.PATH,
    };
  }

  private clientOf(binary: Binary): Client {
    const run = { command: binary.path, args: ['--stdio'] };
    const client: Client = new Client(SECTION, 'vip-lsp', run, this.options(() => client));
    client.registerFeature(SHOWS_ANSWERS);
    client.onDidChangeState(({ newState }) => {
      if (client !== this.started) {
        return;
      }
      if (newState === ClientState.Running) {
        this.set({ kind: 'running', binary });
      }
    });
    return client;
  }

  private options(client: () => LanguageClient): LanguageClientOptions {
    return {
      documentSelector: [
        { scheme: 'file', language: 'markdown' },
        { scheme: 'untitled', language: 'markdown' },
        { scheme: 'file', pattern: '**/{vip-lsp,.vip-lsp}.toml' },
      ],
      outputChannel: this.channel,
      traceOutputChannel: this.trace,
      diagnosticPullOptions: { onChange: true, onSave: true, onTabs: true },
      stdioOptions: { stdout: () => undefined, stderr: logErrors },
      errorHandler: this.errorHandler(client),
      initializationFailedHandler: () => false,
      middleware: middleware(client),
    };
  }

  private errorHandler(client: () => LanguageClient): ErrorHandler {
    return {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        if (client() === this.started) {
          this.recover();
        }
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  /** Starts a server that ended by itself again, with a new client: this one may be in the midst of its own start. */
  private recover(): void {
    if (this.crashes.isOneTooMany()) {
      this.fail(TOO_OFTEN);
    } else {
      this.isStartingAgain = true;
      void this.startAgain();
    }
  }

  /** Notes and tells that the server does not run; the first reason counts. */
  private fail(why: string): void {
    if (this.current.kind === 'failed') {
      return;
    }
    this.channel.error(why);
    this.set({ kind: 'failed', why });
    void this.tell(why);
  }

  private async tell(why: string): Promise<void> {
    const isAboutPath = why.includes(PATH_SETTING);
    const chosen = await window.showErrorMessage(
      `vip-lsp: ${why}`,
      ...(isAboutPath ? ['Open Settings'] : []),
      'Restart',
      'Show Output',
    );
    if (chosen === 'Restart') {
      await this.restart();
    } else if (chosen === 'Show Output') {
      this.channel.show();
    } else if (chosen === 'Open Settings') {
      await commands.executeCommand('workbench.action.openSettings', PATH_SETTING);
    }
  }
}

function logErrors(input: Readable, channel: LogOutputChannel): void {
  createInterface({ input }).on('line', (line) => {
    if (!SENT_TOO.test(line)) {
      channel.error(line);
    }
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
