"""``segql validate``: check segments here, then at the API."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from segql.cli.account import connect, connection_options, profile_option
from segql.cli.checked import checked_segments
from segql.cli.failures import FINDINGS
from segql.cli.inputs import paths_argument
from segql.deploy.validate import validate
from segql.diagnostics.reports.text import visible


@click.command(name="validate")
@paths_argument
@profile_option
@connection_options
def command(paths: tuple[Path, ...], stdin_filename: str | None, profile: str | None) -> None:
    """Check segments here, then ask the API about each; nothing is stored.

    The token is read from LYTICS_API_TOKEN (or LIOKEY), the address from LYTICS_API_URL.
    """
    segments = checked_segments(paths, stdin_filename)
    refused = 0
    with connect(profile) as client:
        for segment, reason in validate(client, segments):
            refused += reason is not None
            click.echo(visible(f"{'refused' if reason else 'valid':9} {segment.slug}"))
            if reason:
                click.echo(visible(f"segql: {segment.slug}: {reason}"), err=True)
    click.echo(f"{len(segments) - refused} valid, {refused} refused.")
    if refused:
        sys.exit(FINDINGS)
