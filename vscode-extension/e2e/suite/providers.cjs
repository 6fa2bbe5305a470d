// What the editor's providers say of the shop: a row a question.

const vscode = require("vscode");
const {
  asked,
  at,
  eventually,
  has,
  is,
  matches,
  of,
  open,
  placeOf,
  within,
} = require("./asking.cjs");
const shapes = require("./shapes.cjs");

const CUSTOMERS = "customers.segql";
const CAMPAIGNS = "campaigns.segql";
const OPTIONS = { tabSize: 4, insertSpaces: true };
const CANONICAL =
  'FILTER AND (purchase_count > 1, EXISTS email) WITH name = "Scruffy" ALIAS scruffy\n';

const SILENCED = "-- segql: ignore[STY001] why\nFILTER EXISTS email ALIAS a";
const TRAP = "FILTER AND (EXISTS email |NOT EXISTS city) ALIAS a";

const hover = (file, marked, pattern) =>
  at("executeHoverProvider", file, marked, shapes.hovers, matches(pattern));
const completion = (file, marked, ...wanted) =>
  at("executeCompletionItemProvider", file, marked, shapes.labels, has(...wanted));
const signature = (file, marked, pattern) =>
  at("executeSignatureHelpProvider", file, marked, shapes.signature, matches(pattern), ",");
const definition = (file, marked, ...wanted) =>
  at("executeDefinitionProvider", file, marked, shapes.places, is(wanted));
const references = (file, marked, ...wanted) =>
  at("executeReferenceProvider", file, marked, shapes.places, is(wanted));
const highlights = (file, marked, ...wanted) =>
  at("executeDocumentHighlights", file, marked, shapes.highlights, is(wanted));
const rename = (file, marked, name, wanted) =>
  at("executeDocumentRenameProvider", file, marked, shapes.edits, is(wanted), name);
const actions = (file, text, kind, pattern) =>
  within("executeCodeActionProvider", file, text, shapes.actions, matches(pattern), kind);

const symbols =
  (query, ...wanted) =>
  async () => {
    const ask = () =>
      vscode.commands.executeCommand("vscode.executeWorkspaceSymbolProvider", query);
    await eventually(async () => (await ask()).map(({ name }) => name), has(...wanted));
  };

const selections =
  (file, marked, ...wanted) =>
  async () => {
    const { document, position } = await placeOf(file, marked);
    const shape = ([one], { getText }) => {
      const texts = [];
      for (let each = one; each; each = each.parent) texts.push(getText(each.range));
      return texts;
    };
    await eventually(
      () => asked(document, shape, "executeSelectionRangeProvider", [position]),
      has(...wanted),
    );
  };

const tokens =
  (file, ...wanted) =>
  async () => {
    const document = await open(file);
    const ask = (what) =>
      asked(document, (answer) => answer, `provideDocumentSemanticTokens${what}`);
    await eventually(
      async () => shapes.tokens(await ask("Legend"), await ask(""), document),
      has(...wanted),
    );
  };

const hints = (file, pattern) => async () => {
  const document = await open(file);
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  await eventually(
    () => asked(document, shapes.hints, "executeInlayHintProvider", all),
    matches(pattern),
  );
};

/** A provider is asked about a text that is no file yet; the position is that of `|`. */
const inText =
  (command, marked, shape, check, argumentsAt = () => []) =>
  async () => {
    const content = marked.replace("|", "");
    const document = await vscode.workspace.openTextDocument({ language: "segql", content });
    const more = argumentsAt(document.positionAt(Math.max(marked.indexOf("|"), 0)));
    await eventually(() => asked(document, shape, command, ...more), check);
  };

const calls =
  (file, marked, way, end, ...wanted) =>
  async () => {
    const { document, position } = await placeOf(file, marked);
    await eventually(async () => {
      const [item] = await asked(document, (items) => items, "prepareCallHierarchy", position);
      const found = await vscode.commands.executeCommand(`vscode.provide${way}Calls`, item);
      return found.map((call) => call[end].name);
    }, is(wanted));
  };

exports.tests = [
  ["hover: a field", hover(CUSTOMERS, "purchase|_count", /int[^]*Orders so far/)],
  ["hover: a segment", hover(CAMPAIGNS, "active|_customers", /Active customers/)],
  ["hover: date math", hover(CUSTOMERS, "now|-30d", /30 days ago/)],
  [
    "completion: segments",
    completion(CAMPAIGNS, "INCLUDE |active", "customers", "active_customers"),
  ],
  ["completion: fields", completion(CAMPAIGNS, "EXISTS |email", "email", "lifetime_value")],
  ["completion: values", completion(CAMPAIGNS, 'NOT IN (|"bounced"', "delivered")],
  ["completion: snippets", completion(CAMPAIGNS, "AND (\n    |INCLUDE", "timewindow", "since")],
  [
    "signature: the second of three",
    signature(CUSTOMERS, "(visits, |5", /^timewindow\(\w+, \[\w+\]/),
  ],
  [
    "definition: a segment elsewhere",
    definition(CAMPAIGNS, "active|_customers", "customers.segql:13"),
  ],
  ["definition: a field", definition(CUSTOMERS, "purchase|_count", "catalog.user.json:8")],
  [
    "references: a segment",
    references(CUSTOMERS, "ALIAS active|_customers", "campaigns.segql:3", "customers.segql:13"),
  ],
  ["highlights: the alias, and a mention", highlights(CUSTOMERS, "ALIAS cust|omers", "4 2", "8 1")],
  [
    "rename: a segment in all files",
    rename(CUSTOMERS, "ALIAS active|_customers", "loyal", {
      "campaigns.segql": 1,
      "customers.segql": 1,
    }),
  ],
  [
    "rename: what is renamed",
    at(
      "prepareRename",
      CAMPAIGNS,
      "active|_customers",
      ({ placeholder }) => placeholder,
      is("active_customers"),
    ),
  ],
  [
    "outline",
    of(
      "executeDocumentSymbolProvider",
      CUSTOMERS,
      shapes.outline,
      has("customers", "active_customers"),
    ),
  ],
  ["symbols of all files", symbols("sprof", "spring_offer")],
  ["folding", of("executeFoldingRangeProvider", CUSTOMERS, shapes.folds, has("7-13"))],
  [
    "selections",
    selections(CUSTOMERS, "purchase|_count >= 1", "purchase_count", "purchase_count >= 1"),
  ],
  [
    "colours by meaning",
    tokens(CUSTOMERS, "property purchase_count", "class customers", "function timewindow"),
  ],
  ["hints: when date math is", hints(CUSTOMERS, /"now-30d" .*\d{4}-\d\d-\d\d/)],
  [
    "lenses: how many include a segment",
    of("executeCodeLensProvider", CUSTOMERS, shapes.lenses, has("included by 1 segment"), 10),
  ],
  [
    "lenses: how many profiles are in a segment",
    of("executeCodeLensProvider", CUSTOMERS, shapes.lenses, has("2 of 3 profiles (66.7 %)"), 10),
  ],
  ["actions: a fix", actions("mistakes.segql", '"now - 30d"', "quickfix", /^quickfix.*"now-30d"/m)],
  ["actions: an extraction", actions(CAMPAIGNS, "EXISTS email", "refactor", /^refactor\.extract/m)],
  [
    "actions: an inclusion",
    actions(CAMPAIGNS, "INCLUDE active_customers", "refactor", /^refactor\.inline/m),
  ],
  [
    "actions: all safe fixes",
    inText(
      "executeCodeActionProvider",
      TRAP,
      shapes.actions,
      matches(/^source\.fixAll/m),
      (cursor) => [new vscode.Range(cursor, cursor), "source.fixAll"],
    ),
  ],
  ["who includes", calls(CUSTOMERS, "ALIAS active|_customers", "Incoming", "from", "spring_offer")],
  ["who is included", calls(CUSTOMERS, "ALIAS active|_customers", "Outgoing", "to", "customers")],
  [
    "links: from a silenced rule to its page",
    inText("executeLinkProvider", SILENCED, shapes.links, matches(/^STY001 -> http/)),
  ],
  [
    "the canonical form of a file",
    of("executeFormatDocumentProvider", "scruffy.segql", shapes.edited, is(CANONICAL), OPTIONS),
  ],
  [
    "the canonical form of a statement",
    within(
      "executeFormatRangeProvider",
      "scruffy.segql",
      "exists",
      shapes.edited,
      is(CANONICAL),
      OPTIONS,
    ),
  ],
  [
    "the indentation of a new line",
    inText(
      "executeFormatOnTypeProvider",
      "FILTER AND (\n|",
      shapes.edited,
      is("FILTER AND (\n    "),
      (cursor) => [cursor, "\n", OPTIONS],
    ),
  ],
];
