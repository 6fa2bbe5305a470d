"""What is said of things, in Markdown: in hovers, and beside what is offered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from segql.catalog import (
    OPERATORS,
    TIMEWINDOW_COUNTS,
    TIMEWINDOW_DAYS,
    Field,
    Found,
    allowed,
    documented,
    signature,
)
from segql.catalog.dates import UNITS, DateMath, instant, parse_date_math
from segql.catalog.words import OPTIONS, WORDS
from segql.diagnostics.codes import FAMILIES
from segql.formatter import UnsayableError, statement_text
from segql.formatter.spelling import name as spelled
from segql.syntax.nodes import Statement
from segql.syntax.walk import includes, is_whole
from segql.workspace.naming import stated_name
from segql_lsp.documents import Document, uri_of
from segql_lsp.markdown import block, code, escaped

if TYPE_CHECKING:
    from segql.catalog import Function, Parameter
    from segql.diagnostics.codes import Code
    from segql_lsp.folder import Folder, Known

_MOST_LINES = 20  # of a segment's text
_MOST = 12  # examples, keys, segments
_DAY = 86_400  # seconds
# Numbers that are the only ones a parameter takes.
NUMBERS = {("timewindow", "count"): TIMEWINDOW_COUNTS, ("timewindow", "days"): TIMEWINDOW_DAYS}
_KINDS = {
    "any": "anything",
    "bool": "true or false",
    "map": "a map",
    "set": "a set",
    "geolocation": "a geolocation",
    "timebuckets": "a field of the type []timebucket",
}
_OPTION_TYPES = {"text": "a text", "bool": "`true` or `false`", "texts": "a list of texts"}


def now() -> datetime:
    """The present, in UTC."""
    return datetime.now(UTC)


# ---- Fields and functions ---------------------------------------------------------------


def field(found: Found) -> str:
    """A field, or the value at a key of a map."""
    of, key = found.field, found.key
    name = of.name if key is None else f"{of.name}.{key}"
    parts = [
        block(f"{_spelled(name)}: {found.type.name}"),
        "" if key is None else _key(of, key),
        escaped(of.description),
        "" if key is not None else _facts(of),
        _operators(found),
    ]
    return _joined(parts)


def _key(of: Field, key: str) -> str:
    was_seen = "was seen" if key in of.keys else "was not seen"
    return f"The key {code(key)} of {code(of.name)} ({code(of.type.name)}); it {was_seen}."


def _facts(of: Field) -> str:
    facts = [
        "An identity: profiles are put together by it." if of.is_identity else "",
        f"Seen: {_codes(of.examples)}" if of.examples else "",
        f"Keys: {_codes(of.keys)}" if of.keys else "",
        f"From: {escaped(of.source)}" if of.source else "",
    ]
    return "\n".join(f"- {fact}" for fact in facts if fact)


def _operators(found: Found) -> str:
    if found.type.shape == "unknown":
        return ""
    promised = documented(found.type)
    more = allowed(found.type) - promised
    said = [f"Operators: {_codes(_in_order(promised))}"] if promised else []
    said += [f"not documented: {_codes(_in_order(more))}"] if more else []
    return "; ".join(said)


def _in_order(operators: frozenset[str]) -> list[str]:
    return [operator for operator in OPERATORS if operator in operators]


def function(of: Function) -> str:
    """A function: how it is called, and what it gives."""
    result = f" -> {of.result.name}" if of.result else ""
    return _joined([block(signature(of) + result), escaped(of.summary)])


def parameter(of: Function, which: Parameter) -> str:
    """What a function takes at one place."""
    numbers = NUMBERS.get((of.name, which.name))
    if numbers:
        return f"One of {', '.join(map(str, numbers))}."
    kinds = " or ".join(_KINDS.get(kind, f"a {kind}") for kind in sorted(which.types))
    said = [
        f"{kinds[0].upper()}{kinds[1:]}",
        "written out, not a field" if which.is_literal else "",
        "may be left out" if which.is_optional else "",
        "may be repeated" if of.is_variadic and which is of.parameters[-1] else "",
    ]
    return f"{'; '.join(part for part in said if part)}."


def table(folder: Folder, name: str) -> str:
    """A table: how much is known of it."""
    count = len(folder.catalog.fields(name))
    known = f"{count} known field{'s' * (count != 1)}" if count else "no catalog describes it"
    return f"The table {code(name)}: {known}."


# ---- Words ------------------------------------------------------------------------------


def word(of: str) -> str:
    """An operator or a keyword, in its canonical spelling."""
    return _joined([block(of), WORDS[of]])


def option(key: str) -> str:
    """A field of WITH; of one that the API does not know, that."""
    known = OPTIONS.get(key)
    if known is None:
        return f"{code(key)} is no field that the API knows: nothing comes of it."
    return f"**{key}**: {_OPTION_TYPES[known.type]}. {known.summary}"


def rule(of: Code) -> str:
    """A rule, and where its page is."""
    return f"[{of.code}]({of.url}) {of.name}: {of.summary}"


def family(of: str) -> str:
    """All rules of a family."""
    return f"**{of}**: {FAMILIES[of]}"


# ---- Dates ------------------------------------------------------------------------------


def moment(text: str, at: datetime) -> str | None:
    """What a date means at a time: ``30 days ago: 2026-10-23 12:00:00 UTC``; None for none."""
    found = instant(text, at)
    if found is None:
        return None
    math = parse_date_math(text)
    words = _words(math) if math else _distance((at - found).total_seconds())
    return f"{words}: {found.replace(tzinfo=None).isoformat(' ')} UTC"


def _words(math: DateMath) -> str:
    if not math.count:
        return "now"
    length = f"{math.count} {UNITS[math.unit]}{'s' * (math.count != 1)}"
    return f"{length} ago" if math.sign < 0 else f"in {length}"


def _distance(seconds: float) -> str:
    days = round(abs(seconds) // _DAY)
    length = f"{days} day{'s' * (days != 1)}" if days else "less than a day"
    return f"{length} ago" if seconds >= 0 else f"in {length}"


# ---- Segments ---------------------------------------------------------------------------


def segment(known: Known) -> str:
    """A segment: what it is for, its text, where it stands and whom it includes."""
    document, outline = known
    statement = statement_of(known)
    if statement is None:
        return escaped(outline.slug or "")
    parts = [
        f"**{escaped(stated_name(statement) or outline.slug or '')}**",
        escaped(_description(statement)),
        block(_cut(_text(statement, document))),
        _place(document, outline.line),
        _included(statement),
    ]
    return _joined(parts)


def _place(document: Document, line: int) -> str:
    """Where a segment stands; what is no file cannot be linked."""
    path = document.source.path
    if path is None:
        return ""
    uri = uri_of(path).replace("(", "%28").replace(")", "%29")
    return f"[{escaped(PurePath(path).name)}:{line}]({uri}#L{line})"


def statement_of(known: Known) -> Statement | None:
    """The statement of a segment; None where the text has changed meanwhile."""
    start = known.outline.start
    statements = known.document.file.statements
    return next((s for s in statements if s.start <= start <= s.end), None)


def includers(folder: Folder, slug: str) -> str:
    """The segments that include one."""
    found = [source for source, targets in folder.overview.graph.items() if slug in targets]
    if not found:
        return f"No segment here includes {code(slug)}."
    return f"Included by {_codes(found)}"


def external(slug: str) -> str:
    """A segment that is not in these files."""
    return f"{code(slug)} is not in these files: only the account may know it."


def _description(statement: Statement) -> str:
    stated = {k.lower(): v for k, v in statement.options.items()}.get("description")
    return stated if isinstance(stated, str) else statement.comment


def _text(statement: Statement, document: Document) -> str:
    """In canonical form; as it was written where it has mistakes."""
    try:
        if is_whole(statement):
            return statement_text(statement, document.folder.line_length)
    except UnsayableError:
        pass
    return document.text[statement.start : statement.end]


def _cut(text: str) -> str:
    lines = text.splitlines()
    return "\n".join([*lines[:_MOST_LINES], "..."] if len(lines) > _MOST_LINES else lines)


def _included(statement: Statement) -> str:
    names = dict.fromkeys(mention.value.lower() for mention in includes(statement))
    return f"Includes {_codes(names)}" if names else ""


# ---- Helpers ----------------------------------------------------------------------------


def _codes(texts: Iterable[str]) -> str:
    found = [*texts]
    shown = ", ".join(map(code, found[:_MOST]))
    return f"{shown} and {len(found) - _MOST} more" if len(found) > _MOST else shown


def _joined(parts: list[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _spelled(name: str) -> str:
    try:
        return spelled(name)
    except UnsayableError:
        return name
