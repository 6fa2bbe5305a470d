"""Measure, print the figures and hold them against the goals: ``python -m benchmarks.run``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from platform import python_version

import segql
from benchmarks import sql_tools
from benchmarks.corpus import make_corpus
from benchmarks.goals import judge
from benchmarks.report import as_json, as_text
from benchmarks.subjects import tables
from benchmarks.timing import measure

COUNT, QUICK_COUNT = 2000, 200
ROUNDS, QUICK_ROUNDS = 5, 3


def main() -> int:
    """Return 0 when every goal is reached, 1 when one is not, 2 when nothing can be measured."""
    options = _options()
    try:
        sql_tools.require_pure_python()
    except sql_tools.CompiledError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    corpus = make_corpus(QUICK_COUNT if options.quick else COUNT)
    rounds = QUICK_ROUNDS if options.quick else ROUNDS
    measured = [measure(subjects, rounds) for subjects in tables(corpus)]
    verdicts = judge({row.subject.name: row for table in measured for row in table})
    versions = {"python": python_version(), "segql": segql.__version__, **sql_tools.VERSIONS}
    print(as_text(versions, measured, verdicts))
    if options.json:
        figures = as_json(versions, measured, verdicts)
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    return 0 if options.no_goals or all(verdict.holds for verdict in verdicts) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smaller corpus, fewer rounds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--no-goals", action="store_true", help="exit with 0 whatever they are")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
