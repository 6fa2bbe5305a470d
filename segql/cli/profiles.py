"""Reading the profiles that commands are given, and telling what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from segql.cli.streams import standard_input

if TYPE_CHECKING:
    from segql.profiles import BadProfile, Profile, Profiles

STDIN = Path("-")
_MOST_REPORTED = 10  # bad lines


class Reader:
    """The profiles of one file, or of standard input: read once, counted, with what is wrong."""

    def __init__(self, path: Path, read: Callable[[BinaryIO, Path | None], Profiles]) -> None:
        from segql.diagnostics.reports.text import visible

        self.name = "standard input" if path == STDIN else visible(str(path))
        self.count = 0
        self.is_done = False  # whether all was read
        self.problems: list[str] = []
        self._problem_count = 0
        self._path = path
        self._read = read

    def __iter__(self) -> Iterator[Profile]:
        """The profiles that can be read. Raises ``OSError``, `Failure`."""
        from segql.profiles import BadProfile

        with self._opened() as stream:
            for profile in self._read(stream, None if self._path == STDIN else self._path):
                if isinstance(profile, BadProfile):
                    self._note(profile)
                else:
                    self.count += 1
                    yield profile
        self.is_done = True

    def tell(self) -> None:
        """Print what could not be read."""
        for problem in self.problems:
            click.echo(f"segql: {self.name}: {problem}", err=True)
        more = self._problem_count - len(self.problems)
        if more:
            click.echo(f"segql: {self.name}: and {more} more that cannot be read", err=True)

    def _note(self, bad: BadProfile) -> None:
        self._problem_count += 1
        if len(self.problems) < _MOST_REPORTED:
            self.problems.append(": ".join(filter(None, bad)))

    @contextmanager
    def _opened(self) -> Generator[BinaryIO]:
        if self._path != STDIN:
            with self._path.open("rb") as stream:
                yield stream
            return
        yield standard_input("profiles")


def rereading(
    path: Path, read: Callable[[BinaryIO, Path | None], Profiles], first: dict[Path, Reader]
) -> Callable[[], Reader]:
    """What reads a file anew at each call; the first reader is kept, to tell what is wrong once."""

    def reader() -> Reader:
        found = Reader(path, read)
        first.setdefault(path, found)
        return found

    return reader
