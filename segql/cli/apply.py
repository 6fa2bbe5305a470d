"""``segql apply``: carry out a plan, made now or kept in a file."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from segql.cli.account import connect, connection_options, profile_option
from segql.cli.applying import Place, Report, confirm, go_on, stop_on
from segql.cli.environments import PLAN_SUFFIX, environment_option, planned, wanted
from segql.cli.failures import CANNOT_RUN, FINDINGS, Failure
from segql.cli.inputs import paths_argument
from segql.cli.streams import is_terminal

if TYPE_CHECKING:
    from segql.api import Client
    from segql.deploy.journal import Journal
    from segql.deploy.plan import Plan
    from segql.workspace import Environment


class _Asked(NamedTuple):
    """What the command line asks for; a plan in a file speaks for PATHS, --env and --prune."""

    paths: tuple[Path, ...]
    stdin_filename: str | None
    env: str | None
    profile: str | None
    prune: bool
    plan: Plan | None
    file: Path | None  # that holds the plan


@click.command(name="apply")
@paths_argument
@environment_option
@profile_option
@connection_options
@click.option("--prune", is_flag=True, help="Delete what is ours and in no file any more.")
@click.option("--auto-approve", is_flag=True, help="Do not ask before the first write.")
@click.option("--resume", is_flag=True, help="Go on with an apply that was interrupted.")
@click.option("--abandon", is_flag=True, help="Forget an apply that was interrupted.")
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def command(
    paths: tuple[Path, ...],
    stdin_filename: str | None,
    env: str | None,
    profile: str | None,
    prune: bool,
    auto_approve: bool,
    resume: bool,
    abandon: bool,
    output_format: str,
) -> None:
    """Bring the account to what the files say, or carry out a plan of `segql plan --out`.

    PATHS are files and folders of segments, or one plan (`*.json`): that is carried out only if
    neither the files nor the account have changed since it was made.

    All texts are validated at the API before the first write. Each segment is looked at before it
    is written and afterwards; where somebody else has changed it meanwhile, all stops, and nothing
    is overwritten. An apply that is interrupted, even killed, can be gone on with: --resume.

    Exit codes: 0 the account holds it, 1 the API refuses or somebody else has interfered, 2 the
    command could not run, or not to its end.
    """
    if resume and abandon:
        raise click.UsageError("--resume and --abandon exclude each other.")
    asked = _asked(paths, stdin_filename, env, profile, prune)
    place = Place.of(asked.paths, asked.env)
    if abandon:
        _abandon(place)
    elif resume:
        _resume(place, asked, output_format)
    else:
        _apply(place, asked, auto_approve, output_format)


def _asked(
    paths: tuple[Path, ...],
    stdin_filename: str | None,
    env: str | None,
    profile: str | None,
    prune: bool,
) -> _Asked:
    files = [path for path in paths if path.suffix.lower() == PLAN_SUFFIX and path.is_file()]
    if not files:
        return _Asked(paths, stdin_filename, env, profile, prune, None, None)
    if len(paths) > 1 or prune or stdin_filename:
        raise click.UsageError("A plan says itself which files it is of, and what is deleted.")
    plan = _read_plan(files[0])
    if env is not None and env != plan.env:
        raise Failure(f"{files[0]} is a plan for {_named(plan.env)}", "leave --env out")
    its_paths = tuple(Path(path) for path in plan.paths)
    return _Asked(its_paths, None, plan.env, profile, plan.prune, plan, files[0])


def _read_plan(path: Path) -> Plan:
    from segql.deploy.plan_file import PlanFileError, read_plan

    try:
        return read_plan(path)
    except PlanFileError as error:
        raise Failure(error.message, error.help) from None


def _named(env: str | None) -> str:
    return f"the environment `{env}`" if env else "no environment"


# ---- From the beginning -----------------------------------------------------------------


def _apply(place: Place, asked: _Asked, auto_approve: bool, output_format: str) -> None:
    from segql.deploy.applying import refusals
    from segql.deploy.journal import start

    environment = place.environment
    if not auto_approve and not is_terminal(sys.stdin, sys.stderr):
        raise Failure("there is no terminal to ask on", "add --auto-approve")
    place.make()
    with place.alone():
        place.require_no_journal()
        found = wanted(asked.paths, asked.stdin_filename, asked.env, prune=asked.prune)
        with _clients(asked.profile, environment) as (asking, writing):
            plan, _ = planned(asking, found)
            if asked.plan and asked.file:
                _require_same(asked.file, asked.plan, plan)
            blocked = [c for c in plan.changes if c.action == "blocked"]
            stop_on([(change.slug, change.reason) for change in blocked], CANNOT_RUN)
            refused = refusals(asking, plan)
            stop_on([(each.change.slug, each.reason) for each in refused], FINDINGS)
            if plan.writes:
                confirm(plan, auto_approve)
                go_on(asking, writing, start(place.journal, plan), output_format, place)
            else:
                Report(plan, output_format).end()


@contextmanager
def _clients(profile: str | None, environment: Environment) -> Generator[tuple[Client, Client]]:
    """A client that asks, and one that writes.

    The second one repeats nothing: what is sent again is decided by what the account holds.
    """
    name = profile or environment.profile
    with connect(name) as asking, connect(name, is_patient=False) as writing:
        yield asking, writing


def _require_same(file: Path, then: Plan, now: Plan) -> None:
    """Raise `Failure` where a plan would be another one if it was made now."""
    from segql.deploy.outdated import why_outdated
    from segql.deploy.plan_file import how_again

    reason = why_outdated(then, now)
    if reason:
        raise Failure(f"{file} cannot be carried out any more: {reason}", how_again(file, then))


# ---- After an interruption --------------------------------------------------------------


def _resume(place: Place, asked: _Asked, output_format: str) -> None:
    from segql.deploy.outdated import is_same_work

    place.require_journal()
    with place.alone():
        journal = place.resumed()
        if asked.plan and not is_same_work(asked.plan, journal.plan):
            raise Failure(f"the interrupted apply was not of {asked.file}", place.ways_out)
        with _clients(asked.profile, place.environment) as (asking, writing):
            _require_account(asking, journal)
            go_on(asking, writing, journal, output_format, place)


def _require_account(client: Client, journal: Journal) -> None:
    """Raise `Failure` where the token opens another account than that of the journal."""
    from segql.deploy.outdated import why_elsewhere

    begun_at = journal.plan.account.url
    reason = f"it was for {begun_at}" if client.url != begun_at else why_elsewhere(client, journal)
    if reason:
        help = "take the token or the --profile of that account"
        raise Failure(f"the interrupted apply was for another account: {reason}", help)


def _abandon(place: Place) -> None:
    place.require_journal()
    with place.alone():
        for line in place.abandon():
            click.echo(line)
    click.echo("The interrupted apply is forgotten. What it has written stays.")
