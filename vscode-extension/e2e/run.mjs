// The extension in a real VS Code: first the suite inside the editor, then what a person sees.
//
//     npm run e2e            # fails with exit code 1, and says which test did
//     npm run screenshots    # keeps the pictures of the second part

import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { startBrowser } from "./editor.mjs";
import { prepare } from "./prepare.mjs";
import { runSuite } from "./suite.mjs";
import { runFlow } from "./flow.mjs";

const LIMIT_MS = 4 * 60 * 1000;

const { values } = parseArgs({
  options: {
    screenshots: { type: "string", default: "out" },
    keep: { type: "boolean", default: false }, // the home of the run, to look into
    project: { type: "string", default: "../.." }, // the segql to install: a folder, or a wheel
    only: { type: "string" }, // "suite" or "flow"
  },
});

const began = performance.now();
const say = (text) =>
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);
const stopAll = (why) => {
  console.error(why);
  process.exit(1); // the handlers of "exit" end what was started
};
setTimeout(stopAll, LIMIT_MS, "the run takes too long").unref();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stopAll(signal));

const pictures = path.resolve(import.meta.dirname, values.screenshots);
mkdirSync(pictures, { recursive: true });
const made = await prepare(path.resolve(import.meta.dirname, values.project));
say(`prepared in ${made.home}`);
const browser = await startBrowser();
let failures = 0;
try {
  if (values.only !== "flow") failures += await runSuite(made, browser, say);
  if (values.only !== "suite") failures += await runFlow(made, browser, pictures, say);
} finally {
  await browser.close();
  if (!values.keep && failures === 0) rmSync(made.home, { recursive: true, force: true });
}
say(
  failures === 0
    ? "all is well"
    : `${failures} failed; see failure.png, segql.log and server.log in ${made.home}`,
);
process.exit(failures === 0 ? 0 : 1);
