// The first part: tests that run inside the extension host, and ask the editor's own providers.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { addressOf, startServer } from "./editor.mjs";
import { environment } from "./prepare.mjs";

const SUITE = path.join(import.meta.dirname, "suite");
const LIMIT_MS = 90_000;

/** Run the suite and say how each test went; return how many failed. */
export async function runSuite({ home, shop, bin }, browser, say) {
  const results = path.join(home, "results.jsonl");
  const env = environment(home, logging(home, bin), { SEGQL_E2E_RESULTS: results });
  // Without the driver the workbench leaves out the tests that it is told of.
  const server = await startServer(
    home,
    env,
    "--enable-smoke-test-driver",
    "--disable-workspace-trust",
  );
  const page = await browser.newPage();
  try {
    const remote = server.origin.replace("http:", "vscode-remote:");
    // The extension host starts when a page of the editor is open.
    await page.goto(
      addressOf(server, shop, [
        ["extensionDevelopmentPath", `${remote}${SUITE}/harness`],
        ["extensionTestsPath", `${remote}${SUITE}/index.cjs`],
      ]),
    );
    return await follow(results, say);
  } finally {
    await page.close();
    server.stop();
  }
}

/** A folder with a `segql` that is the installed one, but keeps what its server complains of. */
function logging(home, bin) {
  const folder = path.join(home, "bin");
  const script = `#!/bin/sh\nexec "${bin}/segql" "$@" 2>>"${home}/segql.log"\n`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "segql"), script, { mode: 0o755 });
  return folder;
}

async function follow(results, say) {
  let said = 0;
  let failures = 0;
  for (const end = Date.now() + LIMIT_MS; Date.now() < end; await sleep(100)) {
    const lines = existsSync(results) ? readFileSync(results, "utf8").split("\n").slice(0, -1) : [];
    for (const line of lines.slice(said)) {
      const { title, failure, done } = JSON.parse(line);
      if (done) return failures;
      say(
        failure
          ? `FAIL  ${title}\n          ${failure.replaceAll("\n", "\n          ")}`
          : `ok    ${title}`,
      );
      if (failure) failures += 1;
    }
    said = lines.length;
  }
  say("FAIL  the suite did not come to its end");
  return failures + 1;
}
