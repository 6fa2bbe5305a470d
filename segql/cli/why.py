"""``segql why``: why a profile is a member of a segment, or is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from segql.cli.evaluating import Question, check_stdin, evaluating_options, question
from segql.cli.extras import required
from segql.cli.failures import Failure
from segql.cli.profiles import Reader
from segql.cli.streams import wants_colour

if TYPE_CHECKING:
    from segql.profiles import Profile

_PATH = click.Path(readable=False, path_type=Path)
_FORMATS = ("text", "json", "html")


@click.command(name="why")
@evaluating_options
@click.option("--profile", "alone", type=_PATH, metavar="F", help="A file with one profile.")
@click.option(
    "--profiles",
    "paths",
    multiple=True,
    type=_PATH,
    metavar="F",
    help="Files of many, of which --id names one.",
)
@click.option("--id", "wanted", metavar="VALUE", help="What tells the profile from the others.")
@click.option(
    "--by",
    metavar="FIELD",
    help="The field that has this value.  [default: those that the catalog says identify, or any]",
)
@click.option(
    "--output-format",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="html is one file, for a browser.",
)
def command(
    segment: str,
    profiles_format: str | None,
    catalogs: tuple[Path, ...],
    now: str | None,
    alone: Path | None,
    paths: tuple[Path, ...],
    wanted: str | None,
    by: str | None,
    output_format: str,
) -> None:
    """Tell why a profile is a member of SEGMENT, or is not: phrase by phrase.

    SEGMENT is an alias, a file, or FILE#ALIAS. Segments that it includes are told as well. The
    answer holds values of the profile.
    """
    if (alone is None) == (not paths) or bool(paths) != (wanted is not None):
        help = "write --profile F, or --profiles F --id VALUE"
        raise Failure("which profile?", help)
    check_stdin(segment, [alone] if alone else paths)
    asked = question(segment, catalogs, now)
    readers = [asked.reader(path, profiles_format) for path in ([alone] if alone else paths)]
    with required("sql"):  # for Parquet
        if wanted is None:
            found = _only(readers[0])
        else:
            found = _chosen(readers, wanted, _identities(asked, by))
    for part in _rendered(asked, found, output_format):
        click.echo(part)


def _rendered(asked: Question, profile: Profile, output_format: str) -> Iterator[str]:
    from segql.evaluator.reports.html import as_html
    from segql.evaluator.reports.json import as_json
    from segql.evaluator.reports.rows import Answer
    from segql.evaluator.reports.text import as_text

    answer = Answer(asked.name, asked.predicate.now, asked.predicate.explain(profile))
    if output_format == "text":
        return as_text(answer, wants_colour(sys.stdout))
    return as_html(answer) if output_format == "html" else as_json(answer)


def _only(reader: Reader) -> Profile:
    """The profile of a file with one."""
    profiles = iter(reader)
    found = next(profiles, None)
    if found is not None and next(profiles, None) is not None:
        help = "choose one: --profiles F --id VALUE"
        raise Failure(f"there are many profiles in {reader.name}", help)
    if found is None or reader.problems:
        problem = reader.problems[0] if reader.problems else "there is no profile in it"
        raise Failure(f"{reader.name}: {problem}", "give one JSON object")
    return found


def _chosen(readers: list[Reader], wanted: str, fields: tuple[str, ...]) -> Profile:
    """The first profile that a value identifies; it is not repeated in a message."""
    from segql.profiles.choosing import has_value

    for reader in readers:
        for profile in reader:
            if has_value(profile, wanted, fields):
                return profile
    for reader in readers:
        reader.tell()
    count = sum(reader.count for reader in readers)
    where = f"in {', '.join(f'`{name}`' for name in fields)}" if fields else "in any field"
    raise Failure(
        f"none of {count} profile{'' if count == 1 else 's'} has this id {where}",
        "name the field that has it: --by FIELD",
    )


def _identities(asked: Question, by: str | None) -> tuple[str, ...]:
    """The fields that tell profiles apart; () where nobody says which do."""
    from segql.profiles.choosing import identities

    return (by,) if by is not None else identities(asked.catalog, asked.table)
