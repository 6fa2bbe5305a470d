"""``segql lsp``: run the language server."""

from __future__ import annotations

import click

from segql.cli.extras import required


@click.command(name="lsp")
@click.option(
    "--tcp",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    help="Listen on this port of 127.0.0.1 instead of speaking over standard input and output.",
)
def command(tcp: int | None) -> None:
    """Run the language server for editors, over standard input and output."""
    with required("lsp"):
        from segql_lsp.server import serve

    raise SystemExit(serve(tcp))
