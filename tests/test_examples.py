"""The examples are what a newcomer sees first: they are clean, canonical, and do compile."""

from __future__ import annotations

from pathlib import Path

import pytest

from segql.api import Client, Credentials
from segql.compiler import compile_statement
from segql.emulator import running
from segql.formatter import format_text
from segql.linter import check_files
from segql.linter.setup import setup
from segql.workspace import select

EXAMPLES = Path(__file__).parents[1] / "examples"
BROKEN = EXAMPLES / "broken"

# What the comment on top of each broken file announces.
FINDINGS = {
    "empty_by_logic": ["LOG001", "LOG011", "LOG003"],
    "half_written": ["SYN002", "SYN003", "SYN001", "SYN009"],
    "lost_includes": ["REF001", "REF002", "REF002", "REF003"],
    "silenced": ["SUP001", "SUP003", "SYN002"],
    "time": ["TIM002", "TIM001", "TIM003"],
    "traps": ["PORT003", "PORT006", "PORT013"],
    "wrong_types": ["TYP001", "TYP003", "TYP002", "TYP005"],
}


def test_the_shop_is_clean() -> None:
    (shop,) = select([EXAMPLES])
    assert len(shop.segments) >= 12
    assert shop.config.problems == ()
    options = setup(shop.config).options
    assert options.catalog is not None
    assert options.catalog.tables == {"user", "content"}
    found = check_files(shop.workspace, shop.files, options)
    assert [problem for _, problems in found for problem in problems] == []


def test_every_broken_example_is_known() -> None:
    assert {path.stem for path in BROKEN.glob("*")} == set(FINDINGS)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("[!b]*/*.segql")), ids=lambda p: p.name)
def test_an_example_is_canonical(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_text(text) == text


def test_the_api_takes_every_segment_of_the_shop() -> None:
    (shop,) = select([EXAMPLES])
    with running() as url, Client(Credentials(url, "any")) as client:
        for segment in shop.segments:
            text = compile_statement(segment.statement)["segment_ql"]
            client.validate(text)  # raises where the API refuses
            assert client.create_text(text).slug_name == segment.slug


@pytest.mark.parametrize("name", FINDINGS)
def test_a_broken_example_shows_what_it_announces(name: str) -> None:
    (broken,) = select([BROKEN / f"{name}.segql"])
    options = setup(broken.config).options
    ((_, problems),) = check_files(broken.workspace, broken.files, options)
    assert [problem.code for problem in problems] == FINDINGS[name]
    assert all(problem.help for problem in problems)
