"""REF001: what is included has to be somewhere."""

from __future__ import annotations

import pytest

import segql
from segql.diagnostics import Diagnostic, Edit, Fix

from .conftest import findings, told


def only(text: str, external: tuple[str, ...] = ()) -> Diagnostic:
    found = [problem for _, problem in findings({"a.segql": text}, external)]
    (problem,) = (problem for problem in found if problem.code == "REF001")
    return problem


def test_a_name_that_nobody_has() -> None:
    problem = only("FILTER INCLUDE nowhere ALIAS x")
    assert problem.message == "there is no segment `nowhere` in this workspace"
    assert problem.help.startswith('add it, or list it in segql.toml: `external = ["..."]`')
    assert problem.fix is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("FILTER AND (a, NOT INCLUDE nowhere) ALIAS x", "nowhere"),
        ("FILTER INCLUDE `no where` ALIAS x", "`no where`"),
        ('FILTER INCLUDE "nowhere" ALIAS x', '"nowhere"'),
        ('FILTER in_segment("nowhere") ALIAS x', '"nowhere"'),
        ('FILTER IN_SEGMENT("nowhere") ALIAS x', '"nowhere"'),
    ],
)
def test_every_form_is_reported_at_the_name(text: str, place: str) -> None:
    assert [found for code, _, found in told(text) if code == "REF001"] == [place]


def test_each_place_is_reported() -> None:
    codes = [code for code, _, _ in told("FILTER AND (INCLUDE nowhere, NOT INCLUDE nowhere)")]
    assert codes.count("REF001") == 2


@pytest.mark.parametrize(
    ("include", "mended"),
    [
        ("INCLUDE activ_users", "INCLUDE active_users"),
        ("INCLUDE ACTIV_USERS", "INCLUDE active_users"),
        ("INCLUDE `activ users`", "INCLUDE active_users"),
        ('INCLUDE "activ_users"', 'INCLUDE "active_users"'),
        ('in_segment("activ_users")', 'in_segment("active_users")'),
    ],
)
def test_a_near_name_comes_with_an_unsafe_fix(include: str, mended: str) -> None:
    rest = "; FILTER a ALIAS Active_Users"
    text = f"FILTER {include}{rest}"
    problem = only(text)
    assert problem.help == "did you mean `active_users`?"
    assert problem.fix is not None
    assert problem.fix.applicability == "unsafe"
    (edit,) = problem.fix.edits
    assert text[: edit.start] + edit.text + text[edit.end :] == f"FILTER {mended}{rest}"


def test_a_near_name_that_needs_quotes() -> None:
    problem = only("FILTER INCLUDE my_segmen; FILTER a ALIAS `my segment`")
    fix = Fix("unsafe", "include `my segment`", (Edit(15, 24, "`my segment`"),))
    assert problem.fix == fix


def test_a_near_name_can_be_one_of_the_account() -> None:
    problem = only("FILTER INCLUDE min_e", external=("mine",))
    assert problem.help == "did you mean `mine`?"


def test_a_segment_is_not_told_to_include_itself() -> None:
    assert only("FILTER INCLUDE active_user ALIAS active_users").fix is None


@pytest.mark.parametrize(
    "text",
    [
        "FILTER INCLUDE VIP; FILTER a ALIAS vip",
        'FILTER in_segment("Vip"); FILTER a ALIAS vip',
        "FILTER INCLUDE all_users",  # every account has it
        "FILTER INCLUDE All_Users",
        "FILTER INCLUDE Mine",
        "FILTER INCLUDE 3d4240482815b9848caf2e6f",
        'FILTER in_segment("7A7F76FF97AD0E3E96C162F74AEE8F8F")',
        "FILTER in_segment(field)",
        'FILTER other("nowhere")',
    ],
)
def test_nothing_to_report(text: str) -> None:
    assert "REF001" not in {code for code, _, _ in told(text, external=("mine",))}


def test_another_file_of_the_workspace_may_hold_it() -> None:
    assert findings({"a.segql": "FILTER INCLUDE b", "deep/b.segql": "FILTER b ALIAS b"}) == []


def test_one_text_alone_cannot_know() -> None:
    assert segql.check('FILTER AND (INCLUDE nowhere, in_segment("nowhere"))') == []


def test_where_very_many_are_missing_only_the_first_are_looked_up() -> None:
    text = "\n".join(f"FILTER INCLUDE mising_{n} ALIAS missing_{n}" for n in range(1_000))
    problems = [p for _, p in findings({"a.segql": text}) if p.name == "missing-include"]
    found = [problem.fix is not None for problem in problems]
    assert found == [True] * 200 + [False] * 800


def test_a_name_longer_than_any_is_not_looked_up() -> None:
    name = "x" * 65
    assert only(f"FILTER INCLUDE {name}; FILTER a ALIAS {name[1:]}").fix is None
    assert only(f"FILTER INCLUDE {name[1:]}; FILTER a ALIAS {name}").fix is not None
