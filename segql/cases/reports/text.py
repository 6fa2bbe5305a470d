"""Failures for people: the place, what was expected, and why it came out otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from segql.cases.running import Result
from segql.diagnostics.reports.text import visible

_RED, _RESET = "\x1b[1;31m", "\x1b[0m"


def render(results: Sequence[Result], colour: bool = False) -> str:
    """The failures; "" where there is none."""
    lines = [line for result in results if result.message for line in _block(result, colour)]
    return "".join(f"{line}\n" for line in lines)


def _block(result: Result, colour: bool) -> Iterator[str]:
    title = f"{_RED}FAILED{_RESET}" if colour else "FAILED"
    name = f" ({visible(result.name)})" if result.name else ""
    place = f"{visible(result.path)}:{result.line}"
    yield f"{place}: {title} {visible(result.segment)}{name}: {result.message}"
    yield from (f"    {visible(line)}" for line in result.why)
    yield ""


def summary(results: Sequence[Result]) -> str:
    """One line that counts."""
    failed = sum(bool(result.message) for result in results)
    passed = f"{len(results) - failed} passed"
    return f"{failed} failed, {passed}." if failed else f"{passed}."
