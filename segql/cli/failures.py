"""Failures that are no findings: one clear line and exit code 2, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # an error is rare
    from segql.api.errors import ApiError
    from segql.emulator.errors import EmulatorError
    from segql.workspace import ConfigError

FINDINGS = 1
CANNOT_RUN = 2


class Failure(Exception):
    """The command cannot run: ``message`` says what and why, ``help`` what to do about it."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help


@contextmanager
def reported() -> Generator[None]:
    """Print a foreseen failure to standard error and exit with 2."""
    try:
        yield
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        _forget_output()
        sys.exit(CANNOT_RUN)
    except KeyboardInterrupt:
        fail("interrupted", "")
    except OSError as error:
        if error.filename is None:  # the disk may be full, and so it would be at the last flush
            _forget_output()
        fail(f"{error.filename or 'cannot read or write'}: {error.strerror or error}", "")
    except Exception as error:
        if not isinstance(error, _foreseen()):
            raise
        fail(error.message, error.help)


def _foreseen() -> tuple[type[Failure | ApiError | ConfigError | EmulatorError], ...]:
    """The errors that say what to do about them."""
    from segql.api.errors import ApiError
    from segql.emulator.errors import EmulatorError
    from segql.workspace import ConfigError

    return Failure, ApiError, ConfigError, EmulatorError


def _forget_output() -> None:
    """What is still to be written to standard output has no place to go."""
    if sys.stdout is not None:  # pyright: ignore[reportUnnecessaryComparison]  (closed by the shell)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def fail(message: str, help: str) -> None:
    """Print what went wrong and exit with 2."""
    from segql.diagnostics.reports.text import visible

    click.echo(f"segql: {visible(message)}", err=True)
    if help:
        click.echo(f"  help: {visible(help)}", err=True)
    sys.exit(CANNOT_RUN)
