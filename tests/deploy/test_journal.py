"""The journal: what is on the disk whenever the process ends."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from segql.deploy.journal import Journal, JournalError, resume, start
from segql.deploy.locking import LockedError, locked
from segql.deploy.plan import Plan

from .model import planned


@pytest.fixture
def plan() -> Plan:
    return planned("FILTER a ALIAS one; FILTER INCLUDE one ALIAS two; FILTER c ALIAS three")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "default.journal"


def left(journal: Journal) -> list[str]:
    return [change.slug for change in journal.left]


def doubtful(journal: Journal) -> list[str]:
    return [change.slug for change in journal.doubtful]


def test_what_was_begun_and_what_was_done_is_known_again(path: Path, plan: Plan) -> None:
    journal = start(path, plan)
    assert left(resume(path)) == ["one", "two", "three"]
    journal.begin(0)
    assert (left(resume(path)), doubtful(resume(path))) == (["one", "two", "three"], ["one"])
    journal.finish(0)
    journal.begin(1)
    again = resume(path)
    assert (left(again), doubtful(again)) == (["two", "three"], ["two"])
    assert again.plan == plan
    again.finish(1)
    assert left(resume(path)) == ["three"]
    again.remove()
    assert list(path.parent.iterdir()) == []


def test_a_line_that_was_cut_short_says_nothing(path: Path, plan: Plan) -> None:
    journal = start(path, plan)
    journal.begin(0)
    before = path.read_bytes()
    journal.finish(0)
    after = path.read_bytes()
    for length in range(len(before), len(after)):
        path.write_bytes(after[:length])
        again = resume(path)
        assert doubtful(again) == ["one"]
        again.finish(0)
        assert path.read_bytes() == after


def test_a_journal_is_for_its_owner_alone(path: Path, plan: Plan) -> None:
    start(path, plan)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_takes_the_place_of_one_that_was_never_finished(path: Path, plan: Plan) -> None:
    path.with_name("default.journal.new").write_text('{"type":"plan","pl')
    start(path, plan)
    assert [each.name for each in path.parent.iterdir()] == ["default.journal"]


def test_a_line_is_on_the_disk_before_anything_else_happens(
    path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bytes] = []
    sync = os.fsync

    def noted(handle: int) -> None:
        sync(handle)
        synced.append(path.read_bytes() if path.exists() else b"")

    monkeypatch.setattr(os, "fsync", noted)
    journal = start(path, plan)
    assert synced[-1] == path.read_bytes()  # of the folder
    for act in (journal.begin, journal.finish):
        act(2)
        assert synced[-1] == path.read_bytes()


def test_what_cannot_be_written_is_not_begun(path: Path, plan: Plan) -> None:
    journal = start(path, plan)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        journal.begin(0)
    assert journal.begun == set()
    assert not path.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ('{"type":"plan"', "is empty"),  # it has no end, and so it is no line
        ("nonsense\n", "line 1 cannot be read"),
        ("\udcff\n", "line 1 cannot be read"),
        ("[" * 100_000 + "\n", "line 1 cannot be read"),
        ('{"type":"done","write":0,"slug":"one"}\n', "there is no plan before it"),
        ('{"type":"other"}\n', "line 1 cannot be read"),
        ("{plan}\n{plan}\n", "line 2 cannot be read: it is a second plan"),
        ('{plan}\n{"type":"done","write":3,"slug":"x"}\n', "the plan has no write 3"),
        ('{plan}\n{"type":"done","write":-1,"slug":"x"}\n', "the plan has no write -1"),
        ('{plan}\n\n{"type":"begun","write":0,"slug":"x"}\n', "line 2 cannot be read"),
        ("{newer}\n", "a plan of the format 2 instead of 1"),
        ("{edited}\n", "line 1 cannot be read: Object missing required field"),
    ],
)
def test_a_journal_that_makes_no_sense(path: Path, plan: Plan, content: str, message: str) -> None:
    start(path, plan)
    head = path.read_text().strip()
    newer = head.replace('"format":1', '"format":2')
    edited = head.replace('"table"', '"tables"')
    text = content.replace("{plan}", head).replace("{newer}", newer).replace("{edited}", edited)
    path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(JournalError) as caught:
        resume(path)
    assert message in caught.value.message
    assert str(path) in caught.value.message


def test_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "default.lock"
    with locked(path, "another apply"):
        with pytest.raises(LockedError) as caught, locked(path, "another apply"):
            pass
        assert f"another apply is under way: process {os.getpid()} on " in caught.value.message
    with locked(path, "another apply"):
        pass


def test_a_lock_file_that_was_left_behind_holds_nobody_up(tmp_path: Path) -> None:
    path = tmp_path / "default.lock"
    path.write_text(f"{os.getppid()} on here, and a longer text than the next one writes\n" * 3)
    with locked(path, "another apply"):
        assert path.read_text().startswith(f"{os.getpid()} on ")
        assert path.read_text().count("\n") == 1
