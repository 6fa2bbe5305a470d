"""``segql drift``: whether the account still holds what the files say."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from segql.cli.account import connect, connection_options, profile_option
from segql.cli.environments import CHANGES_PENDING, environment_option, planned, wanted
from segql.cli.inputs import paths_argument
from segql.cli.streams import wants_colour


@click.command(name="drift")
@paths_argument
@environment_option
@profile_option
@connection_options
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
def command(
    paths: tuple[Path, ...],
    stdin_filename: str | None,
    env: str | None,
    profile: str | None,
    output_format: str,
) -> None:
    """Tell where the account differs from the files: changed there, or deleted.

    Segments with the owner's tag that no file has are told as well; they are no difference.

    Exit codes: 0 there is none, 2 the command could not run, 3 there are differences.
    """
    from segql.deploy.reports import drift

    found = wanted(paths, stdin_filename, env)
    with connect(profile or found.environment.profile) as client:
        plan, _ = planned(client, found)
    if output_format == "json":
        click.echo(drift.as_json(plan), nl=False)
    else:
        click.echo(drift.as_text(plan, wants_colour(sys.stdout)), nl=False)
    sys.exit(CHANGES_PENDING if drift.drifted(plan) else 0)
