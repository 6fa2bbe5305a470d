"""Which rules are asked: options, configuration, patterns of files."""

from __future__ import annotations

import json

import pytest

from .conftest import Run, Shell, Write

TEXT = "FILTER AND (EXISTS(a), b IS NULL) ALIAS x\n"


def codes(run: Run) -> list[str]:
    return [problem["code"] for problem in json.loads(run.out)]


def check(segql: Shell, *arguments: str) -> list[str]:
    return codes(segql("check", "--output-format", "json", *arguments))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), ["PORT007", "PORT008"]),
        (("--select", "PORT007"), ["PORT007"]),
        (("--select", "is-null,PORT007"), ["PORT007", "PORT008"]),
        (("--select", "LOG"), []),
        (("--ignore", "PORT"), []),
        (("--ignore", "PORT", "--select", "PORT008"), ["PORT008"]),
        (("--extend-select", "missing-name"), ["MET004", "PORT007", "PORT008"]),
    ],
)
def test_options(segql: Shell, write: Write, arguments: list[str], expected: list[str]) -> None:
    write("a.segql", TEXT)
    assert sorted(check(segql, *arguments)) == expected


def test_the_configuration(segql: Shell, write: Write) -> None:
    write("a.segql", TEXT)
    write("segql.toml", 'select = ["PORT"]\nignore = ["is-null"]')
    assert check(segql) == ["PORT007"]
    assert check(segql, "--select", "is-null") == ["PORT008"]


def test_patterns_of_files(segql: Shell, write: Write) -> None:
    write("old/a.segql", TEXT)
    write("new/b.segql", TEXT.replace("x", "y"))
    write("segql.toml", 'per-file-ignores = { "old/" = ["PORT"], "*.segql" = ["PORT008"] }')
    assert check(segql) == ["PORT007"]
    assert check(segql, "old") == []


def test_mistakes_are_always_told(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a >")
    write("segql.toml", 'per-file-ignores = { "*" = ["ALL"] }\nignore = ["ALL"]')
    assert check(segql) == ["SYN002"]
    assert check(segql, "--ignore", "SYN") == ["SYN002"]


@pytest.mark.parametrize("option", ["--select", "--extend-select", "--ignore"])
def test_a_rule_that_is_none(segql: Shell, write: Write, option: str) -> None:
    write("a.segql", TEXT)
    message = "segql: there is no rule `LOG0001`\n  help: did you mean `LOG001`?\n"
    assert segql("check", option, "PORT,LOG0001") == Run(2, "", message)


def test_tags(segql: Shell, write: Write) -> None:
    write("a.segql", 'FILTER a WITH tags = ["email", "emial"] ALIAS x')
    assert check(segql) == []
    write("segql.toml", 'tags = ["email", "vip"]')
    assert check(segql) == ["MET013"]


def test_a_catalog_beside_the_configuration(segql: Shell, write: Write) -> None:
    write("deep/a.segql", "FILTER visitcount > 5 ALIAS x")
    write("catalog.user.json", '{"fields": [{"name": "visitct", "type": "int"}]}')
    assert check(segql) == []
    write("segql.toml", "")
    assert check(segql) == ["TYP001"]


def test_a_catalog_that_is_named(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER visitct > 5 ALIAS x")
    write("fields.json", '{"fields": [{"name": "visitct", "type": "bool"}]}')
    assert check(segql, "--catalog", "fields.json") == ["TYP002"]
    write("segql.toml", 'catalogs = ["fields.json"]')
    assert check(segql) == ["TYP002"]


def test_a_catalog_with_mistakes_is_a_finding_among_others(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a >")
    write("good.json", '{"fields": [{"name": "visitct", "type": "int"}]}')
    write("bad.json", '{"fields": [{"name": "visitct",\n  "type": "imt"}]}')
    run = segql(
        *("check", "--output-format", "json", "a.segql"),
        *("--catalog", "bad.json", "--catalog", "good.json", "--catalog", "none.json"),
    )
    found = [(p["path"], p["line"], p["code"]) for p in json.loads(run.out)]
    assert found == [
        ("bad.json", 2, "CFG002"),
        ("none.json", 1, "CFG002"),
        ("a.segql", 1, "SYN002"),
    ]
