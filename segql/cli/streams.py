"""The standard streams, any of which the shell may have closed: then it is None."""

from __future__ import annotations

import os
import sys
from typing import Any, BinaryIO

from segql.cli.failures import Failure


def standard_input(what: str = "a text") -> BinaryIO:
    """What is piped into the command. Raises `Failure` where it was closed, as by ``<&-``."""
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise Failure("standard input is closed", f"pipe {what} into it, or name a file")
    return sys.stdin.buffer


def is_terminal(*streams: Any) -> bool:
    """Whether there is a person at all of these."""
    return all(stream is not None and stream.isatty() for stream in streams)


def wants_colour(stream: Any) -> bool:
    """Colour only on a terminal, and never with NO_COLOR."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR")
