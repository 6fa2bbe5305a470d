"""Fixes of phrases: one in the place of another, one less in a list.

Where commas may be left out, what a phrase means depends on what stands beside it. These edits
keep commas, lines and comments as they are, and never let a phrase run into its neighbour.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from segql.diagnostics import Edit, Fix
from segql.linter.rewriting import before, canonical, has_comment, replacement
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile
from segql.syntax.walk import walk

_ENOUGH = 16  # characters that hold any keyword
# What stands before and behind a phrase that nothing joins to another one.
_BEGINS = re.compile(r"(?:[(,;\ufeff]|(?<![\w.@/-])filter|^)\Z", re.IGNORECASE)
_ENDS = re.compile(r"[),;]|\Z|(?:from|limit|with|alias|filter)\b", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"(?:&&|\|\||(?<![\w.@/-])(?:and|or|not))\Z", re.IGNORECASE)
_WORD_BEHIND = re.compile(r"&&|\|\||(?:and|or)\b", re.IGNORECASE)
# What the words AND, OR and NOT beside it can do no harm to.
_TIGHT = (n.And, n.Or, n.Identifier, n.Exists, n.Include)
_SYMBOLS = frozenset(("=", "!=", ">", ">=", "<", "<="))
_WORDS: dict[type[n.Node], re.Pattern[str]] = {
    kind: re.compile(rf"[(\s]*({kind.__name__})\b", re.IGNORECASE) for kind in (n.And, n.Or, n.Not)
}
_NOT = re.compile(r"not\b", re.IGNORECASE)
_GAP = re.compile(r"[\s,]*(?:(?:and|or|&&|\|\|)\s*)?", re.IGNORECASE)


def fix(message: str, edits: Iterable[Edit | None], is_safe: bool) -> Fix | None:
    """A fix of some edits; None where one of them cannot be made."""
    wanted = tuple(edits)
    made = tuple(edit for edit in wanted if edit is not None)
    if len(made) < len(wanted):
        return None
    return Fix("safe" if is_safe else "unsafe", message, made)


def in_place(file: ParsedFile, old: n.Phrase, new: n.Phrase) -> Edit | None:
    """The edit that writes a phrase in the place of another one.

    A new one that is a part of the old keeps its spelling and its comments. None where a comment
    would be lost, and where no text can say it.
    """
    text = _written(file, old, new)
    above, below = before(file, old.start), behind(file, old.end)
    is_joined_before = _WORD_BEFORE.search(above) is not None
    is_joined_behind = _WORD_BEHIND.match(below) is not None
    if text is None or (isinstance(new, n.Between) and above.lower().endswith("not")):
        return None  # the server would lose that NOT
    if (is_joined_before or is_joined_behind) and not _is_tight(new):
        text = f"({text})"
    is_apart = is_joined_before or _BEGINS.search(above) or _begins_line(file, old.start)
    if not is_apart or (text[0] in "+-" and not _BEGINS.search(above)):
        text = f", {text}"
    if not (is_joined_behind or _ENDS.match(below) or _ends_line(file, old.end)):
        text = f"{text},"
    return replacement(file.source.text, old.start, old.end, text)


def inserted(file: ParsedFile, node: n.And | n.Or, phrase: n.Phrase, new: n.Phrase) -> Edit | None:
    """The edit that writes a new phrase before one of the phrases of a list."""
    text = canonical(new)
    joint = ", " if is_list(file, node) else f" {type(node).__name__.upper()} "
    return Edit(phrase.start, phrase.start, f"{text}{joint}") if text else None


def unwrapped(file: ParsedFile, node: n.And | n.Or) -> list[Edit | None]:
    """The edits that leave the phrases of a list where they are, and take the list away."""
    text = file.source.text
    first, last = _reach(text, node.phrases[0])[0], _reach(text, node.phrases[-1])[1]
    runs_on = not (_BEGINS.search(before(file, node.start)) or _begins_line(file, node.start))
    if runs_on or has_comment(file, node.start, first) or has_comment(file, last, node.end):
        return [None]
    is_last = _ENDS.match(behind(file, node.end)) or _ends_line(file, node.end)
    return [Edit(node.start, first, ""), Edit(last, node.end, "" if is_last else ",")]


def without_phrase(file: ParsedFile, node: n.And | n.Or, index: int) -> Edit | None:
    """The edit that takes a phrase out of a list; of two, the other one takes the list's place."""
    if len(node.phrases) == 2:
        return in_place(file, node, node.phrases[1 - index])
    return without_item(file, node, node.phrases, index)


def without_item(
    file: ParsedFile, whole: n.Node, items: Sequence[n.Node], index: int
) -> Edit | None:
    """The edit that takes one of several items out of a list, and what kept it from its neighbour.

    None where a comment stands in it or beside it.
    """
    text = file.source.text
    start, end = _reach(text, items[index])
    last = _reach(text, items[index - 1])[1] if index else None
    next = _reach(text, items[index + 1])[0] if index + 1 < len(items) else None
    if has_comment(file, _or(last, whole.start), _or(next, whole.end)):
        return None
    above = text[_or(last, start) : start]
    below = text[end : _or(next, end)]
    if not (_GAP.fullmatch(above) and _GAP.fullmatch(below)):
        return None
    if last is None:
        is_infix = start == whole.start
        runs_on = is_infix and not _BEGINS.search(before(file, start))
        return None if runs_on else Edit(start, _or(next, end), "")
    if next is None or _separates(below) > _separates(above):
        return Edit(last, end, "")
    return Edit(start, next, "")


def behind(file: ParsedFile, offset: int) -> str:
    """What is read from an offset on, without white space and comments before it: its beginning."""
    comments = file.comments
    below = bisect_left(comments, offset, key=lambda comment: comment.start)
    while True:
        text = file.source.text[offset : offset + _ENOUGH]
        offset += len(text) - len(text.lstrip())
        if below < len(comments) and comments[below].start == offset:
            offset = comments[below].end
            below += 1
        elif text.strip() or not text:
            return text.lstrip()


def keyword(file: ParsedFile, node: n.And | n.Or | n.Not) -> tuple[int, int]:
    """The place of the word that a list or a negation begins with; of an infix one, all of it."""
    return _first_word(file.source.text, node) or (node.start, node.end)


def is_negated_inside(file: ParsedFile, node: n.Comparison | n.Membership | n.Between) -> bool:
    """Whether a NOT stands before the operator: `a NOT IN (1)`. Its place is that of the phrase."""
    left = node.operand if isinstance(node, n.Between) else node.left
    return _NOT.match(behind(file, _reach(file.source.text, left)[1])) is not None


def is_list(file: ParsedFile, node: n.And | n.Or) -> bool:
    """Whether phrases are written as `AND (...)`, and not infix."""
    return _first_word(file.source.text, node) is not None


def _first_word(text: str, node: n.And | n.Or | n.Not) -> tuple[int, int] | None:
    """Where the word stands that a phrase begins with; none begins an infix one."""
    found = _WORDS[type(node)].match(text, node.start)
    inner = (node.phrase,) if isinstance(node, n.Not) else node.phrases
    if found is None or (inner and _reach(text, inner[0])[0] < found.end(1)):
        return None
    return found.span(1)


def _written(file: ParsedFile, old: n.Phrase, new: n.Phrase) -> str | None:
    """A phrase as it is written within another one, else in its canonical form."""
    is_part = old.start <= new.start < new.end <= old.end
    if is_part and (has_comment(file, old.start, new.start) or has_comment(file, new.end, old.end)):
        return None
    if is_part and _is_written_in_one(file, new):
        return file.source.text[new.start : new.end]
    place = new if is_part else old
    return None if has_comment(file, place.start, place.end) else _spelled(new)


def _is_written_in_one(file: ParsedFile, phrase: n.Phrase) -> bool:
    """Whether the text at the place of a phrase is the phrase, wherever it stands."""
    match phrase:
        case n.And() | n.Or():
            return is_list(file, phrase)
        case n.Comparison() | n.Membership() | n.Between():
            return not is_negated_inside(file, phrase)
        case _:
            return True


def _spelled(phrase: n.Phrase) -> str | None:
    """The canonical form, unless the server would lose a NOT that stands before parentheses now."""
    text = canonical(phrase)
    if text is None or "NOT" not in text or "BETWEEN" not in text:
        return text
    has_lost_not = any(
        isinstance(node, n.Not) and isinstance(node.phrase, n.Between) for node in walk(phrase)
    )
    return None if has_lost_not else text


def _is_tight(phrase: n.Phrase) -> bool:
    match phrase:
        case n.Comparison(n.Identifier(), operator):
            return operator in _SYMBOLS
        case _:
            return isinstance(phrase, _TIGHT)


def _begins_line(file: ParsedFile, offset: int) -> bool:
    text = file.source.text
    while offset and text[offset - 1] in " \t":
        offset -= 1
    return offset > 0 and text[offset - 1] in "\r\n"


def _ends_line(file: ParsedFile, offset: int) -> bool:
    text = file.source.text
    while text[offset : offset + 1] in (" ", "\t"):
        offset += 1
    return text[offset : offset + 1] in ("\r", "\n")


def _separates(gap: str) -> int:
    """How well what stands between two phrases keeps them apart."""
    return 2 if gap.strip() else "\n" in gap


def _reach(text: str, item: n.Node) -> tuple[int, int]:
    """The place of an item with the parentheses around it, which are no part of an operand."""
    start, end = item.start, item.end
    while True:
        above, below = start - 1, end
        while below < len(text) and text[below].isspace():
            below += 1
        if not text.startswith(")", below):  # so it is with most
            return start, end
        while above >= 0 and text[above].isspace():
            above -= 1
        if above < 0 or text[above] != "(":
            return start, end
        start, end = above, below + 1


def _or(offset: int | None, default: int) -> int:
    return default if offset is None else offset
