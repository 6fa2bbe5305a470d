"""What watches for tokens does find them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.canary import CANARY, ENVIRONMENT, shows_token

# The inner tests take the token from the environment: here it is in no text that they show.
SHOWN = {
    "in an output": "print(os.environ['LYTICS_API_TOKEN'])",
    "in an error output": "print(os.environ['LYTICS_API_TOKEN'].upper(), file=sys.stderr)",
    "in a log": "logging.getLogger('x').debug('it is %s', os.environ['LYTICS_API_URL'])",
    "in a file": "(tmp_path / 'a').write_bytes(b'\\xff' + os.environb[b'LYTICS_API_TOKEN'])",
    "in the name of a file": "(tmp_path / os.environ['LYTICS_API_TOKEN'].split('/')[0]).touch()",
    "from another process": "subprocess.run(['printenv', 'LYTICS_API_TOKEN'], capture_output=True)",
}
HIDDEN = {
    "nothing": "print('a token')",
    "in a pipe": "os.mkfifo(tmp_path / 'pipe')",
    "in the profiles": "(tmp_path / 'accounts.toml').write_text(os.environ['LYTICS_API_TOKEN'])",
}


def passes(folder: Path, line: str) -> bool:
    """Whether a run of one test ends well."""
    test = f"import logging, os, subprocess, sys\n\ndef test(tmp_path):\n    {line}\n"
    (folder / "test_inner.py").write_text(test)
    command = [sys.executable, "-m", "pytest", "-p", "tests.canary", "--log-level=DEBUG"]
    done = subprocess.run(
        [*command, "-c", os.devnull, "--rootdir", str(folder), "test_inner.py"],
        cwd=folder,
        env=os.environ | ENVIRONMENT | {"PYTHONPATH": str(Path(__file__).parents[1])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert done.returncode in (0, 1)
    return done.returncode == 0


@pytest.mark.parametrize("line", SHOWN.values(), ids=list(SHOWN))
def test_it_is_found(tmp_path_factory: pytest.TempPathFactory, line: str) -> None:
    assert not passes(tmp_path_factory.mktemp("shown"), line)


@pytest.mark.parametrize("line", HIDDEN.values(), ids=list(HIDDEN))
def test_there_is_nothing_to_be_found(tmp_path_factory: pytest.TempPathFactory, line: str) -> None:
    assert passes(tmp_path_factory.mktemp("hidden"), line)


def test_spellings() -> None:
    assert shows_token(CANARY.upper().encode())
    assert not shows_token(None)
    assert not shows_token("s3cret")
