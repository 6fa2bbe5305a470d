// The licences of the packages in the bundle. A package whose licence is not known stops the build.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const KNOWN = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
]);
const HEADER =
  "The SegmentQL extension contains code of the packages below, under their licences.\n";

/** The text of the notices, for the files that went into the bundle. */
export function noticesOf(files) {
  const folders = new Set(files.map(folderOf).filter(Boolean));
  const notices = [...folders].map(noticeOf).sort();
  return [HEADER, ...new Set(notices)].join(`\n${"-".repeat(79)}\n\n`);
}

/** `node_modules/@a/b` of `node_modules/@a/b/lib/c.js`; the innermost one. */
function folderOf(file) {
  return file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0];
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(
    readFileSync(path.join(folder, "package.json"), "utf8"),
  );
  if (!KNOWN.has(license)) throw new Error(`${name} ${version}: unknown licence ${license}`);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} ${version}: no text of its licence`);
  const text = readFileSync(path.join(folder, file), "utf8").replace(/\r\n/g, "\n").trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}
