// Whose code is in the bundle, and under which licence.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { noticesOf } from "../../tools/notices.mjs";

const root = mkdtempSync(path.join(tmpdir(), "segql-notices-"));
after(() => rmSync(root, { recursive: true }));

/** A package with a licence; return a file of it, as the bundler names it. */
function packageWith(name, license, text = `The licence of ${name}.\r\n`) {
  const folder = path.join(root, "node_modules", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, "package.json"),
    JSON.stringify({ name, version: "1.2.3", license }),
  );
  if (text) writeFileSync(path.join(folder, "License.txt"), text);
  return path.join(folder, "lib", "index.js");
}

test("a notice has the name, the version, and the whole text, once a package", () => {
  const files = [packageWith("@scope/one", "MIT"), packageWith("two", "ISC")];
  const notices = noticesOf(["src/extension.ts", ...files, ...files]);
  assert.match(notices, /^@scope\/one 1\.2\.3 \(MIT\)\n\nThe licence of @scope\/one\.\n/m);
  assert.equal(notices.match(/The licence of two\./g).length, 1);
});

test("a package inside another one has its own notice", () => {
  packageWith("outer", "MIT");
  const notices = noticesOf([packageWith("outer/node_modules/inner", "ISC")]);
  assert.match(notices, /^outer\/node_modules\/inner 1\.2\.3 \(ISC\)/m);
  assert.doesNotMatch(notices, /The licence of outer\./);
});

for (const license of ["GPL-3.0-only", "SEE LICENSE IN x", undefined]) {
  test(`${license} stops the build`, () => {
    const file = packageWith("strange", license);
    assert.throws(() => noticesOf([file]), /strange 1\.2\.3: unknown licence/);
  });
}

test("a licence without its text stops the build", () => {
  const file = packageWith("silent", "MIT", "");
  assert.throws(() => noticesOf([file]), /silent 1\.2\.3: no text/);
});
