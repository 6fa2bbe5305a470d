"""Time a plan of 500 segments beside a bare list of them: ``python -m benchmarks.planning``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.processes import Command, measure, tool
from segql.api import Client, Credentials
from segql.emulator import running

SEGMENTS, ROUNDS, QUICK_ROUNDS = 500, 15, 3
TOKEN = "a-token-for-the-benchmark"
LIST = "/api/segment?table=user&valid=all"
# Every tenth differs; each includes the one at half its number.
TEXT = """\
-- Segment number {n}.
FILTER AND (
    INCLUDE segment_{half},
    visitct > {least},
    lastvisit_ts >= "now-{days}d",
    country IN ("US", "CA", "MX"),
)
WITH name = "Number {n}", tags = ["bench"]
ALIAS segment_{n}
"""
_MOST = 4.0


def main() -> int:
    """Return 0 when the goal is reached, 1 when it is not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    rounds = QUICK_ROUNDS if parser.parse_args().quick else ROUNDS
    with tempfile.TemporaryDirectory(prefix="segql-bench-") as name, running(token=TOKEN) as url:
        folder = Path(name) / "segments"
        write(folder, url)
        rows = {row.name: row for row in measure(commands(folder, url), rounds)}
    for row in rows.values():
        print(row.line)
    plan, curl, check = (rows[name].wall for name in ("segql plan", "curl", "segql check"))
    ratio = (plan - curl) / check
    print(f"\nsegql plan / curl: {plan / curl:.1f}")
    print(f"segql plan above curl / segql check: {ratio:.2f}, goal at most {_MOST:g}")
    return 1 if ratio > _MOST else 0


def write(folder: Path, url: str) -> None:
    """Write the files, and bring the account to almost what they say."""
    folder.mkdir()
    (folder / "segql.toml").write_text('ignore = ["LIM"]\n')
    with Client(Credentials(url, TOKEN)) as account:
        for number in range(SEGMENTS):
            there = text(number, number if number % 10 else number + 1)
            (folder / f"segment_{number}.segql").write_text(text(number, number))
            account.create_text(there)


def text(number: int, least: int) -> str:
    """One segment; the first one includes none."""
    said = TEXT.format(n=number, half=number // 2, least=least, days=number % 30 + 1)
    return said if number else said.replace("INCLUDE segment_0", "EXISTS email")


def commands(folder: Path, url: str) -> list[Command]:
    """A plan, what it has to ask for, and what it has to do with the files."""
    header = folder.parent / "header"
    header.write_text(f"Authorization: {TOKEN}\n")
    login = {"LYTICS_API_TOKEN": TOKEN, "LYTICS_API_URL": url}
    ask = [tool("curl"), "--silent", "--fail", "--header", f"@{header}", f"{url}{LIST}"]
    segql = tool("segql")
    return [
        Command("curl", ask, folder, codes=(0,)),
        Command("segql check", [segql, "check", "--no-cache"], folder),
        Command("segql plan", [segql, "plan"], folder, login, codes=(3,)),
    ]


if __name__ == "__main__":
    sys.exit(main())
