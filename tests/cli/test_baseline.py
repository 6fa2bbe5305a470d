"""``segql check --baseline``: what was there before is not told again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run, Shell, Write

TEXT = "FILTER EXISTS(a) ALIAS x\n"


@pytest.fixture
def known(segql: Shell, write: Write, folder: Path) -> Path:
    write("a.segql", TEXT)
    run = segql("check", "--baseline", "known.json", "--update-baseline")
    assert run == Run(0, "1 file checked, nothing found.\n", "")
    return folder / "known.json"


def codes(segql: Shell, *arguments: str) -> list[str]:
    run = segql("check", "--output-format", "json", "--baseline", "known.json", *arguments)
    return [problem["code"] for problem in json.loads(run.out)]


@pytest.mark.usefixtures("known")
def test_what_is_known_is_not_told(segql: Shell) -> None:
    assert codes(segql) == []
    assert segql("check").code == 1


@pytest.mark.usefixtures("known")
def test_it_survives_edits_elsewhere(segql: Shell, write: Write) -> None:
    write("a.segql", f"-- A note.\n\nFILTER c ALIAS y;\n  {TEXT}")
    assert codes(segql) == []


@pytest.mark.usefixtures("known")
def test_what_is_new_is_told(segql: Shell, write: Write) -> None:
    write("a.segql", f"{TEXT};FILTER EXISTS(a) ALIAS y;FILTER b IS NULL ALIAS z")
    assert codes(segql) == ["PORT007", "PORT008"]
    write("a.segql", "FILTER a >")
    assert codes(segql) == ["SYN002"]


@pytest.mark.usefixtures("known")
def test_it_holds_from_another_folder(segql: Shell, folder: Path) -> None:
    (folder / "deep").mkdir()
    segql.folder = folder / "deep"
    run = segql("check", "--baseline", "../known.json", "../a.segql")
    assert run == Run(0, "1 file checked, nothing found.\n", "")


def test_it_does_not_keep_what_the_text_says(segql: Shell, write: Write, folder: Path) -> None:
    write("a.segql", 'FILTER email = "jane.doe@gmail.com" ALIAS x')
    segql("check", "--baseline", "known.json", "--update-baseline")
    text = (folder / "known.json").read_text()
    assert "SEC003" in text
    assert "jane" not in text


def test_one_that_is_not_there(segql: Shell, write: Write) -> None:
    write("a.segql", TEXT)
    run = segql("check", "--baseline", "known.json")
    help = "  help: make it: `--update-baseline`\n"
    assert run == Run(2, "", f"segql: known.json: there is no such file\n{help}")


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"version": 1}', '{"version": 9, "problems": []}']
)
def test_one_that_is_none(segql: Shell, write: Write, text: str) -> None:
    write("a.segql", TEXT)
    write("known.json", text)
    run = segql("check", "--baseline", "known.json")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("segql: known.json: ")
    assert run.err.endswith("  help: make it anew: `--update-baseline`\n")


def test_to_update_one_it_must_be_named(segql: Shell, write: Write) -> None:
    write("a.segql", TEXT)
    run = segql("check", "--update-baseline")
    assert run.err.startswith("segql: --update-baseline needs --baseline\n")
    assert run.code == 2


@pytest.mark.usefixtures("known")
def test_it_can_be_configured(segql: Shell, write: Write) -> None:
    write("segql.toml", 'baseline = "known.json"')
    assert segql("check") == Run(0, "1 file checked, nothing found.\n", "")
