"""Comments that silence rules.

::

    -- segql: ignore[LOG001] the shop closes in May       (above a statement, or a line in one)
    a > 5, -- segql: ignore[LOG001, TIM] until 2027-01-31 why   (on its line)
    -- segql: ignore-file[STY]                            (the file)

A rule is named by its code, its name or its family. After the date of ``until`` the comment has no
effect any more. What is wrong with the syntax cannot be silenced.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from segql.diagnostics import CODES, Diagnostic, Edit, Fix, diagnostic, did_you_mean
from segql.diagnostics.choice import ALL, UnknownRuleError, named
from segql.linter.examined import Suppression
from segql.syntax.nodes import Comment
from segql.syntax.parser import ParsedFile

_DIRECTIVE = re.compile(
    r"(?:--+|#+|//+|/\*+)\s*segql:[ \t]*(?P<word>[\w-]*)[ \t]*"
    r"(?P<codes>\[[^\]\r\n]*\])?[ \t]*(?:until[ \t]+(?P<until>\d[^\s*]*))?"
)
_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_TOKEN = re.compile(r"[^\s\ufeff]")
_CODE = re.compile(r"[^\s,\[\]]+")
_WORDS = ("ignore", "ignore-file")
_HOW = "write `-- segql: ignore[CODE] why`; `segql rule --all` lists the codes"
_NEVER = "SYN"  # whoever reads a text with mistakes guesses what was meant


def suppressions_in(file: ParsedFile) -> tuple[list[Suppression], list[Diagnostic]]:
    """The suppressions of a file, and those comments that were meant to be one."""
    found: list[Suppression] = []
    problems: list[Diagnostic] = []
    following, below = -1, -1  # where the next comment begins, and what is behind it
    for comment in reversed(file.comments):
        token = _TOKEN.search(file.source.text, comment.end)
        start = token.start() if token else len(file.source.text)
        following, below = comment.start, below if start == following else start
        match = _DIRECTIVE.match(file.source.text, comment.start, comment.end)
        if match:
            wrong = [*_wrong(match)]
            problems += wrong
            if not wrong:
                found.append(_suppression(file, comment, match, below))
    return found[::-1], problems


def silence(
    problems: Iterable[Diagnostic],
    suppressions: Sequence[Suppression],
    asked: frozenset[str],
    today: str,
) -> list[Diagnostic]:
    """The problems that nothing silences, and what is wrong with the suppressions.

    ``asked`` are the names of the rules that were asked: of others nobody knows whether there is
    something to silence.
    """
    problems = list(problems)
    alive = [s for s in suppressions if s.until is None or s.until >= today]
    expired = [_expired(s) for s in suppressions if s.until is not None and s.until < today]
    if not alive:
        return problems + expired
    used: set[tuple[int, str]] = set()
    kept = [*_not_silenced(problems, alive, used)]
    unused = [d for s in alive if (d := _unused(s, asked, used))]
    return kept + expired + unused


def _not_silenced(
    problems: Iterable[Diagnostic],
    suppressions: Iterable[Suppression],
    used: set[tuple[int, str]],
) -> Iterator[Diagnostic]:
    """The problems that nothing silences; what silences one is marked as used."""
    pending = sorted(suppressions, key=lambda suppression: -suppression.first)
    reaching: list[Suppression] = []  # to where the text has been looked through
    for problem in sorted(problems, key=lambda problem: problem.span):
        place = problem.span.start
        while pending and pending[-1].first <= place:
            reaching.append(pending.pop())
        reaching = [suppression for suppression in reaching if suppression.last >= place]
        silencing = {
            (suppression.start, rule)
            for suppression in reaching
            for rule in suppression.rules
            if problem.name in named(rule)
        }
        used |= silencing
        if not silencing:
            yield problem


def _unused(
    suppression: Suppression, asked: frozenset[str], used: set[tuple[int, str]]
) -> Diagnostic | None:
    idle = [
        rule
        for rule in suppression.rules
        if (suppression.start, rule) not in used and named(rule) <= asked
    ]
    if not idle or "unused-suppression" not in asked:
        return None
    rules = ", ".join(f"`{rule}`" for rule in idle)
    message = f"there is nothing here for {rules} to silence"
    is_all = len(idle) == len(suppression.rules)
    help = "remove the comment" if is_all else f"leave {rules} out"
    fix = _fix(suppression, [rule for rule in suppression.rules if rule not in idle], help)
    return diagnostic("unused-suppression", suppression.start, suppression.end, message, help, fix)


def _fix(suppression: Suppression, rules: list[str], message: str) -> Fix | None:
    """Leave only some of the rules; the comment goes where none is left."""
    if rules:
        return Fix("safe", message, (Edit(*suppression.listed, ", ".join(rules)),))
    if suppression.removal:
        return Fix("safe", message, (Edit(*suppression.removal, ""),))
    return None


def _expired(suppression: Suppression) -> Diagnostic:
    message = f"this suppression ended on {suppression.until}"
    help = "mend what it silenced and remove the comment, or write a later date"
    return diagnostic("expired-suppression", suppression.start, suppression.end, message, help)


# ---- Reading a comment ------------------------------------------------------------------


def _suppression(
    file: ParsedFile, comment: Comment, match: re.Match[str], below: int
) -> Suppression:
    is_for_file = match["word"] == "ignore-file"
    first, last = (0, len(file.source.text)) if is_for_file else _reach(file, comment, below)
    return Suppression(
        _CODE.findall(match["codes"]),
        comment.start,
        comment.end,
        first,
        last,
        match["until"],
        (match.start("codes") + 1, match.end("codes") - 1),
        _removal(file.source.text, comment),
    )


def _removal(text: str, comment: Comment) -> tuple[int, int] | None:
    """A comment with its line, or with the spaces before it; other lines may describe a segment."""
    line_start, line_end = _line(text, comment.start)
    if comment.end > line_end or text[comment.end : line_end].strip():
        return None
    before = text[line_start : comment.start].rstrip()
    if before:
        return line_start + len(before), comment.end
    return line_start, min(line_end + 1, len(text))


def _reach(file: ParsedFile, comment: Comment, below: int) -> tuple[int, int]:
    """What a comment silences: its line, else the statement or the line that begins below it."""
    text = file.source.text
    line_start, line_end = _line(text, comment.start)
    if text[line_start : comment.start].strip():
        return line_start, line_end
    at = bisect_left(file.statements, below, key=lambda statement: statement.start)
    if at < len(file.statements) and file.statements[at].start == below:
        return below, file.statements[at].end
    return _line(text, below)


def _line(text: str, offset: int) -> tuple[int, int]:
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def _wrong(match: re.Match[str]) -> Iterator[Diagnostic]:
    """What keeps a comment from being read."""
    word, codes, until = match["word"], match["codes"], match["until"]
    if word not in _WORDS:
        near = did_you_mean(word, _WORDS)
        help = f"did you mean `{near}`?" if near else _HOW
        yield _bad(match, "word", f"`segql: {word}` means nothing", help, near)
    elif codes is None or not _CODE.search(codes):
        yield _bad(match, "word", "this silences nothing: no rule is named", _HOW)
    else:
        for code in _CODE.finditer(match.string, match.start("codes"), match.end("codes")):
            yield from _wrong_rule(code)
    if until is not None and not _DATE.fullmatch(until):
        yield _bad(match, "until", f"`{until}` is no date", "write it as 2027-01-31")


def _wrong_rule(code: re.Match[str]) -> Iterator[Diagnostic]:
    try:
        names = named(code[0])
    except UnknownRuleError as error:
        near = error.near
        yield _bad(code, 0, str(error), error.help, near)
        return
    if code[0].upper() == ALL:
        yield _bad(code, 0, "this would silence everything", _HOW)
    elif any(CODES[name].family == _NEVER for name in names):
        yield _bad(code, 0, f"`{code[0]}` cannot be silenced", "mend what it reports")


def _bad(
    match: re.Match[str], group: str | int, message: str, help: str, near: str | None = None
) -> Diagnostic:
    start, end = match.span(group)
    # A guess: what was silenced before this was mended may be another thing.
    fix = Fix("unsafe", f"write `{near}`", (Edit(start, end, near),)) if near else None
    return diagnostic("bad-suppression", start, end, message, help, fix)
