"""Comments that silence a rule: where one is to be written, or which of them is to name it too."""

from __future__ import annotations

from typing import NamedTuple

from segql.diagnostics import CODES, Diagnostic, Edit
from segql.linter.suppressions import suppressions_in
from segql.syntax.nodes import Statement
from segql.syntax.parser import ParsedFile, parse
from segql_grammar.scanner import UNCLOSED_COMMENT, UNCLOSED_NAME, UNCLOSED_STRING, scan

REASON = "reason"
# Mistakes in the syntax cannot be silenced, and of the others nobody reads the comment.
_NEVER = frozenset(("SYN", "SUP", "CFG"))
_FILE = "ignore-file"
_UNCLOSED = frozenset((UNCLOSED_STRING, UNCLOSED_NAME, UNCLOSED_COMMENT))


class Silencing(NamedTuple):
    """An edit that silences a rule. ``reason`` is where in its text people say why, if they do."""

    where: str  # "line", "statement", "file"
    edit: Edit
    reason: tuple[int, int] | None = None


def can_be_silenced(problem: Diagnostic) -> bool:
    """Whether a comment has an effect on problems of its kind."""
    return CODES[problem.name].family not in _NEVER


def ways_to_silence(file: ParsedFile, problem: Diagnostic) -> list[Silencing]:
    """The ways in which a problem can be silenced: on its line, in its statement, in its file."""
    if not can_be_silenced(problem):
        return []
    ways = (_on_line(file, problem), _in_statement(file, problem), in_file(file, problem.code))
    return [way for way in ways if way and _is_effective(file, problem, way.edit)]


def _is_effective(file: ParsedFile, problem: Diagnostic, edit: Edit) -> bool:
    """Whether the problem is silent after an edit, and the text says the same."""
    text, place = file.source.text, problem.span.start
    again = parse(text[: edit.start] + edit.text + text[edit.end :])
    if again.statements != file.statements:
        return False
    place += len(edit.text) if edit.start <= place else 0
    return any(
        known.first <= place <= known.last and problem.code in known.rules
        for known in suppressions_in(again)[0]
    )


def in_file(file: ParsedFile, rule: str) -> Silencing:
    """Silence a rule, or a family of them, in all of a file."""
    for known in suppressions_in(file)[0]:
        if _FILE in file.source.text[known.start : known.listed[0]] and known.until is None:
            return _added(known.listed[1], rule, "file")
    start = 1 if file.source.text.startswith("\ufeff") else 0
    break_ = _line_break(file)
    return _written(start, "", _FILE, rule, break_ * 2, "file")


def _on_line(file: ParsedFile, problem: Diagnostic) -> Silencing | None:
    """A comment that ends the line of a problem."""
    text, place = file.source.text, problem.span.start
    start, end = _line(text, place)
    for known in suppressions_in(file)[0]:
        if (
            start <= known.start <= end
            and text[start : known.start].strip()
            and known.until is None
        ):
            return _added(known.listed[1], problem.code, "line") if known.first == start else None
    last = len(text[:end].rstrip(" \t\r"))
    if last <= start or _is_open(file, end):
        return None
    if _ends_in_comment(file, last):
        return _above_line(file, problem, start)
    return _written(last, "  ", "ignore", problem.code, "", "line")


def _above_line(file: ParsedFile, problem: Diagnostic, start: int) -> Silencing | None:
    """A comment above a line that ends in another comment already."""
    text = file.source.text
    white = text[start : problem.span.start]
    white = white[: len(white) - len(white.lstrip())]
    place = start + len(white)
    if _is_open(file, start) or any(s.start == place for s in file.statements):
        return None  # above a statement it would silence all of it
    return _written(place, "", "ignore", problem.code, _line_break(file) + white, "line")


def _in_statement(file: ParsedFile, problem: Diagnostic) -> Silencing | None:
    """A comment above the statement of a problem; one of a single line needs none."""
    statement = _statement_at(file, problem.span.start)
    if statement is None:
        return None
    text, first = file.source.text, statement.start
    for known in suppressions_in(file)[0]:
        if (known.first, known.last) == (first, statement.end) and known.until is None:
            return _added(known.listed[1], problem.code, "statement")
    start, _ = _line(text, first)
    white = text[start:first].removeprefix("\ufeff")
    if white.strip() or "\n" not in text[first : statement.end]:
        return None
    break_ = _line_break(file)
    return _written(first, "", "ignore", problem.code, break_ + white, "statement")


def _written(place: int, before: str, word: str, rule: str, behind: str, where: str) -> Silencing:
    text = f"{before}-- segql: {word}[{rule}] "
    edit = Edit(place, place, f"{text}{REASON}{behind}")
    return Silencing(where, edit, (len(text), len(text) + len(REASON)))


def _added(place: int, rule: str, where: str) -> Silencing:
    return Silencing(where, Edit(place, place, f", {rule}"))


def _statement_at(file: ParsedFile, offset: int) -> Statement | None:
    return next((s for s in file.statements if s.start <= offset <= s.end), None)


def _is_open(file: ParsedFile, offset: int) -> bool:
    """Whether an offset is in the middle of a string, a name or a comment."""
    tokens = scan(file.source.text)
    spans = [*zip(tokens.starts, tokens.ends, strict=True), *tokens.comments]
    is_unclosed = not _UNCLOSED.isdisjoint(tokens.kinds)
    return is_unclosed or any(start < offset < end for start, end in spans)


def _ends_in_comment(file: ParsedFile, last: int) -> bool:
    """Whether behind the last character of a line nothing but a comment's text can stand."""
    text = file.source.text
    return any(
        comment.start < last <= comment.end and not text.startswith("/*", comment.start)
        for comment in file.comments
    )


def _line(text: str, offset: int) -> tuple[int, int]:
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def _line_break(file: ParsedFile) -> str:
    return "\r\n" if "\r\n" in file.source.text else "\n"
