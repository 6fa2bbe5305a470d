"""``segql check --statistics``: how many problems there are, by rule."""

from __future__ import annotations

import json

from .conftest import Run, Shell, Write

TEXT = "FILTER AND (EXISTS(a), EXISTS(b), c IS NULL) ALIAS x\n"


def test_the_most_frequent_first(segql: Shell, write: Write) -> None:
    write("a.segql", TEXT)
    write("b.segql", "FILTER d > ALIAS y\n")
    assert segql("check", "--statistics") == Run(
        1,
        "2  PORT007  [*] exists-parentheses\n1  PORT008  [*] is-null\n1  SYN002       incomplete\n",
        "",
    )


def test_for_programs(segql: Shell, write: Write) -> None:
    write("a.segql", TEXT)
    run = segql("check", "--statistics", "--output-format", "json")
    assert json.loads(run.out) == [
        {"code": "PORT007", "name": "exists-parentheses", "count": 2, "fixable": True},
        {"code": "PORT008", "name": "is-null", "count": 1, "fixable": True},
    ]


def test_nothing(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a ALIAS x\n")
    assert segql("check", "--statistics") == Run(0, "", "")
