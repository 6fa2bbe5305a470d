"""``segql comment``: write a comment on the pull request of a CI job."""

from __future__ import annotations

import os
from pathlib import Path

import click

from segql.cli.failures import Failure
from segql.cli.streams import standard_input

_STDIN = Path("-")


@click.command(name="comment")
@click.argument("file", type=click.Path(readable=False, path_type=Path), default=_STDIN)
def command(file: Path) -> None:
    """Write a comment on the pull request that this CI job runs for.

    FILE is Markdown, by default standard input. Its first line is a marker, a comment of HTML such
    as `<!-- segql plan: prod -->`: our earlier comment with the same marker is replaced.

    In GitHub Actions the token is read from GH_TOKEN or GITHUB_TOKEN, in GitLab CI from
    GITLAB_TOKEN. All else is what the service sets in its jobs.

    Exit codes: 0 the comment is there, 2 it could not be written.
    """
    from segql.diagnostics.reports.text import visible
    from segql.forges.commenting import write_comment
    from segql.forges.finding import open_forge

    with open_forge(os.environ) as forge:
        written = write_comment(forge, _read(file))
    click.echo(visible(f"{written.what}: {written.address}"))


def _read(file: Path) -> str:
    content = standard_input().read() if file == _STDIN else file.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Failure(f"{file}: not UTF-8", "write it as UTF-8") from None
