"""``segql emulator``: serve the vendor's API on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from segql.cli.extras import required
from segql.cli.failures import Failure

if TYPE_CHECKING:
    from segql.catalog import Catalog
    from segql.emulator import Faults, ProfileFile

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
    help="A DuckDB file that keeps the account; without it all is kept in memory.",
)
@click.option(
    "--profiles",
    "profiles",
    multiple=True,
    metavar="[TABLE=]F",
    help="Profiles to begin with: NDJSON, JSON, CSV or Parquet. May be given several times.",
)
@click.option(
    "--catalog",
    "catalogs",
    multiple=True,
    type=click.Path(readable=False, path_type=Path),
    metavar="F",
    help="A catalog of the account's fields; may be given several times.",
)
@click.option("--limits", is_flag=True, help="Hold to the limits that the vendor publishes.")
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="FAULT",
    help="Let requests fail, as in 'POST /api/segment:503:0.2'. May be given several times.",
)
@click.option("--fault-seed", type=int, default=0, show_default=True, help="Other faults.")
@click.option("--latency", metavar="MS[:JITTER]", help="Let every answer take longer.")
@click.option(
    "--scan-lifetime",
    type=click.FloatRange(0, min_open=True),
    default=600.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a scan can be gone on with.",
)
@click.option(
    "--job-time",
    type=click.FloatRange(0),
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a job takes.",
)
def command(
    port: int,
    database: Path | None,
    profiles: tuple[str, ...],
    catalogs: tuple[Path, ...],
    limits: bool,
    faults: tuple[str, ...],
    fault_seed: int,
    latency: str | None,
    scan_lifetime: float,
    job_time: float,
) -> None:
    """Serve the vendor's API on 127.0.0.1 until Ctrl-C.

    The first line printed is `emulator: http://127.0.0.1:PORT`; a browser shows the account there.
    Any token that is not empty is let in, unless SEGQL_EMULATOR_TOKEN names the only one.
    """
    with required("emulator"):
        from segql.emulator import Settings, Setup, serve

        setup = Setup(
            database=database,
            token=os.environ.get(_TOKEN_VARIABLE) or None,
            catalogs=[_catalog(path) for path in catalogs],
            profiles=[_profile_file(text) for text in profiles],
            faults=_faults(faults, latency, fault_seed),
            settings=Settings(limits, scan_lifetime, job_time),
            tell=_tell,
        )
        serve(setup, port=port, announce=lambda url: click.echo(f"emulator: {url}"))


def _catalog(path: Path) -> Catalog:
    from segql.catalog.files import CatalogError, read_catalog

    try:
        return read_catalog(path)
    except CatalogError as error:
        raise Failure(str(error), error.problems[0].help or "") from None


def _profile_file(text: str) -> ProfileFile:
    from segql.emulator import ProfileFile

    table, equals, path = text.partition("=")
    if equals and table.isidentifier() and not Path(text).exists():
        return ProfileFile(Path(path), table.lower())
    return ProfileFile(Path(text))


def _faults(faults: Iterable[str], latency: str | None, seed: int) -> Faults:
    from segql.emulator import Faults, Latency, parse_fault, parse_latency

    wanted = parse_latency(latency) if latency is not None else Latency()
    return Faults(map(parse_fault, faults), wanted, seed)


def _tell(line: str) -> None:
    from segql.diagnostics.reports.text import visible

    click.echo(f"segql: {visible(line)}", err=True)
