"""Where a text names segments, fields, keys of maps, functions and tables.

What is named so is a symbol: the same one wherever it is named, in whatever case or quotes. Each
place knows how to write another name there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from segql.catalog.model import DEFAULT_TABLE, Catalog
from segql.diagnostics import Edit
from segql.formatter import spelling
from segql.syntax.literals import name_of
from segql.syntax.nodes import Alias, Call, From, Identifier, Node, Statement, With
from segql.syntax.parser import ParsedFile
from segql.syntax.walk import includes, walk
from segql.workspace.naming import slug_of
from segql_grammar.scanner import scan

Kind = Literal["segment", "field", "key", "function", "table"]
_Spell = Callable[[str], str]

_NO_CATALOG = Catalog()
# The part of a path before its first dot, with its quotes.
_OWNER = re.compile(r"`[^`]*`|'[^']*'|\[[^\]]*\]|[^.`'\[]+")


class Symbol(NamedTuple):
    """What a name stands for. Segments, functions and tables are in lower case.

    A key is named with its map, ``counts.web``. ``table`` is that of a field or a key, else "".
    """

    kind: Kind
    name: str
    table: str = ""


class Occurrence(NamedTuple):
    """A symbol from ``start`` to ``end``; ``write`` makes the edit that puts another name there.

    The name of a key is written without its map. What no text can say raises ``UnsayableError``.
    """

    symbol: Symbol
    start: int
    end: int
    write: Callable[[str], Edit]
    is_definition: bool = False  # the name that a segment has, not one that refers to it

    def has(self, offset: int) -> bool:
        """Whether an offset stands in it; the one behind its last character does."""
        return self.start <= offset <= self.end


def occurrences(file: ParsedFile, catalog: Catalog = _NO_CATALOG) -> Iterator[Occurrence]:
    """All occurrences in a file, in the order of the text."""
    for statement in file.statements:
        yield from in_statement(file.source.text, statement, catalog)


def occurrence_at(
    file: ParsedFile, offset: int, catalog: Catalog = _NO_CATALOG
) -> Occurrence | None:
    """The occurrence that an offset stands in; of two that touch there the second."""
    path = file.path_at(offset)
    if not path or not isinstance(path[0], Statement):
        return None
    around = in_statement(file.source.text, path[0], catalog)
    return max((o for o in around if o.has(offset)), key=lambda o: o.start, default=None)


def in_statement(
    text: str, statement: Statement, catalog: Catalog = _NO_CATALOG
) -> list[Occurrence]:
    """The occurrences in one statement of a text, sorted by place."""
    found = [*own_names(text, statement), *_mentions(text, statement), *_of_tables(text, statement)]
    table = (statement.table or DEFAULT_TABLE).lower()
    for node in walk(statement.filter):
        if isinstance(node, Identifier):
            found += _of_field(text, node, table, catalog)
        elif isinstance(node, Call):
            found.append(_of_function(text, node))
    return sorted(found, key=lambda occurrence: occurrence.start)


# ---- Segments and tables ----------------------------------------------------------------


def own_names(text: str, statement: Statement) -> Iterator[Occurrence]:
    """Where a statement says what its segment is called: ALIAS, ``slug_name``, or both."""
    slug = slug_of(statement)
    for name, spell in _places_of_slug(text, statement, slug):
        yield _named("segment", slug or "", name, spell, is_definition=True)


def _mentions(text: str, statement: Statement) -> Iterator[Occurrence]:
    for mention in includes(statement):
        yield _named("segment", mention.value, mention, _spelling(text, mention.start))


def _places_of_slug(
    text: str, statement: Statement, slug: str | None
) -> Iterator[tuple[Node, _Spell]]:
    """ALIAS, and ``slug_name`` where it says the same."""
    alias = statement.clause(Alias)
    if alias:
        yield alias.name, spelling.segment
    clause = statement.clause(With)
    for option in clause.options if clause else ():
        value, is_slug = option.value, option.key.value.lower() == "slug_name"
        if is_slug and isinstance(value, str) and value.lower() == slug:
            tokens = scan(text[option.key.end : option.end])  # `=` or `:`, and the value
            start = option.key.end + tokens.starts[1]
            spell = _json if tokens.lexemes[0] == ":" else _spelling(text, start)
            yield Node(start=start, end=option.end), spell


def _of_tables(text: str, statement: Statement) -> Iterator[Occurrence]:
    clause = statement.clause(From)
    if clause:
        yield _named("table", clause.table.value, clause.table, spelling.segment)


def _named(
    kind: Kind, name: str, node: Node, spell: _Spell, is_definition: bool = False
) -> Occurrence:
    def write(new: str) -> Edit:
        return Edit(node.start, node.end, spell(new))

    return Occurrence(Symbol(kind, name.lower()), node.start, node.end, write, is_definition)


def _spelling(text: str, start: int) -> _Spell:
    """A string stays a string."""
    return spelling.string if text.startswith('"', start) else spelling.segment


def _json(value: str) -> str:
    from json import dumps  # few texts hold JSON

    return dumps(value, ensure_ascii=False)


# ---- Fields and functions ---------------------------------------------------------------


def _of_field(text: str, node: Identifier, table: str, catalog: Catalog) -> Iterator[Occurrence]:
    """A field; where it is read as a map and a key, each of the two."""
    owner, _, key = node.name.partition(".")
    known = catalog.find(node.name, table)
    if not owner or not key or (known and known.key is None):
        yield _part(node, Symbol("field", node.name, table), node.start, node.end, "", "")
        return
    end = _end_of_owner(text, node, owner)
    yield _part(node, Symbol("field", owner, table), node.start, end or node.end, "", f".{key}")
    if end:
        yield _part(node, Symbol("key", node.name, table), end + 1, node.end, f"{owner}.", "")


def _part(
    node: Identifier, symbol: Symbol, start: int, end: int, before: str, behind: str
) -> Occurrence:
    """A part of a path. Another name may need other quotes, and so all of it is written."""

    def write(new: str) -> Edit:
        return Edit(node.start, node.end, spelling.name(f"{before}{new}{behind}"))

    return Occurrence(symbol, start, end, write)


def _end_of_owner(text: str, node: Identifier, owner: str) -> int | None:
    """Where the map's name ends; None where map and key are quoted together."""
    match = _OWNER.match(text, node.start, node.end)
    return match.end() if match and name_of(match[0]) == owner else None


def _of_function(text: str, node: Call) -> Occurrence:
    end = node.start + scan(text[node.start : node.end]).ends[0]

    def write(new: str) -> Edit:
        return Edit(node.start, end, spelling.function(new))

    return Occurrence(Symbol("function", node.name.lower()), node.start, end, write)
