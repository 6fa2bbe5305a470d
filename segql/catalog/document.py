"""The format of a catalog file: what may stand in it, and what is wrong in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from segql.catalog.model import Field
from segql.catalog.shapes import entries, items
from segql.catalog.types import TYPES, UNKNOWN, parse_type
from segql.diagnostics import did_you_mean

if TYPE_CHECKING:
    from segql.catalog.places import Part, Path

SCHEMA_URL = "https://segql.github.io/segql/catalog.schema.json"
_LONGEST = 60  # characters of a name in a message


class Problem(NamedTuple):
    """What is wrong in a document, and where: the path and the part of what it leads to."""

    path: Path
    part: Part
    message: str
    help: str


class Contents(NamedTuple):
    """What a document says, as far as it can be understood."""

    table: str | None
    fields: list[Field]
    problems: list[Problem]


class _Key(NamedTuple):
    accepts: Callable[[object], bool]
    wanted: str  # what to write instead of a wrong value
    schema: dict[str, Any]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_bool(value: object) -> bool:
    return isinstance(value, bool)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_list_or_object(value: object) -> bool:
    return isinstance(value, list | dict)


def _is_list_of(*kinds: type) -> Callable[[object], bool]:
    def accepts(value: object) -> bool:
        return _is_list(value) and all(isinstance(item, kinds) for item in items(value))

    return accepts


_TEXT: dict[str, Any] = {"type": "string"}
_NAME: dict[str, Any] = {"type": "string", "minLength": 1}
_VALUES: dict[str, Any] = {"type": "array", "items": {"type": ["string", "number", "boolean"]}}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}

_DOCUMENT_KEYS = {
    "$schema": _Key(_is_text, "the address of the schema", _TEXT),
    "table": _Key(
        _is_name,
        'the name of a table, such as "user"',
        _NAME | {"description": "The table that the fields are in; else the file's name says it."},
    ),
    "fields": _Key(
        _is_list_or_object,
        "a list of fields, or names with their types",
        {
            "anyOf": [
                {"type": "array", "items": {"$ref": "#/$defs/field"}},
                {"type": "object", "additionalProperties": {"$ref": "#/$defs/named"}},
            ]
        },
    ),
}
_FIELD_KEYS = {
    "name": _Key(
        _is_name,
        "the field's name as a text",
        _NAME | {"description": "The name as it is in a profile; case matters."},
    ),
    "type": _Key(
        _is_text,
        'a type as a text, such as "int" or "[]string"',
        _TEXT | {"description": "The type.", "examples": list(TYPES)},
    ),
    "description": _Key(
        _is_text, "a text", _TEXT | {"description": "What the field holds, for people."}
    ),
    "identity": _Key(
        _is_bool,
        "true or false",
        {"type": "boolean", "description": "Whether profiles are put together by this field."},
    ),
    "examples": _Key(
        _is_list_of(str, int, float),  # a bool is an int
        "a list of texts, numbers, true and false",
        _VALUES | {"description": "Values that were seen, the most frequent first."},
    ),
    "keys": _Key(
        _is_list_of(str),
        "a list of texts",
        _TEXTS | {"description": "Keys of a map that were seen, the most frequent first."},
    ),
    "source": _Key(
        _is_text, "a text", _TEXT | {"description": "The streams of data that fill the field."}
    ),
}
_REQUIRED = {"name": "a name", "type": "a type"}


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a catalog file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_URL,
        "title": "A catalog of segql: the fields of one table of an account",
        **_object_schema(_DOCUMENT_KEYS, ["fields"]),
        "$defs": {
            "field": _object_schema(_FIELD_KEYS, list(_REQUIRED)),
            "named": {"anyOf": [_FIELD_KEYS["type"].schema, _object_schema(_FIELD_KEYS, ["type"])]},
        },
    }


def _object_schema(keys: dict[str, _Key], required: list[str]) -> dict[str, Any]:
    properties = {name: key.schema for name, key in keys.items()}
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def read(document: object) -> Contents:
    """What a decoded document of our own format says, and what is wrong in it."""
    if not isinstance(document, dict):
        help = 'write {"table": "user", "fields": [...]}'
        return Contents(None, [], [Problem((), "value", "a catalog is one object", help)])
    said = entries(cast("object", document))
    problems = list(_wrong_entries(said, _DOCUMENT_KEYS, (), "a catalog"))
    if "fields" not in said:
        problems.append(Problem((), "value", "a catalog needs `fields`", "add a list of fields"))
    fields: list[Field] = []
    for item in _items(said.get("fields")):
        wrong = list(_wrong_field(item))
        problems += wrong
        if not wrong:
            fields.append(_field(cast("dict[str, Any]", item.said)))
    problems += _doubled(items(said.get("fields")))
    table = said.get("table")
    return Contents(table if isinstance(table, str) else None, fields, problems)


class _Item(NamedTuple):
    """A field as it is written, and where it and its type stand."""

    said: object
    path: Path
    type_path: Path


def _items(fields: object) -> Iterable[_Item]:
    """The fields of a list, or of an object of names: ``{"visitct": "int"}``."""
    for index, item in enumerate(items(fields)):
        yield _Item(item, ("fields", index), ("fields", index, "type"))
    for name, item in entries(fields).items():
        path: Path = ("fields", name)
        if isinstance(item, dict):
            said = {**entries(cast("object", item)), "name": name}
            yield _Item(said, path, (*path, "type"))
        else:
            yield _Item({"name": name, "type": item}, path, path)


def _wrong_entries(
    said: Mapping[str, object], keys: dict[str, _Key], path: Path, owner: str
) -> Iterable[Problem]:
    for name, value in said.items():
        key = keys.get(name)
        if key is None:
            near = did_you_mean(name, keys)
            help = f"did you mean `{near}`?" if near else f"the keys are {', '.join(keys)}"
            yield Problem((*path, name), "key", f"{owner} has no key `{_cut(name)}`", help)
        elif not key.accepts(value):
            message = f"`{name}` has a wrong value"
            yield Problem((*path, name), "value", message, f"write {key.wanted}")


def _wrong_field(item: _Item) -> Iterable[Problem]:
    path, whole = item.path, item.said
    if not isinstance(whole, dict):
        help = 'write {"name": "visitct", "type": "int"}'
        yield Problem(path, "value", "a field is an object with a name and a type", help)
        return
    said = entries(cast("object", whole))
    if item.type_path == path and not _is_text(said["type"]):
        help = 'write a type as a text, such as "int", or an object with a type'
        yield Problem(path, "value", "this is no type", help)
        return
    yield from _wrong_entries(said, _FIELD_KEYS, path, "a field")
    for name, what in _REQUIRED.items():
        if name not in said:
            yield Problem(path, "value", f"a field needs {what}", f"add `{name}`")
    type = said.get("type")
    if isinstance(type, str) and parse_type(type) is None:
        near = did_you_mean(type, TYPES)
        help = f"did you mean `{near}`?" if near else f"the types are {', '.join(TYPES)}"
        yield Problem(item.type_path, "value", f"there is no type `{_cut(type)}`", help)


def _doubled(fields: list[object]) -> Iterable[Problem]:
    seen: set[str] = set()
    for index, item in enumerate(fields):
        name = entries(item).get("name")
        if not isinstance(name, str):
            continue
        if name in seen:
            message, help = f"the field `{_cut(name)}` is here already", "remove one of the two"
            yield Problem(("fields", index, "name"), "value", message, help)
        seen.add(name)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."


def _field(said: dict[str, Any]) -> Field:
    return Field(
        name=said["name"],
        type=parse_type(said["type"]) or UNKNOWN,
        description=said.get("description", ""),
        is_identity=said.get("identity", False),
        examples=tuple(map(_as_text, said.get("examples", ()))),
        keys=tuple(said.get("keys", ())),
        source=said.get("source", ""),
    )


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def write(table: str, fields: Iterable[Field]) -> str:
    """A catalog file: the fields sorted by name, each on a line of its own."""
    from json import dumps  # what msgspec writes is not for people: it puts no space anywhere

    def line(value: object) -> str:
        text = dumps(value, ensure_ascii=False)
        return text if text.isprintable() else dumps(value)  # nothing steers a terminal

    lines = ",\n".join(f"    {line(_said(f))}" for f in sorted(fields, key=lambda f: f.name))
    listed = f"[\n{lines}\n  ]" if lines else "[]"
    head = f'  "$schema": {line(SCHEMA_URL)},\n  "table": {line(table)},\n'
    return f'{{\n{head}  "fields": {listed}\n}}\n'


def _said(field: Field) -> dict[str, Any]:
    """A field as an object, without what it does not say."""
    more: dict[str, Any] = {
        "description": field.description,
        "identity": field.is_identity,
        "examples": field.examples,
        "keys": field.keys,
        "source": field.source,
    }
    return {"name": field.name, "type": field.type.name} | {k: v for k, v in more.items() if v}
