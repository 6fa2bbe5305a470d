"""Texts with marks: ``‸`` is a cursor, two of them are the ends of what is selected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from segql.diagnostics import Edit
from segql.refactoring.selection import Selection, selected
from segql.syntax.parser import ParsedFile, parse

MARK = "‸"


class Marked(NamedTuple):
    file: ParsedFile
    start: int
    end: int

    @property
    def selection(self) -> Selection | None:
        return selected(self.file, self.start, self.end)


def marked(text: str) -> Marked:
    first, *rest = text.split(MARK)
    end = len(first) + (len(rest[0]) if len(rest) == 2 else 0)
    return Marked(parse(first + "".join(rest)), len(first), end)


def applied(text: str, edits: Iterable[Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def after(text: str, change: Callable[[Selection], Edit | None]) -> str | None:
    """A marked text after a refactoring of what is selected; None where there is none."""
    file, selection = marked(text).file, marked(text).selection
    edit = change(selection) if selection else None
    return applied(file.source.text, [edit]) if edit else None
