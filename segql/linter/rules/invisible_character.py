"""Some characters cannot be seen. A text copied from a web page may have a zero-width space in it:
it looks like `"vip"`, and equals no value that a profile has. Other characters turn the direction
of what follows, so that a reviewer reads another text than the server does.

The fix takes the characters out. In a comment and between words it is safe; in a string or a name
it is unsafe, for then the phrase asks for another text. Where taking them out would make something
else of the text, there is no fix: `*` and `/` would meet, and end a comment.

Reported are characters without width, controls of the direction of text, soft hyphens, invisible
letters, tags, and byte order marks behind the beginning of the file. What writing needs is not
reported: joiners in emoji and in scripts such as Arabic, Devanagari and Thai, the tags of flags,
and direction marks beside Hebrew and Arabic letters.

Bad::

    FILTER plan = "vi\u200bp" ALIAS vip

    -- Members \u202eonly\u202c
    FILTER is_member = true ALIAS members

    FILTER plan = "gold" \ufeff ALIAS gold

Good::

    FILTER plan = "vip" ALIAS vip

    FILTER name IN ("\U0001f469\u200d\U0001f467", "\u0645\u06cc\u200c\u062e\u0648") ALIAS families
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Literal

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.syntax.parser import ParsedFile
from segql_grammar.scanner import Tokens, scan

_RUN = (
    "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\uffa0"
    "\U000e0000-\U000e007f"
)
_BYTE_ORDER_MARK = "\ufeff"  # between words it is white space
_MARKS = "\u061c\u200e\u200f"
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
# Scripts in which joiners, fillers and spaces without width belong to the spelling.
_SCRIPTS = (
    f"{_RIGHT_TO_LEFT}\u0900-\u109f\u1100-\u11ff\u1700-\u18af\u1980-\u1aaf\u1b00-\u1c4f"
    "\ua800-\uabff\U00010a00-\U00011fff"
)
_EMOJI = "\u2190-\u2bff\ufe0f\u20e3\U0001f000-\U0001faff"
_NEEDED = (
    f"[{_SCRIPTS}][\u034f\u115f\u1160\u180e\u200b-\u200d]",
    f"[{_EMOJI}]\u200d(?=[{_EMOJI}])",
    "\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f",  # the flag of Wales
    f"[{_RIGHT_TO_LEFT}][^\r\n\ufeff{_RUN}]{{0,8}}[{_MARKS}]",
    f"[{_MARKS}](?=[^\r\n\ufeff{_RUN}]{{0,8}}[{_RIGHT_TO_LEFT}])",
)
_DIRECTIVE = "segql:"  # a comment that would begin to silence something
_EMPTY = ('""', "``", "''", "[]", "")
_LONGEST = 2_000  # characters of what is scanned again, to see whether it stays whole


def check(file: ParsedFile) -> Iterator[Diagnostic]:
    """Report each run of characters that cannot be seen."""
    text = file.source.text
    if text.isascii() or not _invisible().search(text):
        return
    spans = [p.span for p in file.diagnostics if p.name == "bad-character"]
    told = {offset for span in spans for offset in range(span.start, span.end)}
    tokens = scan(text)
    for match in _unneeded().finditer(text):
        start, end = match.span("run")
        if match["run"] and text[:end] != _BYTE_ORDER_MARK and told.isdisjoint(range(start, end)):
            yield _problem(text, tokens, start, end)


@cache
def _invisible() -> re.Pattern[str]:
    return re.compile(f"[{_BYTE_ORDER_MARK}{_RUN}]")


@cache
def _unneeded() -> re.Pattern[str]:
    return re.compile(f"{'|'.join(_NEEDED)}|(?P<run>{_BYTE_ORDER_MARK}+|[{_RUN}]+)")


def _problem(text: str, tokens: Tokens, start: int, end: int) -> Diagnostic:
    from unicodedata import name

    code = ord(text[start])
    more = f" and {end - start - 1} more" if end - start > 1 else ""
    what = f"U+{code:04X} {name(text[start], 'without a name')}{more}"
    place, fix = _fix(text, tokens, start, end)
    message = f"nobody can see this character {place}: {what}"
    return diagnostic("invisible-character", start, end, message, "take it out", fix)


def _fix(text: str, tokens: Tokens, start: int, end: int) -> tuple[str, Fix | None]:
    """Where a run stands, and what takes it out."""
    comment = _around(tokens.comments, start)
    if comment:
        is_same = _stays(text, comment, start, end)
        return "in a comment", _taken_out("safe", start, end) if is_same else None
    token = bisect_right(tokens.starts, start) - 1
    if token >= 0 and start < tokens.ends[token]:
        is_same = _stays(text, (tokens.starts[token], tokens.ends[token]), start, end)
        place = "in a string" if tokens.lexemes[token].startswith('"') else "in a name"
        return place, _taken_out("unsafe", start, end) if is_same else None
    return "between words", _taken_out("safe", start, end, " ")


def _around(places: list[tuple[int, int]], offset: int) -> tuple[int, int] | None:
    index = bisect_right(places, offset, key=lambda place: place[0]) - 1
    return places[index] if index >= 0 and offset < places[index][1] else None


def _stays(text: str, place: tuple[int, int], start: int, end: int) -> bool:
    """Whether a comment, a string or a name is still one without a stretch of it."""
    old, new = text[place[0] : place[1]], text[place[0] : start] + text[end : place[1]]
    if len(new) > _LONGEST or new in _EMPTY or new.count(_DIRECTIVE) > old.count(_DIRECTIVE):
        return False
    tokens = scan(new)
    return scan(old).kinds == tokens.kinds and len(tokens.kinds) + len(tokens.comments) == 1


def _taken_out(kind: Literal["safe", "unsafe"], start: int, end: int, left: str = "") -> Fix:
    return Fix(kind, "take it out", (Edit(start, end, left),))
