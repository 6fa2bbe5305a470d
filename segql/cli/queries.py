"""Segments as SQL, for `segql compile`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from segql.cli.evaluating import catalog_of
from segql.cli.failures import FINDINGS
from segql.cli.inputs import read_selections, report, stop_on_errors
from segql.diagnostics import Diagnostic
from segql.source import SourceFile

if TYPE_CHECKING:
    from segql.compiler.sql import SqlError
    from segql.workspace import Segment, Selection

# Those of `segql.compiler.sql`, which is imported late.
DIALECTS = ("duckdb", "bigquery", "snowflake", "databricks", "spark", "trino", "postgres")


def print_queries(
    paths: Sequence[Path], stdin_filename: str | None, dialect: str, now: datetime | None
) -> None:
    """Print the query of every segment; nothing where one of them cannot be said in SQL."""
    queries: list[str] = []
    errors: list[tuple[SourceFile, list[Diagnostic]]] = []
    for selection in read_selections(paths, stdin_filename):
        stop_on_errors((file, file.diagnostics) for file in selection.files)
        written, unsaid = _queries(selection, dialect, now)
        queries += written
        errors += unsaid
    if errors:
        report(errors)
        sys.exit(FINDINGS)
    click.echo("\n\n".join(queries))


def _queries(
    selection: Selection, dialect: str, now: datetime | None
) -> tuple[list[str], list[tuple[SourceFile, list[Diagnostic]]]]:
    from segql.catalog import Catalog
    from segql.compiler.sql import SqlError, sql

    catalog = catalog_of(selection, ()) or Catalog()
    by_slug = selection.workspace.by_slug
    includes = {slug: segments[0].statement for slug, segments in by_slug.items()}
    queries: list[str] = []
    errors: list[tuple[SourceFile, list[Diagnostic]]] = []
    mapping = selection.config.mapping()
    for segment in selection.segments:
        try:
            query = sql(
                segment.statement, mapping, dialect, catalog=catalog, includes=includes, now=now
            )
            queries.append(f"-- {_title(segment)}\n{query};")
        except SqlError as error:
            errors.append(_placed(error, segment, selection))
    return queries, errors


def _title(segment: Segment) -> str:
    """The slug, on one line: what is behind a line's end would be no comment any more."""
    slug = segment.slug or "a segment without a name"
    return "".join(character if character.isprintable() else "?" for character in slug)


def _placed(
    error: SqlError, segment: Segment, selection: Selection
) -> tuple[SourceFile, list[Diagnostic]]:
    """An error where it is: it may be in a segment that is included."""
    named = selection.workspace.find(error.segment) if error.segment else None
    problem = Diagnostic(
        code="SQL",
        name="sql",
        severity="error",
        message=error.message,
        help=error.help,
        span=error.span,
    )
    return (named or segment).file.source, [problem]
