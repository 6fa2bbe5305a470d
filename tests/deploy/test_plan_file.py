"""A plan in a file: the same plan comes back, and what is no plan is told."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from segql.deploy.plan_file import PlanFileError, read_plan, write_plan

from .model import environment, planned, remote

TEXT = 'FILTER INCLUDE base WITH name = "ä", tags = ["x"] ALIAS vip; FILTER b ALIAS base'
PLAN = planned(
    TEXT,
    remote("base", description="Why"),
    remote("old", tags=("segql",)),
    env=environment(owner_tag="segql"),
    prune=True,
    paths=["audiences"],
)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_plan(path, PLAN)
    assert read_plan(path) == PLAN
    assert os.listdir(tmp_path) == ["plan.json"]


def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("an older one")
    path.chmod(0o644)
    write_plan(path, PLAN)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_leads_to_the_new_plan(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "plan.json"
    link.symlink_to(tmp_path / "there" / "real.json")
    write_plan(link, PLAN)
    assert link.is_symlink()
    assert read_plan(tmp_path / "there" / "real.json") == PLAN


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "plan.json"
    with pytest.raises(FileNotFoundError) as caught:
        write_plan(path, PLAN)
    assert caught.value.filename == str(path)


def test_a_link_in_a_circle_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.symlink_to(path)
    write_plan(path, PLAN)
    assert read_plan(path) == PLAN


def test_a_plan_that_somebody_has_edited(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"

    def why(old: str, new: str) -> str:
        write_plan(path, PLAN)
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
        with pytest.raises(PlanFileError) as caught:
            read_plan(path)
        return caught.value.message

    assert "a path has a NUL character" in why('"audiences"', '"a\\u0000b"')
    assert "`base` has no id" in why('"id-of-base"', "null")
    assert "Expected `str`, got `int`" in why('"table": "user"', '"table": 5')
    assert "missing required field `table`" in why('"table"', '"tables"')


def test_what_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.json"
    path.write_text("an older one")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_plan(path, PLAN)
    assert os.listdir(tmp_path) == ["plan.json"]
    assert path.read_text() == "an older one"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no plan"),
        (b"\xff", "is no plan"),
        (b"[" * 100_000, "is no plan"),
        (b"{}", "is no plan: Object missing required field `format`"),
        (b"[]", "is no plan"),
        (b'{"format": "1"}', "is no plan"),
        (b'{"format": 2, "new": true}', "is a plan of another format: 2 instead of 1"),
        (b'{"format": 1}', "is a broken plan: Object missing required field"),
    ],
)
def test_what_is_no_plan(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    with pytest.raises(PlanFileError) as caught:
        read_plan(path)
    assert message in caught.value.message
    assert caught.value.help == f"make it again: segql plan --out {path}"


def test_an_action_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_plan(path, PLAN)
    document = json.loads(path.read_text())
    document["changes"][0]["action"] = "destroy"
    path.write_text(json.dumps(document))
    with pytest.raises(PlanFileError, match=r"broken plan: Invalid enum value 'destroy'"):
        read_plan(path)
