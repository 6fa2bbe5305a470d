"""What the vendor's API tells about the fields of an account.

The page of the Catalog API has ``/api/schema/{table}`` and ``/api/schema/{table}/fieldinfo``; the
OpenAPI description has the data models instead. An account may have either.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from segql.api.client import Client
from segql.api.decoding import malformed, understood
from segql.api.errors import NotFound
from segql.api.messages import path_of
from segql.catalog import DEFAULT_TABLE, Field
from segql.catalog.shapes import entries, items, text
from segql.catalog.vendor import Values, read_fields, read_values, with_values

_SCHEMA = "/api/schema"
_MODELS = "/api/datamodel"

T = TypeVar("T")


class SchemaClient(Client):
    """A `Client` that can also ask about fields. Every method raises as those of `Client` do."""

    def fields(self, table: str = DEFAULT_TABLE) -> list[Field]:
        """The fields of a table, without examples; NotFound if there is no such table.

        Where the account has no schema, the data models tell the fields of the table "user".
        """
        try:
            return self._read(path_of(_SCHEMA, table), lambda found: read_fields(found).fields)
        except NotFound:
            if table.lower() != DEFAULT_TABLE:
                raise
            return self._fields_of_models()

    def with_values(self, fields: list[Field], table: str = DEFAULT_TABLE) -> list[Field]:
        """The fields of a table with examples of their values, as far as they may be shown."""
        values: dict[str, Values] = self._read(f"{path_of(_SCHEMA, table)}/fieldinfo", read_values)
        return with_values(fields, values)

    def _fields_of_models(self) -> list[Field]:
        listed = self._read(_MODELS, lambda found: items(entries(found).get("data", found)))
        models = [self._model(model) for model in listed]
        try:
            return read_fields(models).fields if models else []
        except ValueError as error:
            where = f"GET {self._credentials.url}{_MODELS}"
            raise malformed(where, 200, str(error)) from None

    def _model(self, model: object) -> object:
        """A data model with its fields, which the list of all may leave out."""
        said = entries(model)
        if items(said.get("fields")):
            return model
        name = text(said.get("name")) or text(said.get("id"))
        return self._read(path_of(_MODELS, name), lambda found: entries(found).get("data", found))

    def _read(self, path: str, read: Callable[[object], T]) -> T:
        return understood(self._send("GET", path), read)
