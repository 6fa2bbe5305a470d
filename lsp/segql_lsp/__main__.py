"""``segql-lsp`` and ``python -m segql_lsp``: run the language server."""

from __future__ import annotations

import click


@click.command()
@click.option("--tcp", type=click.IntRange(0, 65535), metavar="PORT", help="Listen on 127.0.0.1.")
def main(tcp: int | None) -> None:
    """Run the SegmentQL language server, over standard input and output unless --tcp is given."""
    try:
        from segql_lsp.server import serve
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f'`{error.name}` is not installed; install it with: pip install "segql[lsp]"'
        ) from None
    raise SystemExit(serve(tcp))


if __name__ == "__main__":
    main()
