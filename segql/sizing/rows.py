"""Profiles as rows of DuckDB: for every name that is asked for, a column of one type.

Each column is independent of the others: ``scores`` is the map, ``scores.sum`` the value at a key
of it, or of the field with just this name. What a value means to the evaluator is kept: null and
missing differ, and values of several kinds stay JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sqlglot import exp

from segql.catalog import UNKNOWN, Catalog, Field, FieldType, parse_type
from segql.compiler.sql.instants import text_instant
from segql.compiler.sql.mapping import Mapping, Place
from segql.compiler.sql.truth import Sql, is_null
from segql.evaluator.values import read_date
from segql.sizing.forms import JSON, Form, Kinds, form_of, items_of, json_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROWS = "profiles"  # the view that is asked
_COPIED = "copied"  # the table behind it, where there is one
_MOST_ODD = 1000  # texts that are looked at, one by one


class Name(NamedTuple):
    """A name in a table of the account, and what the catalog says of it."""

    table: str
    name: str
    type: FieldType


class Values(NamedTuple):
    """The values of a name in a relation, and of which kinds they and the items of lists are."""

    name: Name
    sql: Sql
    is_json: bool
    kinds: Kinds
    items: Kinds = frozenset()


class Column(NamedTuple):
    """A name, and the column that its values are in. ``null``: the one that tells null."""

    name: Name
    column: str
    type: FieldType
    is_json: bool = False
    null: str | None = None
    is_odd: bool = False  # holds dates that only the evaluator can read


def named(names: Iterable[tuple[str, str]], catalog: Catalog) -> list[Name]:
    """Tables and names with their types, in an order that does not change."""
    found = [(table, name, catalog.find(name, table)) for table, name in sorted(set(names))]
    return [Name(table, name, hit.type if hit else UNKNOWN) for table, name, hit in found]


def places(columns: Iterable[Column], table: str) -> tuple[Mapping, Catalog]:
    """Where the names of a table are, and of which types: as `segql.compiler.sql` takes them."""
    own = [column for column in columns if column.name.table == table]
    fields: dict[str, Place | str] = {
        c.name.name: Place(c.column, json=() if c.is_json else None, null=c.null) for c in own
    }
    catalog = Catalog({table: [Field(c.name.name, c.type) for c in own]})
    return Mapping(table=ROWS, fields=fields), catalog


def make(
    db: DuckDBPyConnection, source: Sql, found: Sequence[Values], others: Sequence[Sql]
) -> list[Column]:
    """Make the rows from a relation; ``others`` are columns that are taken as they are.

    A file of Parquet in which nothing has to be converted is not copied.
    """
    import duckdb

    forms = [_form(db, source, values) for values in found]
    try:
        return _made(db, source, found, forms, others)
    except duckdb.ConversionException:  # an int that is too large for a column
        forms = [(JSON if "int" in (form.type or "") else form, odd) for form, odd in forms]
        return _made(db, source, found, forms, others)


def _made(
    db: DuckDBPyConnection,
    source: Sql,
    found: Sequence[Values],
    forms: Sequence[tuple[Form, bool]],
    others: Sequence[Sql],
) -> list[Column]:
    selected = [*others]
    columns: list[Column] = []
    for number, (values, (form, is_odd)) in enumerate(zip(found, forms, strict=True)):
        column = Column(
            values.name,
            f"c{number}",
            parse_type(form.type) or UNKNOWN if form.type else values.name.type,
            is_json=form.type is None,
            null=f"n{number}" if form.type and "null" in values.kinds else None,
            is_odd=is_odd,
        )
        columns.append(column)
        change = form.of_json if values.is_json else form.of_sql
        selected.append(exp.alias_(change(values.sql), column.column))
        if column.null:
            is_flagged = exp.EQ(this=json_type(values.sql), expression=exp.Literal.string("NULL"))
            selected.append(exp.alias_(is_flagged, column.null))
    is_table = isinstance(source, exp.Table)
    is_copied = is_table or not all(form.is_plain for form, _ in forms)
    query = exp.Select(expressions=selected).from_(source)
    if is_copied:
        db.execute(f"CREATE OR REPLACE TABLE {_COPIED} AS {query.sql('duckdb')}")
        query = exp.select("*").from_(_COPIED)
    db.execute(f"CREATE OR REPLACE VIEW {ROWS} AS {query.sql('duckdb')}")
    return columns


def json_type(value: Sql) -> Sql:
    """What DuckDB calls the type of a value in JSON."""
    return exp.Anonymous(this="JSON_TYPE", expressions=[value])


def _form(db: DuckDBPyConnection, source: Sql, values: Values) -> tuple[Form, bool]:
    """The form of values, and whether there are dates among them that SQL cannot read."""
    form = form_of(values.name.type, values.kinds - {"null"}, values.items)
    texts = _texts(values) if values.name.type.value == "date" else None
    if texts is None:
        return form, False
    odd = _odd(db, source, texts, values.is_json)
    if not odd:
        return form, False
    is_odd = len(odd) > _MOST_ODD or any(read_date(text) is not None for text in odd)
    return JSON, is_odd


def _texts(values: Values) -> Sql | None:
    """The texts among values, or among the items of lists; None where there are none."""
    shape = values.name.type.shape
    if shape == "scalar" and "text" in values.kinds:
        return values.sql
    if shape == "set" and "list" in values.kinds and "text" in values.items:
        return exp.Explode(this=items_of(values.sql, values.is_json))
    return None


def _odd(db: DuckDBPyConnection, source: Sql, texts: Sql, is_json: bool) -> list[str]:
    """Texts that are no dates to SQL."""
    text = exp.column("text")
    inner = exp.Select(expressions=[exp.alias_(texts, "value")]).from_(source).subquery("every")
    value: Sql = exp.column("value")
    said = exp.alias_(json_text(value) if is_json else value, "text")
    spoken = exp.Select(expressions=[said]).from_(inner)
    if is_json:
        is_text = exp.EQ(this=json_type(value), expression=exp.Literal.string("VARCHAR"))
        spoken = spoken.where(is_text)
    query = (
        exp.Select(expressions=[text])
        .distinct()
        .from_(spoken.subquery("spoken"))
        .where(exp.not_(is_null(text)), is_null(text_instant(text)))
        .limit(_MOST_ODD + 1)
    )
    return [row[0] for row in db.execute(query.sql("duckdb")).fetchall()]
