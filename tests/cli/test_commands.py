"""Help, version and usage."""

from __future__ import annotations

import pytest

from segql import __version__

from .conftest import Run, Shell, Write

COMMANDS = [
    *("check", "rule", "format", "ast", "compile", "eval", "why", "size", "test", "generate"),
    *("catalog", "validate", "plan", "apply", "drift", "comment", "pull", "sync", "push"),
    *("api", "emulator", "lsp"),
]


def test_the_version(segql: Shell) -> None:
    assert segql("--version") == Run(0, f"segql, version {__version__}\n", "")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_the_help_lists_the_commands(segql: Shell, option: str) -> None:
    run = segql(option)
    assert (run.code, run.err) == (0, "")
    listed = run.out.split("Commands:\n")[1].splitlines()
    assert [line.split()[0] for line in listed if line[2] != " "] == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(segql: Shell, command: str) -> None:
    run = segql(command, "-h")
    assert (run.code, run.err) == (0, "")
    assert f" {command} [OPTIONS]" in run.out.splitlines()[0]


def test_a_misspelt_command(segql: Shell) -> None:
    run = segql("chek")
    assert (run.code, run.out) == (2, "")
    assert run.err.endswith("Error: No such command 'chek'. Did you mean 'check'?\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nonsense"], "No such command 'nonsense'."),
        (["check", "--nonsense"], "No such option"),
        (["check", "--output-format", "xml"], "'xml' is not one of 'text', 'json', 'sarif',"),
        (["ast", "--output-format", "xml"], "'xml' is not one of 'tree', 'json', 'api'."),
        (["compile", "--output-format", "xml"], "'xml' is not one of 'json', 'ql', 'sql'."),
        (["format", "--line-length", "19"], "19 is not in the range 20<=x<=1000."),
        (["format", "--line-length", "1001"], "1001 is not in the range 20<=x<=1000."),
        (["format", "--line-length", "wide"], "'wide' is not a valid integer range."),
        (["push", "--token", "x"], "No such option"),
        (["emulator", "--port", "65536"], "65536 is not in the range 0<=x<=65535."),
    ],
)
def test_wrong_usage(segql: Shell, write: Write, arguments: list[str], message: str) -> None:
    write("a.segql", "FILTER a ALIAS a")
    run = segql(*arguments)
    assert (run.code, run.out) == (2, "")
    assert message in run.err
    assert run.err.startswith("Usage: ")
