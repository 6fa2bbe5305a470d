"""A segment as the API's JSON payload."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TypedDict

from segql.compiler.emission import segment_ql, unsayable
from segql.diagnostics import Diagnostic, diagnostic
from segql.formatter import UnsayableError
from segql.syntax.nodes import Option, OptionValue, Statement, With
from segql.syntax.parser import ParsedFile
from segql.syntax.walk import is_whole

DEFAULT_TABLE = "user"  # vendor: FROM is not needed for segmentation on users
DEFAULT_KIND = "segment"  # vendor: kind may be left empty for a segment


class Payload(TypedDict):
    """What the API stores of a segment. ``slug_name`` is in lower case, as the server has it."""

    name: str
    slug_name: str
    description: str
    kind: str
    table: str
    is_public: bool
    tags: list[str]
    segment_ql: str


class CompileError(ValueError):
    """A statement that has no payload; ``diagnostics`` say why, with their places."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__("; ".join(problem.message for problem in diagnostics))
        self.diagnostics = diagnostics


_NOT_WHOLE = (
    "parts of this segment could not be read",
    "mend what the diagnostics of the parsed file say first",
)
# A slug is one step of the API's address of a segment.
_SLUG = re.compile(r"(?!\.{1,2}\Z)[^/\x00-\x1f\x7f]+")


class _Field(NamedTuple):
    kind: type
    help: str


# The fields of WITH that the payload carries, and how they are written.
_FIELDS = {
    "name": _Field(str, 'write a text, as in `name = "VIP"`'),
    "slug_name": _Field(str, 'write a text, as in `slug_name = "vip"`'),
    "description": _Field(str, 'write a text, as in `description = "our best"`'),
    "kind": _Field(str, "write a name, as in `kind = aspect`"),
    "table": _Field(str, "write a name, as in `table = content`; better: the clause FROM"),
    "is_public": _Field(bool, "write `is_public = true` or `is_public = false`"),
    "tags": _Field(list, 'write a list of texts, as in `tags = ["email", "vip"]`'),
}


def compile_statement(statement: Statement) -> Payload:
    """Return the payload of one segment.

    The slug is WITH ``slug_name``, else ALIAS; the name is WITH ``name``, else ALIAS as written;
    the description is WITH ``description``, else the comment block directly above.
    Raises `CompileError` where there is no alias, a field has the wrong type, or the text holds
    what the server cannot read.
    """
    if not is_whole(statement):
        raise CompileError([_at_start(statement, "incomplete", *_NOT_WHOLE)])
    problems = [*payload_problems(statement), *unsayable(statement)]
    if problems:
        raise CompileError(problems)
    said: dict[str, Any] = stated(statement)
    alias: str = statement.alias or said["slug_name"]
    try:
        text = segment_ql(statement)
    except UnsayableError as error:
        raise CompileError([_unsayable(statement, str(error))]) from error
    return Payload(
        name=said.get("name", alias),
        slug_name=said.get("slug_name", alias).lower(),
        description=said.get("description", statement.comment),
        kind=said.get("kind", DEFAULT_KIND),
        table=statement.table or said.get("table", DEFAULT_TABLE),
        is_public=said.get("is_public", False),
        tags=said.get("tags", []),
        segment_ql=text,
    )


def compile_parsed(parsed: ParsedFile) -> list[Payload]:
    """The payloads of a file; raises `CompileError` with all that is wrong in it."""
    problems = [problem for problem in parsed.diagnostics if problem.is_error]
    payloads: list[Payload] = []
    for statement in filter(is_whole, parsed.statements):
        try:
            payloads.append(compile_statement(statement))
        except CompileError as error:
            problems += error.diagnostics
    if problems:
        raise CompileError(problems)
    return payloads


def stated(statement: Statement) -> dict[str, OptionValue]:
    """The payload fields that WITH states, keys in lower case; of two the last in the text."""
    clause = statement.clause(With)
    options = {o.key.value.lower(): o.value for o in clause.options} if clause else {}
    return {key: value for key, value in options.items() if key in _FIELDS}


def payload_problems(statement: Statement) -> list[Diagnostic]:
    """What is wrong with the fields that WITH and ALIAS state."""
    return [*_option_problems(statement), *_slug_problems(statement)]


def _option_problems(statement: Statement) -> list[Diagnostic]:
    clause = statement.clause(With)
    options = clause.options if clause else ()
    return [_bad_option(option) for option in options if not _is_well_typed(option)]


def _is_well_typed(option: Option) -> bool:
    field = _FIELDS.get(option.key.value.lower())
    if field is None:
        return True
    if isinstance(option.value, list):
        return field.kind is list and all(isinstance(item, str) for item in option.value)
    return isinstance(option.value, field.kind)


def _bad_option(option: Option) -> Diagnostic:
    key = option.key.value.lower()
    message = f"`{key}` has a value of the wrong type"
    return diagnostic("bad-option", option.start, option.end, message, _FIELDS[key].help)


def _slug_problems(statement: Statement) -> list[Diagnostic]:
    slug, alias = stated(statement).get("slug_name"), statement.alias
    if alias and isinstance(slug, str) and slug.lower() != alias.lower():
        message = f"`slug_name` is {slug!r}, but ALIAS is {alias!r}: a segment has one slug"
        return [_at_start(statement, "bad-option", message, "leave `slug_name` out of WITH")]
    name = alias or slug
    if isinstance(name, str) and not _SLUG.fullmatch(name):
        message = f"no address can hold the slug {name!r}"
        return [_at_start(statement, "bad-slug", message, "use letters, digits, `_` and `-`")]
    if name:
        return []
    message = "this segment has no ALIAS, and so no slug to be stored under"
    return [_at_start(statement, "missing-alias", message, "add `ALIAS a_name` at the end")]


def _unsayable(statement: Statement, message: str) -> Diagnostic:
    help = "write it with other characters"
    return _at_start(statement, "unsayable-string", message, help)


def _at_start(statement: Statement, name: str, message: str, help: str) -> Diagnostic:
    end = min(statement.end, statement.start + len("FILTER"))
    return diagnostic(name, statement.start, end, message, help)
