"""What an apply was about to do and has done, on disk: what is left when it is killed.

One JSON object a line. The first is the plan; then, for each of its writes, a line before it is
sent and one when the account holds it. Each line is on the disk before anything else happens. So
what has neither line was not begun, and what has only the first one may be done or not: the account
knows. A last line that was cut short says as much as no line.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import msgspec

from segql.deploy.plan import FORMAT, Change, Plan, checked

_HELP = "segql apply --abandon removes it; then plan again"


class JournalError(Exception):
    """A journal that cannot be used: ``message`` says which and why, ``help`` what to do."""

    def __init__(self, message: str, help: str = _HELP) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class _Planned(msgspec.Struct, tag="plan"):
    plan: Plan


class _Begun(msgspec.Struct, tag="begun"):
    """``write`` is an index into the writes of the plan; ``slug`` is for people."""

    write: int
    slug: str


class _Done(msgspec.Struct, tag="done"):
    write: int
    slug: str


_Line = _Planned | _Begun | _Done


class Journal:
    """The journal of one plan.

    plan: what is to be done.
    begun: the writes that were begun, as indexes into ``plan.writes``.
    done: those that the account holds.
    """

    def __init__(self, path: Path, plan: Plan) -> None:
        """See `start` and `resume`."""
        self.path = path
        self.plan = plan
        self.begun: set[int] = set()
        self.done: set[int] = set()

    @property
    def left(self) -> list[Change]:
        """The writes that are not done, in their order."""
        return [change for index, change in enumerate(self.plan.writes) if index not in self.done]

    @property
    def doubtful(self) -> list[Change]:
        """The writes of which only the account knows whether they were done."""
        return [self.plan.writes[index] for index in sorted(self.begun - self.done)]

    def begin(self, write: int) -> None:
        """Say that a write is about to be sent. Raises ``OSError``, and then it must not be."""
        self._append(_Begun(write, self.plan.writes[write].slug))
        self.begun.add(write)

    def finish(self, write: int) -> None:
        """Say that the account holds a write. Raises ``OSError``."""
        self._append(_Done(write, self.plan.writes[write].slug))
        self.done.add(write)

    def remove(self) -> None:
        """Nothing is left to be done, or ever was. Raises ``OSError``."""
        self.path.unlink(missing_ok=True)
        _sync_folder(self.path.parent)

    def _append(self, line: _Line) -> None:
        # Not created again if it is gone: what came before would be missing.
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND)
        try:
            _write(handle, line)
        finally:
            os.close(handle)


def start(path: Path, plan: Plan) -> Journal:
    """Begin a journal: it is there as a whole, or not at all. Raises ``OSError``."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        _write(handle, _Planned(plan))
    finally:
        os.close(handle)
    os.replace(new, path)
    _sync_folder(path.parent)
    return Journal(path, plan)


def resume(path: Path) -> Journal:
    """Take up a journal where it ends. Raises ``OSError``, `JournalError`."""
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    journal = _read(path, whole)
    if len(whole) < len(content):  # a line that was cut short; the next one must not join it
        os.truncate(path, len(whole))
    return journal


def _read(path: Path, content: bytes) -> Journal:
    journal: Journal | None = None
    for number, text in enumerate(content.splitlines(), 1):
        try:
            line = msgspec.json.decode(text, type=_Line)
            journal = _taken(journal, line, path)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
            raise JournalError(f"{path}: line {number} cannot be read: {error}") from None
    if journal is None:
        raise JournalError(f"{path} is empty")
    return journal


def _taken(journal: Journal | None, line: _Line, path: Path) -> Journal:
    """The journal with one line more. Raises ``ValueError``."""
    if isinstance(line, _Planned):
        if journal is not None:
            raise ValueError("it is a second plan")
        if line.plan.format != FORMAT:
            raise ValueError(f"it is a plan of the format {line.plan.format} instead of {FORMAT}")
        return Journal(path, checked(line.plan))
    if journal is None:
        raise ValueError("there is no plan before it")
    if line.write not in range(len(journal.plan.writes)):
        raise ValueError(f"the plan has no write {line.write}")
    (journal.done if isinstance(line, _Done) else journal.begun).add(line.write)
    return journal


def _write(handle: int, line: Any) -> None:
    text = msgspec.json.encode(line) + b"\n"
    if os.write(handle, text) < len(text):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(handle)


def _sync_folder(folder: Path) -> None:
    """A new name, or that one is gone, is on the disk as well."""
    if os.name != "posix":  # elsewhere a folder cannot be opened
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
