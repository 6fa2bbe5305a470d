"""Segments as SQL: the members of a segment, asked of a table of profiles."""

from typing import TYPE_CHECKING

from segql._lazy import lazily

if TYPE_CHECKING:
    from segql.compiler.sql.dialects import DIALECTS
    from segql.compiler.sql.errors import SqlError
    from segql.compiler.sql.mapping import Mapping, Place
    from segql.compiler.sql.statement import predicate, sql

_PLACES = {
    "DIALECTS": "dialects.DIALECTS",
    "Mapping": "mapping.Mapping",
    "Place": "mapping.Place",
    "SqlError": "errors.SqlError",
    "predicate": "statement.predicate",
    "sql": "statement.sql",
}

__all__ = ["DIALECTS", "Mapping", "Place", "SqlError", "predicate", "sql"]

__getattr__ = lazily(__name__, _PLACES)
