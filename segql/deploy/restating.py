"""Statements of files brought to what an account holds; all else in a file stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from segql.api import Segment as RemoteSegment
from segql.compiler import compile_statement
from segql.compiler.payload import stated
from segql.deploy.compare import changed_fields
from segql.deploy.merging import merged_head
from segql.deploy.stating import (
    FIELDS,
    UnstatableError,
    base_of,
    base_of_account,
    meant,
    written,
)
from segql.formatter import UnsayableError
from segql.syntax import nodes as n
from segql.syntax.comments import block_above, words
from segql.syntax.parser import ParsedFile, parse
from segql.workspace import Segment

_FILTER = "segment_ql"
_DIRECTIVE = "segql:"


class Restatement(NamedTuple):
    """A stretch of a file and what is written there, so that a segment is the account's."""

    start: int
    end: int
    text: str
    segment: Segment
    remote: RemoteSegment
    dropped: tuple[str, ...]  # comments that were the description


def restatement(
    segment: Segment, remote: RemoteSegment, changed: Sequence[str], line_length: int
) -> Restatement:
    """Write a statement again with the account's values of the fields that differ.

    What the file is silent about, it stays silent about. Raises `UnstatableError`.
    """
    file, statement = segment.file, segment.statement
    base = base_of(file, statement)
    if _FILTER in changed:
        theirs = base_of_account(remote).statement
        try:
            head = merged_head(file, statement, theirs.filter, line_length)
        except UnsayableError as error:
            raise UnstatableError(str(error)) from None
        base = base._replace(head=head, statement=theirs)
    shown = _shown(statement, remote, changed)
    block = _described_by(file, statement) if _is_comment(statement, changed) else ()
    kept = [comment.text for comment in block if _is_directive(comment)]
    text = written(
        base._replace(head="\n".join((*kept, base.head))),
        shown,
        statement.alias or segment.slug or "",
        {"description": "", **shown},
        remote,
        line_length,
        has_comment="description" not in stated(statement),
    )
    start = block[0].start if block else statement.start
    dropped = tuple(comment.text for comment in block if not _is_directive(comment))
    text = _fitted(text.rstrip("\n"), file.source.text, start)
    return Restatement(start, statement.end, text, segment, remote, dropped)


def restated(file: ParsedFile, changes: Sequence[Restatement]) -> str:
    """The text of a file with some of its statements written again.

    Raises `UnstatableError` where anything else would be read otherwise, or a comment be lost.
    """
    text = file.source.text
    for change in sorted(changes, key=lambda change: change.start, reverse=True):
        text = text[: change.start] + change.text + text[change.end :]
    again = parse(text, file.source.path)
    by_statement = {id(change.segment.statement): change for change in changes}
    is_same = len(again.statements) == len(file.statements) and all(
        _is_as_wanted(old, new, by_statement.get(id(old)))
        for old, new in zip(file.statements, again.statements, strict=True)
    )
    dropped = Counter(text for change in changes for text in change.dropped)
    lost = _comments(file) - _comments(again) - dropped
    if again.has_errors or not is_same or lost:
        raise UnstatableError("its file would be read otherwise: write it there by hand")
    return text


def _is_as_wanted(old: n.Statement, new: n.Statement, change: Restatement | None) -> bool:
    if change is None:
        return new == old and new.comment == old.comment
    return not changed_fields(new, compile_statement(new), change.remote)


def _shown(statement: n.Statement, remote: RemoteSegment, changed: Sequence[str]) -> dict[str, Any]:
    said = {*stated(statement), *changed, *(["table"] if statement.table else [])}
    means = meant(remote)
    return {field: means[field] for field in (*FIELDS, "table") if field in said}


def _is_comment(statement: n.Statement, changed: Sequence[str]) -> bool:
    return "description" in changed and "description" not in stated(statement)


def _described_by(file: ParsedFile, statement: n.Statement) -> tuple[n.Comment, ...]:
    return block_above(file.source.text, file.comments, statement.start)


def _is_directive(comment: n.Comment) -> bool:
    return any(line.startswith(_DIRECTIVE) for line in words(comment))


def _comments(file: ParsedFile) -> Counter[str]:
    return Counter(comment.text.rstrip() for comment in file.comments)


def _fitted(text: str, whole: str, start: int) -> str:
    """A text with the line breaks of the file that it goes into, and on a line of its own."""
    if "\r\n" in whole and "\r\n" not in text:
        there = text.replace("\n", "\r\n")
        text = there if parse(there).statements == parse(text).statements else text
    before = whole[whole.rfind("\n", 0, start) + 1 : start]
    line_break = "\r\n" if "\r\n" in whole else "\n"
    return text if not before.strip(" \t\ufeff") else f"{line_break * 2}{text}"
