// What the providers answer, made short enough to be read in a table.

const path = require("node:path");

const nameOf = (uri) => path.posix.basename(uri.path);
const textOf = (content) => content?.value ?? content ?? "";
const lineOf = (range) => range.start.line + 1;

/** `file:line` of places and of links to them, sorted. */
exports.places = (found) =>
  (found ?? [])
    .map(
      (one) =>
        `${nameOf(one.targetUri ?? one.uri)}:${lineOf(one.targetSelectionRange ?? one.range)}`,
    )
    .sort();

/** `line kind`, where the kind is 0 for any text, 1 for a mention, and 2 for a definition. */
exports.highlights = (found) => (found ?? []).map(({ kind, range }) => `${lineOf(range)} ${kind}`);

/** Everything that hovers say. */
exports.hovers = (found) => found.flatMap(({ contents }) => contents.map(textOf)).join("\n");

/** What may be written. */
exports.labels = ({ items }) => items.map(({ label }) => label.label ?? label);

/** The signature, with the parameter that the cursor is at in brackets. */
exports.signature = (help) => {
  const { label, parameters } = help.signatures[help.activeSignature];
  const at = parameters[help.activeParameter].label;
  const [start, end] =
    typeof at === "string" ? [label.indexOf(at), label.indexOf(at) + at.length] : at;
  return `${label.slice(0, start)}[${label.slice(start, end)}]${label.slice(end)}`;
};

/** How often each file is edited. */
exports.edits = (edit) =>
  Object.fromEntries(edit.entries().map(([uri, all]) => [nameOf(uri), all.length]));

/** The names of symbols, with those inside of them. */
exports.outline = (symbols) =>
  symbols
    .map(({ name, children }) => (children?.length ? [name, ...exports.outline(children)] : [name]))
    .flat();

/** `first-last` lines that fold. */
exports.folds = (ranges) => ranges.map(({ start, end }) => `${start + 1}-${end + 1}`);

/** `type text`, for every token; a legend says what the numbers mean. */
exports.tokens = (legend, { data }, document) => {
  const found = [];
  for (let at = 0, line = 0, start = 0; at < data.length; at += 5) {
    const [down, right, length, type] = data.slice(at, at + 4);
    start = down === 0 ? start + right : right;
    line += down;
    found.push(
      `${legend.tokenTypes[type]} ${document.lineAt(line).text.slice(start, start + length)}`,
    );
  }
  return found;
};

/** The hints, each behind the text of its line. */
exports.hints = (found, document) =>
  found.map(({ label, position }) => {
    const before = document.lineAt(position.line).text.slice(0, position.character).trim();
    return `${before} ${typeof label === "string" ? label : label.map(({ value }) => value).join("")}`;
  });

/** The titles of lenses. */
exports.lenses = (found) => found.map(({ command }) => command?.title);

/** `kind title`, of actions. */
exports.actions = (found) => found.map(({ kind, title }) => `${kind?.value}: ${title}`);

/** `text -> address`, of links. */
exports.links = (found, document) =>
  found.map(({ range, target }) => `${document.getText(range)} -> ${target}`);

/** A document after edits. */
exports.edited = (edits, document) => {
  const fromEnd = [...(edits ?? [])].sort((a, b) => b.range.start.compareTo(a.range.start));
  return fromEnd.reduce((text, { range, newText }) => {
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    return text.slice(0, start) + newText + text.slice(end);
  }, document.getText());
};
