"""How fast 100 segments are counted on 1,000,000 profiles: ``python -m benchmarks.sizing``.

Each of three processes reads the same file of Parquet and counts the members of the same segments:
``segql size``; a script that asks DuckDB with SQL that was written by hand, all segments in one
query; and a loop over the profiles that asks the evaluator, which has a part of the file, as it
would take minutes for all, and is multiplied. They have to agree on every count.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import duckdb
import msgspec

from benchmarks.evaluating import NOW, PAIRS, TYPES, VARIANTS, WORDS, profiles, segments

PROFILES, QUICK_PROFILES = 1_000_000, 100_000
DIFFERENT = 50_000  # profiles; the file repeats them, for to make them takes long
PART = 20  # of the profiles, for the loop
ROUNDS, QUICK_ROUNDS = 5, 3
LEAST_BESIDE_LOOP, MOST_BESIDE_SQL = 50.0, 1.5

# What a person who knows DuckDB writes for the pairs of `benchmarks.evaluating`, in their order.
BY_HAND = (
    "purchase_count >= {number} AND lifetime_value > 1500.5"
    " AND coalesce(email, '') NOT LIKE '%@example.com'",
    "visitct > {number} AND lastvisit_ts >= {since} AND country IN ('US', 'CA', 'MX')",
    "purchase_count >= 1 AND lastvisit_ts < {since} AND lastvisit_ts >= {before}"
    " AND coalesce(cart_items, 0) <= {number}",
    "last_purchase_ts < {since} AND (lastvisit_ts IS NULL OR lastvisit_ts < {since})",
    "tier = '{word}' OR city = '{word}' OR list_contains(interests, '{word}')"
    " OR starts_with(url, 'https://shop.example/{word}')",
    "is_customer AND campaigns.{word} >= 1 AND email <> '' AND tier IS DISTINCT FROM '{word}'"
    " AND visitct < {four_times}",
    "contains(url, '{word}') AND visitct > 2 AND visitct < {four_times}"
    " AND coalesce(tier, '') = ''",
    "coalesce(country, '') NOT IN ('DE', 'FR')"
    " AND NOT coalesce(tier = '{word}' AND is_customer, false)"
    " AND (lifetime_value > {number} OR cart_items >= 3)",
    "created >= {after} AND visitct <= {number} AND email <> ''",
    "visitct > {three_times} OR purchase_count > {number}"
    " OR lifetime_value > {hundred_times} OR tier = '{word}'",
)
_SCRIPT = """
import json, sys
import duckdb
query, out = sys.argv[1:]
with open(query) as file:
    found = duckdb.execute(file.read()).fetchone()
with open(out, "w") as file:
    json.dump(found, file)
"""
_LOOP = """
import json, sys
from pathlib import Path
from time import perf_counter
from benchmarks.evaluating import segments
from segql.profiles import read_profiles
path, most, out = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
tests = [segment.ours for segment in segments()]
counts = [0] * len(tests)
begun = perf_counter()
with path.open("rb") as stream:
    for number, profile in enumerate(read_profiles(stream, path)):
        if number == most:
            break
        for place, test in enumerate(tests):
            if test(profile):
                counts[place] += 1
print(perf_counter() - begun)
Path(out).write_text(json.dumps(counts))
"""


class Files(NamedTuple):
    """What the processes are given."""

    folder: Path
    profiles: Path
    part: int  # of the profiles, for the loop


def made(folder: Path, count: int) -> Files:
    """Write the profiles, the workspace and the query."""
    lines = [msgspec.json.encode(profile) for profile in profiles(DIFFERENT)]
    plain = folder / "profiles.ndjson"
    with plain.open("wb") as file:
        for _ in range(count // DIFFERENT):
            file.write(b"\n".join(lines) + b"\n")
    path = folder / "profiles.parquet"
    duckdb.sql(f"COPY (FROM read_json('{plain}')) TO '{path}'")
    plain.unlink()
    statements = (f"FILTER {s.text} ALIAS s{n:03}\n" for n, s in enumerate(segments()))
    (folder / "all.segql").write_text("\n".join(statements))
    catalog = "".join(f'"{name}" = "{type}"\n' for name, type in TYPES.items())
    (folder / "catalog.user.toml").write_text(f"[fields]\n{catalog}")
    (folder / "segql.toml").write_text("")
    (folder / "query.sql").write_text(_query(path))
    (folder / "script.py").write_text(_SCRIPT)
    (folder / "loop.py").write_text(_LOOP)
    return Files(folder, path, count // PART)


def _query(path: Path) -> str:
    conditions = (_condition(pair, variant) for variant in range(VARIANTS) for pair in BY_HAND)
    sums = ",\n".join(f"sum(CASE WHEN {condition} THEN 1 ELSE 0 END)" for condition in conditions)
    return f"SELECT {sums}\nFROM '{path}'"


def _condition(pair: str, variant: int) -> str:
    number, word, days = 3 + variant * 2, WORDS[variant], 20 + variant * 10
    return pair.format(
        number=number,
        word=word,
        since=_instant(NOW - timedelta(days=days)),
        after=_instant(NOW - timedelta(days=days) + timedelta(seconds=1)),
        before=_instant(NOW - timedelta(days=days + 60)),
        three_times=number * 3,
        four_times=number * 4,
        hundred_times=number * 100,
    )


def _instant(moment: datetime) -> str:
    return f"TIMESTAMPTZ '{moment.isoformat()}'"


def timed(command: Sequence[str], folder: Path) -> tuple[float, str]:
    """Seconds of a process, and what it printed."""
    root = str(Path(__file__).parents[1])
    begun = perf_counter()
    environment = {"PYTHONPATH": root, "PATH": "/usr/bin:/bin", "TZ": "UTC"}
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, check=True)
    return perf_counter() - begun, done.stdout.decode()


def sized(files: Files) -> tuple[float, list[int]]:
    """``segql size``."""
    arguments = ["size", "--profiles", str(files.profiles), "--now", NOW.isoformat()]
    command = [sys.executable, "-m", "segql", *arguments, "--output-format", "json"]
    seconds, out = timed(command, files.folder)
    (found,) = json.loads(out)
    assert not found["counted_one_by_one"]
    return seconds, [segment["members"][0] for segment in found["segments"]]


def by_hand(files: Files) -> tuple[float, list[int]]:
    """DuckDB, asked by a script."""
    out = files.folder / "counts.json"
    seconds, _ = timed([sys.executable, "script.py", "query.sql", str(out)], files.folder)
    return seconds, [int(count) for count in json.loads(out.read_text())]


def looped(files: Files) -> tuple[float, list[int]]:
    """The evaluator, for a part of the profiles; seconds for all of them."""
    out = files.folder / "loop.json"
    command = [sys.executable, "loop.py", str(files.profiles), str(files.part), str(out)]
    _, seconds = timed(command, files.folder)  # without its start
    return float(seconds) * PART, json.loads(out.read_text())


def main() -> int:
    """Return 0 when the goals are reached, 1 when one is not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sizing", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer profiles, fewer rounds")
    is_quick = parser.parse_args().quick
    assert len(BY_HAND) == len(PAIRS)
    with tempfile.TemporaryDirectory() as name:
        files = made(Path(name), QUICK_PROFILES if is_quick else PROFILES)
        loop, part = looped(files)
        rounds = [
            (sized(files), by_hand(files)) for _ in range(QUICK_ROUNDS if is_quick else ROUNDS)
        ]
    (_, ours), (_, theirs) = rounds[0]
    if ours != theirs or (files.part % DIFFERENT == 0 and [n * PART for n in part] != ours):
        print("error: the counts differ")
        return 1
    size, hand = (median(each[place][0] for each in rounds) for place in (0, 1))
    beside_sql = median(first[0] / second[0] for first, second in rounds)
    print(f"segql size {size:.2f} s, SQL by hand {hand:.2f} s, loop {loop:.0f} s (a part of it)")
    print(f"loop / segql size: {loop / size:.0f}, goal at least {LEAST_BESIDE_LOOP:g}")
    print(f"segql size / SQL by hand: {beside_sql:.2f}, goal at most {MOST_BESIDE_SQL:g}")
    return 1 if loop / size < LEAST_BESIDE_LOOP or beside_sql > MOST_BESIDE_SQL else 0


if __name__ == "__main__":
    raise SystemExit(main())
