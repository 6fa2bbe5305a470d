"""Ask a text about a profile, as the tests do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from segql.evaluator import Predicate, compile_predicate
from segql.syntax.nodes import Statement
from segql.syntax.parser import parse

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


def read(text: str) -> Statement:
    """The segment that a text says."""
    file = parse(text if text.startswith("FILTER") else f"FILTER {text}")
    assert not file.has_errors, text
    return file.statements[0]


def predicate(text: str, includes: dict[str, str] | None = None, **options: Any) -> Predicate:
    """A filter, ready to be asked; what it includes is text as well."""
    segments = {slug: read(segment) for slug, segment in (includes or {}).items()}
    return compile_predicate(read(text), now=NOW, includes=segments, **options)


def ask(text: str, profile: Any, **options: Any) -> bool | None:
    """The answer: the short way, that of many and the traced one give the same, or this fails."""
    asked = predicate(text, **options)
    answer = asked.matches(profile)
    assert asked.explain(profile).matched is answer
    assert asked(profile).matched is answer
    assert asked.answers([profile, profile]) == [answer, answer]
    assert asked.select([profile]) == ([profile] if answer else [])
    return answer


def why(text: str, profile: Any, **options: Any) -> str:
    """The reason why it cannot be evaluated."""
    verdict = predicate(text, **options)(profile)
    assert verdict.matched is None
    return verdict.reason
