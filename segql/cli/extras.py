"""Parts that are installed only where they are wanted."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from segql.cli.failures import Failure


@contextmanager
def required(extra: str) -> Generator[None]:
    """Turn a missing import into the way to install it."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise Failure(
            f"`{error.name}` is not installed, and this command needs it",
            f'install it with: pip install "segql[{extra}]"',
        ) from None
