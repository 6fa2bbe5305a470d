"""``segql plan``: what an apply would do."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from segql.cli.account import connect, connection_options, profile_option
from segql.cli.environments import (
    CHANGES_PENDING,
    PLAN_SUFFIX,
    environment_option,
    planned,
    wanted,
)
from segql.cli.failures import Failure
from segql.cli.inputs import paths_argument
from segql.cli.streams import wants_colour

if TYPE_CHECKING:
    from segql.deploy.plan import Plan

_FORMATS = ("text", "json", "markdown")


@click.command(name="plan")
@paths_argument
@environment_option
@profile_option
@connection_options
@click.option("--prune", is_flag=True, help="Delete what is ours and in no file any more.")
@click.option(
    "--sizes",
    type=click.Choice(["none", "profiles", "account"]),
    default="none",
    show_default=True,
    help="Members before and after: among the profiles of the setting `profiles`, or by the API.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="F.json",
    help="Keep the plan in a file, for `segql apply`.",
)
@click.option("--all", "is_full", is_flag=True, help="List what stays as it is as well.")
@click.option(
    "--output-format",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="markdown is a comment for a pull request.",
)
def command(
    paths: tuple[Path, ...],
    stdin_filename: str | None,
    env: str | None,
    profile: str | None,
    prune: bool,
    sizes: str,
    out: Path | None,
    is_full: bool,
    output_format: str,
) -> None:
    """Show what `segql apply` would do to the account; nothing is written there.

    Segments are found by their slug and compared by meaning. What a file is silent about (tags
    given in the web form, say) stays as the account has it.

    Exit codes: 0 nothing is to be done, 2 the command could not run, 3 there are changes.
    """
    from segql.cli.sizes import COUNTERS

    if out and Path("-") in paths:
        raise Failure("--out: standard input cannot be read again", "name files")
    if out and out.suffix.lower() != PLAN_SUFFIX:
        help = f"name it {out.name}{PLAN_SUFFIX}"
        raise Failure(f"--out: `segql apply` knows a plan by its name, *{PLAN_SUFFIX}", help)
    found = wanted(paths, stdin_filename, env, prune=prune)
    with connect(profile or found.environment.profile) as client:
        plan, remotes = planned(client, found)
        plan = COUNTERS[sizes](plan, found, remotes, client)
    if out:
        from segql.deploy.plan_file import write_plan

        write_plan(out, plan)
    click.echo(_rendered(plan, output_format, is_full), nl=False)
    sys.exit(0 if plan.is_empty else CHANGES_PENDING)


def _rendered(plan: Plan, output_format: str, is_full: bool) -> str:
    from segql.deploy.reports import json, markdown, text

    renderers: dict[str, Any] = {"json": json.render, "markdown": markdown.render}
    if output_format in renderers:
        return renderers[output_format](plan)
    return text.render(plan, wants_colour(sys.stdout), is_full)
