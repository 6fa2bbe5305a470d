"""`segql apply` in a hard world: killed, cut off, hindered, and not alone.

Sixty writes in chains of INCLUDE; the account is an emulator in another process, and the road to it
decides what happens at which request.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import settings

from segql.api import ApiError, Client, Credentials, Retry
from segql.deploy.applying import carry_out
from segql.deploy.journal import resume, start
from segql.deploy.planning import list_remotes, make_plan
from tests.api.conftest import HANG_UP, Asked, Reply, reply
from tests.deploy.conftest import segments
from tests.deploy.shop import (
    AFTER,
    BEFORE,
    CREATED,
    DELETED,
    OURS,
    UPDATED,
    Memory,
    contents,
    dangling,
    payloads,
    plan_for,
)
from tests.road import Road, emulating, is_write, road_to

from .conftest import TOKEN, Shell, Write, stored

CONFIG = '[env.shop]\nowner-tag = "segql"\n'
APPLY = ("apply", "--env", "shop", "--prune", "--auto-approve")
RESUME = ("apply", "--env", "shop", "--resume")
WRITES = CREATED + UPDATED + DELETED
LISTS = 2  # the owner's tag may be in either table
VALIDATIONS = CREATED + UPDATED
REQUESTS = LISTS + VALIDATIONS + 3 * WRITES
FIRST_WRITE = LISTS + VALIDATIONS + 2

# All of them take a quarter of an hour: `make test-long` has the time.
IS_LONG = settings.default.max_examples > 1_000
SPREAD = [20, FIRST_WRITE, FIRST_WRITE + 45, REQUESTS - 1]
MOMENTS = range(1, REQUESTS + 1) if IS_LONG else SPREAD


@pytest.fixture(scope="module")
def emulator() -> Iterator[str]:
    with emulating() as url:
        yield url


@pytest.fixture
def shop(account: Client, write: Write) -> Client:
    """The account before, and the files as they are to be."""
    for payload in payloads(BEFORE):
        account.create(payload)
    write("segql.toml", CONFIG)
    write("shop.segql", AFTER)
    return account


@pytest.fixture(scope="module")
def wanted() -> dict[str, dict[str, Any]]:
    """What the account holds when all went well."""
    account = Memory(BEFORE)
    for change in plan_for(account).writes:
        if change.action == "delete":
            account.delete(change.id or "")
        elif change.action == "update":
            account.update(change.id or "", change.send)
        else:
            account.create(change.send)
    return account.content


class Runner:
    """Runs the command over a road; the road may kill it."""

    def __init__(self, segql: Shell) -> None:
        self._segql = segql
        self.process: subprocess.Popen[bytes] | None = None

    def begin(self, road: Road, *arguments: str, folder: Path | None = None) -> subprocess.Popen:
        login = {"LYTICS_API_TOKEN": TOKEN, "LYTICS_API_URL": road.url, "SEGQL_RETRIES": "3"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "segql", *arguments],
            cwd=folder or self._segql.folder,
            env=self._segql.environment | login,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        return self.process

    def run(self, road: Road, *arguments: str) -> tuple[int, str, str]:
        return ended(self.begin(road, *arguments))

    def kill(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    out, err = (said.decode() for said in process.communicate(timeout=120))
    assert "Traceback" not in out + err, err
    assert TOKEN not in out + err
    return process.returncode, out, err


@pytest.fixture
def runner(segql: Shell) -> Runner:
    return Runner(segql)


def passing(number: int, asked: Asked, send: Callable[[], Reply]) -> Reply:
    return send()


def killing(runner: Runner, at: int, *, is_after: bool) -> Callable[..., Reply]:
    """Kills the command when a request arrives, before it is carried out or afterwards."""

    def meet(number: int, asked: Asked, send: Callable[[], Reply]) -> Reply:
        if number != at:
            return send()
        if is_after:
            send()
        runner.kill()
        return HANG_UP

    return meet


# ---- Killed -----------------------------------------------------------------------------


@pytest.mark.parametrize("is_after", [False, True])
@pytest.mark.parametrize("at", MOMENTS)
def test_killed_and_gone_on_with(
    shop: Client,
    emulator: str,
    folder: Path,
    runner: Runner,
    wanted: dict[str, Any],
    at: int,
    is_after: bool,
) -> None:
    before = {segment.slug_name: segment.id for segment in stored(shop)}
    with road_to(emulator, killing(runner, at, is_after=is_after)) as road:
        code, _, _ = runner.run(road, *APPLY)
        assert code == -signal.SIGKILL
        assert dangling(stored(shop)) == []
        journal = folder / ".segql" / "env.shop.journal"
        assert journal.exists() == (at > LISTS + VALIDATIONS)
        road.meet = passing
        code, out, err = runner.run(road, *(RESUME if journal.exists() else APPLY))
    assert (code, err) == (0, "")
    assert out.endswith("created 25, updated 20, deleted 15, unchanged 5.\n")
    after = stored(shop)
    assert contents(after) == wanted
    assert len(after) == len(wanted)
    kept = {segment.slug_name: segment.id for segment in after if segment.slug_name in before}
    assert kept.items() <= before.items()
    assert not journal.exists()
    assert len(road.writes) <= WRITES + 1


def test_killed_again_and_again(
    shop: Client, emulator: str, runner: Runner, wanted: dict[str, Any]
) -> None:
    random = Random(1)
    left = 0

    def meet(number: int, asked: Asked, send: Callable[[], Reply]) -> Reply:
        """Lets some requests pass, kills at the next write."""
        nonlocal left
        left -= 1
        if left > 0 or not is_write(asked):
            return send()
        return killing(runner, number, is_after=random.random() < 0.5)(number, asked, send)

    kills = 0
    with road_to(emulator, meet) as road:
        arguments = APPLY
        while True:
            left = random.randint(10, 50)
            code, _, err = runner.run(road, *arguments)
            if code != -signal.SIGKILL:
                break
            kills += 1
            assert dangling(stored(shop)) == []
            arguments = RESUME
    assert (code, err) == (0, "")
    assert kills > 3
    assert contents(stored(shop)) == wanted


# ---- Cut off ----------------------------------------------------------------------------


FAULTS = ("*:503:0.1", "*:503-after:0.05", "*:drop:0.05", "*:drop-after:0.05")


@pytest.mark.parametrize("seed", range(20 if IS_LONG else 2))
def test_a_fifth_of_all_requests_or_answers_is_lost(
    tmp_path: Path, wanted: dict[str, Any], seed: int
) -> None:
    path = tmp_path / "shop.journal"
    retry = Retry(retries=5, first=0.001, longest=0.01, sleep=lambda seconds: None)
    faults = [option for fault in FAULTS for option in ("--fault", fault)]
    with ExitStack() as stack:
        url = stack.enter_context(emulating(*faults, "--fault-seed", str(seed)))
        login = Credentials(url, TOKEN)
        asking = stack.enter_context(Client(login, retry=retry))
        writing = stack.enter_context(Client(login))
        for payload in payloads(BEFORE):
            asking.create(payload)
        files = segments(AFTER)
        remotes = list_remotes(asking, files)
        journal = start(path, make_plan(files, remotes, url=url, env=OURS, prune=True))
        for _ in range(20):
            with suppress(ApiError):  # six times in a row is possible
                list(carry_out(asking, writing, journal, retry))
            journal = resume(path)
            if not journal.left:
                break
        assert contents(asking.segments()) == wanted


def test_the_command_itself_on_a_bad_road(
    account: Client, emulator: str, write: Write, runner: Runner
) -> None:
    write("a.segql", "\n".join(f"FILTER a > {i} ALIAS s{i}" for i in range(6)))
    random = Random(4)
    lost = 0

    def meet(number: int, asked: Asked, send: Callable[[], Reply]) -> Reply:
        nonlocal lost
        if random.random() > 0.2:
            return send()
        lost += 1
        if random.random() < 0.5:
            send()
        return random.choice([HANG_UP, reply(503, {"message": "busy"})])

    with road_to(emulator, meet) as road:
        code, out, err = runner.run(road, "apply", "--auto-approve")
    assert (code, err) == (0, "")
    assert out.endswith("created 6, updated 0, deleted 0, unchanged 0.\n")
    assert lost > 3
    assert sorted(s.slug_name for s in stored(account)) == [f"s{i}" for i in range(6)]


def test_no_more_answers(
    shop: Client, emulator: str, folder: Path, runner: Runner, wanted: dict[str, Any]
) -> None:
    def meet(number: int, asked: Asked, send: Callable[[], Reply]) -> Reply:
        return send() if number < FIRST_WRITE + 4 else reply(501, {"message": "closed"})

    with road_to(emulator, meet) as road:
        code, out, err = runner.run(road, *APPLY)
        assert code == 2
        assert out.splitlines()[0] == "created   new0"
        assert out.splitlines()[-1] == (
            "Stopped: created 1, updated 0, deleted 0, unchanged 5, not done 59."
        )
        assert "`segql apply --env shop --resume` goes on with it" in err
        road.meet = passing
        assert runner.run(road, *RESUME)[0] == 0
    assert contents(stored(shop)) == wanted


def test_interrupted_by_its_person(shop: Client, emulator: str, runner: Runner) -> None:
    def meet(number: int, asked: Asked, send: Callable[[], Reply]) -> Reply:
        answer = send()
        if number == FIRST_WRITE and runner.process:
            runner.process.send_signal(signal.SIGINT)
            runner.process.wait()
        return answer

    with road_to(emulator, meet) as road:
        code, out, err = runner.run(road, *APPLY)
        assert code == 2
        assert err.startswith("segql: interrupted\n  help: `segql apply --env shop --resume`")
        assert out.startswith("begun     new0  (create)\nnot done  old0  (update)\n")
        assert runner.run(road, *RESUME)[0] == 0


# ---- Not alone --------------------------------------------------------------------------


def test_somebody_else_writes_meanwhile(
    shop: Client, emulator: str, folder: Path, runner: Runner, wanted: dict[str, Any]
) -> None:
    def meet(number: int, asked: Asked, send: Callable[[], Reply]) -> Reply:
        if number == FIRST_WRITE:
            shop.update("old4", {"name": "Mine"})
        return send()

    with road_to(emulator, meet) as road:
        code, out, err = runner.run(road, *APPLY)
        assert code == 1
        assert err == (
            "segql: `old4` was changed in the account after the plan was made\n"
            "  help: it was left as it is: look at it, then plan again\n"
        )
        assert "\nnot done  old4  (update)\n" in out
        found = shop.segment("old4")
        assert (found.name, found.segment_ql) == (
            "Mine",
            "FILTER AND (INCLUDE old3, x > 4) ALIAS old4",
        )
        assert dangling(stored(shop)) == []

        assert not list(folder.glob(".segql/*.journal"))
        road.meet = passing
        assert runner.run(road, *APPLY)[0] == 0
    assert contents(stored(shop)) == {
        slug: {**fields, "name": "Mine"} if slug == "old4" else fields
        for slug, fields in wanted.items()
    }


def test_two_at_once_on_one_machine(
    shop: Client, emulator: str, segql: Shell, runner: Runner, wanted: dict[str, Any]
) -> None:
    is_under_way, may_go_on = threading.Event(), threading.Event()

    def meet(number: int, asked: Asked, send: Callable[[], Reply]) -> Reply:
        if number == FIRST_WRITE:
            is_under_way.set()
            may_go_on.wait(60)
        return send()

    with road_to(emulator, meet) as road:
        first = runner.begin(road, *APPLY)
        assert is_under_way.wait(60)
        login = {"LYTICS_API_TOKEN": TOKEN, "LYTICS_API_URL": road.url, "SEGQL_RETRIES": "3"}
        asked = len(road.asked)
        for arguments in (APPLY, RESUME, ("apply", "--env", "shop", "--abandon")):
            second = segql(*arguments, **login)
            assert (second.code, second.out) == (2, "")
            told = f"segql: another apply is under way: process {first.pid} on "
            assert second.err.startswith(told)
        assert len(road.asked) == asked
        may_go_on.set()
        assert ended(first)[0] == 0
    assert contents(stored(shop)) == wanted


def test_two_at_once_on_two_machines(
    account: Client, emulator: str, tmp_path: Path, runner: Runner
) -> None:
    account.create({"slug_name": "vip", "segment_ql": "FILTER a"})
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder, field in zip(folders, "xy", strict=True):
        folder.mkdir()
        folder.joinpath("a.segql").write_text(f"FILTER {field} ALIAS vip")
    is_under_way, may_go_on = threading.Event(), threading.Event()

    def meet(number: int, asked: Asked, send: Callable[[], Reply]) -> Reply:
        if number == 3:  # after the list and the validation: now it looks
            is_under_way.set()
            may_go_on.wait(60)
        return send()

    with road_to(emulator, meet) as road, road_to(emulator, passing) as other:
        first = runner.begin(road, "apply", "--auto-approve", folder=folders[0])
        assert is_under_way.wait(60)
        second = runner.begin(other, "apply", "--auto-approve", folder=folders[1])
        assert ended(second)[0] == 0
        may_go_on.set()
        code, _, err = ended(first)
    assert code == 1
    assert "`vip` was changed in the account after the plan was made" in err
    assert account.segment("vip").segment_ql == "FILTER y ALIAS vip"
