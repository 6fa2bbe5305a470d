"""What plan, apply and drift have in common: which files, which account, and what may be done."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from segql.cli.checked import segments_of
from segql.cli.failures import CANNOT_RUN, Failure
from segql.cli.inputs import find_inputs, read_selections
from segql.workspace import STDIN, Environment, Segment, Selection

if TYPE_CHECKING:
    from segql.api import Client
    from segql.api import Segment as RemoteSegment
    from segql.deploy.plan import Plan

F = TypeVar("F", bound=Callable[..., Any])
CHANGES_PENDING = 3  # the exit code
PLAN_SUFFIX = ".json"  # by which a plan in a file is told from a file of segments


def environment_option(command: F) -> F:
    """Add --env."""
    return click.option(
        "--env",
        metavar="NAME",
        help="An environment of the configuration: its account, its files, what is protected.",
    )(command)


class Wanted(NamedTuple):
    """The segments that an account is to hold."""

    environment: Environment
    segments: list[Segment]  # all of them compile
    known: frozenset[str]  # the slugs that files have, also those that were not asked for
    selections: tuple[Selection, ...]
    paths: tuple[str, ...]  # as they were named
    prune: bool  # whether to delete what is ours and in no file

    @property
    def root(self) -> Path:
        """The folder of the workspace."""
        return self.selections[0].config.root


def wanted(
    paths: Sequence[Path], stdin_filename: str | None, env: str | None, *, prune: bool = False
) -> Wanted:
    """Read the segments of PATHS that belong to an environment.

    Prints the errors in them and exits with 2. Raises `Failure`, ``ConfigError``.
    """
    selections = read_selections(paths, stdin_filename)
    environment = Environment()
    if env is not None:
        selection = _selection_with(selections, env)
        environment = selection.config.environment(env)
        selections = [_restricted(selection, environment)]
    if prune:
        _require_all_files(paths, environment)
    try:
        segments = segments_of(selections)
    except SystemExit:
        # Where 3 says that there are changes, 1 would say too little.
        raise SystemExit(CANNOT_RUN) from None
    known = (
        segment.slug
        for selection in selections
        for segment in selection.workspace.segments
        if segment.slug and _has(environment, selection, segment.file.source.path)
    )
    named = tuple(str(path) for path in paths)
    return Wanted(environment, segments, frozenset(known), tuple(selections), named, prune)


def planned(client: Client, found: Wanted) -> tuple[Plan, list[RemoteSegment]]:
    """What is to be done so that an account holds the segments of files; and what it holds.

    Raises ``ApiError``.
    """
    from segql.deploy.planning import list_remotes, make_plan

    remotes = list_remotes(client, found.segments, found.environment)
    plan = make_plan(
        found.segments,
        remotes,
        url=client.url,
        env=found.environment,
        known=found.known,
        paths=found.paths,
        prune=found.prune,
    )
    return plan, remotes


def _selection_with(selections: Sequence[Selection], env: str) -> Selection:
    """The workspace that has an environment."""
    having = [s for s in selections if any(each.name == env for each in s.config.env)]
    if len(having) > 1:
        roots = ", ".join(str(selection.config.root) for selection in having)
        raise Failure(f"there is an environment `{env}` in each of {roots}", "name files of one")
    return having[0] if having else selections[0]


def _restricted(selection: Selection, environment: Environment) -> Selection:
    """The same with the files that belong to an environment."""
    files = tuple(f for f in selection.files if _has(environment, selection, f.source.path))
    if not files:
        help = f"name others, or change `files` of `env.{environment.name}`"
        raise Failure(f"none of these files belong to `{environment.name}`", help)
    return selection._replace(files=files)


def _has(environment: Environment, selection: Selection, path: str | None) -> bool:
    if environment.files is None:
        return True
    inside = os.path.relpath(os.path.realpath(path or ""), selection.config.root)
    return environment.has_file(inside.replace(os.sep, "/"))


def _require_all_files(paths: Sequence[Path], environment: Environment) -> None:
    """A segment is in no file only if all files have been read. Raises `Failure`."""
    if environment.owner_tag is None:
        help = 'take an --env with an owner tag, as in `[env.prod]` and `owner-tag = "segql"`'
        raise Failure("--prune: nothing tells which segments of the account are ours", help)
    if Path(STDIN) in paths or any(found.around for found in find_inputs(paths, None)):
        help = "leave PATHS out, and run it in the folder of the configuration"
        raise Failure("--prune needs all files of the workspace", help)
