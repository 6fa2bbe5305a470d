"""The demo tells a true story, leaves nothing behind, and what it is made of is what it says."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from typing import Any

import msgspec
import pytest

import segql
from examples.seed.people import Person, people
from segql.api import Segment
from segql.catalog.files import read_catalog
from segql.compiler import compile_statement
from segql.deploy.compare import changed_fields
from segql.evaluator import compile_predicate
from segql.workspace import select

EXAMPLES = Path(__file__).parents[1] / "examples"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CATALOG = read_catalog(EXAMPLES / "catalog.user.json")

# In this order.
STORY = (
    "$ segql emulator --port 0 --profiles people.ndjson",
    "2,000 customers and 16 segments",
    "$ segql pull segments --env prod",
    "16 created, 0 updated, 0 unchanged.",
    "    INCLUDE customers,",  # typed as an id
    "$ segql plan --env prod",
    "No changes: the account holds what the files say (16 segments).",
    "warning PORT003",
    "(exit code 1)",
    "$ segql check --fix",
    "$ segql plan --env prod --sizes profiles --out plan.json",
    "~ update reachable_by_email",
    "    members: 1,",
    "included by: shoe_buyers, spring_win_back, store_opening",
    "+ create shoe_buyers",
    "Plan: 1 to create, 1 to update, 0 to delete, 15 unchanged.",
    "$ segql apply plan.json --auto-approve",
    "created 1, updated 1, deleted 0, unchanged 15.",
    "No changes: the account holds what the files say (17 segments).",
    "$ segql drift --env prod",
    "+         purchase_count >= 5,",
    "(exit code 3)",
    "$ segql apply plan.json --auto-approve",
    "the account has changed: ",
    "(exit code 2)",
    "updated   vip",
    "No drift: the account holds what the files say (17 segments).",
)

ACCOUNT = '[prod]\ntoken = "theirs"\nurl = "https://api.lytics.invalid"\n'
OTHERS = {  # what the shell of somebody who works with a real account may say
    "LYTICS_API_TOKEN": "theirs",
    "LYTICS_API_URL": "https://api.lytics.invalid",
    "LYTICS_PROFILE": "prod",
    "LIOKEY": "theirs",
    "SEGQL_EMULATOR_TOKEN": "theirs",
    "ALL_PROXY": "http://127.0.0.1:9",
}


@contextmanager
def demo(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The demo in the shell of somebody who works with a real account."""
    (folder / "home/.lytics").mkdir(parents=True)
    (folder / "home/.lytics/accounts.toml").write_text(ACCOUNT)
    (folder / "tmp").mkdir()
    path = f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp")}
    command = [sys.executable, str(EXAMPLES / "demo.py")]
    with subprocess.Popen(
        command,
        env=os.environ | OTHERS | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def is_over(folder: Path, output: str) -> bool:
    """Whether the emulator is gone, with all that the demo has written."""
    (kept,) = (path for path in (folder / "home").rglob("*") if path.is_file())
    assert kept.read_text() == ACCOUNT
    (port,) = re.findall(r"^emulator: http://127\.0\.0\.1:(\d+)$", output, re.MULTILINE)
    with socket.socket() as connection:
        is_closed = connection.connect_ex(("127.0.0.1", int(port))) != 0
    return is_closed and not [*(folder / "tmp").iterdir()]


def test_the_story(tmp_path: Path) -> None:
    with demo(tmp_path) as process:
        output, _ = process.communicate(timeout=120)
    assert process.returncode == 0, output
    rest = output
    for line in STORY:
        _, found, rest = rest.partition(line)
        assert found, f"{line!r} is not, or not in its place, in:\n{output}"
    assert "Traceback" not in output
    assert is_over(tmp_path, output)


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 1)])
def test_an_end_before_the_end(tmp_path: Path, sent: signal.Signals, code: int) -> None:
    with demo(tmp_path) as process:
        assert process.stdout is not None
        output = ""
        while "\nemulator: " not in output:
            line = process.stdout.readline()
            assert line, output
            output += line
        process.send_signal(sent)
        rest, _ = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Traceback" not in rest
    assert is_over(tmp_path, output)


# ---- The account ------------------------------------------------------------------------


def seeded() -> dict[str, Segment]:
    """The segments of the account, by slug; the id of each is its slug."""
    seed = tomllib.loads((EXAMPLES / "seed/account.toml").read_text(encoding="utf-8"))
    ids: dict[str, str] = {}
    found: dict[str, Segment] = {}
    for payload in seed["segment"]:
        slug = payload["slug_name"]
        assert slug not in found
        payload["segment_ql"] = Template(payload["segment_ql"]).substitute(ids)
        found[slug] = msgspec.convert(payload | {"id": slug}, Segment)
        ids[slug] = slug
    return found


def test_the_account_holds_what_the_shop_says() -> None:
    (shop,) = select([EXAMPLES])
    account = seeded()
    assert account.keys() == {segment.slug for segment in shop.segments}
    for segment in shop.segments:
        statement = segment.statement
        assert segment.slug
        theirs = account[segment.slug]
        assert changed_fields(statement, compile_statement(statement), theirs) == []


@pytest.mark.parametrize("segment", seeded().values(), ids=seeded())
def test_the_server_would_take_what_was_typed(segment: Segment) -> None:
    assert segment.segment_ql
    problems = [problem.code for problem in segql.check(segment.segment_ql)]
    assert [code for code in problems if code.startswith(("SYN", "PORT"))] == []


# ---- The people -------------------------------------------------------------------------


def is_date(value: Any) -> bool:
    return datetime.fromisoformat(value) <= NOW


def is_int(value: Any) -> bool:
    return type(value) is int


def map_of(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: all(type(key) is str and check(each) for key, each in value.items())


CHECKS: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: type(value) is str,
    "int": is_int,
    "number": lambda value: type(value) is float,
    "date": is_date,
    "geolocation": lambda value: re.fullmatch(r"\d+\.\d+,-\d+\.\d+", value) is not None,
    "[]string": lambda value: all(type(each) is str for each in value),
    "[]timebucket": map_of(is_int),
    "map[string]int": map_of(is_int),
    "map[string]bool": map_of(lambda value: type(value) is bool),
}


@pytest.fixture(scope="module")
def customers() -> list[Person]:
    return [*people(2000, NOW)]


def test_people_have_the_fields_of_the_catalog(customers: list[Person]) -> None:
    fields = CATALOG.fields("user")
    assert {name for person in customers for name in person} == set(fields)
    for person in customers:
        for name, value in person.items():
            assert CHECKS[fields[name].type.name](value), (name, value)


def test_people_are_the_same_ones_each_time(customers: list[Person]) -> None:
    assert [*people(100, NOW)] == customers[:100]
    assert [*people(100, NOW, seed=1)] != customers[:100]
    assert len({person["email"] for person in customers}) == 2000


def test_each_segment_has_members_and_others(customers: list[Person]) -> None:
    (shop,) = select([EXAMPLES])
    statements = {segment.slug: segment.statement for segment in shop.segments if segment.slug}
    for slug in statements.keys() - {"recent_articles", "buying_guides"}:  # these have pages
        predicate = compile_predicate(statements[slug], types=CATALOG, now=NOW, includes=statements)
        count = sum(predicate.matches(person) is True for person in customers)
        assert 0 < count < len(customers), slug
