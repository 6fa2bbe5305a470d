"""Catalog files: JSON or TOML, of our own format or an answer of the vendor's API."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from segql.catalog import document, vendor
from segql.catalog.document import Problem
from segql.catalog.model import DEFAULT_TABLE, Catalog, Field
from segql.diagnostics import Diagnostic, diagnostic
from segql.source import SourceFile, Span

__all__ = ["CatalogError", "catalog_json", "read_catalog", "schema"]

_NOT_UTF8 = "save it as UTF-8"
_TOO_DEEP = "it is nested too deeply"
_MEND = "mend the file, or write it again with `segql catalog pull`"


class CatalogError(Exception):
    """A file that is no catalog: its text, and what is wrong with it, in the order of places."""

    def __init__(self, source: SourceFile, problems: list[Diagnostic]) -> None:
        super().__init__(f"{source.path}: {problems[0].message}")
        self.source = source
        self.problems = problems


def read_catalog(path: Path) -> Catalog:
    """Read one catalog file; what does not end in ``.toml`` is JSON.

    The table is what the file says, else the middle of its name (``catalog.content.json``), else
    "user". Raises `CatalogError`, and ``OSError`` for a file that cannot be read.
    """
    text = _decode(path, path.read_bytes())
    source = SourceFile(text, str(path))
    is_toml = path.suffix.lower() == ".toml"
    decoded = _toml(source) if is_toml else _json(source)
    table, fields = _contents(source, decoded, is_toml)
    return Catalog({table or _table_of(path): fields})


def catalog_json(table: str, fields: Iterable[Field]) -> str:
    """The text of a catalog file: fields sorted by name, one a line, so that diffs are small."""
    return document.write(table, fields)


def schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of the format; published as docs/catalog.schema.json."""
    return document.schema()


class _Found(NamedTuple):
    table: str | None
    fields: list[Field]


def _contents(source: SourceFile, decoded: object, is_toml: bool) -> _Found:
    if vendor.is_answer(decoded):
        try:
            return _answer(decoded)
        except ValueError as error:
            raise _error(source, Span(0, 0), f"this is no answer of the API: {error}") from None
    contents = document.read(decoded)
    if contents.problems:
        raise CatalogError(source, _placed(source, contents.problems, is_toml))
    return _Found(contents.table, contents.fields)


def _placed(source: SourceFile, problems: list[Problem], is_toml: bool) -> list[Diagnostic]:
    from segql.catalog import places  # only on the way to a message

    locate = (places.toml_places if is_toml else places.json_places)(source.text)
    found = [_problem(locate(p.path, p.part), p.message, p.help) for p in problems]
    return sorted(found, key=lambda problem: problem.span)


def _answer(decoded: object) -> _Found:
    if vendor.is_values(decoded):
        return _Found(None, vendor.fields_of_values(vendor.read_values(decoded)))
    return _Found(*vendor.read_fields(decoded))


def _table_of(path: Path) -> str:
    return path.stem.rpartition(".")[2] if "." in path.stem else DEFAULT_TABLE


def _decode(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} is not UTF-8"
        raise _error(SourceFile("", str(path)), Span(0, 0), message, _NOT_UTF8) from None


def _json(source: SourceFile) -> object:
    content = source.text.encode()
    try:
        return msgspec.json.decode(content)
    except RecursionError:
        raise _error(source, Span(0, 0), _TOO_DEEP) from None
    except msgspec.MsgspecError as error:
        why = str(error)
    place = re.search(r" \(byte ([0-9]+)\)$", why)
    # Without a place the text has ended too early, or a number in it is too large.
    at = len(content[: int(place[1])].decode(errors="ignore")) if place else len(source.text)
    why = why[: place.start()] if place else why
    raise _error(source, Span(at, at + 1), f"this is not JSON: {_reason(why)}")


def _reason(why: str) -> str:
    if "truncated" in why:
        return "it ends too early"
    return why.removeprefix("JSON is malformed: ").partition(" - at ")[0]


def _toml(source: SourceFile) -> object:
    import tomllib  # few catalogs are TOML

    try:
        return tomllib.loads(source.text)
    except RecursionError:
        raise _error(source, Span(0, 0), _TOO_DEEP) from None
    except tomllib.TOMLDecodeError as error:
        why = str(error)
    place = re.search(r" \(at line ([0-9]+), column ([0-9]+)\)$", why)
    at = len(source.text)
    if place:
        at = source.line_starts[int(place[1]) - 1] + int(place[2]) - 1
    why = re.sub(r" \(at [^()]*\)$", "", why)
    raise _error(source, Span(at, at + 1), f"this is not TOML: {why}")


def _error(source: SourceFile, span: Span, message: str, help: str = _MEND) -> CatalogError:
    end = min(span.end, len(source.text))
    return CatalogError(source, [_problem(Span(min(span.start, end), end), message, help)])


def _problem(span: Span, message: str, help: str) -> Diagnostic:
    return diagnostic("bad-catalog", span.start, span.end, message, help)
