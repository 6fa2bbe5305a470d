"""A filter of a file with what the account has changed in it: what is the same stays as it is.

Comments have their place between phrases, and so the phrases that both have keep theirs.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from msgspec.structs import replace

from segql.formatter.layout import layout
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile, parse
from segql.syntax.walk import transform


def merged_head(file: ParsedFile, ours: n.Statement, theirs: n.Phrase, line_length: int) -> str:
    """FILTER with the account's phrase, and the comments of the file in it.

    Raises ``UnsayableError`` for a phrase that no text can say.
    """
    end = min((clause.start for clause in ours.clauses), default=ours.end)
    comments = tuple(c for c in file.comments if ours.start <= c.start < end)
    phrase = _merged(ours.filter, theirs, file.source.text)
    statement = n.Statement(phrase, start=ours.start, end=end)
    head = layout(ParsedFile(file.source, (statement,), comments, ()), line_length).rstrip()
    if [c.text for c in parse(head).comments] == [c.text for c in comments]:
        return head
    # Some had no place left: they go above the clauses, so that none is lost.
    bare = layout(ParsedFile(file.source, (statement,), (), ()), line_length).rstrip()
    return "\n".join((bare, *(c.text for c in comments)))


def _merged(ours: n.Phrase, theirs: n.Phrase, text: str) -> n.Phrase:
    """Their phrase, at our places."""
    if ours == theirs:
        return ours
    match ours, theirs:
        case (n.And(mine), n.And(its)) | (n.Or(mine), n.Or(its)):
            phrases = _aligned(mine, its, ours, text)
            return replace(theirs, phrases=phrases, start=ours.start, end=ours.end)
        case n.Not(mine), n.Not(its):
            return replace(theirs, phrase=_merged(mine, its, text), start=ours.start, end=ours.end)
        case _:
            return replace(_placed(theirs, ours.start), start=ours.start, end=ours.end)


def _aligned(
    ours: tuple[n.Phrase, ...], theirs: tuple[n.Phrase, ...], around: n.Phrase, text: str
) -> tuple[n.Phrase, ...]:
    """Their phrases: those about the same as one of ours at its place, the others between them."""
    found: list[n.Phrase] = []
    matcher = SequenceMatcher(None, [*map(_subject, ours)], [*map(_subject, theirs)], False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            found += [_merged(*pair, text) for pair in zip(ours[i:j], theirs[k:m], strict=True)]
            continue
        following = ours[j].start if j < len(ours) else around.end
        # Behind the line of what stands before: a comment on it is about that.
        line_end = text.find("\n", found[-1].end if found else around.start, following)
        offset = following if line_end < 0 else line_end
        found += [_placed(its, offset) for its in theirs[k:m]]
    return tuple(found)


def _subject(phrase: n.Phrase) -> object:
    """What a phrase is about: two of the same are one that was changed."""
    match phrase:
        case n.Comparison(left) | n.Membership(left):
            return left
        case n.Between(operand) | n.Exists(operand):
            return operand
        case n.Not(inner):
            return _subject(inner)
        case n.And() | n.Or():
            return type(phrase)
        case _:
            return phrase


def _placed(phrase: n.Phrase, offset: int) -> n.Phrase:
    """A phrase of another text: all of it at one offset of this one."""

    def at_offset(node: n.Node) -> Any:
        return replace(node, start=offset, end=offset)

    return transform(phrase, at_offset)
