/** Where the messages between editor and server are written. */

import { EventEmitter, LogLevel, workspace, type Disposable, type LogOutputChannel } from 'vscode';

import { SECTION } from './settings.ts';

/**
 * `channel` for the client's trace. The client writes one only where the log's level is "trace"; here the setting
 * `vip-lsp.trace.server` is enough.
 */
export function traceChannel(channel: LogOutputChannel, disposables: Disposable[]): LogOutputChannel {
  const level = () => (isOn() ? LogLevel.Trace : channel.logLevel);
  const changed = new EventEmitter<LogLevel>();
  const changes = workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${SECTION}.trace`)) {
      changed.fire(level());
    }
  });
  disposables.push(changed, changes, channel.onDidChangeLogLevel(() => { changed.fire(level()); }));
  return Object.create(channel, {
    logLevel: { get: level },
    onDidChangeLogLevel: { value: changed.event },
    trace: { value: (message: string) => { channel.info(message); } },
  }) as LogOutputChannel;
}

function isOn(): boolean {
  return workspace.getConfiguration(SECTION).get('trace.server') !== 'off';
}
