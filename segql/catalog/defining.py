"""Where a catalog file says what a field is."""

from __future__ import annotations

from pathlib import Path

import msgspec

from segql.catalog import places
from segql.catalog.files import CatalogError, read_catalog
from segql.catalog.model import DEFAULT_TABLE
from segql.catalog.shapes import entries, items
from segql.source import SourceFile, Span

_LISTS = ("fields", "columns")  # the vendor's older releases say columns
_NAMES = ("as", "name", "field")  # the first that is there says what a field is called


def find_definition(
    path: Path, name: str, table: str = DEFAULT_TABLE
) -> tuple[SourceFile, Span] | None:
    """The text of a catalog file, and the name of a field in it.

    None where the file does not have the field, or is no catalog.
    """
    try:
        if name not in read_catalog(path).fields(table):
            return None
        text = path.read_bytes().decode("utf-8-sig")
        return SourceFile(text, str(path)), _place(text, name, path.suffix.lower() == ".toml")
    except (CatalogError, OSError, ValueError, msgspec.MsgspecError):  # it may change meanwhile
        return None


def _place(text: str, name: str, is_toml: bool) -> Span:
    from tomllib import loads

    decoded = loads(text) if is_toml else msgspec.json.decode(text)
    locate = (places.toml_places if is_toml else places.json_places)(text)
    return locate(*_way_to(decoded, name))


def _way_to(document: object, name: str) -> tuple[places.Path, places.Part]:
    """The way to the name of a field, in whatever envelope its list lies."""
    pending: list[tuple[places.Path, object]] = [((), document)]
    for path, value in pending:
        for word, inner in entries(value).items():
            if word not in _LISTS:
                pending.append(((*path, word), inner))
            elif name in entries(inner):
                return (*path, word, name), "key"
            else:
                for index, item in enumerate(items(inner)):
                    key = next((key for key in _NAMES if key in entries(item)), None)
                    if key and entries(item)[key] == name:
                        return (*path, word, index, key), "value"
        pending += [((*path, index), inner) for index, inner in enumerate(items(value))]
    return (), "value"
