"""What docs/ci.md and the files beside it promise."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

import segql
from segql.diagnostics.reports import github

ROOT = Path(__file__).parents[2]
PAGES = ("ci.md", "github-actions.yml", "gitlab-ci.yml")


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_every_format_exists(name: str) -> None:
    formats = re.findall(r"segql check --output-format (\w+)", page(name))
    assert formats
    for name in formats:
        assert find_spec(f"segql.diagnostics.reports.{name}")


def test_the_table_has_every_format() -> None:
    folder = ROOT / "segql" / "diagnostics" / "reports"
    formats = {path.stem for path in folder.glob("*.py") if "def render(" in path.read_text()}
    table = page("ci.md").split("## Checking")[1].split("\n#")[0]
    assert {*re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)} == formats


def test_the_transcript_is_what_is_printed() -> None:
    command, shown = page("ci.md").split("```console\n$ ")[1].split("\n```")[0].split("\n", 1)
    path = command.removeprefix("segql check --output-format github ")
    text = (ROOT / path).read_text(encoding="utf-8")
    assert github.render([(segql.SourceFile(text, path), segql.check(text))]) == f"{shown}\n"
