"""Diagnostics for people: the place, the offending text underlined, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics.diagnostic import Diagnostic
from segql.diagnostics.reports import Findings
from segql.source import SourceFile

_RESET = "\x1b[0m"
_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[1;36m"}
_QUIET = "\x1b[36m"
_WIDEST_LINE = 120
_TAB = "    "


def render(findings: Findings, colour: bool = False) -> str:
    """The diagnostics as text, each with an excerpt; "" where there is none."""
    blocks = [
        "\n".join(_block(source, problem, colour))
        for source, problems in findings
        for problem in problems
    ]
    return "".join(f"{block}\n" for block in blocks)


def summary(findings: Findings) -> str:
    """One line that counts what was found."""
    problems = [problem for _, found in findings for problem in found]
    if not problems:
        return f"{_count(len(findings), 'file')} checked, nothing found."
    kinds = ("error", "warning", "info")
    counted = {kind: sum(problem.severity == kind for problem in problems) for kind in kinds}
    found = ", ".join(_count(n, kind) for kind, n in counted.items() if n)
    return f"{found} in {_count(sum(bool(found) for _, found in findings), 'file')}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _block(source: SourceFile, problem: Diagnostic, colour: bool) -> Iterator[str]:
    def paint(text: str, code: str) -> str:
        return f"{code}{text}{_RESET}" if colour else text

    line, column = source.position(problem.span.start)
    title = paint(f"{problem.severity} {problem.code}", _COLOURS[problem.severity])
    place = f"{visible(source.path or '<stdin>')}:{line}:{column}"
    yield f"{place}: {title} {visible(problem.message)}"
    margin = " " * len(str(line))
    bar = paint("|", _QUIET)
    excerpt, mark = _excerpt(source, problem, line, column)
    if source.text:
        yield f"{margin} {bar}"
        yield f"{paint(str(line), _QUIET)} {bar} {excerpt}".rstrip()
        yield f"{margin} {bar} {paint(mark, _COLOURS[problem.severity])}".rstrip()
    if problem.help:
        yield f"{margin} {paint('=', _QUIET)} help: {visible(problem.help)}"
    yield ""


def _excerpt(source: SourceFile, problem: Diagnostic, line: int, column: int) -> tuple[str, str]:
    """The line and its underline; of a very long line only what is near the place."""
    whole = source.line(line)
    cut = max(0, column - 1 - _WIDEST_LINE // 2) if len(whole) > _WIDEST_LINE else 0
    shown = whole[cut : cut + _WIDEST_LINE]
    before = whole[cut : column - 1]
    length = min(problem.span.end - problem.span.start, len(shown) - len(before))
    excerpt = ("…" if cut else "") + visible(shown)
    return excerpt, " " * len(("…" if cut else "") + visible(before)) + "^" * max(1, length)


def visible(text: str) -> str:
    """Nothing in a text may steer the terminal."""
    return "".join(
        _TAB if c == "\t" else c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text
    )
