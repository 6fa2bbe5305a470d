"""What is known of an account's fields: types, operators, functions, dates, and catalogs of them.

Files of catalogs are read by `segql.catalog.files`, and made from profiles by
`segql.catalog.infer`.
"""

from typing import TYPE_CHECKING

from segql._lazy import lazily

if TYPE_CHECKING:
    from segql.catalog.dates import DateMath, instant, is_date, parse_date_math
    from segql.catalog.functions import (
        FUNCTIONS,
        TIMEWINDOW_COUNTS,
        TIMEWINDOW_DAYS,
        Function,
        Parameter,
        signature,
    )
    from segql.catalog.model import DEFAULT_TABLE, Catalog, Field, Found
    from segql.catalog.operands import type_of
    from segql.catalog.types import (
        OPERATORS,
        TYPES,
        UNKNOWN,
        FieldType,
        Kind,
        Shape,
        Value,
        allowed,
        documented,
        parse_type,
    )

_PLACES = {
    "Catalog": "model.Catalog",
    "DEFAULT_TABLE": "model.DEFAULT_TABLE",
    "DateMath": "dates.DateMath",
    "FUNCTIONS": "functions.FUNCTIONS",
    "Field": "model.Field",
    "FieldType": "types.FieldType",
    "Found": "model.Found",
    "Function": "functions.Function",
    "Kind": "types.Kind",
    "OPERATORS": "types.OPERATORS",
    "Parameter": "functions.Parameter",
    "Shape": "types.Shape",
    "TIMEWINDOW_COUNTS": "functions.TIMEWINDOW_COUNTS",
    "TIMEWINDOW_DAYS": "functions.TIMEWINDOW_DAYS",
    "TYPES": "types.TYPES",
    "UNKNOWN": "types.UNKNOWN",
    "Value": "types.Value",
    "allowed": "types.allowed",
    "documented": "types.documented",
    "instant": "dates.instant",
    "is_date": "dates.is_date",
    "parse_date_math": "dates.parse_date_math",
    "parse_type": "types.parse_type",
    "signature": "functions.signature",
    "type_of": "operands.type_of",
}

__all__ = [
    "DEFAULT_TABLE",
    "FUNCTIONS",
    "OPERATORS",
    "TIMEWINDOW_COUNTS",
    "TIMEWINDOW_DAYS",
    "TYPES",
    "UNKNOWN",
    "Catalog",
    "DateMath",
    "Field",
    "FieldType",
    "Found",
    "Function",
    "Kind",
    "Parameter",
    "Shape",
    "Value",
    "allowed",
    "documented",
    "instant",
    "is_date",
    "parse_date_math",
    "parse_type",
    "signature",
    "type_of",
]

__getattr__ = lazily(__name__, _PLACES)
