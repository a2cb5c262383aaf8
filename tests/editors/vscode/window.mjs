// A window of the editor, with mouse and keys, and the server's processes.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

const { FAILURE, FOLDER, IMAGES, PICTURES } = process.env;

/** How long anything may take, in milliseconds. */
export const PATIENCE = 15_000;
/** How long a server may outlive its editor. */
const CLOSING = 2_000;

/** The processes of the server that the extension starts. */
export function servers() {
  const isServer = (id) => {
    try {
      // One that only tells its version is none.
      const isServing = readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--stdio');
      return isServing && readlinkSync(`/proc/${id}/exe`).startsWith(FOLDER);
    } catch {
      return false;
    }
  };
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isServer(name)).map(Number);
}

/** Waits until `found()` is true. */
export async function eventually(found, what, patience = PATIENCE) {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    if (await found()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`${what}, in time`);
}

/** A window of the editor, as a user sees it. */
export class Window {
  constructor(page) {
    this.page = page;
  }

  /** Waits for one that `selector` finds, with `text`. */
  see(selector, text) {
    return this.page.locator(selector, { hasText: text }).first().waitFor({ timeout: PATIENCE });
  }

  /** Waits for the preview of a rule's page, and closes it. */
  async readPage(rule) {
    await this.see('.tab.active', `${rule}.md`);
    const isShown = async (frame) => (await frame.locator('h1', { hasText: rule }).count().catch(() => 0)) > 0;
    await eventually(async () => (await Promise.all(this.page.frames().map(isShown))).includes(true), `the page of ${rule}`);
    await this.page.locator('.tab.active').click({ button: 'middle' });
    await this.page.locator('.tab', { hasText: `${rule}.md` }).waitFor({ state: 'hidden', timeout: PATIENCE });
  }

  press(keys) {
    return this.page.keyboard.press(keys);
  }

  /** Presses `keys` until what `selector` finds is there, with `text`: a key that comes while the editor is busy is lost. */
  async pressFor(keys, selector, text = '') {
    const wanted = this.page.locator(selector, { hasText: text }).first();
    for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
      await this.press(keys);
      const isThere = await wanted.waitFor({ timeout: PATIENCE / 5 }).then(() => true, () => false);
      if (isThere) {
        return;
      }
    }
    assert.fail(`${keys} brings ${selector} with "${text}", in time`);
  }

  /** Opens the file called `name`. */
  async open(name) {
    await this.pressFor('Control+p', '.quick-input-widget input:focus');
    await this.page.keyboard.type(name);
    await this.see('.quick-input-list .monaco-list-row.focused', name);
    await this.press('Enter');
    await this.see('.tab.active', name);
  }

  /** Sees what the item in the status bar with `text` says below the pointer. */
  async point(text, explanation) {
    await this.page.locator('.statusbar-item', { hasText: text }).first().hover({ timeout: PATIENCE });
    await this.see('.workbench-hover', explanation);
  }

  async picture(name) {
    if (PICTURES) {
      await this.page.screenshot({ path: join(IMAGES, `${name}.png`) });
    }
  }

  /** Has the command executed that the palette calls `title`. */
  async command(title) {
    await this.pressFor('F1', '.quick-input-widget input:focus');
    await this.page.keyboard.type(title);
    await this.see('.quick-input-list .monaco-list-row.focused', title);
    await this.press('Enter');
  }

  /** Puts the cursor behind `line`:`column`, from 1. */
  async goTo(line, column) {
    await this.pressFor('Control+g', '.quick-input-widget input:focus');
    await this.page.keyboard.type(`${line}:${column}`);
    await this.press('Enter');
    await this.see('.statusbar-item', `Ln ${line}, Col ${column}`);
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: PATIENCE });
    await this.page.locator('.editor-instance .monaco-editor.focused').waitFor({ timeout: PATIENCE });
  }

  /** Sees that the message `text` is shown, and answers it with `button`, or dismisses it. */
  async answer(text, button) {
    const toast = this.page.locator('.notification-toast', { hasText: text }).first();
    await toast.waitFor({ timeout: PATIENCE });
    if (button) {
      await toast.locator('.monaco-button', { hasText: button }).click();
      await toast.waitFor({ state: 'hidden', timeout: PATIENCE });
      return;
    }
    const dismiss = async () => {
      const timeout = PATIENCE / 5;
      await toast.hover({ timeout });
      await toast.locator('.codicon-notifications-clear').click({ timeout });
    };
    // What dismisses it is there while the pointer is on it, which may miss it while it slides in.
    await eventually(async () => !(await toast.isVisible()) || dismiss().then(() => false, () => false), `"${text}" goes`);
  }

  /** Chooses what says `text` in the menu that is open. A click that comes while it opens is lost. */
  async choose(text) {
    const item = this.page.locator('.monaco-menu .action-label', { hasText: text });
    const timeout = PATIENCE / 5;
    const isGone = () => item.waitFor({ state: 'hidden', timeout }).then(() => true, () => false);
    await eventually(() => item.click({ timeout }).then(isGone, isGone), `"${text}" is chosen`);
  }

  /** Clicks on the code lens that says `text`. */
  async clickLens(text) {
    // A text that is looked at only, not written in, may have lenses that the editor remembers, and those do nothing.
    await this.page.locator('.view-line').first().click();
    await this.page.locator('.codelens-decoration a', { hasText: text }).click();
  }
}

/** What a view shows, where blanks do not break. */
export const shown = (text) => text.replaceAll(' ', '\u00a0');

/** Does what `steps` do, one after the other, in a window at `address`, and closes it. */
export async function session(browser, address, steps) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 640 } });
  const window = new Window(page);
  await page.goto(address);
  for (const step of steps) {
    const start = Date.now();
    await step(window).catch(async (error) => {
      await page.screenshot({ path: FAILURE });
      throw new Error(`in the window: ${step.name} failed; ${FAILURE} shows how it looked`, { cause: error });
    });
    console.log(`vscode: in the window: ${step.name}, ${Date.now() - start} ms`);
  }
  await page.close({ runBeforeUnload: true });
  await eventually(() => servers().length === 0, 'the server is gone after its editor', CLOSING);
}
