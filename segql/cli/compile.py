"""``segql compile``: print the API payload of every segment."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec

from segql.cli.evaluating import instant_of
from segql.cli.extras import required
from segql.cli.failures import FINDINGS
from segql.cli.inputs import paths_argument, read_files, report
from segql.cli.queries import DIALECTS, print_queries
from segql.compiler import CompileError, Payload, compile_parsed
from segql.diagnostics import Diagnostic
from segql.source import SourceFile


@click.command(name="compile")
@paths_argument
@click.option(
    "--output-format",
    type=click.Choice(["json", "ql", "sql"]),
    default="json",
    show_default=True,
    help="A JSON list of payloads, only their SegmentQL, or SQL queries for their members.",
)
@click.option(
    "--dialect",
    type=click.Choice(DIALECTS),
    default=DIALECTS[0],
    show_default=True,
    help="Of SQL.",
)
@click.option(
    "--now",
    metavar="DATE",
    help="The instant that date math in SQL counts from.  [default: when it is run]",
)
def command(
    paths: tuple[Path, ...],
    stdin_filename: str | None,
    output_format: str,
    dialect: str,
    now: str | None,
) -> None:
    """Print the API payload of every segment, or SQL.

    It is made from ALIAS, FROM, WITH and the comment directly above; its text is the canonical
    form that the server reads as it was meant. Nothing is printed when a segment has errors.
    """
    if output_format == "sql":
        with required("sql"):
            print_queries(paths, stdin_filename, dialect, instant_of(now))
        return
    payloads: list[Payload] = []
    errors: list[tuple[SourceFile, list[Diagnostic]]] = []
    for file in read_files(paths, stdin_filename):
        try:
            payloads += compile_parsed(file)
        except CompileError as error:
            errors.append((file.source, error.diagnostics))
    if errors:
        report(errors)
        sys.exit(FINDINGS)
    if output_format == "ql":
        click.echo("\n\n".join(payload["segment_ql"] for payload in payloads))
    else:
        click.echo(msgspec.json.format(msgspec.json.encode(payloads), indent=2).decode())
