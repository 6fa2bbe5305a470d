"""One at a time: a lock on a file, which the system gives back when its holder dies.

What is locked is a byte of the file, not the file's being there: a file that a killed process left
behind holds nobody up, and no process that got its number is taken for it.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


class LockedError(Exception):
    """Somebody else has the lock: ``message`` says who, ``help`` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


_HELP = "wait until it is done"

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # where nothing is written, for what is locked cannot be read

    def _try_lock(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            raise BlockingIOError from None
        finally:
            os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path, what: str) -> Generator[None]:
    """Hold a lock while the block runs.

    Args:
        path: the file to lock, made if it is not there; it stays, and says who was the last.
        what: what is done meanwhile, for those who find it locked: "another apply".

    Raises:
        LockedError: another process has it.
        OSError: there can be no such file, or its file system has no locks.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _try_lock(handle)
        except BlockingIOError:
            raise LockedError(f"{what} is under way{_holder(handle)}", _HELP) from None
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()} on {socket.gethostname()}\n".encode())
        yield
    finally:
        os.close(handle)


def _holder(handle: int) -> str:
    """Who has the lock; nothing in the moment before the file says it."""
    told = os.read(handle, 1000).decode(errors="replace").strip()
    return f": process {told}" if told else ""
