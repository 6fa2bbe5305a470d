"""Examine a text that is being edited: only what a change touched is read again.

A text is cut at the blank lines before its statements. FILTER ends whatever was open before it, and
so a part without mistakes says alone what it says in the text. One that has a mistake is read with
what follows it. What comes out is what `examine` makes of the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from segql.diagnostics import Diagnostic, Edit, Fix
from segql.linter.examine import Clean, examine
from segql.linter.examined import SUPPRESSION_MARK, Examined, Suppression
from segql.linter.options import Options
from segql.source import Span
from segql.syntax.parser import ParsedFile, parse
from segql.workspace import Mention, Outline
from segql_grammar.scanner import UNCLOSED_COMMENT, UNCLOSED_STRING, scan

# The end of a blank line above FILTER, or above the comments above it.
_CUT = re.compile(
    r"(?<=\n)[ \t]*\r?\n(?=(?:[ \t]*+(?:--|\#|//)[^\r\n]*+\r?\n)*+[ \t]*+filter[\s(*])",
    re.IGNORECASE,
)
_OF_ALL_TEXT = "ignore-file"
# What is open reaches into the parts below.
_OPEN = frozenset((UNCLOSED_STRING, UNCLOSED_COMMENT))
# A text with more mistakes than these may be one in which not all are reported.
_FEW_MISTAKES = 50
_MOST_REMEMBERED = 20_000  # conditions


class Examiner:
    """Examines one text again and again while it changes."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._known: dict[str, _Part] = {}  # by their texts, as of the last time
        self._asked: dict[str, _Part] = {}
        self._clean: Clean = set()
        self.slugs: frozenset[str] = frozenset()  # of the segments that were there

    def examine(self, text: str) -> Examined:
        """What `examine` returns for the text as it is now."""
        self._known, self._asked = self._asked, {}
        parts = [*self._parts(text)]
        if any(part.is_open for part in parts) or sum(p.mistakes for p in parts) > _FEW_MISTAKES:
            parts = [self._part(text)]
        found = _together(parts)
        self.slugs = frozenset(outline.slug for outline in found.outlines if outline.slug)
        return found

    def _parts(self, text: str) -> Iterator[_Part]:
        cuts = [] if _OF_ALL_TEXT in text else [match.end() for match in _CUT.finditer(text)]
        start = begin = 0
        for end in (*cuts, len(text)):
            part = self._part(text[begin:end])
            begin = end
            if part.is_closed or end == len(text):
                is_one = len(part.text) == end - start
                yield part if is_one else self._part(text[start:end])
                start = end

    def _part(self, text: str) -> _Part:
        part = self._asked.get(text) or self._known.get(text) or self._read(text)
        self._asked[text] = part
        return part

    def _read(self, text: str) -> _Part:
        if len(self._clean) > _MOST_REMEMBERED:
            self._clean.clear()
        file = parse(text)
        return _Part(file, examine(file, self._options, self._clean))


class _Part:
    """A stretch of a text, and what it says."""

    def __init__(self, file: ParsedFile, examined: Examined) -> None:
        self.text = file.source.text
        self.lines = len(file.source.line_starts) - 1
        self.mistakes = len(file.diagnostics)
        self.is_closed = not self.mistakes and SUPPRESSION_MARK not in _tail(file)
        self.is_open = self.mistakes > 0 and not _OPEN.isdisjoint(scan(self.text).kinds)
        self._examined = examined
        self._place = 0, 0

    def at(self, offset: int, line: int) -> Examined:
        """What it says with its places in the text: it begins at an offset, below so many lines."""
        by, lines = offset - self._place[0], line - self._place[1]
        if by or lines:
            self._examined = _moved(self._examined, by, lines)
            self._place = offset, line
        return self._examined


def _tail(file: ParsedFile) -> str:
    """What stands behind the statements: a comment there may speak of the part below."""
    return file.source.text[file.statements[-1].end if file.statements else 0 :]


def _together(parts: list[_Part]) -> Examined:
    found = Examined([], [], [])
    offset = line = 0
    for part in parts:
        examined = part.at(offset, line)
        found.problems.extend(examined.problems)
        found.outlines.extend(examined.outlines)
        found.suppressions.extend(examined.suppressions)
        offset += len(part.text)
        line += part.lines
    return found


# ---- The same, further down -------------------------------------------------------------


def _moved(examined: Examined, by: int, lines: int) -> Examined:
    return Examined(
        [_moved_problem(problem, by) for problem in examined.problems],
        [_moved_outline(outline, by, lines) for outline in examined.outlines],
        [_moved_suppression(suppression, by) for suppression in examined.suppressions],
    )


def _moved_problem(problem: Diagnostic, by: int) -> Diagnostic:
    span = Span(problem.span.start + by, problem.span.end + by)
    if problem.fix is None:
        return replace(problem, span=span)
    edits = tuple(Edit(e.start + by, e.end + by, e.text) for e in problem.fix.edits)
    fix = Fix(problem.fix.applicability, problem.fix.message, edits)
    return replace(problem, span=span, fix=fix)


def _moved_outline(outline: Outline, by: int, lines: int) -> Outline:
    mentions = tuple(
        Mention(m.value, m.start + by, m.end + by, m.is_string) for m in outline.includes
    )
    return replace(
        outline,
        line=outline.line + lines,
        start=outline.start + by,
        end=outline.end + by,
        includes=mentions,
    )


def _moved_suppression(suppression: Suppression, by: int) -> Suppression:
    removal = suppression.removal
    return replace(
        suppression,
        start=suppression.start + by,
        end=suppression.end + by,
        first=suppression.first + by,
        last=suppression.last + by,
        listed=(suppression.listed[0] + by, suppression.listed[1] + by),
        removal=(removal[0] + by, removal[1] + by) if removal else None,
    )
