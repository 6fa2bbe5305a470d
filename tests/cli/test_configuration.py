"""Configuration as the commands see it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run, Shell, Write

WIDE = "FILTER AND (aaaaaaaaa > 1, bbbbbbbbb > 2)\n"


def test_the_nearest_configuration_counts_however_a_file_is_found(
    segql: Shell, write: Write
) -> None:
    write("segql.toml", 'external = ["outer"]')
    write("a.segql", "FILTER INCLUDE outer\n")
    write("shop/pyproject.toml", '[tool.segql]\nexternal = ["inner"]\nline-length = 30')
    write("shop/b.segql", "FILTER INCLUDE inner\n")
    write("shop/c.segql", WIDE)
    assert segql("check") == Run(0, "3 files checked, nothing found.\n", "")
    assert segql("check", "shop") == Run(0, "2 files checked, nothing found.\n", "")
    for paths in ((), ("shop",), ("shop/c.segql",)):
        assert segql("format", "--check", *paths).out == "would reformat shop/c.segql\n"


@pytest.mark.parametrize("command", ["format", "ast", "compile", "validate", "push"])
def test_a_wrong_one_stops_what_acts_on_it(
    segql: Shell, write: Write, folder: Path, command: str
) -> None:
    write("a.segql", "FILTER   a ALIAS a")
    write("segql.toml", "line_length = 100")
    run = segql(command, "a.segql")
    message = f"segql: {folder}/segql.toml: unknown setting `line_length`\n"
    assert run == Run(2, "", f"{message}  help: did you mean `line-length`?\n")
    assert (folder / "a.segql").read_text() == "FILTER   a ALIAS a"


@pytest.mark.parametrize(
    "text", ["line-length = ", "line-length = 100\nline-length = 90", "exclude = [", "\x00"]
)
def test_broken_toml(segql: Shell, write: Write, folder: Path, text: str) -> None:
    write("a.segql", "FILTER a")
    write("segql.toml", text)
    run = segql("format")
    assert (run.code, run.out) == (2, "")
    message, help = run.err.splitlines()
    assert message.startswith(f"segql: {folder}/segql.toml: ")
    assert help == "  help: mend the file, or remove it"


def test_a_wrong_one_is_a_finding_among_others(segql: Shell, write: Write, folder: Path) -> None:
    """What can be used of it is used, and all files are checked."""
    write("a.segql", "FILTER a >\n")
    write("segql.toml", 'external = ["outer"]\nline_length = 100\nignore = ["LOGIC"]\n')
    write("b.segql", "FILTER INCLUDE outer ALIAS b\n")
    run = segql("check", "--output-format", "json")
    found = [(p["path"], p["line"], p["code"], p["message"]) for p in json.loads(run.out)]
    assert run.code == 1
    assert found == [
        (f"{folder}/segql.toml", 2, "CFG001", "unknown setting `line_length`"),
        (f"{folder}/segql.toml", 3, "CFG001", "`ignore`: there is no rule `LOGIC`"),
        ("a.segql", 1, "SYN002", "a field or a value is missing"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("line-length = ", 1, 15), ("exclude = [", 1, 12), ("a = 1\nb = = 2\n", 2, 5)],
)
def test_broken_toml_has_a_place(
    segql: Shell, write: Write, text: str, line: int, column: int
) -> None:
    write("a.segql", "FILTER a ALIAS a")
    write("segql.toml", text)
    (problem,) = json.loads(segql("check", "--output-format", "json").out)
    assert (problem["code"], problem["line"], problem["column"]) == ("CFG001", line, column)
