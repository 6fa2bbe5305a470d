"""Time whole commands, beside those of other tools: ``python -m benchmarks.commands``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import Command, measure, tool

FILES, QUICK_FILES = 10_000, 500
ROUNDS, QUICK_ROUNDS = 15, 5
ROUNDS_OF_MANY = 3

SEGMENT = """\
-- Segment number {n}: visited often, and lately.
FILTER AND (
  visitct > {n},
  lastvisit_ts >= "now-{days}d",
  country IN ("US", "CA", "MX"),
)
FROM user
ALIAS segment_{n}
"""
MODULE = '''\
"""Module number {n}."""


def visited(profile: dict[str, int]) -> bool:
    """Whether a profile was here often, and lately."""
    return profile["visitct"] > {n} and profile["days"] < {days}
'''
QUERY = """\
SELECT email
FROM users
WHERE visitct > 5 AND country IN ('US', 'CA', 'MX')
"""


class Goal(NamedTuple):
    """How many times as long as another command one may take."""

    name: str
    unit: str
    most: float
    aim: float | None = None


GOALS = (
    Goal("segql check, one file", "python -c pass", most=7, aim=4),
    Goal("segql check, many, warm", "ruff check, many, warm", most=4),
)
_MOST_SECONDS = 4.0  # for 10,000 files without a cache, on two processors


def main() -> int:
    """Return 0 when every goal is reached, 1 when one is not."""
    options = _options()
    files = QUICK_FILES if options.quick else FILES
    with _folder() as folder:
        one, many = _write(folder, files)
        rounds = QUICK_ROUNDS if options.quick else ROUNDS
        timed = [*measure(_of_one(one), rounds), *measure(_of_many(many), ROUNDS_OF_MANY)]
    by_name = {row.name: row for row in timed}
    for row in timed:
        print(row.line)
    missed = 0
    print()
    for goal in GOALS:
        ratio = by_name[goal.name].wall / by_name[goal.unit].wall
        aim = f", aim {goal.aim:g}" if goal.aim else ""
        print(f"{goal.name} / {goal.unit}: {ratio:.2f}, goal at most {goal.most:g}{aim}")
        missed += ratio > goal.most
    seconds = by_name["segql check, many, no cache"].wall * FILES / files
    print(f"10,000 files without a cache: {seconds:.2f} s, goal below {_MOST_SECONDS:g} s")
    missed += seconds >= _MOST_SECONDS
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.commands", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer files, fewer rounds")
    return parser.parse_args()


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="segql-bench-") as name:
        yield Path(name)


def _write(folder: Path, files: int) -> tuple[Path, Path]:
    one, many = folder / "one", folder / "many"
    one.mkdir()
    (one / "one.segql").write_text(SEGMENT.format(n=5, days=30))
    (one / "one.py").write_text(MODULE.format(n=5, days=30))
    (one / "one.sql").write_text(QUERY)
    for number in range(files):
        for kind, text in (("segql", SEGMENT), ("py", MODULE)):
            path = many / kind / f"{number % 100}" / f"file{number}.{kind}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.format(n=number, days=number % 30 + 1))
    (many / "segql/segql.toml").write_text('ignore = ["LIM"]\n')
    return one, many


def _of_one(folder: Path) -> list[Command]:
    return [
        Command("python -c pass", [sys.executable, "-c", "pass"], folder),
        Command("segql check, one file", [tool("segql"), "check", "one.segql"], folder),
        Command("ruff check, one file", [tool("ruff"), "check", "-n", "one.py"], folder),
        Command("sqlfluff lint, one file", _sqlfluff("one.sql"), folder),
    ]


def _sqlfluff(file: str) -> list[str]:
    return [tool("sqlfluff"), "lint", "--dialect", "ansi", file]


def _of_many(folder: Path) -> list[Command]:
    segql, python = folder / "segql", folder / "py"
    check, ruff = [tool("segql"), "check"], [tool("ruff"), "check", "."]
    return [
        Command("segql check, many, no cache", [*check, "--no-cache"], segql),
        Command("ruff check, many, no cache", [*ruff, "-n"], python),
        Command("segql check, many, warm", check, segql),
        Command("ruff check, many, warm", ruff, python),
    ]


if __name__ == "__main__":
    sys.exit(main())
