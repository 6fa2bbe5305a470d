"""What can go wrong in the emulator.

EmulatorError           it cannot start: the port, a file, or a fault that nobody can cause
Refused                 it answers a request with an error; inside this room only
"""

from __future__ import annotations

from collections.abc import Mapping


class EmulatorError(Exception):
    """The emulator cannot start.

    `message` is one line that says what failed and why; `help` says what to do about it.
    """

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class Refused(Exception):
    """A request is answered with this HTTP status, this message and these headers."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers or {}
