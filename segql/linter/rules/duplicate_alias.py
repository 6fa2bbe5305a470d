"""REF003 duplicate-alias: two segments with one alias overwrite each other in the account.

The server lower-cases an alias, so two that differ only in case are the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.syntax.nodes import Alias
from segql.syntax.parser import ParsedFile
from segql.workspace import Segment, Workspace


def check(workspace: Workspace) -> Iterator[tuple[ParsedFile, Diagnostic]]:
    """Report every segment after the first of its slug, in the order of paths."""
    for slug, segments in workspace.by_slug.items():
        first, *others = sorted(segments, key=_place)
        for segment in others:
            yield segment.file, _problem(slug, first, segment)


def _place(segment: Segment) -> tuple[str, int]:
    return segment.file.source.path or "", segment.statement.start


def _problem(slug: str, first: Segment, segment: Segment) -> Diagnostic:
    alias = segment.statement.clause(Alias)
    place = alias.name if alias else segment.statement
    line, _ = first.file.source.position(first.statement.start)
    path = first.file.source.path
    where = f"at {path}:{line}" if path else f"on line {line}"
    return diagnostic(
        "duplicate-alias",
        place.start,
        place.end,
        f"`{slug}` is already the alias of the segment {where}",
        "give one of the two another alias; upper and lower case make no difference",
    )
