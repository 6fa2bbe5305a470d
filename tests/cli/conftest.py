"""The command line as people call it: another process, in a folder and with an own environment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from segql.api import Client
from tests import canary
from tests.accounts import TOKEN, account, emulator, stored

__all__ = ["TOKEN", "account", "emulator", "stored"]


class Run(NamedTuple):
    code: int
    out: str
    err: str


class Shell:
    """Calls segql in a folder, with a canary where tokens may be; no traceback comes back."""

    def __init__(self, folder: Path, home: Path, before: Callable[[], None] | None = None) -> None:
        self.folder = folder
        self.before = before  # done in the other process before it begins
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": _absolute(os.environ.get("PYTHONPATH", "")),
            "HOME": str(home),
            "NO_COLOR": "1",
            "SEGQL_RETRIES": "0",  # what is asked is counted
            **canary.ENVIRONMENT,
        }

    def __call__(self, *arguments: str, stdin: str | bytes = b"", **environment: str) -> Run:
        done = subprocess.run(
            [sys.executable, "-m", "segql", *arguments],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            cwd=self.folder,
            env=self.environment | environment,
            capture_output=True,
            timeout=60,
            preexec_fn=self.before,
        )
        run = Run(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in run.out + run.err, run.err
        return run

    def script(self, line: str) -> Run:
        """The same through a shell, where "$SEGQL" is the command."""
        environment = self.environment | {"SEGQL": f"{sys.executable} -m segql"}
        done = subprocess.run(
            ["bash", "-c", line], cwd=self.folder, env=environment, capture_output=True, timeout=60
        )
        run = Run(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in run.out + run.err, run.err
        return run


def _absolute(paths: str) -> str:
    """A search path that holds in any folder."""
    return os.pathsep.join(os.path.abspath(path) for path in paths.split(os.pathsep) if path)


Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "work"
    path.mkdir()
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home"
    path.mkdir()
    canary.place(path)
    return path


@pytest.fixture
def segql(folder: Path, home: Path) -> Shell:
    return Shell(folder, home)


@pytest.fixture
def unprivileged(folder: Path, home: Path) -> Shell:
    """The same as somebody who may not pass over the permissions of files, as root may."""
    if os.geteuid() != 0:
        return Shell(folder, home)
    if sys.platform != "linux":
        pytest.skip("only Linux lets root give up this right")
    return Shell(folder, home, before=_obey_permissions)


def _obey_permissions() -> None:
    import ctypes

    drop, override, read_search = 24, 1, 2  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, and so on
    for right in (override, read_search):
        assert ctypes.CDLL(None).prctl(drop, right) == 0


@pytest.fixture
def write(folder: Path) -> Write:
    """Write one file, byte for byte."""

    def write(name: str, content: str | bytes) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def login(emulator: str) -> dict[str, str]:
    return {"LYTICS_API_TOKEN": TOKEN, "LYTICS_API_URL": emulator}


def slugs(account: Client) -> list[str | None]:
    return sorted(segment.slug_name for segment in stored(account))
