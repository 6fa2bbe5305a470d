// Where the program is looked for, and where it is never started.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { after, beforeEach, test } from "node:test";
import { findProgram } from "../../out/unit/command.mjs";

const BIN = process.platform === "win32" ? "Scripts" : "bin";
const SUFFIX = process.platform === "win32" ? ".exe" : "";

const root = mkdtempSync(path.join(tmpdir(), "segql-command-"));
const tools = path.join(root, "tools");
const shop = path.join(root, "shop");
const empty = path.join(root, "empty");

beforeEach(() => {
  for (const folder of [tools, shop, empty]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
  }
});
after(() => rmSync(root, { recursive: true }));

/** Make a program in a folder; return its path. */
function program(...parts) {
  const file = path.join(...parts) + SUFFIX;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "");
  chmodSync(file, 0o755);
  return file;
}

const find = (command, more = {}) =>
  findProgram(command, { folders: [shop], isTrusted: true, searchPath: tools, ...more });

test("a bare name is looked up on PATH, in its order", () => {
  const first = program(tools, "segql");
  program(empty, "segql");
  assert.equal(find("segql", { searchPath: [tools, empty].join(path.delimiter) }), first);
});

test("a bare name is looked up in the environments of the folders after PATH", () => {
  const local = program(shop, ".venv", BIN, "segql");
  assert.equal(find("segql"), local);
  const global = program(tools, "segql");
  assert.equal(find("segql"), global);
});

test("an environment may be called venv, and lie in the second folder", () => {
  const local = program(shop, "venv", BIN, "segql");
  assert.equal(find("segql", { folders: [empty, shop] }), local);
});

test("a relative entry of PATH is left out", () => {
  program(tools, "segql");
  const searchPath = path.relative(process.cwd(), tools);
  assert.equal(find("segql", { searchPath }), undefined);
});

test("a name without a folder is not looked up in the open folder", () => {
  program(shop, "segql");
  assert.equal(find("segql"), undefined);
});

for (const written of ["bin/segql", "./bin/segql", "${workspaceFolder}/bin/segql"]) {
  test(`${written} begins at the first folder`, () => {
    const local = program(shop, "bin", "segql");
    assert.equal(find(written, { folders: [shop, empty] }), local);
    assert.equal(find(written, { folders: [empty, shop] }), undefined);
    assert.equal(find(written, { folders: [] }), undefined);
  });
}

test("~ is the home", () => {
  const inside = program(tools, "segql");
  assert.equal(find(`~/${path.relative(homedir(), inside)}`), inside);
});

test("what cannot be started is no program", { skip: process.platform === "win32" }, () => {
  chmodSync(program(tools, "segql"), 0o644);
  mkdirSync(path.join(empty, "segql"));
  assert.equal(find("segql", { searchPath: [tools, empty].join(path.delimiter) }), undefined);
});

test("nothing in a folder is started before it is trusted", () => {
  const local = program(shop, ".venv", BIN, "segql");
  const place = { isTrusted: false, searchPath: path.dirname(local) };
  for (const written of ["segql", local, path.relative(shop, local)]) {
    assert.equal(find(written), local, written);
    assert.equal(find(written, place), undefined, written);
  }
});

test("what is outside of a folder is started before it is trusted", () => {
  const global = program(tools, "segql");
  program(shop, ".venv", BIN, "segql");
  assert.equal(find("segql", { isTrusted: false }), global);
  assert.equal(find("segql", { isTrusted: false, folders: [path.join(root, "too")] }), global);
});

test(
  "a link neither into a folder nor out of it leads around the trust",
  { skip: process.platform === "win32" },
  () => {
    const local = program(shop, "evil", "segql");
    const into = path.join(tools, "segql");
    symlinkSync(local, into);
    assert.equal(find("segql", { isTrusted: false }), undefined);
    const out = path.join(shop, "out");
    symlinkSync(program(empty, "segql"), out);
    assert.equal(find("./out", { isTrusted: false }), undefined);
    assert.equal(find("./out"), out);
  },
);
