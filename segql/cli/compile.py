"""``segql compile``: print the API payload of every segment."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec

from segql.cli.failures import FINDINGS
from segql.cli.inputs import paths_argument, read_files, report
from segql.compiler import CompileError, Payload, compile_parsed
from segql.diagnostics import Diagnostic
from segql.source import SourceFile


@click.command(name="compile")
@paths_argument
@click.option(
    "--output-format",
    type=click.Choice(["json", "ql"]),
    default="json",
    show_default=True,
    help="A JSON list of payloads, or only their SegmentQL.",
)
def command(paths: tuple[Path, ...], stdin_filename: str | None, output_format: str) -> None:
    """Print the API payload of every segment.

    It is made from ALIAS, FROM, WITH and the comment directly above; its text is the canonical
    form that the server reads as it was meant. Nothing is printed when a segment has errors.
    """
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
