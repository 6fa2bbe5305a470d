"""``segql push``: create or update segments in the account."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from segql.cli.account import connect, connection_options, profile_option
from segql.cli.checked import checked_segments
from segql.cli.failures import CANNOT_RUN, FINDINGS
from segql.cli.inputs import paths_argument
from segql.deploy import Outcome, PushError, is_refusal, push
from segql.diagnostics.reports.text import visible

_DONE = {"create": "created", "update": "updated", "unchanged": "unchanged"}


@click.command(name="push")
@paths_argument
@profile_option
@connection_options
def command(paths: tuple[Path, ...], stdin_filename: str | None, profile: str | None) -> None:
    """Create or update segments in the account, found by their slug.

    Everything is checked here and validated at the API before the first write. A segment is
    written after those it includes; one that the account already holds is not sent. What a file
    is silent about (tags given in the web form, say) stays as the account has it.

    The token is read from LYTICS_API_TOKEN (or LIOKEY), the address from LYTICS_API_URL.
    """
    segments = checked_segments(paths, stdin_filename)
    done: Counter[str] = Counter()
    with connect(profile) as client:
        try:
            for outcome in push(client, segments):
                done[outcome.step.action] += 1
                click.echo(_line(outcome))
        except PushError as error:
            _stop(error, done)
    click.echo(f"{_counted(done)}.")


def _line(outcome: Outcome) -> str:
    step = outcome.step
    fields = f"  ({', '.join(step.changed)})" if step.changed else ""
    return visible(f"{_DONE[step.action]:9} {step.slug}{fields}")


def _counted(done: Counter[str]) -> str:
    return ", ".join(f"{done[action]} {word}" for action, word in _DONE.items())


def _stop(error: PushError, done: Counter[str]) -> None:
    """Say what was done and what was not, and exit: 1 when the API refuses, 2 when it cannot."""
    click.echo(f"segql: {visible(error.cause.message)}", err=True)
    if error.cause.help:
        click.echo(f"  help: {visible(error.cause.help)}", err=True)
    for step in error.left:
        click.echo(visible(f"{'not done':9} {step.slug}  ({step.action})"))
    written = done["create"] + done["update"]
    so_far = f"{_counted(done)}, {len(error.left)} not done" if written else "nothing was written"
    click.echo(f"Stopped: {so_far}.")
    sys.exit(FINDINGS if is_refusal(error.cause) else CANNOT_RUN)
