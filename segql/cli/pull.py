"""``segql pull``: bring files to what the account holds."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from segql.cli.account import connect, connection_options, profile_option
from segql.cli.choosing import chosen, only_option, slug_or_id
from segql.cli.environments import environment_option
from segql.cli.failures import FINDINGS, Failure
from segql.workspace import Config, Environment, Segment, config_for, select

if TYPE_CHECKING:
    from segql.deploy.pulling import Folders, Layout, Outcome, Pull

# What becomes of a segment: as it is told of each, as it is counted, and both without writing.
_WORDS = {
    "create": ("created", "created", "would create", "would be created"),
    "update": ("updated", "updated", "would update", "would be updated"),
    "unchanged": ("", "unchanged", "", "unchanged"),
    "aside": ("aside", "kept aside", "would keep", "would be kept aside"),
    "skip": ("skipped", "skipped", "would skip", "would be skipped"),
}
_ALWAYS_COUNTED = ("create", "update", "unchanged")
_BYTE_ORDER_MARK = "\ufeff".encode()


@click.command(name="pull")
@click.argument(
    "folder",
    type=click.Path(file_okay=False, readable=False, path_type=Path),
    default=Path(),
)
@only_option
@click.option(
    "--folders",
    type=click.Choice(["none", "kind", "tag"]),
    default="none",
    show_default=True,
    help="Folders for new files: one for each kind, or for the first tag.",
)
@environment_option
@profile_option
@connection_options
@click.option(
    "--check",
    "--dry-run",
    is_flag=True,
    help="Write nothing; exit with 1 if a file would change.",
)
def command(
    folder: Path,
    only: tuple[str, ...],
    folders: Folders,
    env: str | None,
    profile: str | None,
    check: bool,
) -> None:
    """Bring files to what the account holds; nothing is written there.

    A segment that a file of the workspace has is written again where it stands, if it has another
    meaning; the rest of the file, and what the file is silent about, stay as they are. Others get
    a file of their own in FOLDER, which is the current one by default. Segments that only files
    have are left alone.

    What no file of segments can hold is kept in SLUG.segql.txt, and the exit code is 1.
    """
    from segql.deploy.planning import list_remotes
    from segql.deploy.pulling import Layout, pull

    ours = _ours(folder, env)
    with connect(profile or ours.environment.profile) as client:
        remotes = list_remotes(client, ours.segments)
    where = "" if folder == Path() else str(folder)
    layout = Layout(where, folders, owner_tag=ours.environment.owner_tag, taken=_taken(where))
    layout = _with_line_length(layout, ours.config)
    wanted = chosen(remotes, only)
    elsewhere = [remote for remote in wanted if slug_or_id(remote) in ours.elsewhere]
    pulled = pull(remotes, ours.segments, layout, [r for r in wanted if r not in elsewhere])
    _require_in_environment(pulled, ours)
    is_changed = _write(pulled, ours, check)
    outcomes = [*pulled.outcomes, *(_skipped(slug_or_id(remote), ours) for remote in elsewhere)]
    _tell(outcomes, check)
    if any(outcome.reason for outcome in outcomes) or (check and is_changed):
        sys.exit(FINDINGS)


class _Ours(NamedTuple):
    """The segments of the files, of an environment."""

    environment: Environment
    segments: list[Segment]
    elsewhere: dict[str, str]  # slugs in files that do not belong to it, with their paths
    config: Config


def _ours(folder: Path, env: str | None) -> _Ours:
    """What the workspace around a folder has, which need not be there yet."""
    config = config_for(folder)
    config.require()
    environment = Environment() if env is None else config.environment(env)
    # Without a configuration it is all that a command called here would look at.
    is_below = folder.resolve().is_relative_to(Path.cwd())
    root = config.root if config.file else Path() if is_below else folder
    selections = select([root]) if root.is_dir() else []
    found = [segment for selection in selections for segment in selection.segments]
    ours = [s for s in found if _is_inside(environment, config, s.file.source.path or "")]
    slugs = {segment.slug for segment in ours}
    others = {s.slug: s.file.source.path or "" for s in found if s.slug and s.slug not in slugs}
    return _Ours(environment, ours, others, config)


def _is_inside(environment: Environment, config: Config, path: str) -> bool:
    inside = os.path.relpath(os.path.realpath(path), config.root)
    return environment.has_file(inside.replace(os.sep, "/"))


def _taken(folder: str) -> tuple[str, ...]:
    """The files of a folder, and of those in it, but for what was kept aside before."""
    here = [os.path.join(folder, name) for name in _names(folder)]
    paths = (*here, *(os.path.join(path, name) for path in here for name in _names(path)))
    return tuple(path for path in paths if not _is_aside(path))


def _is_aside(path: str) -> bool:
    from segql.deploy.pulling import ASIDE, ASIDE_HEAD

    if not (path.endswith(ASIDE) and os.path.isfile(path)):
        return False
    return _content(path).startswith(ASIDE_HEAD.encode())


def _names(folder: str) -> Iterator[str]:
    try:
        yield from sorted(os.listdir(folder or "."))
    except OSError:  # it is no folder, or not there yet, or will say so when it is written to
        return


def _with_line_length(layout: Layout, config: Config) -> Layout:
    return layout._replace(line_length=config.line_length) if config.line_length else layout


def _skipped(slug: str, ours: _Ours) -> Outcome:
    """A workspace has a slug once: what another environment has gets no second file."""
    from segql.deploy.pulling import Outcome

    path = ours.elsewhere[slug]
    reason = f"it is in {path}, which does not belong to `{ours.environment.name}`"
    return Outcome("skip", slug, path, (), reason)


def _require_in_environment(pulled: Pull, ours: _Ours) -> None:
    """Raise `Failure` where a new file would not belong to the environment it is for."""
    for outcome in pulled.outcomes:
        is_new = outcome.action == "create"
        if is_new and not _is_inside(ours.environment, ours.config, outcome.path):
            name = ours.environment.name
            help = f"name a folder that `files` of `env.{name}` has"
            raise Failure(f"{outcome.path} would not belong to `{name}`", help)


def _write(pulled: Pull, ours: _Ours, check: bool) -> bool:
    """Write the files that change, each in one step; return whether any does.

    Raises `Failure` where somebody has written in one of them since it was read.
    """
    from segql.cli.writing import write_text

    read = {s.file.source.path: s.file.source.text.encode() for s in ours.segments}
    there = {path: _content(path) for path in pulled.texts}
    for path, content in there.items():
        if path in read and content.removeprefix(_BYTE_ORDER_MARK) != read[path]:
            raise Failure(f"{path} was changed meanwhile, and nothing was written", "pull again")
    changed = {
        path: text
        for path, text in pulled.texts.items()
        if there[path].removeprefix(_BYTE_ORDER_MARK) != text.encode()
    }
    if not check:
        for path, text in changed.items():
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            mark = _BYTE_ORDER_MARK if there[path].startswith(_BYTE_ORDER_MARK) else b""
            write_text(Path(path), mark.decode() + text)
    return bool(changed)


def _content(path: str) -> bytes:
    """What is in a file; nothing where it is not there yet."""
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        return b""


def _tell(outcomes: Iterable[Outcome], check: bool) -> None:
    from segql.diagnostics.reports.text import visible

    column = 2 if check else 0
    width = max(len(words[column]) for words in _WORDS.values())
    done: Counter[str] = Counter()
    for outcome in outcomes:
        done[outcome.action] += 1
        word = _WORDS[outcome.action][column]
        if word:
            fields = f"  ({', '.join(outcome.changed)})" if outcome.changed else ""
            click.echo(visible(f"{word:{width}} {outcome.slug}  {outcome.path}{fields}"))
        if outcome.reason:
            click.echo(visible(f"segql: {outcome.slug}: {outcome.reason}"), err=True)
    counted = (
        f"{done[action]} {words[column + 1]}"
        for action, words in _WORDS.items()
        if done[action] or action in _ALWAYS_COUNTED
    )
    click.echo(f"{', '.join(counted)}.")
