"""What the commands that talk to the account have in common."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from segql.cli.failures import FINDINGS, Failure
from segql.cli.inputs import read_selections, report, stop_on_errors
from segql.compiler import CompileError, compile_statement
from segql.linter import check_files
from segql.workspace import Segment, Selection

if TYPE_CHECKING:
    from segql.api import Client

F = TypeVar("F", bound=Callable[..., Any])


def profile_option(command: F) -> F:
    """Add --profile."""
    return click.option(
        "--profile",
        metavar="NAME",
        help="A profile of ~/.lytics/accounts.toml; without it the token is LYTICS_API_TOKEN.",
    )(command)


def connect(profile: str | None) -> Client:
    """A client for the account. Raises ``CredentialsError``."""
    from segql.api import Client, load_credentials  # the HTTP library takes long to import

    return Client(load_credentials(os.environ, profile))


def checked_segments(paths: Sequence[Path], stdin_filename: str | None) -> list[Segment]:
    """The segments of PATHS, all of which compile; otherwise print the errors and exit with 1."""
    return segments_of(read_selections(paths, stdin_filename))


def segments_of(selections: Sequence[Selection]) -> list[Segment]:
    """The same for files that have been read."""
    for selection in selections:
        stop_on_errors(check_files(selection.workspace, selection.files))
        _stop_on_uncompilable(selection)
    segments = [segment for selection in selections for segment in selection.segments]
    _stop_on_shared_slugs(segments)
    if not segments:
        raise Failure("there is no segment in these files", "name files that hold some")
    return segments


def _stop_on_uncompilable(selection: Selection) -> None:
    errors = [(s.file.source, problems) for s in selection.segments if (problems := _problems(s))]
    if errors:
        report(errors)
        sys.exit(FINDINGS)


def _problems(segment: Segment) -> list[Any]:
    try:
        compile_statement(segment.statement)
    except CompileError as error:
        return error.diagnostics
    return []


def _stop_on_shared_slugs(segments: list[Segment]) -> None:
    """Inside a workspace the rules see this; two workspaces may still share a slug."""
    seen: dict[str | None, Segment] = {}
    for segment in segments:
        first = seen.setdefault(segment.slug, segment)
        if first is not segment:
            places = f"{first.file.source.path} and {segment.file.source.path}"
            raise Failure(f"`{segment.slug}` is in {places}", "push one of the two")
