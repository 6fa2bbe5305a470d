"""``segql eval``: the members of a segment among profiles."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
import msgspec

from segql.cli.evaluating import Question, check_stdin, evaluating_options, question
from segql.cli.failures import Failure

if TYPE_CHECKING:
    from segql.cli.profiles import Reader
    from segql.evaluator import Trace
    from segql.profiles import Profile

_MOST_REASONS = 3  # that are printed
_MOST_EXPLAINED = 10_000  # profiles: to explain takes longer than to ask
_ASKED_AT_ONCE = 256  # profiles: enough to be fast, and few enough to hold when they are large
_WRITTEN_AT_ONCE = 1 << 16  # bytes


@click.command(name="eval")
@evaluating_options
@click.option(
    "--profiles",
    "paths",
    multiple=True,
    required=True,
    type=click.Path(readable=False, path_type=Path),
    metavar="F",
    help="NDJSON, JSON, CSV or Parquet, also with gzip; - is standard input. May be repeated.",
)
@click.option("--count", "only_count", is_flag=True, help="Print only how many members there are.")
@click.option("--fields", metavar="A,B.C", help="Print these fields only.")
@click.option("--limit", type=click.IntRange(0), metavar="N", help="Stop after so many members.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Print so many, by chance.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another one, another sample.")
@click.option(
    "--output-format",
    type=click.Choice(["ndjson", "json", "csv"]),
    default="ndjson",
    show_default=True,
    help="An object a line; one list; or a table of --fields.",
)
def command(
    segment: str,
    profiles_format: str | None,
    catalogs: tuple[Path, ...],
    now: str | None,
    paths: tuple[Path, ...],
    only_count: bool,
    fields: str | None,
    limit: int | None,
    sample: int | None,
    seed: int,
    output_format: str,
) -> None:
    """Print the profiles that are members of SEGMENT: its alias, its file, or FILE#ALIAS.

    INCLUDE is looked up in the workspace, types in its catalogs. LIMIT holds, as on the server.
    Profiles that cannot be evaluated are no members; how many there are, and why, is told on
    standard error.
    """
    check_stdin(segment, paths)
    columns = _columns(fields, output_format, only_count)
    asked = question(segment, catalogs, now)
    readers = [asked.reader(path, profiles_format) for path in paths]
    untold = _Untold(asked)
    limits = [most for most in (asked.segment.statement.limit, limit) if most is not None]
    members = _members(asked, readers, untold, min(limits, default=sys.maxsize))
    if only_count:
        click.echo(sum(1 for _ in members))
    else:
        chosen = _sample(members, sample, seed) if sample else members
        picked = (_picked(profile, columns) for profile in chosen) if columns else chosen
        _write(_FORMATS[output_format](picked, columns))
    for reader in readers:
        reader.tell()
    _require_profiles(readers)
    untold.tell(sum(reader.count for reader in readers))


def _columns(fields: str | None, output_format: str, only_count: bool) -> list[str]:
    if only_count and fields:
        raise Failure("--count prints no fields", "leave out one of --count and --fields")
    columns = [name.strip() for name in (fields or "").split(",") if name.strip()]
    if fields is not None and not columns:
        raise Failure("--fields names no field", "write some, as in --fields email,scores.sum")
    if output_format == "csv" and not columns and not only_count:
        raise Failure("a table needs its columns", "name them, as in --fields email,scores.sum")
    return columns


def _require_profiles(readers: list[Reader]) -> None:
    """To have read nothing is no answer."""
    if all(reader.is_done and not reader.count for reader in readers):
        names = ", ".join(reader.name for reader in readers)
        help = "give one JSON object a line, a JSON list, CSV with a header, or Parquet"
        raise Failure(f"there is no profile in {names}", help)


# ---- Members ----------------------------------------------------------------------------


def _members(
    asked: Question, readers: Iterable[Reader], untold: _Untold, most: int
) -> Iterator[Profile]:
    """So many of the members at most. What is behind the last of them is not read."""
    from segql.cli.extras import required

    answers = asked.predicate.answers
    found = 0
    with required("sql"):  # for Parquet
        for reader in readers:
            profiles = iter(reader)
            while batch := [*islice(profiles, min(_ASKED_AT_ONCE, most - found))]:
                for profile, answer in zip(batch, answers(batch), strict=True):
                    if answer:
                        found += 1
                        yield profile
                    elif answer is None:
                        untold.note(profile)


class _Untold:
    """The profiles that cannot be evaluated, and why."""

    def __init__(self, asked: Question) -> None:
        self._explain = asked.predicate.explain
        self._count = 0
        self._reasons: Counter[str] = Counter()

    def note(self, profile: Profile) -> None:
        self._count += 1
        if self._count <= _MOST_EXPLAINED:
            self._reasons[impersonal(self._explain(profile))] += 1

    def tell(self, read: int) -> None:
        """Print how many there are, and the most frequent reasons."""
        from segql.diagnostics.reports.text import visible

        if not self._count:
            return
        profiles = f"{self._count} of {read} profile{'' if read == 1 else 's'}"
        of_first = f"; why, of the first {_MOST_EXPLAINED}" if self._count > _MOST_EXPLAINED else ""
        click.echo(f"segql: {profiles} cannot be evaluated{of_first}:", err=True)
        for reason, count in self._reasons.most_common(_MOST_REASONS):
            click.echo(f"{count:8}  {visible(reason)}", err=True)
        others = len(self._reasons) - _MOST_REASONS
        if others > 0:
            click.echo(f"{'':8}  and for {others} other reason{'s' * (others > 1)}", err=True)


def impersonal(trace: Trace) -> str:
    """The reason of a trace without the values of the profile: a log is read by many people."""
    from segql.evaluator.reasons import kind_of
    from segql.syntax.nodes import Boolean, Null, Number, String

    reason = trace.reason
    pending = [trace]
    while pending:
        part = pending.pop()
        pending += part.parts
        for operand, value in part.values:
            name = _IMPERSONAL.get(value.__class__)
            if name and not isinstance(operand, String | Number | Boolean | Null):
                reason = reason.replace(kind_of(value), name)
    return reason


_IMPERSONAL: dict[type, str] = {
    str: "a text",
    int: "a number",
    float: "a number",
    datetime: "a date",
}


def _sample(members: Iterable[Profile], size: int, seed: int) -> list[Profile]:
    """So many of the members, each as likely as any other, in their order (a reservoir)."""
    from random import Random

    chance = Random(seed)  # noqa: S311  (nobody gains by guessing it)
    kept: list[tuple[int, Profile]] = []
    for number, profile in enumerate(members):
        if number < size:
            kept.append((number, profile))
        elif (place := chance.randrange(number + 1)) < size:
            kept[place] = (number, profile)
    return [profile for _, profile in sorted(kept, key=lambda pair: pair[0])]


def _picked(profile: Profile, columns: list[str]) -> Profile:
    found = ((name, _value(profile, name)) for name in columns)
    return {name: value for name, value in found if value is not _NOTHING}


_NOTHING = object()


def _value(profile: Profile, name: str) -> Any:
    """The value of a name as segments have it: the field itself, else a map and a key of it."""
    if name in profile:
        return profile[name]
    owner, _, key = name.partition(".")
    inner = profile.get(owner)
    return cast("Profile", inner).get(key, _NOTHING) if isinstance(inner, dict) else _NOTHING


# ---- Output -----------------------------------------------------------------------------


def _ndjson(profiles: Iterable[Profile], columns: list[str]) -> Iterator[bytes]:
    for profile in profiles:
        yield _encoded(profile) + b"\n"


def _json(profiles: Iterable[Profile], columns: list[str]) -> Iterator[bytes]:
    before = b"[\n"
    for profile in profiles:
        yield before + b"  " + _encoded(profile)
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def _csv(profiles: Iterable[Profile], columns: list[str]) -> Iterator[bytes]:
    import csv
    import io

    def row(cells: Iterable[object]) -> bytes:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(cells)
        return text.getvalue().encode(errors="replace")

    yield row(columns)
    for profile in profiles:
        yield row(_cell(profile.get(name)) for name in columns)


_FORMATS: dict[str, Callable[[Iterable[Profile], list[str]], Iterator[bytes]]] = {
    "ndjson": _ndjson,
    "json": _json,
    "csv": _csv,
}


def _cell(value: object) -> object:
    if value is None or isinstance(value, str):
        return value
    text = _encoded(value).decode()
    return text.strip('"') if text.startswith('"') else text  # a date


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value, enc_hook=str)  # Parquet has values that JSON has not


def _write(parts: Iterable[bytes]) -> None:
    """Write much at once: to write each part alone would take longer than to find it."""
    held: list[bytes] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= _WRITTEN_AT_ONCE:
            click.echo(b"".join(held), nl=False)
            held, size = [], 0
    click.echo(b"".join(held), nl=False)
