"""``segql emulator``: serve the vendor's API on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import click

from segql.cli.extras import required

_TOKEN_VARIABLE = "SEGQL_EMULATOR_TOKEN"  # noqa: S105  (the variable's name, not a token)


@click.command(name="emulator")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8787,
    show_default=True,
    help="The port on 127.0.0.1; 0 takes a free one.",
)
@click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="F",
    help="A DuckDB file that keeps the segments; without it they are kept in memory.",
)
def command(port: int, database: Path | None) -> None:
    """Serve the vendor's Segment API on 127.0.0.1 until Ctrl-C.

    The first line printed is `emulator: http://127.0.0.1:PORT`. Any token that is not empty is
    let in, unless SEGQL_EMULATOR_TOKEN names the only one.
    """
    with required("emulator"):
        from segql.emulator import serve

    serve(
        port=port,
        database=database,
        token=os.environ.get(_TOKEN_VARIABLE) or None,
        announce=lambda url: click.echo(f"emulator: {url}"),
    )
