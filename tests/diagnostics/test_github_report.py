"""Workflow commands, read as the runner of GitHub Actions reads them."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given

from segql.diagnostics.reports import Findings, github
from segql.diagnostics.reports.paths import shown_path
from segql.diagnostics.reports.text import visible

from .findings import any_findings, count, found

MESSAGE = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
PROPERTY = (*MESSAGE[:2], ("%3A", ":"), ("%2C", ","), *MESSAGE[2:])


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def read(line: str) -> Command:
    """Undo what stands for something else, the percent sign last."""
    _, head, message = line.split("::", 2)
    name, _, properties = head.partition(" ")
    pairs = (text.split("=", 1) for text in properties.split(","))
    return Command(
        name,
        {key: unescaped(value, PROPERTY) for key, value in pairs},
        unescaped(message, MESSAGE),
    )


def unescaped(text: str, escapes: tuple[tuple[str, str], ...]) -> str:
    for escape, character in escapes:
        text = text.replace(escape, character)
    return text


def test_nothing_found_is_no_line() -> None:
    assert github.render([]) == ""


def test_a_line_a_finding() -> None:
    assert github.render(found("FILTER a\nFILTER $$ > 1", 16, 18)) == (
        "::error file=a.segql,line=2,col=8,endLine=2,endColumn=10,title=SYN008 bad-character"
        "::what%0Ahelp: do this\n"
    )


@pytest.mark.parametrize(
    ("name", "command"),
    [("bad-character", "error"), ("trailing-comma", "warning"), ("fixed-date", "notice")],
)
def test_the_severities_of_github(name: str, command: str) -> None:
    assert read(github.render(found("a", name=name))).name == command


def test_without_help() -> None:
    assert github.render(found("$", help="")).endswith("::what\n")


def test_columns_only_within_one_line() -> None:
    """The runner drops both where the lines are different."""
    properties = read(github.render(found("ab(\ncd", 2, 6))).properties
    assert properties == {
        "file": "a.segql", "line": "1", "endLine": "2", "title": "SYN008 bad-character",
    }  # fmt: skip


def test_what_has_a_meaning_is_escaped() -> None:
    line = github.render(found("$", path="50%:a,b\n=.segql", message="100% a:b,c\r\n::error::x"))
    assert line.startswith("::error file=50%25%3Aa%2Cb%0A=.segql,line=1,")
    assert line.endswith("::100%25 a:b,c%0D%0A::error::x%0Ahelp: do this\n")


def test_nothing_steers_the_terminal() -> None:
    line = github.render(found("$", path="\x1b[2J.segql", message="\x1b[2J\u202e"))
    assert line.removesuffix("\n").isprintable()


@given(any_findings)
def test_any_findings(findings: Findings) -> None:
    lines = github.render(findings).split("\n")
    assert lines.pop() == ""
    assert len(lines) == count(findings)
    each = ((source, problem) for source, found in findings for problem in found)
    for line, (source, problem) in zip(lines, each, strict=True):
        line.encode()
        assert line.isprintable()
        command = read(line)
        kept = "".join(c if c in "\r\n" else visible(c) for c in shown_path(source))
        assert command.properties["file"] == kept
        assert command.properties["title"] == f"{problem.code} {problem.name}"
        kept = "".join(c if c in "\r\n" else visible(c) for c in problem.message)
        assert command.message.startswith(kept)
        assert int(command.properties["line"]) <= int(command.properties["endLine"])
        assert ("col" in command.properties) == ("endColumn" in command.properties)
