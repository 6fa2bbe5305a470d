"""Make phrases a segment of their own, and include it where they stood."""

from __future__ import annotations

from collections.abc import Container
from itertools import count
from typing import NamedTuple

from segql.diagnostics import Edit
from segql.formatter import UnsayableError
from segql.formatter.flat import flat
from segql.refactoring.placing import placed
from segql.refactoring.selection import Selection
from segql.refactoring.verdicts import decides_alone
from segql.refactoring.writing import Stretch, statement_text
from segql.syntax import nodes as n
from segql.syntax.comments import block_above
from segql.syntax.parser import parse

_SLUG = "new_segment"


class Extraction(NamedTuple):
    """A new segment, and what changes in the text that the phrases were in."""

    slug: str
    text: str  # of the new statement, without a line break at its end
    edit: Edit  # INCLUDE in the place of the phrases
    above: Edit | None  # the new statement above the old; None where that would change another


def fresh_slug(taken: Container[str]) -> str:
    """A name for a new segment that no other has. ``taken`` has names in lower case."""
    names = (_SLUG if number == 1 else f"{_SLUG}_{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def extracted(selection: Selection, slug: str, line_length: int) -> Extraction | None:
    """Make the phrases a segment. Several are joined as they were.

    None where that could change who matches: see `decides_alone`.
    """
    include = n.Include(n.Name(slug))
    filter = _joined(selection)
    if filter is None or isinstance(filter, n.Include):
        return None
    if selection.is_negated and not decides_alone(filter):
        return None
    clauses = (*_table(selection), n.Alias(n.Name(slug), start=selection.end, end=selection.end))
    statement = n.Statement(filter, clauses, start=selection.start, end=selection.end)
    at = Stretch(selection.file, selection.start, line_length)
    try:
        text = statement_text(selection.file, statement, selection.start, selection.end, at)
    except UnsayableError:
        return None
    edit = placed(selection, flat(include), include)
    if edit is None or parse(text).statements != (statement,):
        return None
    return Extraction(slug, text, edit, _above(selection, statement, text, edit, at.line_break))


def _joined(selection: Selection) -> n.Phrase | None:
    if selection.phrase is not None:
        return selection.phrase
    if not isinstance(selection.parent, n.And | n.Or):
        return None
    kind, start = (
        type(selection.parent),
        len(selection.file.source.text[: selection.start].rstrip()),
    )
    return kind(selection.phrases, start=start, end=selection.end)


def _table(selection: Selection) -> list[n.Clause]:
    clause = selection.statement.clause(n.From)
    return [n.From(clause.table, start=selection.end, end=selection.end)] if clause else []


def _above(
    selection: Selection, statement: n.Statement, text: str, edit: Edit, line_break: str
) -> Edit | None:
    """The edit that puts a new statement above the old one and what describes that."""
    file, old = selection.file, selection.statement
    block = block_above(file.source.text, file.comments, old.start)
    place = block[0].start if block else old.start
    above = Edit(place, place, f"{text}{line_break * 2}")
    whole = file.source.text
    changed = (
        f"{whole[:place]}{above.text}{whole[place : edit.start]}{edit.text}{whole[edit.end :]}"
    )
    again = parse(changed)
    number = next(i for i, other in enumerate(file.statements) if other is old)
    new = selection.exchanged(n.Include(n.Name(_slug_of(statement))))
    expected = (*file.statements[:number], statement, new, *file.statements[number + 1 :])
    described = [other.comment for other in again.statements]
    comments = [other.comment for other in expected]
    is_same = again.statements == expected and described == comments
    return above if is_same else None


def _slug_of(statement: n.Statement) -> str:
    return statement.alias or ""
