"""``segql check``: report mistakes in segments."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from segql.cli.failures import FINDINGS
from segql.cli.inputs import paths_argument, read_selections, wants_colour
from segql.linter import check_files


@click.command(name="check")
@paths_argument
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the diagnostics are printed.",
)
def command(paths: tuple[Path, ...], stdin_filename: str | None, output_format: str) -> None:
    """Report mistakes in segments.

    PATHS are files, folders, or - for standard input; without any, the current folder is checked.
    An INCLUDE is looked up in the whole workspace, not only in PATHS.
    """
    findings = [
        (file.source, problems)
        for selection in read_selections(paths, stdin_filename)
        for file, problems in check_files(selection.workspace, selection.files)
    ]
    if output_format == "json":
        from segql.diagnostics.reports import json

        click.echo(json.render(findings), nl=False)
    else:
        from segql.diagnostics.reports import text

        click.echo(text.render(findings, colour=wants_colour(sys.stdout)), nl=False)
        click.echo(text.summary(findings))
    if any(problems for _, problems in findings):
        sys.exit(FINDINGS)
