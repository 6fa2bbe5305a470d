"""Make all fixes of a text, until there are none left."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from segql.diagnostics import Diagnostic
from segql.linter.fixing import ToMake, apart, mended

_ROUNDS = 100  # a mended text may need mending again; few need more than three

Judge = Callable[[str], list[Diagnostic]]


def mend(text: str, judge: Judge, wanted: Callable[[Diagnostic], bool]) -> str:
    """The text after all fixes of the wanted problems.

    ``judge`` says what is wrong with a text. A fix that would bring an error is not made.
    """
    now = _Judged(text, judge(text))
    for _ in range(_ROUNDS):
        fixes = [(p, p.fix) for p in now.problems if p.fix and wanted(p)]
        new = _made(now, apart(fixes), judge)
        if new.text == now.text:
            break
        now = new
    return now.text


class _Judged(NamedTuple):
    text: str
    problems: list[Diagnostic]

    @property
    def errors(self) -> int:
        return sum(problem.is_error for problem in self.problems)


def _made(now: _Judged, fixes: list[ToMake], judge: Judge) -> _Judged:
    """The text after those of the fixes that bring no error."""
    if not fixes:
        return now
    text = mended(now.text, [fix for _, fix in fixes])
    new = _Judged(text, judge(text))
    if new.errors <= now.errors:
        return new
    if len(fixes) == 1:
        return now
    half = len(fixes) // 2  # from behind: what is before stays where it is
    return _made(_made(now, fixes[half:], judge), fixes[:half], judge)
