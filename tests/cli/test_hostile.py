"""Texts and folders that nobody would write by hand: an answer, soon, and never a crash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run, Shell, Write

MANY = 100_000
FINE = Run(0, "1 file checked, nothing found.\n", "")

TOO_DEEP = {
    "brackets": "FILTER " + "(" * MANY + "a" + ")" * MANY,
    "open brackets": "FILTER " + "(" * MANY,
    "lists": "FILTER " + "AND (" * MANY,
    "calls": "FILTER " + "f(" * MANY,
    "NOT": "FILTER " + "NOT " * MANY + "a",
    "arithmetic": "FILTER a > " + "b + " * MANY + "b",
    "NOT and brackets": "FILTER " + "NOT (" * MANY + "a" + ")" * MANY,
    "JSON": "FILTER a WITH " + '{"a":' * MANY + "1" + "}" * MANY,
    "JSON lists": 'FILTER a WITH {"a":' + "[" * MANY + "]" * MANY + "}",
}


@pytest.mark.parametrize("name", TOO_DEEP)
def test_what_is_nested_too_deep_is_one_finding(segql: Shell, write: Write, name: str) -> None:
    write("a.segql", f"{TOO_DEEP[name]} ALIAS x")
    run = segql("check", "--output-format", "json")
    assert (run.code, run.err) == (1, "")
    assert [row["code"] for row in json.loads(run.out)] == ["SYN012"]


@pytest.mark.parametrize("name", ["brackets", "arithmetic"])
@pytest.mark.parametrize("command", ["format", "ast", "compile"])
def test_no_command_falls_over_it(segql: Shell, write: Write, command: str, name: str) -> None:
    path = write("a.segql", f"{TOO_DEEP[name]} ALIAS x")
    before = path.read_bytes()
    run = segql(command)
    assert run.code == 1
    assert "error SYN012 " in run.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("form", ["json", "api"])
@pytest.mark.parametrize("terms", [201, 250, 1_000, MANY])
def test_a_tree_that_is_too_deep_has_no_json(segql: Shell, form: str, terms: int) -> None:
    text = "FILTER a > " + "b + " * terms + "b"
    run = segql("ast", "--output-format", form, "-", stdin=text)
    assert (run.code, run.err) == (1, "")
    file = json.loads(run.out)
    assert [problem["code"] for problem in file["diagnostics"]] == ["SYN012"]
    assert file["statements"] == []


LARGE = {
    "conditions": "FILTER AND (" + ", ".join(f"f{n} > {n}" for n in range(10_000)) + ") ALIAS x",
    "infix": "FILTER " + " AND a OR ".join(["b > 1"] * 5_000) + " ALIAS x",
    "values": "FILTER a IN (" + ", ".join(f'"v{n}"' for n in range(20_000)) + ") ALIAS x",
    "a string of 5 MB": f'FILTER a = "{"x" * 5_000_000}" ALIAS x',
    "a name of 5 MB": f"FILTER {'x' * 5_000_000} > 1 ALIAS x",
    "a comment of 5 MB": f"-- {'x' * 5_000_000}\nFILTER a ALIAS x",
    "white space": f"FILTER a{' ' * 5_000_000}> 1 ALIAS x",
    "semicolons": ";" * 500_000,
    "segments": "\n".join(f"-- why\nFILTER a > {n} ALIAS s{n}\n" for n in range(3_000)),
}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_large_but_well_formed(segql: Shell, write: Write, name: str) -> None:
    write("a.segql", LARGE[name])
    assert segql("check", "--ignore", "LIM,LOG") == FINE


def test_a_large_file_can_be_formatted_and_compiled(segql: Shell, write: Write) -> None:
    path = write("a.segql", LARGE["conditions"])
    assert segql("format") == Run(0, "", "1 file reformatted.\n")
    assert path.read_text().count("\n") == 10_003
    (payload,) = json.loads(segql("compile").out)
    assert payload["segment_ql"].count(" > ") == 10_000


def test_many_mistakes_on_one_line(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a > ;" * 5_000)
    run = segql("check")
    assert run.code == 1
    assert run.out.endswith("\n701 errors in 1 file.\n")  # one a hundred characters
    assert max(len(line) for line in run.out.splitlines()) < 200


@pytest.mark.parametrize(
    "text",
    ["FILTER a = " + '"' * 100_001, "FILTER " + "`" * 100_001, "/*" * 100_000, "'" * 100_001],
    ids=["strings", "names", "comments", "quotes"],
)
def test_what_is_never_closed(segql: Shell, write: Write, text: str) -> None:
    write("a.segql", text)
    run = segql("check")
    assert run.code == 1
    assert ": error SYN" in run.out


@pytest.mark.parametrize(
    "clause",
    [
        "LIMIT " + "9" * 10_000,
        "WITH k = " + "9" * 10_000,
        "WITH k = 1e999",
        'WITH {"k": -1e999}',
        'WITH {"k": ' + "9" * 10_000 + "}",
    ],
    ids=["LIMIT", "WITH", "infinite", "infinite in JSON", "JSON"],
)
def test_a_number_that_is_too_large(segql: Shell, write: Write, clause: str) -> None:
    write("a.segql", f"FILTER a {clause} ALIAS x")
    assert "error SYN009 this number is too large" in segql("check").out.splitlines()[0]
    for command in ("ast", "compile"):
        run = segql(command)
        assert run.code == 1
        assert "error SYN009 " in run.err


def test_a_number_as_large_as_it_likes_in_a_condition(segql: Shell) -> None:
    text = f"FILTER a > {'9' * 10_000}\nALIAS x\n"
    assert segql("compile", "--output-format", "ql", "-", stdin=text) == Run(0, text, "")


@pytest.mark.parametrize("command", ["check", "ast", "format", "compile"])
def test_half_a_character_in_json_is_no_crash(segql: Shell, command: str) -> None:
    run = segql(command, "-", stdin='FILTER a WITH {"name": "\\ud800"} ALIAS x')
    assert run.code == 1
    assert "SYN008 an escape in this string is half a character" in run.out + run.err


def test_two_thousand_files(segql: Shell, folder: Path) -> None:
    for number in range(2_000):
        path = folder / f"{number % 20}/f{number}.segql"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"FILTER INCLUDE f{(number or 1) - 1} ALIAS f{number}")
    run = segql("check", "--ignore", "LIM,deep-include")
    assert run.code == 1  # the first includes itself
    assert run.out.endswith("\n1 error in 1 file.\n")
    assert "this segment includes itself" in run.out
