// The hands and eyes of a person at the editor: keys, clicks, and pictures.

import path from "node:path";

const PATIENCE_MS = 15_000;
const TYPING = { delay: 10 };

export class Screen {
  constructor(page, pictures) {
    this.page = page;
    this.pictures = pictures;
    page.setDefaultTimeout(PATIENCE_MS);
  }

  /** Press keys, one after the other. */
  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text) {
    await this.page.keyboard.type(text, TYPING);
  }

  /** Run a command by its title. */
  async run(title) {
    await this.#pick("F1", title);
  }

  /** Open a file of the folder by its name. */
  async open(name) {
    await this.#pick("Control+P", name);
    await this.see(".tab.active", name);
    await this.gone(".quick-input-widget");
  }

  /** Put the cursor at a line and a column, counted from 1. */
  async goTo(line, column) {
    await this.press("Control+G");
    await this.type(`${line}:${column}`);
    await this.press("Enter");
    await this.gone(".quick-input-widget");
  }

  /** Wait until something that holds a text is to be seen; return it. */
  async see(selector, text) {
    const found = this.#find(selector, text).first();
    await found.waitFor();
    return found;
  }

  /** How often something is there now. */
  count(selector, text) {
    return this.#find(selector, text).count();
  }

  /** Wait until a page inside the editor, as of Markdown, holds a text. */
  async read(selector, text) {
    const page = this.page.frameLocator("iframe.webview").frameLocator("iframe");
    await page.locator(selector).filter({ hasText: text }).first().waitFor();
  }

  async click(selector, text) {
    await (await this.see(selector, text)).click();
  }

  /** Move the mouse onto something. */
  async point(selector, text) {
    await (await this.see(selector, text)).hover();
  }

  async gone(selector, text) {
    await this.#find(selector, text).first().waitFor({ state: "hidden" });
  }

  /** Close the messages, and leave the lists that are open. */
  async tidy() {
    await this.press("Escape");
    await this.run("Notifications: Clear All Notifications");
  }

  /** Take a picture, of a part where one is named: left, top, width and height. */
  async picture(name, [x, y, width, height] = []) {
    await this.page.waitForTimeout(400); // what fades in or out is done
    const clip = width && { x, y, width, height };
    await this.page.screenshot({ path: path.join(this.pictures, `${name}.png`), clip });
  }

  #find(selector, text) {
    return this.page.locator(selector, text ? { hasText: text } : {});
  }

  async #pick(key, text) {
    await this.press(key);
    await this.see(".quick-input-widget input");
    await this.type(text);
    await this.click(".quick-input-list .monaco-list-row", text);
    await this.page.mouse.move(0, 500); // where nothing has a tooltip
  }
}
