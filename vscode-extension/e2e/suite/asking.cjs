// How the tests ask: places are found by the text around them, and answers are awaited.

const assert = require("node:assert/strict");
const { setTimeout: sleep } = require("node:timers/promises");
const vscode = require("vscode");

const PATIENCE_MS = 8000;

const root = () => vscode.workspace.workspaceFolders[0].uri;
const uriOf = (file) => vscode.Uri.joinPath(root(), file);

/** Open a file of the shop. */
const open = (file) => vscode.workspace.openTextDocument(uriOf(file));

/** The range that a text takes, and the position of `|` in it: "purchase|_count". */
async function placeOf(file, marked) {
  const document = await open(file);
  const text = marked.replace("|", "");
  const found = document.getText().indexOf(text);
  assert.ok(found >= 0, `${file} has no ${text}`);
  const [start, cursor, end] = [0, marked.indexOf("|"), text.length].map((n) =>
    document.positionAt(found + n),
  );
  return { document, position: cursor, range: new vscode.Range(start, end) };
}

/** Ask again until an answer passes; when patience ends, the last failure is the test's. */
async function eventually(ask, check) {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(100)) {
    try {
      return check(await ask());
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/** Ask a provider of the editor, and make its answer short. */
const asked = async (document, shape, command, ...args) =>
  shape(await vscode.commands.executeCommand(`vscode.${command}`, document.uri, ...args), document);

/** A test: a provider is asked at the place of `|`. */
const at =
  (command, file, marked, shape, check, ...more) =>
  async () => {
    const { document, position } = await placeOf(file, marked);
    await eventually(() => asked(document, shape, command, position, ...more), check);
  };

/** A test: a provider is asked about the range of a text. */
const within =
  (command, file, text, shape, check, ...more) =>
  async () => {
    const { document, range } = await placeOf(file, text);
    await eventually(() => asked(document, shape, command, range, ...more), check);
  };

/** A test: a provider is asked about a whole file. */
const of =
  (command, file, shape, check, ...more) =>
  async () => {
    const document = await open(file);
    await eventually(() => asked(document, shape, command, ...more), check);
  };

/** A check: these strings are among the answers. */
const has =
  (...wanted) =>
  (answers) => {
    const missing = wanted.filter((one) => !answers.includes(one));
    assert.ok(missing.length === 0, `no ${missing} in ${JSON.stringify(answers, null, 1)}`);
  };

/** A check: none of these strings is among the answers. */
const hasNot =
  (...unwanted) =>
  (answers) =>
    assert.deepEqual(
      unwanted.filter((one) => answers.includes(one)),
      [],
    );

/** A check: the answer is exactly this. */
const is = (wanted) => (answer) => assert.deepEqual(answer, wanted);

/** A check: the text, or one of the texts, matches. */
const matches = (pattern) => (said) => assert.match([said].flat().join("\n"), pattern);

/** `CODE text`, for the problems that the editor shows in a file, sorted. */
async function problemsOf(uri) {
  const document = await vscode.workspace.openTextDocument(uri);
  const said = ({ code, range }) => `${code.value ?? code} ${document.getText(range)}`;
  return vscode.languages.getDiagnostics(uri).map(said).sort();
}

module.exports = {
  ...{
    asked,
    at,
    eventually,
    has,
    hasNot,
    is,
    matches,
    of,
    open,
    placeOf,
    problemsOf,
    root,
    uriOf,
    within,
  },
};
