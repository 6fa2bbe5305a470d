"""The store on its own: rows, slugs, files."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from segql.emulator import EmulatorError, SegmentStore
from segql.emulator.fields import Fields
from segql.emulator.stores.segments import SlugTaken

TIMESTAMP = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


def test_defaults() -> None:
    with SegmentStore() as store:
        segment = store.insert("Active_Users", Fields(segment_ql="FILTER x"))
    assert re.fullmatch(r"[0-9a-f]{32}", segment.id)
    assert re.fullmatch(TIMESTAMP, segment.created)
    assert segment.updated == segment.created
    assert (segment.slug_name, segment.name) == ("active_users", "Active_Users")
    assert (segment.kind, segment.table, segment.is_public) == ("segment", "user", False)
    assert (segment.description, segment.tags) == ("", [])


def test_every_field_comes_back() -> None:
    fields = Fields(
        name="It's; DROP TABLE segments --",
        description="é😀\x00\n",
        kind="goal",
        table="content",
        is_public=True,
        tags=["a", "b'"],
        segment_ql="FILTER x",
    )
    with SegmentStore() as store:
        segment = store.insert("s", fields)
        assert store.find(segment.id) == segment
        assert store.segments("content") == [segment]
    assert fields.given() == {name: getattr(segment, name) for name in fields.given()}


def test_slugs_are_unique_in_any_case() -> None:
    with SegmentStore() as store:
        first = store.insert("a", Fields())
        second = store.insert("b", Fields())
        assert store.find("A") == first
        with pytest.raises(SlugTaken, match="a"):
            store.insert("A", Fields())
        with pytest.raises(SlugTaken, match="a"):
            store.update(second.id, Fields(slug_name="A"))
        assert store.find("b") == second


def test_update_changes_what_is_given() -> None:
    with SegmentStore() as store:
        segment = store.insert("a", Fields(name="Name", tags=["x"], is_public=True))
        for _ in range(3):
            changed = store.update("a", Fields(tags=[], is_public=False))
        assert changed is not None
        assert (changed.name, changed.tags, changed.is_public) == ("Name", [], False)
        assert (changed.id, changed.created) == (segment.id, segment.created)
        assert changed.updated >= segment.updated
        assert store.find("a") == changed
        renamed = store.update("a", Fields(slug_name="New"))
        assert renamed is not None
        assert renamed.slug_name == "new"
        assert store.find("a") is None
        assert store.update("a", Fields()) is None


def test_upsert_goes_by_the_slug() -> None:
    with SegmentStore() as store:
        first, created = store.upsert("a", Fields(name="one"))
        assert created
        again, created = store.upsert("A", Fields(name="two"))
        assert not created
        assert (again.id, again.name) == (first.id, "two")
        other, created = store.upsert(first.id, Fields())
        assert created
        assert store.find(first.id) == again != other


def test_delete() -> None:
    with SegmentStore() as store:
        store.insert("a", Fields())
        assert store.delete("a")
        assert not store.delete("a")
        store.insert("a", Fields())


def test_threads() -> None:
    with SegmentStore() as store:

        def work(number: int) -> None:
            for _ in range(20):
                store.upsert("shared", Fields(name=str(number)))
            store.insert(f"own_{number}", Fields())

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store.segments("user")) == 9


def test_a_file_outlives_the_store(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    with SegmentStore(path) as store:
        segment = store.insert("a", Fields(tags=["x"]))
    with SegmentStore(str(path)) as store:
        assert store.segments("user") == [segment]


def test_a_name_with_a_meaning_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    SegmentStore("md:x").close()
    assert (tmp_path / "md:x").is_file()


def foreign_text(path: Path) -> None:
    path.write_text("not a database")


def foreign_sqlite(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE a (b)")
    connection.close()


def foreign_duckdb(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE segments (other INTEGER)")


@pytest.mark.parametrize("make", [foreign_text, foreign_sqlite, foreign_duckdb, Path.mkdir])
def test_what_is_not_an_emulators_file(tmp_path: Path, make) -> None:
    path = tmp_path / "a.db"
    make(path)
    with pytest.raises(
        EmulatorError, match=re.escape(f"cannot open the database {path}: ")
    ) as caught:
        SegmentStore(path)
    assert "\n" not in caught.value.message
    assert "download" not in caught.value.message
    assert caught.value.help


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EmulatorError, match="No such file"):
        SegmentStore(tmp_path / "none" / "a.db")


def test_a_locked_file(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    hold = (
        f"import duckdb; held = duckdb.connect({str(path)!r}); print('held', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(EmulatorError, match="lock"):
            SegmentStore(path)
        holder.communicate("\n")
    SegmentStore(path).close()
