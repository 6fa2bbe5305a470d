"""Write files so that a reader, or a crash, never meets half of one."""

from __future__ import annotations

import os
from pathlib import Path


def write_atomically(path: Path, text: str) -> None:
    """Replace a file's content in one step, keeping its permissions. Raises ``OSError``."""
    target = path.resolve()  # a link keeps pointing to what is rewritten
    mode = target.stat().st_mode
    _replace(target, text, mode)


def write_text(path: Path, text: str) -> None:
    """Write a file that may be new, in one step. Raises ``OSError``."""
    target = path.resolve()
    _replace(target, text, target.stat().st_mode if target.exists() else _new_mode())


def _new_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _replace(target: Path, text: str, mode: int) -> None:
    import tempfile  # slow to import, and most commands write nothing

    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".segql-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
