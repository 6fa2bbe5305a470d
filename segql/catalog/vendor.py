"""The vendor's own answers about fields, as they come from the API or lie in a file.

Read are those of ``/api/schema/{table}`` (older releases say ``columns``, newer ``fields``), of
``/api/schema/{table}/fieldinfo``, of ``/api/datamodel`` and of ``/api/datamodel/{name}``; each
with or without its envelope. Only what a catalog needs is looked at, and a type that is not known
is `UNKNOWN`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

from segql.catalog.model import Field
from segql.catalog.shapes import entries, items, text, texts
from segql.catalog.types import UNKNOWN, parse_type


class Answer(NamedTuple):
    """The fields of an answer, and the table where it says which."""

    table: str | None
    fields: list[Field]


class Values(NamedTuple):
    """What was counted of a field: profiles by value, and the share of values that differ."""

    counts: dict[str, int]
    distinct: float


def is_answer(document: object) -> bool:
    """Whether a decoded document is an answer of the vendor, and not a file of our own."""
    data = _data(document)
    first = entries(next(iter(items(_fields(data))), None))
    is_enveloped = data is not document
    is_models = any("fields" in entries(item) for item in items(data))
    is_bare = "columns" in entries(data) or "as" in first or "terms_counts" in first
    return is_enveloped or is_models or is_bare


def is_values(document: object) -> bool:
    """Whether an answer tells values and not types: one of ``fieldinfo``."""
    return any("terms_counts" in entries(item) for item in items(_fields(_data(document))))


def read_fields(document: object) -> Answer:
    """The fields of an answer that describes them. Raises ``ValueError`` for another shape."""
    data = _data(document)
    fields: dict[str, Field] = {}
    for model in items(data) or [data]:
        identities = texts(entries(model).get("by_fields"))
        for item in _list_of_fields(model):
            field = _field(entries(item), identities)
            fields[field.name] = _both(fields.get(field.name, field), field)
    # A data model has a name as well, but that is the name of a stream.
    table = text(entries(data).get("name")) if "columns" in entries(data) else ""
    return Answer(table or None, list(fields.values()))


def read_values(document: object) -> dict[str, Values]:
    """The values of each field in an answer of ``fieldinfo``. Raises ``ValueError``."""
    described = map(entries, _list_of_fields(_data(document)))
    return {_name(item, "field"): _values(item) for item in described}


def with_values(fields: Iterable[Field], values: Mapping[str, Values]) -> list[Field]:
    """Fields with the examples that may be shown, and maps with the keys that were counted."""
    return [_with_values(field, values) for field in fields]


def fields_of_values(values: Mapping[str, Values]) -> list[Field]:
    """The fields of an answer of ``fieldinfo`` alone, which does not say their types."""
    return with_values((Field(name, UNKNOWN) for name in values), values)


def _data(document: object) -> object:
    """What is in the envelope, if there is one."""
    said = entries(document)
    return said["data"] if "data" in said and "fields" not in said else document


def _fields(model: object) -> object:
    said = entries(model)
    return said.get("columns", said.get("fields"))


def _list_of_fields(model: object) -> list[object]:
    found = _fields(model)
    if not isinstance(found, list):
        raise ValueError("there is no list of fields in it")
    return items(cast("object", found))


def _field(said: Mapping[str, object], identities: Iterable[str]) -> Field:
    name = _name(said, "as", "name")
    return Field(
        name=name,
        type=parse_type(text(said.get("type"))) or UNKNOWN,
        description=_description(text(said.get("shortdesc")), text(said.get("longdesc"))),
        is_identity=said.get("is_by") is True or name in identities,
        source=", ".join(texts(said.get("froms"))),
    )


def _both(first: Field, second: Field) -> Field:
    """A field that two data models fill. Where they disagree, nothing is known of its type."""
    return Field(
        name=first.name,
        type=first.type if first.type == second.type else UNKNOWN,
        description=first.description or second.description,
        is_identity=first.is_identity or second.is_identity,
        source=first.source or second.source,
    )


def _description(short: str, long: str) -> str:
    if not short or long.startswith(short):
        return long
    return f"{short}: {long}" if long else short


def _name(said: Mapping[str, object], *keys: str) -> str:
    name = next(filter(None, (text(said.get(key)) for key in keys)), "")
    if not name:
        raise ValueError("one of the fields in it has no name")
    return name


def _values(said: Mapping[str, object]) -> Values:
    terms = entries(said.get("terms_counts")).items()
    counts = {term: count for term, count in terms if isinstance(count, int)}
    if said.get("high_card") is True:  # too many to be counted: as good as one for each profile
        return Values(counts, 1)
    # Only the most frequent values are listed; these are the numbers for all.
    known, profiles = said.get("approx_cardinality"), said.get("ents_present")
    distinct = max(len(counts), known if isinstance(known, int) else 0)
    seen = max(sum(counts.values()), profiles if isinstance(profiles, int) else 0)
    return Values(counts, distinct / max(1, seen))


def _with_values(field: Field, values: Mapping[str, Values]) -> Field:
    from msgspec.structs import replace

    from segql.catalog import privacy  # its patterns take long to compile

    if field.type.shape == "map":
        return replace(field, keys=tuple(privacy.keys(_keys(field.name, values))))
    seen = values.get(field.name)
    if seen is None or field.type.value == "date":
        return field
    shown = privacy.examples(field.name, field.is_identity, seen.counts, seen.distinct)
    return replace(field, examples=tuple(shown))


def _keys(map: str, values: Mapping[str, Values]) -> dict[str, int]:
    """How many profiles have each key of a map: its values are counted as ``map.key``."""
    return {
        name.removeprefix(f"{map}."): sum(value.counts.values())
        for name, value in values.items()
        if name.startswith(f"{map}.")
    }
