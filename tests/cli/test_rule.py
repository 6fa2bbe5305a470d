"""``segql rule``: the page of a rule, and the list of all."""

from __future__ import annotations

import json

import pytest

from segql.diagnostics import CODES

from .conftest import Run, Shell


@pytest.mark.parametrize("name", ["PORT007", "port007", "exists-parentheses"])
def test_a_page(segql: Shell, name: str) -> None:
    run = segql("rule", name)
    assert (run.code, run.err) == (0, "")
    lines = run.out.splitlines()
    assert lines[0] == "PORT007 exists-parentheses"
    assert "Warning, on, some come with a fix." in lines
    assert "Bad:" in lines
    assert "    FILTER EXISTS(email) ALIAS with_address" in lines


def test_a_family(segql: Shell) -> None:
    run = segql("rule", "SUP")
    assert run.out.splitlines()[0].startswith("SUP  ")
    assert [line.split()[0] for line in run.out.splitlines()[1:]] == ["SUP001", "SUP002", "SUP003"]


def test_all(segql: Shell) -> None:
    rows = [line.split() for line in segql("rule", "--all").out.splitlines()]
    assert {row[0] for row in rows if row[0][-1].isdigit()} == {c.code for c in CODES.values()}


def test_all_for_programs(segql: Shell) -> None:
    rows = json.loads(segql("rule", "--all", "--output-format", "json").out)
    assert [row["code"] for row in rows] == [code.code for code in CODES.values()]
    for row in rows:
        code = CODES[row["name"]]
        assert (row["severity"], row["family"]) == (code.severity, code.family)
        assert (row["fixable"], row["summary"]) == (code.is_fixable, code.summary)


def test_a_rule_that_is_none(segql: Shell) -> None:
    message = "segql: there is no rule `PORT07`\n  help: did you mean "
    run = segql("rule", "PORT07")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(message)


def test_no_rule_at_all(segql: Shell) -> None:
    help = "  help: name one, as in `segql rule LOG001`, or add --all\n"
    assert segql("rule") == Run(2, "", f"segql: which rule?\n{help}")
