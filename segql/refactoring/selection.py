"""What is selected: whole phrases of one statement, as a cursor or a stretch of text has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace

from segql.linter.edits import is_list
from segql.linter.rewriting import whole_statements
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile

Around: TypeAlias = n.And | n.Or | n.Not

# What stands in parentheses and does not have them in its own place.
_OPERANDS = (n.Identifier, n.Call, n.Arithmetic, n.String, n.Number, n.Boolean, n.Null)
_NOTHING = re.compile(r"[\s,]*")


class Selection(NamedTuple):
    """One phrase, or several neighbours of one list."""

    file: ParsedFile
    statement: n.Statement
    above: tuple[Around, ...]  # the phrases around, outermost first
    phrases: tuple[n.Phrase, ...]
    start: int  # with the parentheses around them, and the comments that were selected too
    end: int

    @property
    def parent(self) -> Around | None:
        """The list or the negation that the phrases stand in; None for the whole filter."""
        return self.above[-1] if self.above else None

    @property
    def phrase(self) -> n.Phrase | None:
        """The phrase, where it is only one."""
        return self.phrases[0] if len(self.phrases) == 1 else None

    @property
    def is_joined(self) -> bool:
        """Whether NOT, or an AND or OR between phrases, takes hold of what stands here."""
        parent = self.parent
        return isinstance(parent, n.Not) or (parent is not None and not is_list(self.file, parent))

    @property
    def is_negated(self) -> bool:
        """Whether a NOT is around, near or far."""
        return any(isinstance(phrase, n.Not) for phrase in self.above)

    def around(self) -> Selection | None:
        """The phrase around, as if it had been selected."""
        *above, parent = self.above or (None,)
        if parent is None:
            return None
        outer = Selection(self.file, self.statement, tuple(filter(None, above)), (parent,), 0, 0)
        start, end = _reach(outer, parent)
        return outer._replace(start=start, end=end)

    def exchanged(self, *new: n.Phrase) -> n.Statement:
        """The statement with other phrases in the place of these."""
        old = self.phrases
        for parent in reversed(self.above):
            old, new = (parent,), (_with_others(parent, old, new),)
        (whole,) = new
        return replace(self.statement, filter=whole)


def selected(file: ParsedFile, start: int, end: int) -> Selection | None:
    """The phrases of a stretch; where it is empty, the smallest phrase around that place.

    None where something else than whole phrases is selected, where the statement has a mistake,
    and for ``*``, which is no part of anything.
    """
    statement = next((s for s in whole_statements(file) if s.start <= start and end <= s.end), None)
    if statement is None or isinstance(statement.filter, n.MatchAll):
        return None
    whole = Selection(file, statement, (), (statement.filter,), 0, 0)
    return _at(whole, start) if start == end else _covered(whole, start, end)


def comments_between(file: ParsedFile, start: int, end: int) -> tuple[n.Comment, ...]:
    """The comments that stand wholly between two offsets."""
    return tuple(c for c in file.comments if start <= c.start and c.end <= end)


def _at(selection: Selection, offset: int) -> Selection | None:
    start, end = _reach(selection, selection.phrases[0])
    if not start <= offset <= end:
        return None
    inner = [found for part in _parts(selection) if (found := _at(part, offset))]
    return inner[-1] if inner else selection._replace(start=start, end=end)


def _covered(selection: Selection, start: int, end: int) -> Selection | None:
    """The phrases from one offset to another, of those that a selection is made of."""
    first, last = _reach(selection, selection.phrases[0])
    if start <= first and last <= end:
        return _whole(selection, first, last, start, end)
    touched = [(part, *_reach(part, part.phrases[0])) for part in _parts(selection)]
    touched = [row for row in touched if row[1] < end and start < row[2]]
    if len(touched) == 1:
        return _covered(touched[0][0], start, end)
    if not touched:
        return None
    part, first, last = touched[0][0], touched[0][1], touched[-1][2]
    phrases = tuple(phrase for row in touched for phrase in row[0].phrases)
    is_whole = start <= first and last <= end
    return _whole(part._replace(phrases=phrases), first, last, start, end) if is_whole else None


def _whole(selection: Selection, first: int, last: int, start: int, end: int) -> Selection | None:
    """The selection, unless more than commas and comments is selected with its phrases."""
    comments = comments_between(selection.file, start, end)
    beside = [c for c in comments if c.end <= first or last <= c.start]
    rest = [*_without(selection.file, beside, start, first)]
    rest += _without(selection.file, beside, last, end)
    if not all(_NOTHING.fullmatch(text) for text in rest):
        return None
    first = min(first, *(c.start for c in beside)) if beside else first
    last = max(last, *(c.end for c in beside)) if beside else last
    return selection._replace(start=first, end=last)


def _without(file: ParsedFile, comments: list[n.Comment], start: int, end: int) -> Iterator[str]:
    """What stands between two offsets beside comments."""
    for comment in comments:
        if start <= comment.start < end:
            yield file.source.text[start : comment.start]
            start = comment.end
    yield file.source.text[start:end]


def _parts(selection: Selection) -> Iterator[Selection]:
    """Each phrase directly in one; `a NOT IN (1)` is one piece."""
    (phrase,) = selection.phrases
    match phrase:
        case n.And(parts) | n.Or(parts):
            inner = parts
        case n.Not(only) if only.start > phrase.start:
            inner = (only,)
        case _:
            return
    for part in inner:
        yield selection._replace(above=(*selection.above, phrase), phrases=(part,))


def _reach(selection: Selection, phrase: n.Phrase) -> tuple[int, int]:
    """The place of a phrase with the parentheses around it."""
    start, end = phrase.start, phrase.end
    if not isinstance(phrase, _OPERANDS):
        return start, end
    parent, text = selection.parent, selection.file.source.text
    is_in_list = not isinstance(parent, n.Not | None) and is_list(selection.file, parent)
    last = parent.end - 1 if parent and is_in_list else len(text)  # the list's own bracket
    while True:
        above = len(text[:start].rstrip()) - 1
        below = end + len(text[end:]) - len(text[end:].lstrip())
        if above < 0 or below >= last or text[above] != "(" or text[below] != ")":
            return start, end
        start, end = above, below + 1


def _with_others(parent: Around, old: tuple[n.Phrase, ...], new: tuple[n.Phrase, ...]) -> n.Phrase:
    if isinstance(parent, n.Not):
        return replace(parent, phrase=new[0])
    first = next(index for index, phrase in enumerate(parent.phrases) if phrase is old[0])
    phrases = (*parent.phrases[:first], *new, *parent.phrases[first + len(old) :])
    return replace(parent, phrases=phrases)
