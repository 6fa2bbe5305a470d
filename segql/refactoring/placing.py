"""Put a text in the place of phrases so that it is read as it was meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from segql.diagnostics import Edit
from segql.linter.rewriting import replacement
from segql.refactoring.selection import Selection
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile, parse

# What the words AND, OR and NOT beside it can do no harm to.
_TIGHT = (n.And, n.Or, n.Exists, n.Include, n.Identifier)
# What may keep a text from its neighbours, where commas can be left out.
_JOINTS = (("", ""), (", ", ""), ("", ","), (", ", ","))
# Behind a phrase without a comma the server takes NOT for that phrase's own.
_TRAP = "not-without-comma"


def placed(selection: Selection, text: str, *new: n.Phrase) -> Edit | None:
    """The edit that writes the text of new phrases in the place of those selected.

    None where no way of writing it is read as the statement with these phrases.
    """
    expected = selection.exchanged(*new)
    if selection.is_joined and not isinstance(new[0], _TIGHT):
        text = f"({text})"
    if _ends_in_comment(text):  # what follows must not become a part of it
        text += "\r\n" if "\r\n" in selection.file.source.text else "\n"
    had_comma = "," in _behind(selection)
    for joints in sorted(_JOINTS, key=lambda joint: bool(joint[1]) != had_comma):
        edit = _edit(selection, text.join(joints))
        if _is_read_as(selection, edit, expected):
            return edit
    return None


def _edit(selection: Selection, text: str) -> Edit:
    whole, start = selection.file.source.text, selection.start
    if text.startswith(","):  # behind the phrase before, not behind the space between
        start = len(whole[:start].rstrip(" \t"))
    return replacement(whole, start, selection.end, text)


def _behind(selection: Selection) -> str:
    """What goes with the phrases: from the last of them on, where a comment went with it."""
    return selection.file.source.text[selection.phrases[-1].end : selection.end]


def _is_read_as(selection: Selection, edit: Edit, expected: n.Statement) -> bool:
    """Whether the statement is the expected one after an edit, with all comments it will have."""
    text = selection.file.source.text
    first, last = selection.statement.start, max(selection.statement.end, edit.end)
    again = parse(text[first : edit.start] + edit.text + text[edit.end : last])
    if again.has_errors or again.statements != (expected,):
        return False
    outside = [
        comment
        for comment in selection.file.comments
        if first <= comment.start < edit.start or edit.end <= comment.start < last
    ]
    comments = _texts([*outside, *parse(edit.text).comments])
    is_trapped = _traps(again) > _traps(selection.file, first, last)
    return _texts(again.comments) == comments and not is_trapped


def _traps(file: ParsedFile, start: int = 0, end: int | None = None) -> int:
    last = len(file.source.text) if end is None else end
    return sum(form.kind == _TRAP and start <= form.start <= last for form in file.forms)


def _texts(comments: Iterable[n.Comment]) -> Counter[str]:
    return Counter(comment.text for comment in comments)


def _ends_in_comment(text: str) -> bool:
    comments = parse(text).comments
    return bool(comments) and comments[-1].end == len(text) and not text.endswith("*/")
