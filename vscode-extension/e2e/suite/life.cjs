// What happens while the editor is open: edits, files that change on disk, settings, crashes.

const assert = require("node:assert/strict");
const { readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const vscode = require("vscode");
const {
  asked,
  eventually,
  has,
  hasNot,
  is,
  matches,
  open,
  problemsOf,
  root,
  uriOf,
} = require("./asking.cjs");
const { serversBelow } = require("./processes.cjs");
const { hints, lenses } = require("./shapes.cjs");

const LAPSED = ["REF001 custmers", 'TIM001 "now - 30d"', "TYP001 purchase_cuont"];

const problemsIn = (file, check) => eventually(() => problemsOf(uriOf(file)), check);

/** Write a file behind the editor's back, for as long as an action takes. */
async function withFile(name, change, action) {
  const file = uriOf(name).fsPath;
  const before = readdirSync(root().fsPath).includes(name) ? readFileSync(file, "utf8") : undefined;
  writeFileSync(file, change(before));
  try {
    await action();
  } finally {
    if (before === undefined) rmSync(file);
    else writeFileSync(file, before);
  }
}

/** Change a setting of the folder for as long as an action takes. */
async function withSetting(name, value, action) {
  const set = (to) => vscode.workspace.getConfiguration("segql").update(name, to, false);
  await set(value);
  try {
    await action();
  } finally {
    await set(undefined);
  }
}

/** Edit an open document, for as long as an action takes. */
async function withText(document, text, action) {
  const replace = async (to) => {
    const edit = new vscode.WorkspaceEdit();
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    edit.replace(document.uri, all, to);
    assert.ok(await vscode.workspace.applyEdit(edit));
  };
  const before = document.getText();
  await replace(text);
  try {
    await action();
  } finally {
    await replace(before);
  }
}

const servers = () => serversBelow(process.env.HOME);

/** Type into a document as a person does, so that the rules of the language apply. */
async function typed(start, keys) {
  const document = await vscode.workspace.openTextDocument({ language: "segql", content: start });
  const editor = await vscode.window.showTextDocument(document);
  const end = document.positionAt(start.indexOf("|"));
  await editor.edit((edit) => edit.delete(new vscode.Range(end, end.translate(0, 1))));
  editor.selection = new vscode.Selection(end, end);
  await vscode.commands.executeCommand("type", { text: keys });
  return document.getText();
}

// Where a snippet stands that is no phrase; and a mistake behind it, which shows that all is read.
const AROUND = { Segment: "|", "Fields of the segment": "FILTER EXISTS email\n|\nALIAS a" };
const PHRASE = "FILTER AND (\n    |\n)\nALIAS a";
const BEHIND = ";\nFILTER AND (EXISTS email NOT EXISTS city) ALIAS z";

/** A text with a snippet in it, as it is before anything is filled in. */
async function withSnippet(name) {
  const content = (AROUND[name] ?? PHRASE) + BEHIND;
  const document = await vscode.workspace.openTextDocument({ language: "segql", content });
  const editor = await vscode.window.showTextDocument(document);
  const cursor = document.positionAt(content.indexOf("|"));
  editor.selection = new vscode.Selection(cursor, cursor.translate(0, 1));
  await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: "segql", name });
  return document;
}

exports.begin = [
  [
    "the installed extension starts one server, and its problems are shown",
    async () => {
      await problemsIn("mistakes.segql", is(LAPSED));
      assert.equal(servers().length, 1);
    },
    true,
  ],
  [
    "the whole workspace is checked and counted",
    async () => {
      const counts = await vscode.commands.executeCommand("segql.server.checkWorkspace");
      assert.deepEqual(counts, { files: 4, problems: 3 });
    },
  ],
];

exports.tests = [
  [
    "a mistake is seen as it is typed, and goes with it",
    async () => {
      const document = await open("customers.segql");
      await withText(
        document,
        document.getText().replace("INCLUDE customers", "INCLUDE custommers"),
        () => problemsIn("customers.segql", has("REF001 custommers")),
      );
      await problemsIn("customers.segql", is([]));
    },
  ],
  [
    "a text that is no file yet is checked",
    async () => {
      const content = "FILTER AND (EXISTS email NOT EXISTS city) ALIAS a";
      const { uri } = await vscode.workspace.openTextDocument({ language: "segql", content });
      await eventually(() => problemsOf(uri), has("PORT003 NOT"));
    },
  ],
  [
    "a segment that is written to disk is known, and one that is deleted is not",
    async () => {
      await problemsIn("mistakes.segql", is(LAPSED));
      await withFile(
        "new.segql",
        () => "FILTER EXISTS email ALIAS custmers\n",
        () => problemsIn("mistakes.segql", hasNot("REF001 custmers")),
      );
      await problemsIn("mistakes.segql", has("REF001 custmers"));
    },
  ],
  [
    "a catalog that changes on disk is read again",
    async () => {
      await withFile(
        "catalog.user.json",
        (text) => text.replace("purchase_count", "purchase_cuont"),
        () => problemsIn("mistakes.segql", hasNot("TYP001 purchase_cuont")),
      );
      await problemsIn("mistakes.segql", has("TYP001 purchase_cuont"));
    },
  ],
  [
    "a configuration that changes on disk is read again",
    async () => {
      await withFile(
        "segql.toml",
        () => 'ignore = ["TIM001"]\n',
        () => problemsIn("mistakes.segql", hasNot('TIM001 "now - 30d"')),
      );
      await problemsIn("mistakes.segql", has('TIM001 "now - 30d"'));
    },
  ],
  [
    "the problems of files that are not open are a matter of a setting",
    async () => {
      const closed = () => vscode.languages.getDiagnostics(uriOf("closed.segql")).length;
      await withFile(
        "closed.segql",
        () => "FILTER INCLUDE nobody ALIAS closed\n",
        async () => {
          await eventually(closed, is(1));
          await withSetting("diagnostics.scope", "openFiles", () => eventually(closed, is(0)));
          await eventually(closed, is(1));
        },
      );
    },
  ],
  [
    "hints and lenses are a matter of settings",
    async () => {
      const document = await open("customers.segql");
      const all = new vscode.Range(0, 0, document.lineCount, 0);
      const count =
        (shape, ...asking) =>
        async () =>
          (await asked(document, shape, ...asking)).length;
      const hintCount = count(hints, "executeInlayHintProvider", all);
      const lensCount = count(lenses, "executeCodeLensProvider");
      await eventually(hintCount, is(1));
      await withSetting("inlayHints.instants", false, () => eventually(hintCount, is(0)));
      await withSetting("inlayHints.types", true, () => eventually(hintCount, is(4)));
      await eventually(lensCount, is(6)); // who includes it, how many are in it, and why
      await withSetting("codeLens.includes", false, () => eventually(lensCount, is(4)));
      await withSetting("codeLens.members", false, () => eventually(lensCount, is(2)));
    },
  ],
  [
    "the page of a rule in a preview",
    async () => {
      await vscode.commands.executeCommand("segql.explainRule", "TYP001");
      const tab = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label;
      await eventually(tab, matches(/TYP001/));
      const address = vscode.Uri.from({ scheme: "segql-rule", path: "/TYP001.md" });
      const page = await vscode.workspace.openTextDocument(address);
      assert.match(page.getText(), /^# .*TYP001/);
    },
  ],
  [
    "the server starts again after a crash",
    async () => {
      const [pid] = servers();
      process.kill(Number(pid), "SIGKILL");
      await eventually(servers, ([now]) => assert.ok(now && now !== pid));
      await problemsIn("mistakes.segql", is(LAPSED));
    },
  ],
  [
    "the server starts again when it is asked to, and the old one ends",
    async () => {
      const [pid] = servers();
      await vscode.commands.executeCommand("segql.restartServer");
      await eventually(servers, (now) => assert.ok(now.length === 1 && now[0] !== pid));
      await problemsIn("mistakes.segql", is(LAPSED));
    },
  ],
  [
    "the example of the walkthrough has the mistake that it speaks of, and no other",
    async () => {
      await vscode.commands.executeCommand("segql.openExample");
      const { document } = vscode.window.activeTextEditor;
      await eventually(() => problemsOf(document.uri), is(['TIM001 "now - 30d"']));
    },
  ],
  [
    "brackets close, lists are indented, and comments go on",
    async () => {
      assert.equal(await typed("FILTER AND |", "("), "FILTER AND ()");
      assert.equal(await typed("FILTER AND (|)", "\n"), "FILTER AND (\n    \n)");
      assert.equal(await typed("-- one |two", "\n"), "-- one \n-- two");
    },
  ],
  [
    "what snippets write has no mistakes",
    async () => {
      const { extensionPath } = vscode.extensions.getExtension("segql.segql");
      const names = Object.keys(JSON.parse(readFileSync(`${extensionPath}/snippets/segql.json`)));
      for (const name of names) {
        const document = await withSnippet(name);
        assert.ok(!document.getText().includes("|"), name);
        const said = async () =>
          (await problemsOf(document.uri)).filter((one) => /^(SYN|PORT)/.test(one));
        await eventually(said, (found) =>
          assert.deepEqual(found, ["PORT003 NOT"], document.getText()),
        );
      }
    },
  ],
  [
    "a line is commented out with --",
    async () => {
      assert.equal(await typed("|FILTER *", ""), "FILTER *");
      await vscode.commands.executeCommand("editor.action.commentLine");
      assert.equal(vscode.window.activeTextEditor.document.getText(), "-- FILTER *");
    },
  ],
];
