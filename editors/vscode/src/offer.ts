/** The offer to make a document a proposal where it is likely one: once for each folder and template. */

import { window, type Memento } from 'vscode';

import { ADD, addSetting, nameOf, type Explanation } from './explain.ts';
import type { Server } from './server.ts';

/** What the workspace's memory calls those that were made. */
const OFFERED = 'offered';

export class Offers {
  private readonly server: Server;
  private readonly memory: Memento;

  /** `memory` is the workspace's. */
  constructor(server: Server, memory: Memento) {
    this.server = server;
    this.memory = memory;
  }

  /** Makes the offer for the document that `found` is about, if it is likely a proposal and the offer was not made yet. */
  async make(found: Explanation): Promise<void> {
    const { suggestion } = found;
    if (suggestion?.likely !== true || !this.isFirst(`${suggestion.file}\n${suggestion.lines}`)) {
      return;
    }
    if ((await window.showInformationMessage(question(found, suggestion.lines), ADD, 'Not now')) === ADD) {
      await addSetting(this.server, found.uri);
    }
  }

  /** Whether `offer`, in which the lines name the folder and the template, was not made yet; from now on it was. */
  private isFirst(offer: string): boolean {
    const offered = this.memory.get<string[]>(OFFERED, []);
    if (offered.includes(offer)) {
      return false;
    }
    // Before it is answered: a message that is dismissed or overlooked counts, too.
    void this.memory.update(OFFERED, [...offered, offer]);
    return true;
  }
}

function question({ uri, reasons }: Explanation, lines: string): string {
  // Only the lines say which template it is.
  const template = /^template = "(?:.*\/)?(.*)"$/m.exec(lines)?.[1] ?? 'a template';
  return `${nameOf(uri)} resembles ${template}, but is not a proposal: ${reasons.join('; ')}; add a setting?`;
}
