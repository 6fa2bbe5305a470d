"""Failures that are no findings: one clear line and exit code 2, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager

import click

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
    from segql.api.errors import ApiError
    from segql.emulator.errors import EmulatorError
    from segql.workspace import ConfigError

    try:
        yield
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CANNOT_RUN)
    except (Failure, ApiError, ConfigError, EmulatorError) as error:
        fail(error.message, error.help)
    except OSError as error:
        fail(f"{error.filename or 'input'}: {error.strerror or error}", "")


def fail(message: str, help: str) -> None:
    """Print what went wrong and exit with 2."""
    click.echo(f"segql: {message}", err=True)
    if help:
        click.echo(f"  help: {help}", err=True)
    sys.exit(CANNOT_RUN)
