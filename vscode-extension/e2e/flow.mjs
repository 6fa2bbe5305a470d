// The second part: what a person sees, from a folder that is not trusted yet to a push.

import { symlinkSync } from "node:fs";
import path from "node:path";
import { addressOf, startServer } from "./editor.mjs";
import { copyShop, environment, writeSettings } from "./prepare.mjs";
import { Screen } from "./screen.mjs";
import { steps } from "./steps.mjs";
import { serversBelow } from "./suite/processes.cjs";

const SIZE = { width: 1100, height: 700 };

/** Walk through the steps until one fails; return how many did. */
export async function runFlow({ home, bin }, browser, pictures, say) {
  // The only segql is in the folder, and on PATH as well, as where an environment is active.
  const shop = copyShop(path.join(home, "flow"));
  symlinkSync(path.dirname(bin), path.join(shop, ".venv"));
  const set = (settings) => writeSettings(home, "Machine", settings);
  const server = await startServer(home, environment(home, path.join(shop, ".venv", "bin")));
  const page = await browser.newPage({ viewport: SIZE });
  const screen = new Screen(page, pictures);
  try {
    await page.goto(addressOf(server, shop));
    for (const [title, step] of steps) {
      try {
        await step(screen, { set, servers: () => serversBelow(shop).length });
        say(`ok    ${title}`);
      } catch (error) {
        await page.screenshot({ path: path.join(home, "failure.png") }).catch(() => {});
        say(`FAIL  ${title}\n          ${error.message}`);
        return 1;
      }
    }
    return 0;
  } finally {
    await page.close();
    server.stop();
  }
}
