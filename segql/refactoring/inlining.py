"""Write the filter of a segment in the place of its INCLUDE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from segql.catalog import DEFAULT_TABLE
from segql.diagnostics import Edit
from segql.formatter import UnsayableError
from segql.linter.phrases import included_in
from segql.linter.rewriting import whole_statements
from segql.refactoring.placing import placed
from segql.refactoring.selection import Selection
from segql.refactoring.verdicts import decides_alone
from segql.refactoring.writing import Stretch, phrase_text
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.workspace.naming import slug_of


def included(selection: Selection) -> str | None:
    """The slug of the segment that is included here, in lower case; None elsewhere."""
    return included_in(selection.phrase) if selection.phrase is not None else None


def inlined(selection: Selection, file: ParsedFile, line_length: int) -> Edit | None:
    """Write what is included, with its comments. ``file`` is the one that it is in.

    None where the two are not about the same table, where the segment has a LIMIT or a mistake,
    and where it would include what it is written into.
    """
    slug = included(selection)
    found = [s for s in whole_statements(file) if slug is not None and slug_of(s) == slug]
    if len(found) != 1 or not _may_be_inlined(selection, found[0]):
        return None
    phrase = found[0].filter
    at = Stretch(selection.file, selection.start, line_length)
    try:
        text = phrase_text(file, phrase, phrase.start, phrase.end, at)
    except UnsayableError:
        return None
    return placed(selection, text, phrase)


def is_in_circle(graph: Mapping[str, Sequence[str]], slug: str) -> bool:
    """Whether a segment includes itself, in however many steps."""
    pending, seen = [*graph.get(slug, ())], set[str]()
    while pending:
        target = pending.pop()
        if target not in seen:
            seen.add(target)
            pending += graph.get(target, ())
    return slug in seen


def _may_be_inlined(selection: Selection, segment: n.Statement) -> bool:
    if isinstance(segment.filter, n.MatchAll) or segment.limit is not None:
        return False
    if _table(segment) != _table(selection.statement):
        return False
    if slug_of(segment) == slug_of(selection.statement):
        return False
    return decides_alone(segment.filter) or not selection.is_negated


def _table(statement: n.Statement) -> str:
    return (statement.table or DEFAULT_TABLE).lower()
