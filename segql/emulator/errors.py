"""What can go wrong in the emulator.

EmulatorError           it cannot start: the port or the database file
Refused                 it answers a request with an error; inside this room only
"""

from __future__ import annotations


class EmulatorError(Exception):
    """The emulator cannot start.

    `message` is one line that says what failed and why; `help` says what to do about it.
    """

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class Refused(Exception):
    """A request is answered with this HTTP status and this message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
