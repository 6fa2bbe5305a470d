"""The evaluator answers as the reference implementation did, case by case."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from segql.evaluator import compile_predicate
from segql.syntax.nodes import Statement
from segql.syntax.parser import parse
from tests.vectors import HERE, load


def read(text: str) -> Statement:
    file = parse(text)
    assert not file.has_errors, text
    return file.statements[0]


class Found(NamedTuple):
    """The answers that should be one, and the reason."""

    matched: bool | None
    traced: bool | None
    of_many: list[bool | None]
    reason: str


def ask(case: Mapping[str, Any], text: str) -> Found:
    predicate = compile_predicate(
        read(text),
        types=case["types"],
        now=datetime.fromisoformat(case["now"]),
        includes={slug: read(segment) for slug, segment in case["includes"].items()},
    )
    profile = case["profile"]
    verdict, traced = predicate(profile), predicate.explain(profile).matched
    return Found(verdict.matched, traced, predicate.answers([profile, {}, profile]), verdict.reason)


def differences(cases: Sequence[tuple[Mapping[str, Any], str, bool | None]]) -> list[str]:
    found: list[str] = []
    for case, text, expected in cases:
        matched, traced, of_many, reason = ask(case, text)
        if {matched, traced, of_many[0], of_many[2]} != {expected}:
            found.append(f"{text}: {matched}, {traced}, {of_many}, expected {expected}")
        if bool(reason) != (expected is None):
            found.append(f"{text}: {matched}, for the reason {reason!r}")
    return found


def test_profiles_match_as_observed() -> None:
    cases = [(case, case["ql"], case["matched"]) for case in load("match")]
    assert len(cases) == 900
    assert differences(cases) == []


def test_every_rule_holds_as_observed() -> None:
    edge = json.loads((HERE / "edge_match.json").read_text(encoding="utf-8"))
    cases = [(edge, case["ql"], case["matched"]) for case in edge["cases"]]
    assert len(cases) == 182
    assert differences(cases) == []
