"""Lists and negations: put phrases into one, take one away, write infix as a list."""

from __future__ import annotations

from segql.diagnostics import Edit
from segql.formatter import UnsayableError
from segql.linter.edits import is_list
from segql.refactoring.placing import placed
from segql.refactoring.selection import Selection
from segql.refactoring.writing import Stretch, phrase_text
from segql.syntax import nodes as n


def wrapped(selection: Selection, kind: type[n.And | n.Or], line_length: int) -> Edit | None:
    """Put phrases into a list of their own. One of another kind changes what several mean."""
    text = selection.file.source.text
    # What stands above the first phrase is not on the line of the bracket.
    start = len(text[: selection.start].rstrip())
    return _written(selection, kind(selection.phrases, start=start, end=selection.end), line_length)


def negated(selection: Selection, line_length: int) -> Edit | None:
    """Negate a phrase; of a negation, take the NOT away."""
    phrase = selection.phrase
    if phrase is None:
        return None
    opposite = (
        phrase.phrase
        if isinstance(phrase, n.Not)
        else n.Not(phrase, start=phrase.start, end=phrase.end)
    )
    return _written(selection, opposite, line_length)


def unwrapped(selection: Selection, line_length: int) -> Edit | None:
    """Take away the list around: one of a single phrase, or one in another of its kind."""
    for found in (selection, selection.around()):
        if found and isinstance(phrase := found.phrase, n.And | n.Or):
            if len(phrase.phrases) == 1:
                return _written(found, phrase.phrases[0], line_length)
            outer = found.around()
            if outer and isinstance(parent := found.parent, type(phrase)):
                return _written(outer, _spliced(parent, phrase), line_length)
    return None


def as_list(selection: Selection, line_length: int) -> Edit | None:
    """Write the outermost infix AND or OR around as a list. The tree stays what it is."""
    found, outermost = selection, None
    while found is not None:
        phrase = found.phrase
        if isinstance(phrase, n.And | n.Or) and not is_list(found.file, phrase):
            outermost = found
        found = found.around()
    return _written(outermost, outermost.phrases[0], line_length) if outermost else None


def _spliced(parent: n.And | n.Or, inner: n.And | n.Or) -> n.Phrase:
    index = next(i for i, phrase in enumerate(parent.phrases) if phrase is inner)
    phrases = (*parent.phrases[:index], *inner.phrases, *parent.phrases[index + 1 :])
    return type(parent)(phrases, start=parent.start, end=parent.end)


def _written(selection: Selection, new: n.Phrase, line_length: int) -> Edit | None:
    at = Stretch(selection.file, selection.start, line_length)
    try:
        text = phrase_text(selection.file, new, selection.start, selection.end, at)
    except UnsayableError:
        return None
    return placed(selection, text, new)
