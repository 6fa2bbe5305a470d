"""Diagnostics for people: the place, the offending text underlined, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics.codes import page_url
from segql.diagnostics.diagnostic import Diagnostic
from segql.diagnostics.reports import Findings
from segql.source import SourceFile

_RESET = "\x1b[0m"
_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[1;36m"}
_QUIET = "\x1b[36m"
_LINK = "\x1b]8;;{}\x1b\\"  # OSC 8: terminals open the page of what stands between two of these
_WIDEST_LINE = 120
_MOST_LINES = 6
_FIRST_LINES = 3  # of those that are too many; the last one is shown as well
_GAP = "…"
_TAB = "    "


def render(findings: Findings, colour: bool = False) -> str:
    """The diagnostics as text, each with an excerpt; "" where there is none.

    ``colour`` is for terminals: the code is coloured, and a link to its page.
    """
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
    if colour:
        title = _LINK.format(page_url(problem.code)) + title + _LINK.format("")
    place = f"{visible(source.path or '<stdin>')}:{line}:{column}"
    yield f"{place}: {title} {visible(problem.message)}"
    lines = _lines(source, problem) if source.text else []
    width = len(str(lines[-1] if lines else line))
    bar, equals = paint("|", _QUIET), paint("=", _QUIET)
    if lines:
        yield f"{'':{width}} {bar}"
    for number in lines:
        label = paint(f"{number or _GAP:>{width}}", _QUIET)
        excerpt, mark = _excerpt(source, problem, number) if number else ("", "")
        yield f"{label} {bar} {excerpt}".rstrip()
        if mark:
            yield f"{'':{width}} {bar} {paint(mark, _COLOURS[problem.severity])}"
    for label, advice in _advice(problem):
        yield f"{'':{width}} {equals} {label}: {visible(advice)}"
    yield ""


def _lines(source: SourceFile, problem: Diagnostic) -> list[int | None]:
    """The numbers of the lines to show; None stands for those between that are left out."""
    start, end = problem.span.start, problem.span.end
    first, _ = source.position(start)
    last, _ = source.position(max(start, end - 1))  # a line break at the end is not worth a line
    if last - first < _MOST_LINES:
        return [*range(first, last + 1)]
    return [*range(first, first + _FIRST_LINES), None, last]


def _excerpt(source: SourceFile, problem: Diagnostic, number: int) -> tuple[str, str]:
    """A line and its underline; of a very long line only what is near the place."""
    whole = source.line(number)
    offset = source.line_starts[number - 1]
    is_first = problem.span.start >= offset
    begin = problem.span.start - offset if is_first else len(whole) - len(whole.lstrip())
    cut = max(0, begin - _WIDEST_LINE // 2) if len(whole) > _WIDEST_LINE else 0
    shown, dots = whole[cut : cut + _WIDEST_LINE], _GAP if cut else ""
    before = dots + visible(whole[cut:begin])
    marked = visible(shown[begin - cut : max(0, problem.span.end - offset - cut)])
    length = max(len(marked), 1 if is_first else 0)
    return dots + visible(shown), (" " * len(before) + "^" * length).rstrip()


def _advice(problem: Diagnostic) -> Iterator[tuple[str, str]]:
    if problem.help:
        yield "help", problem.help
    if problem.fix:
        yield "fix", f"{problem.fix.message} ({problem.fix.applicability})"


def visible(text: str) -> str:
    """Nothing in a text may steer the terminal."""
    return "".join(
        _TAB if c == "\t" else c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text
    )
