"""``segql catalog``: make and show catalogs of an account's fields."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from segql.cli.account import account, connection, connection_options, profile_option
from segql.cli.failures import CANNOT_RUN, Failure
from segql.cli.profiles import STDIN, Reader

if TYPE_CHECKING:
    from segql.api.schema import SchemaClient
    from segql.catalog import Catalog, Field

_TABLE = "user"
_WIDEST = 60  # characters of a description or of examples


@click.group(name="catalog")
def command() -> None:
    """Make and show catalogs: what is known of an account's fields.

    `segql check` reads the files catalog.*.json and catalog.*.toml beside the configuration.
    """


@command.command()
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="NAME",
    help=f"A table to ask for; may be given several times.  [default: {_TABLE}]",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The folder to write into.  [default: the current one]",
)
@profile_option
@connection_options
def pull(tables: tuple[str, ...], output: Path, profile: str | None) -> None:
    """Write catalog.TABLE.json from what the account says about its fields.

    Values that could tell a person apart are not written.

    The token is read from LYTICS_API_TOKEN (or LIOKEY), the address from LYTICS_API_URL.
    """
    from segql.api.schema import SchemaClient
    from segql.catalog.files import catalog_json

    tables = tables or (_TABLE,)
    for table in tables:
        _check_table(table)
    with connection().open(SchemaClient, account(profile)) as client:
        pulled = [(table, _pulled(client, table)) for table in tables]
    output.mkdir(parents=True, exist_ok=True)
    for table, fields in pulled:
        path = output / f"catalog.{table}.json"
        word = _write(path, catalog_json(table, fields))
        click.echo(f"{word:9} {_visible(str(path))}  ({_count(len(fields), 'field')})")


@command.command()
@click.argument("profiles", type=click.Path(readable=False, path_type=Path))
@click.option("--table", default=_TABLE, show_default=True, metavar="NAME", help="Their table.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write.  [default: standard output]",
)
def infer(profiles: Path, table: str, output: Path | None) -> None:
    """Write a catalog from PROFILES, which nobody has to upload: a file, or - for standard input.

    A profile is a JSON object; there is one on each line, or a list of them. Values that could
    tell a person apart are not written.
    """
    from segql.catalog.files import catalog_json
    from segql.catalog.infer import infer as infer_fields
    from segql.profiles import read_json

    _check_table(table)
    reader = Reader(profiles, lambda stream, _: read_json(stream))
    fields = infer_fields(reader)
    reader.tell()
    if not reader.count:
        message = f"there is no profile in {reader.name}"
        raise Failure(message, "give one JSON object a line, or a JSON list of them")
    text = catalog_json(table, fields)
    if output is None or output == STDIN:
        click.echo(text, nl=False)
        return
    _write(output, text)
    counted = f"{_count(len(fields), 'field')} from {_count(reader.count, 'profile')}"
    click.echo(f"{_visible(str(output))}: {counted}.")


@command.command()
@click.argument("paths", nargs=-1, type=click.Path(readable=False, path_type=Path))
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A table, or one JSON list of fields.",
)
def show(paths: tuple[Path, ...], output_format: str) -> None:
    """List the fields of catalogs.

    PATHS are catalog files; without any, those of the configuration, or of the current folder.
    """
    from segql.catalog import Catalog

    found = paths or tuple(_catalogs_here())
    if not found:
        help = "name a file, or make one: `segql catalog pull`, `segql catalog infer`"
        raise Failure("there is no catalog here", help)
    catalog = Catalog()
    for path in found:
        catalog |= _read(path)
    if output_format == "json":
        _show_json(catalog)
    else:
        _show_text(catalog)


# ---- Parts ------------------------------------------------------------------------------


def _pulled(client: SchemaClient, table: str) -> list[Field]:
    """The fields of a table, with examples where the account tells them."""
    from segql.api import HttpError

    fields = client.fields(table)
    if not fields:
        raise Failure(f"the account knows no fields of the table `{table}`", "name another table")
    try:
        return client.with_values(fields, table)
    except HttpError as error:  # fields without examples are worth having
        click.echo(f"segql: no examples for `{table}`: {_visible(error.message)}", err=True)
        return fields


def _check_table(table: str) -> None:
    """A name that is a part of a file's name and of an address."""
    if not table.replace("_", "").replace("-", "").isalnum():
        help = "a table's name has letters, digits, `_` and `-`"
        raise Failure(f"`{table}` cannot be the name of a table", help)


def _write(path: Path, text: str) -> str:
    """Write a file and return what became of it."""
    from segql.cli.writing import write_text

    is_new = not path.exists()
    if not is_new and path.read_bytes() == text.encode():
        return "unchanged"
    write_text(path, text)
    return "created" if is_new else "updated"


def _catalogs_here() -> list[Path]:
    from segql.workspace import find_config

    config = find_config(Path.cwd())
    if config and config.catalogs is not None:
        return [config.root / path for path in config.catalogs]
    root = config.root if config else Path()
    return sorted([*root.glob("catalog.*.json"), *root.glob("catalog.*.toml")])


def _read(path: Path) -> Catalog:
    """A catalog; what is wrong in one is printed, and the command ends."""
    from segql.catalog.files import CatalogError, read_catalog
    from segql.cli.inputs import report

    try:
        return read_catalog(path)
    except CatalogError as error:
        report([(error.source, error.problems)])
        sys.exit(CANNOT_RUN)


def _show_json(catalog: Catalog) -> None:
    import msgspec

    rows = [
        {
            "table": table,
            "name": field.name,
            "type": field.type.name,
            "description": field.description,
            "identity": field.is_identity,
            "examples": field.examples,
            "keys": field.keys,
            "source": field.source,
        }
        for table, field in _sorted(catalog)
    ]
    click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())


def _show_text(catalog: Catalog) -> None:
    heads = ("FIELD", "TYPE", "DESCRIPTION", "EXAMPLES")
    for index, table in enumerate(sorted(catalog.tables)):
        rows = [_row(field) for name, field in _sorted(catalog) if name == table]
        widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
        click.echo(f"{'' if index == 0 else chr(10)}{table}: {_count(len(rows), 'field')}")
        for row in (heads, *rows):
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            click.echo("  ".join(cells).rstrip())


def _row(field: Field) -> tuple[str, str, str, str]:
    shown = ", ".join(field.examples or field.keys)
    mark = " (identity)" if field.is_identity else ""
    cells = (field.name, field.type.name + mark, _cut(field.description), _cut(shown))
    return tuple(map(_visible, cells))  # pyright: ignore[reportReturnType]


def _sorted(catalog: Catalog) -> list[tuple[str, Field]]:
    found = ((table, field) for table in catalog.tables for field in catalog.fields(table).values())
    return sorted(found, key=lambda pair: (pair[0], pair[1].name))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"


def _visible(text: str) -> str:
    from segql.diagnostics.reports.text import visible

    return visible(text)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
