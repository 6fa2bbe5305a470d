"""A segment of the account as the text of a file, which says the same when it is read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from segql.api import Segment as RemoteSegment
from segql.compiler import CompileError, Payload, compile_statement
from segql.compiler.emission import without_payload
from segql.deploy.compare import changed_fields
from segql.deploy.hashing import DEFAULTS
from segql.formatter import LINE_LENGTH, FormatError, UnsayableError, format_text, spelling
from segql.formatter.flat import flat, included
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile, parse
from segql.syntax.walk import includes
from segql.workspace import read_bytes

# In the order in which WITH has them.
FIELDS = ("name", "description", "kind", "is_public", "tags")
_ONLY_IF_THERE = ("description", "table")  # a file without them says all that it can
_DIRECTIVE = "segql:"  # a comment with it speaks to the tools


class UnstatableError(ValueError):
    """A segment that no file can hold; the message says why."""


class Base(NamedTuple):
    """What is taken over from a text as it is written there."""

    head: str  # FILTER and its phrase, with the comments in it
    statement: n.Statement
    above: tuple[str, ...] = ()  # comments above it that are not its description
    notes: tuple[str, ...] = ()  # comments between or behind its clauses


class _Way(NamedTuple):
    """A way to write a segment. Most can be written in the first, any in one of the last."""

    has_comment: bool = True  # the description is a comment, and not an option of WITH
    has_clauses: bool = True  # table and slug are clauses, and not options of WITH
    has_notes: bool = True
    is_formatted: bool = True


_WAYS = (
    _Way(),
    _Way(has_comment=False),
    _Way(has_clauses=False),
    _Way(has_comment=False, has_clauses=False),
    _Way(has_comment=False, has_notes=False),
    _Way(has_comment=False, has_clauses=False, has_notes=False),
    _Way(has_comment=False, has_clauses=False, has_notes=False, is_formatted=False),
)


def segment_text(
    remote: RemoteSegment, line_length: int = LINE_LENGTH, *, in_full: bool = False
) -> str:
    """The text of a file for one segment of the account.

    It states what is not the default; ``in_full`` all that can be stated.
    Raises `UnstatableError`.
    """
    base = base_of_account(remote)
    slug = (remote.slug_name or "").lower()
    if not slug:
        raise UnstatableError("it has no slug")
    alias = base.statement.alias
    alias = alias if alias and alias.lower() == slug else slug
    means = meant(remote)
    shown = {
        field: value
        for field, value in means.items()
        if value != (alias if field == "name" else DEFAULTS[field])
        or (in_full and field not in _ONLY_IF_THERE)
    }
    if not means["name"]:  # the account has none, and a file cannot say that there is none
        shown.pop("name", None)
        means["name"] = alias
    return written(base, shown, alias, means, remote, line_length)


def meant(remote: RemoteSegment) -> dict[str, Any]:
    """The fields of a segment that a payload has beside its filter, with what absent ones mean."""
    return {field: getattr(remote, field) or DEFAULTS[field] for field in (*FIELDS, "table")}


def written(
    base: Base,
    shown: Mapping[str, Any],
    alias: str,
    expected: Mapping[str, Any],
    remote: RemoteSegment,
    line_length: int,
    *,
    has_comment: bool = True,
) -> str:
    """A statement made of a base and fields, as it is read back with the expected payload.

    A description is a comment if it may be one (``has_comment``) and can be one.
    Raises `UnstatableError`.
    """
    reason = ""
    for way in (way for way in _WAYS if has_comment or not way.has_comment):
        try:
            text = _written(base, shown, alias, way, line_length)
            _verify(text, expected, remote)
        except (UnsayableError, FormatError, UnstatableError, UnicodeError) as error:
            reason = reason or str(error)
        else:
            return text
    raise UnstatableError(reason)


def with_slugs(remotes: Sequence[RemoteSegment]) -> list[RemoteSegment]:
    """The same segments, where INCLUDE of an id names the slug of that segment instead.

    An id has a meaning in its own account alone.
    """
    slugs = {remote.slug_name.lower() for remote in remotes if remote.slug_name}
    by_id = {remote.id.lower(): remote.slug_name for remote in remotes if remote.slug_name}
    by_id = {id: slug for id, slug in by_id.items() if id not in slugs}
    return [
        replace(remote, segment_ql=_with_slugs(remote.segment_ql, by_id))
        if remote.segment_ql and any(id in remote.segment_ql.lower() for id in by_id)
        else remote
        for remote in remotes
    ]


def untagged(remote: RemoteSegment, tag: str | None) -> RemoteSegment:
    """The same segment without a tag."""
    tags = remote.tags or ()
    return replace(remote, tags=tuple(t for t in tags if t != tag)) if tag in tags else remote


def base_of(file: ParsedFile, statement: n.Statement) -> Base:
    """What a statement of a text has: its own comments, not those above it."""
    text = file.source.text
    end = min((clause.start for clause in statement.clauses), default=statement.end)
    notes = (c.text for c in file.comments if end <= c.start < statement.end)
    return Base(text[statement.start : end].rstrip(), statement, (), tuple(notes))


def base_of_account(remote: RemoteSegment) -> Base:
    """What a text of the account has. Raises `UnstatableError` where it is not one statement."""
    parsed = _parsed(remote.segment_ql or "")
    if not parsed.statements:
        raise UnstatableError("it has no filter")
    statement = parsed.statements[0]
    above = tuple(c.text for c in parsed.comments if c.start < statement.start)
    behind = tuple(c.text for c in parsed.comments if c.start >= statement.end)
    base = base_of(parsed, statement)
    return base._replace(above=above, notes=base.notes + behind)


# ---- Parts ------------------------------------------------------------------------------


def _parsed(text: str) -> ParsedFile:
    parsed = parse(text)
    problem = next((problem for problem in parsed.diagnostics if problem.is_error), None)
    if problem:
        raise UnstatableError(problem.message)
    if len(parsed.statements) > 1:
        raise UnstatableError("it has more than one statement")
    plain = text.replace("\r\n", "\n")  # the web form sends these; in a string they have a meaning
    again = parse(plain)
    return again if again.statements == parsed.statements else parsed


def _written(base: Base, shown: Mapping[str, Any], alias: str, way: _Way, line_length: int) -> str:
    said = dict(shown)
    comment = _comment(said.pop("description", "")) if way.has_comment else []
    table = said.pop("table", None)
    clauses: list[n.Clause] = []
    names = {"table": table} if table else {}
    names["slug_name"] = alias
    if way.has_clauses:
        names = {}
        clauses += [n.From(n.Name(table))] if table else []
    clauses += filter(None, (base.statement.clause(n.Limit),))
    options = [n.Option(n.Name(key), value) for key, value in (said | names).items()]
    options += _other_options(base.statement)
    clauses += [n.With(tuple(options))] if options else []
    clauses += [n.Alias(n.Name(alias))] if way.has_clauses else []
    if not way.has_notes:
        base = Base(f"FILTER {flat(base.statement.filter)}", base.statement)
    above = [*base.above, ""] if base.above else []
    lines = [*above, *comment, base.head, *base.notes, *_clause_lines(clauses, way)]
    text = "\n".join(lines)
    return format_text(text, line_length) if way.is_formatted else f"{text}\n"


def _clause_lines(clauses: Iterable[n.Clause], way: _Way) -> list[str]:
    return [
        f"WITH {spelling.options_json(clause.options)}"  # it escapes what no file can hold
        if isinstance(clause, n.With) and not way.is_formatted
        else flat(clause)
        for clause in clauses
    ]


def _comment(description: str) -> list[str]:
    """The comment block that says a description."""
    if _DIRECTIVE in description:
        raise UnsayableError("the description would speak to the tools")
    return [f"-- {line}".rstrip() for line in description.split("\n")] if description else []


def _other_options(statement: n.Statement) -> tuple[n.Option, ...]:
    """Those of WITH that travel in the text alone."""
    clause = statement.clause(n.With)
    kept = without_payload(clause) if clause else None
    return kept.options if isinstance(kept, n.With) else ()


def _verify(text: str, expected: Mapping[str, Any], remote: RemoteSegment) -> None:
    """Raise `UnstatableError` where a text does not say what is expected, and what the account has.

    It is read as a file is.
    """
    parsed = read_bytes(text.encode(), "")
    errors = [problem.message for problem in parsed.diagnostics if problem.is_error]
    if errors or len(parsed.statements) != 1:
        raise UnstatableError(errors[0] if errors else "it would not be one statement")
    statement = parsed.statements[0]
    try:
        payload = compile_statement(statement)
    except CompileError as error:
        raise UnstatableError(error.diagnostics[0].message) from None
    wrong = [*_differing(payload, expected), *changed_fields(statement, payload, remote)]
    if wrong:
        raise UnstatableError(f"no text can say its {wrong[0]}")


def _differing(payload: Payload, expected: Mapping[str, Any]) -> list[str]:
    said: Mapping[str, Any] = payload
    return [field for field, value in expected.items() if _plain(said[field]) != _plain(value)]


def _plain(value: Any) -> Any:
    return [*value] if isinstance(value, tuple) else value  # pyright: ignore[reportUnknownVariableType]


def _with_slugs(text: str, by_id: Mapping[str, str]) -> str:
    parsed = parse(text)
    if parsed.has_errors:
        return text
    named = [name for statement in parsed.statements for name in includes(statement)]
    for name in sorted(named, key=lambda name: name.start, reverse=True):
        slug = by_id.get(name.value.lower())
        if slug is None:
            continue
        try:
            spell = spelling.string if text[name.start] == '"' else included
            text = text[: name.start] + spell(slug) + text[name.end :]
        except UnsayableError:  # then the id is the better name
            continue
    return text
