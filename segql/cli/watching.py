"""Do something again whenever the files change that it looks at."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from segql.cli.failures import Failure
from segql.diagnostics.reports.text import visible
from segql.workspace import find

_EVERY = 0.5  # seconds


def watch_files(
    paths: Sequence[Path],
    action: Callable[[], object],
    also: Callable[[], Iterable[Path]] = tuple,
) -> None:
    """Do it, and again after every change, until the user interrupts.

    ``also`` finds files of other kinds that it looks at.
    """
    if Path("-") in paths:
        raise Failure("standard input cannot be watched", "name files or folders")
    seen = None
    try:
        while True:
            now = _stamps(paths, also)
            if now != seen:
                seen = now
                click.clear()
                _try(action)
                click.echo("Watching for changes; Ctrl-C ends it.", err=True)
            time.sleep(_EVERY)
    except KeyboardInterrupt:
        click.echo(err=True)


def _try(action: Callable[[], object]) -> None:
    """Do it; what keeps it from being done may be mended at the next change."""
    try:
        action()
    except Failure as error:
        click.echo(f"segql: {visible(error.message)}", err=True)


def _stamps(paths: Sequence[Path], also: Callable[[], Iterable[Path]]) -> dict[Path, int]:
    """When each file was last changed: segments, configurations, catalogs, and others."""
    files = [*also()]
    for found in find(paths):
        files += (Path(path.full) for path in (*found.asked, *found.around))
        files += found.config.root.glob("catalog.*")
        files += [found.config.file] if found.config.file else []
    return {path: stamp for path in files if (stamp := _stamp(path)) is not None}


def _stamp(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # it is being written anew
        return None
