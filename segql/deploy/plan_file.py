"""A plan in a file: written in one step, for its owner alone, and read with care."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import msgspec

from segql.deploy.plan import FORMAT, Plan, checked


class PlanFileError(Exception):
    """A file that is no plan we can use: ``message`` says what and why, ``help`` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class _Head(msgspec.Struct):
    format: int
    segql: str = ""


_AGAIN = "make it again: segql plan --out {}"  # all that is known of a plan that cannot be read


def how_again(path: Path, plan: Plan) -> str:
    """The call that makes a plan again, as a help."""
    env = ["--env", plan.env] if plan.env else []
    prune = ["--prune"] if plan.prune else []
    arguments = shlex.join([*env, *prune, "--out", str(path), *plan.paths])
    return f"make it again: segql plan {arguments}"


def write_plan(path: Path, plan: Plan) -> None:
    """Write a plan, readable for its owner only. Raises ``OSError``."""
    import tempfile  # slow to import, and few plans are kept

    target = Path(os.path.realpath(path))  # a link keeps pointing to the plan
    try:
        # Such a file is made with the mode 0600.
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".segql-")
    except OSError as error:  # it names a file that nobody knows
        raise OSError(error.errno, error.strerror, str(path)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(plan), indent=1) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read_plan(path: Path) -> Plan:
    """Read a plan. Raises ``OSError``, `PlanFileError`."""
    content = path.read_bytes()
    try:
        head = msgspec.json.decode(content, type=_Head)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PlanFileError(f"{path} is no plan: {error}", _AGAIN.format(path)) from None
    if head.format != FORMAT:
        message = f"{path} is a plan of another format: {head.format} instead of {FORMAT}"
        raise PlanFileError(message, _AGAIN.format(path))
    try:
        return checked(msgspec.json.decode(content, type=Plan))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise PlanFileError(f"{path} is a broken plan: {error}", _AGAIN.format(path)) from None
