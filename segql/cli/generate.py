"""``segql generate``: write the cases at the edges of a segment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from segql.cases.generating import Generator
from segql.cases.mutating import mutate
from segql.cases.running import Suite
from segql.cases.writing import write_cases
from segql.cli.evaluating import Question, question
from segql.cli.failures import Failure
from segql.diagnostics.reports.text import visible
from segql.formatter.brief import brief
from segql.syntax.nodes import Node

_HEADER = """Made by `segql generate {slug}`: what the segment says now.
Read them: is this what it should say?"""


@click.command(name="generate")
@click.argument("segment")
@click.option(
    "--now", metavar="DATE", help="The instant that date math counts from.  [default: the present]"
)
@click.option(
    "--catalog",
    "catalogs",
    multiple=True,
    type=click.Path(readable=False, path_type=Path),
    metavar="F",
    help="A catalog of fields; may be given several times.",
)
def command(segment: str, now: str | None, catalogs: tuple[Path, ...]) -> None:
    """Write cases at the edges of SEGMENT, for `segql test`.

    For each phrase: a profile that is a member by it, one that is just none, and one without a
    value there. SEGMENT is an alias, a file, or FILE#ALIAS.
    """
    if segment == "-":
        raise Failure("a segment that has cases is in a file", "name its file, or its alias")
    asked = question(segment, catalogs, now)
    slug = asked.segment.slug
    if slug is None:
        help = "give it one: cases name it by that"
        raise Failure(f"the segment in {asked.name} has no ALIAS", help)
    at = asked.predicate.now if now else datetime.now(UTC).replace(microsecond=0)
    suite = Suite(asked.workspace, asked.catalog, at)
    found = Generator(suite, asked.segment.statement, at).generate(slug)
    # What would be wrong in it and no edge tells: the other end of BETWEEN, each value of IN.
    survivors = mutate(suite, asked.segment, found.cases).survivors
    more = {repr(one.case.profile): one.case for one in survivors if one.case}
    click.echo(write_cases([*found.cases, *more.values()], _HEADER.format(slug=slug)), nl=False)
    for phrase in found.unsolved:
        click.echo(f"{_place(asked, phrase)}: no profile was found by which this decides", err=True)


def _place(asked: Question, phrase: Node) -> str:
    source = asked.segment.file.source
    line, column = source.position(phrase.start)
    return visible(f"{source.path}:{line}:{column}: {brief(phrase)}")
