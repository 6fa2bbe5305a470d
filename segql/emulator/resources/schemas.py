"""`/api/schema`, `/api/datamodel`: which fields there are, and what is in them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from segql.catalog import TYPES
from segql.catalog.shapes import entries, items
from segql.catalog.types import FieldType as CatalogType
from segql.emulator import models
from segql.emulator.calls import Call, Reply
from segql.emulator.errors import Refused
from segql.emulator.state import State
from segql.emulator.stores.fields import StoredField

_MOST_TERMS = 100  # of a field, that are told
_MOST_COUNTED = 10_000  # values of a field; when there are more, those that are rare are forgotten
_LONGEST = 256  # characters of a value that is counted

# The types of the language -> those of the OpenAPI document, by shape or else by value.
_MODEL_TYPES: dict[str, models.FieldType] = {
    "set": "array",
    "timebuckets": "array",
    "map": "object",
    "internal": "object",
    "string": "string",
    "bool": "bool",
    "int": "int",
    "number": "float",
    "date": "date",
}


def schema(state: State, call: Call) -> Reply:
    """Tell the fields of a table."""
    return Reply(200, schema_of(state, _table(state, call)))


def values(state: State, call: Call) -> Reply:
    """Tell the most frequent values of the fields of a table."""
    table = _table(state, call)
    seen = {name: _Seen() for name in state.fields.catalog.fields(table)}
    for stored in state.profiles.read(table):
        for name, value in stored.profile.items():
            _see(seen, name, value)
    fields = [found.told(name) for name, found in seen.items()]
    return Reply(200, models.SchemaValues(fields=fields))


def list_datamodels(state: State, call: Call) -> Reply:
    """List the data models: one a stream, and one for what catalogs declare of each table."""
    return Reply(200, _models(state))


def fetch_datamodel(state: State, call: Call) -> Reply:
    """Return one data model, by its name or id."""
    name = call.path["name"]
    for model in _models(state):
        if name in (model.name, model.id):
            return Reply(200, model)
    raise Refused(404, f"there is no data model {name!r}")


def schema_of(state: State, table: str) -> models.Schema:
    """The fields of a table, with the types that the evaluation goes by."""
    identities = state.fields.identities(table)
    columns = [
        models.Column(
            as_=field.name,
            type=field.type.name,
            shortdesc=field.description,
            longdesc=field.description,
            is_by=field.name in identities,
            froms=field.source.split(", ") if field.source else [],
        )
        for field in state.fields.catalog.fields(table).values()
    ]
    return models.Schema(name=table, columns=columns)


def _table(state: State, call: Call) -> str:
    table = call.path["table"].lower()
    if table not in state.tables():
        raise Refused(404, f"there is no table {table!r}")
    return table


def _models(state: State) -> list[models.Datamodel]:
    declared = state.fields.declared()
    streams = state.fields.streams()
    return [
        _model(state, name, [*declared.get(name, ()), *streams.get(name, ())])
        for name in dict.fromkeys([*declared, *streams])
    ]


def _model(state: State, name: str, fields: list[StoredField]) -> models.Datamodel:
    return models.Datamodel(
        id=hashlib.blake2b(name.encode(), digest_size=16).hexdigest(),
        name=name,
        fields=[
            models.DatamodelField(
                name=field.name,
                as_=field.name,
                type=_model_type(TYPES[field.type]),
                is_by=field.name in state.fields.identities(field.table),
            )
            for field in {field.name: field for field in fields}.values()
        ],
        created=min(field.created for field in fields),
        modified=max(field.modified for field in fields),
    )


def _model_type(type: CatalogType) -> models.FieldType:
    return _MODEL_TYPES.get(type.shape) or _MODEL_TYPES.get(type.value or "", "string")


class _Seen:
    """The values of a field."""

    def __init__(self) -> None:
        self._profiles = 0
        self._is_cut = False
        self._terms: Counter[str] = Counter()

    def add(self, terms: Iterable[str]) -> None:
        self._profiles += 1
        self._terms.update(terms)
        if len(self._terms) > _MOST_COUNTED:
            self._is_cut = True
            self._terms = Counter(dict(self._terms.most_common(_MOST_COUNTED // 2)))

    def told(self, name: str) -> models.FieldValues:
        return models.FieldValues(
            field=name,
            terms_counts=dict(self._terms.most_common(_MOST_TERMS)),
            approx_cardinality=len(self._terms),
            ents_present=self._profiles,
            high_card=self._is_cut,
        )


def _see(seen: dict[str, _Seen], name: str, value: object) -> None:
    if value is None:
        return
    seen.setdefault(name, _Seen()).add(_terms(value))
    for key, inner in entries(value).items():  # as the API has them: by `map.key`
        if inner is not None:
            seen.setdefault(f"{name}.{key}", _Seen()).add(_terms(inner))


def _terms(value: object) -> list[str]:
    inner = items(value) or [value]
    texts = {_text(item) for item in inner if isinstance(item, str | int | float)}
    return [text for text in texts if text and len(text) <= _LONGEST]


def _text(item: object) -> str:
    return str(item).lower() if isinstance(item, bool) else str(item)
