// One author's session in the window, with mouse and keys: what the extension shows, and what it tells when the server fails.
import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { FOLDER, IMAGES, PICTURES } = process.env;

/** How long anything may take, in milliseconds. */
const PATIENCE = 15_000;
/** How long a server may outlive its editor. */
const CLOSING = 2_000;

/** The processes of the installed extension's server. */
function servers() {
  const isServer = (id) => {
    try {
      return readlinkSync(`/proc/${id}/exe`).startsWith(join(FOLDER, 'extensions'));
    } catch {
      return false;
    }
  };
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isServer(name)).map(Number);
}

/** Waits until `found()` is true. */
async function eventually(found, what, patience = PATIENCE) {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    if (await found()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`${what}, in time`);
}

/** A window of the editor, as a user sees it. */
class Window {
  constructor(page) {
    this.page = page;
  }

  /** Waits for one that `selector` finds, with `text`. */
  see(selector, text) {
    return this.page.locator(selector, { hasText: text }).first().waitFor({ timeout: PATIENCE });
  }

  press(keys) {
    return this.page.keyboard.press(keys);
  }

  async picture(name) {
    if (PICTURES) {
      await this.page.screenshot({ path: join(IMAGES, `${name}.png`) });
    }
  }

  /** Has the command executed that the palette calls `title`. */
  async command(title) {
    await this.press('F1');
    await this.page.locator('.quick-input-widget input').waitFor({ timeout: PATIENCE });
    await this.page.keyboard.type(title);
    await this.see('.quick-input-list .monaco-list-row.focused', title);
    await this.press('Enter');
  }

  /** Puts the cursor behind `line`:`column`, from 1. */
  async goTo(line, column) {
    await this.press('Control+g');
    await this.page.locator('.quick-input-widget input').waitFor({ timeout: PATIENCE });
    await this.page.keyboard.type(`:${line}:${column}`);
    await this.press('Enter');
    await this.see('.statusbar-item', `Ln ${line}, Col ${column}`);
  }

  /** Sees that the message `text` is shown, and answers it with `button`, or dismisses it. */
  async answer(text, button) {
    const toast = this.page.locator('.notification-toast', { hasText: text }).first();
    await toast.waitFor({ timeout: PATIENCE });
    if (button) {
      await toast.locator('.monaco-button', { hasText: button }).click();
    } else {
      await toast.hover();
      await toast.locator('.codicon-notifications-clear').click();
    }
    await toast.waitFor({ state: 'hidden', timeout: PATIENCE });
  }
}

async function looksAround(window) {
  await window.see('.statusbar-item', '4 of 5 sections, 3 findings');
  await window.see('.codelens-decoration', '4 of 5 sections, 3 findings');
  await window.see('.codelens-decoration', '1 document refers to this');
  await window.page.locator('.squiggly-warning').first().waitFor({ timeout: PATIENCE });
  await window.press('Control+Shift+M');
  await window.see('.markers-panel', 'section "Rollout" is missing; add it after "Design"');
  await window.see('.markers-panel', '"Released" is no status of the template');
  await window.picture('problems');
  await window.press('Control+j');
}

async function takesTheFix(window) {
  await window.command('View: Focus Active Editor Group').catch(() => {});
  await window.goTo(16, 10);
  await window.press('Control+.');
  await window.see('.action-widget', 'Insert section "Rollout"');
  await window.picture('fix');
  await window.page.locator('.action-widget .monaco-list-row', { hasText: 'Insert section "Rollout"' }).first().click();
  await window.see('.view-line', '## Rollout'.replace(' ', '\u00a0'));
  await window.press('Control+z');
}
export async function userSession(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1100, height: 680 } });
  const window = new Window(page);
  await page.goto(address({ payload: JSON.stringify([['openFile', `vscode-remote://127.0.0.1${FOLDER}/workspace/docs/proposals/vip-7.md`]]) }));
  await looksAround(window);
  await takesTheFix(window);
}
