"""A command loads what it needs, and no more."""

from __future__ import annotations

import subprocess
import sys

import pytest

from .conftest import Shell, Write

HEAVY = {
    "lark", "httpx2", "duckdb", "starlette", "pygls", "lsprotocol", "uvicorn", "rich", "asyncio",
    "pathspec", "tomllib", "difflib", "tempfile",
}  # fmt: skip


def loaded(segql: Shell, *arguments: str) -> set[str]:
    """The modules that a command loads, as the interpreter itself reports them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "segql", *arguments],
        cwd=segql.folder,
        env=segql.environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0
    lines = done.stderr.splitlines()
    names = {line.split("|")[-1].strip() for line in lines if line.startswith("import time:")}
    assert "segql.cli" in names
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", "--output-format", "json"),
        ("ast",),
        ("compile",),
        ("--version",),
        ("--help",),
    ],
)
def test_nothing_heavy(segql: Shell, write: Write, arguments: tuple[str, ...]) -> None:
    write("a.segql", "FILTER a > 1 ALIAS a")
    assert loaded(segql, *arguments) & HEAVY == set()


def test_the_test_would_see_it(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a > 1 ALIAS a")
    write(".gitignore", "*.tmp")
    write("segql.toml", "")
    assert {"pathspec", "tomllib"} <= loaded(segql, "check")


def test_what_is_remembered_needs_neither_parser_nor_rules(segql: Shell, write: Write) -> None:
    for number in range(30):
        write(f"s{number}.segql", f"FILTER a > {number} ALIAS s{number}")

    def modules() -> str:
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "segql", "check"],
            cwd=segql.folder,
            env=segql.environment,
            capture_output=True,
            text=True,
        )
        assert done.stdout == "30 files checked, nothing found.\n"
        return done.stderr

    assert "segql.syntax.parser" in modules()
    assert "segql.syntax.parser" not in modules()
