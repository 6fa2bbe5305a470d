"""How many members segments have, in the lenses above them."""

from __future__ import annotations

import asyncio
import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from segql.sizing import Population
from segql_lsp import counter
from segql_lsp.client import Client
from segql_lsp.settings import CodeLens, Settings
from tests.lsp.desk import Desk
from tests.lsp.raw import RawClient

REFRESH = "workspace/codeLens/refresh"
PEOPLE = [{"age": 12}, {"age": 44, "city": "Köln"}, {"age": 70, "city": "Bonn"}, {"age": 30}]
NDJSON = "".join(f"{json.dumps(person)}\n" for person in PEOPLE)
CONFIG = 'profiles = ["people.ndjson"]'
TEXT = """\
-- Old enough.
FILTER age >= 18 ALIAS adults;

FILTER AND (INCLUDE adults, EXISTS city) LIMIT 1 ALIAS one;
FILTER age > 100 ALIAS nobody
"""
COUNTS = ["3 of 4 profiles (75.0 %)", "1 of 4 profiles (25.0 %)", "0 of 4 profiles (0.0 %)"]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process nothing waits for a person who goes on writing."""
    monkeypatch.setattr(counter, "_PAUSE", 0)


class Watcher(Desk):
    """A desk with somebody who looks at the lenses of one file."""

    def __init__(self, root: Path, text: str = TEXT, **files: str) -> None:
        names = {"config": "segql.toml", "people": "people.ndjson", "other": "other.segql"}
        given = {names[name]: content for name, content in files.items()}
        every = {"segql.toml": CONFIG, "people.ndjson": NDJSON, **given, "a.segql": text}
        super().__init__(root, every, client=Client(refreshes_lenses=True))
        self.refreshed = 0
        self.log: list[str] = []
        self.server.workspace_code_lens_refresh = self._refresh  # type: ignore[method-assign]
        self.server.window_log_message = lambda said: self.log.append(said.message)  # type: ignore[method-assign]
        self.server.protocol.send = lambda *_: None  # type: ignore[method-assign]
        self.open("a.segql", text)

    def _refresh(self, _: None) -> Any:
        self.refreshed += 1

    def edit(self, text: str) -> None:
        change = types.TextDocumentContentChangeWholeDocument(text)
        identifier = types.VersionedTextDocumentIdentifier(2, self.uri("a.segql"))
        params = types.DidChangeTextDocumentParams(identifier, [change])
        self.ask(types.TEXT_DOCUMENT_DID_CHANGE, params)

    def changed(self, name: str) -> None:
        """The client saw a file change."""
        event = types.FileEvent(self.uri(name), types.FileChangeType.Changed)
        params = types.DidChangeWatchedFilesParams([event])
        self.ask(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, params)

    def titles(self) -> list[str]:
        """The lenses as they are now."""
        params = types.CodeLensParams(self.identifier("a.segql"))
        lenses = self.ask(types.TEXT_DOCUMENT_CODE_LENS, params)
        return [lens.command.title for lens in lenses]

    async def counted(self) -> list[str]:
        """The lenses when all is counted."""
        self.titles()
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others)
        return self.titles()


# ---- What is counted --------------------------------------------------------------------


async def test_every_segment_has_its_members(tmp_path: Path) -> None:
    desk = Watcher(tmp_path)
    assert desk.titles() == []
    assert await desk.counted() == COUNTS
    assert desk.refreshed == 1
    lenses = desk.ask(
        types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensParams(desk.identifier("a.segql"))
    )
    assert [lens.range.start for lens in lenses] == [
        types.Position(1, 0), types.Position(3, 0), types.Position(4, 0)
    ]  # fmt: skip
    assert {lens.command.command for lens in lenses} == {""}  # it is only read


async def test_one_profile_and_many(tmp_path: Path) -> None:
    assert await Watcher(tmp_path, "FILTER EXISTS age", people='{"age": 1}').counted() == [
        "1 of 1 profile (100.0 %)"
    ]
    many = "".join(f'{{"n": {number}}}\n' for number in range(5000))
    assert await Watcher(tmp_path, "FILTER n < 1284", people=many).counted() == [
        "1,284 of 5,000 profiles (25.7 %)"
    ]


async def test_segments_of_other_files_are_included(tmp_path: Path) -> None:
    desk = Watcher(tmp_path, "FILTER INCLUDE OLD", other="FILTER age > 40 ALIAS old")
    assert await desk.counted() == ["2 of 4 profiles (50.0 %)"]


async def test_types_are_those_of_the_catalog(tmp_path: Path) -> None:
    desk = Watcher(tmp_path, 'FILTER seen > "now-1d"', people='{"seen": "2999-01-01"}\n{"a": 1}')
    assert await desk.counted() == ["0 of 2 profiles (0.0 %)"]
    (tmp_path / "catalog.user.json").write_text('{"fields": {"seen": "date"}}')
    desk.server.folders.look_again()
    desk.changed("catalog.user.json")
    assert await desk.counted() == ["1 of 2 profiles (50.0 %)"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("FILTER AND (age > , city = 1)", "a mistake"),
        ("FILTER INCLUDE broken; FILTER age > ALIAS broken", "a mistake in what is included"),
        ("FILTER INCLUDE elsewhere", "nobody knows it here"),
        ("FILTER NOT INCLUDE me ALIAS me", "a circle"),
    ],
)
async def test_what_has_no_answer_has_no_count(tmp_path: Path, text: str, why: str) -> None:
    assert await Watcher(tmp_path, text).counted() == [], why


async def test_what_sql_cannot_say_is_counted_all_the_same(tmp_path: Path) -> None:
    people = '{"mail": "a@b.example"}\n{"mail": "a@c.example"}'
    desk = Watcher(tmp_path, 'FILTER emaildomain(mail) = "c.example"', people=people)
    assert await desk.counted() == ["1 of 2 profiles (50.0 %)"]


@pytest.mark.parametrize("name", ["people.csv", "people.ndjson.gz", "people.parquet"])
async def test_files_of_any_format(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith(".csv"):
        path.write_text("age,city\n12,\n44,Köln\n70,Bonn\n30,\n")
    elif name.endswith(".gz"):
        path.write_bytes(gzip.compress(NDJSON.encode()))
    else:
        import duckdb

        (tmp_path / "source.ndjson").write_text(NDJSON)
        duckdb.sql(f"COPY (FROM '{tmp_path}/source.ndjson') TO '{path}' (FORMAT parquet)")
    desk = Watcher(tmp_path, "FILTER EXISTS city", config=f'profiles = ["{name}"]')
    assert await desk.counted() == ["2 of 4 profiles (50.0 %)"]


# ---- When -------------------------------------------------------------------------------


async def test_an_edit_of_a_segment_takes_its_count_away_until_there_is_another(
    tmp_path: Path,
) -> None:
    desk = Watcher(tmp_path)
    await desk.counted()
    desk.edit(TEXT.replace("age > 100", "age > 50"))
    assert desk.titles() == COUNTS[:2]
    assert await desk.counted() == [*COUNTS[:2], "1 of 4 profiles (25.0 %)"]
    assert desk.refreshed == 2
    desk.edit(TEXT.replace("age > 100", "age > "))
    assert await desk.counted() == COUNTS[:2]


async def test_an_edit_of_what_is_included_counts_for_those_that_include_it(tmp_path: Path) -> None:
    desk = Watcher(tmp_path, "FILTER INCLUDE old", other="FILTER age > 40 ALIAS old")
    assert await desk.counted() == ["2 of 4 profiles (50.0 %)"]
    (tmp_path / "other.segql").write_text("FILTER age > 60 ALIAS old")
    desk.changed("other.segql")
    assert await desk.counted() == ["1 of 4 profiles (25.0 %)"]


async def test_what_asks_the_same_is_not_counted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Watcher(tmp_path)
    await desk.counted()
    monkeypatch.setitem(sys.modules, "duckdb", None)
    desk.edit(f"-- Another comment.\n{TEXT}".replace("age >= 18", "age>=18").replace("one", "two"))
    assert await desk.counted() == COUNTS
    assert (desk.refreshed, desk.log) == (1, [])


async def test_profiles_that_change_are_counted_again(tmp_path: Path) -> None:
    desk = Watcher(tmp_path, "FILTER age > 40")
    assert await desk.counted() == ["2 of 4 profiles (50.0 %)"]
    (tmp_path / "people.ndjson").write_text('{"age": 41}\n')
    desk.changed("people.ndjson")
    assert await desk.counted() == ["1 of 1 profile (100.0 %)"]


async def test_the_configuration_changes(tmp_path: Path) -> None:
    desk = Watcher(tmp_path, "FILTER age > 40", config="")
    assert await desk.counted() == []
    (tmp_path / "segql.toml").write_text(CONFIG)
    desk.changed("segql.toml")
    assert await desk.counted() == ["2 of 4 profiles (50.0 %)"]
    (tmp_path / "segql.toml").write_text("")
    desk.changed("segql.toml")
    assert await desk.counted() == []
    assert desk.refreshed == 2


async def test_a_closed_document_is_not_counted_any_more(tmp_path: Path) -> None:
    desk = Watcher(tmp_path)
    await desk.counted()
    params = types.DidCloseTextDocumentParams(desk.identifier("a.segql"))
    desk.ask(types.TEXT_DOCUMENT_DID_CLOSE, params)
    while others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others)
    assert desk.server.counter._counts == {}


# ---- What goes wrong --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("people.ndjson", None, "there is no file"),
        ("people.ndjson", b"", "there is no profile in"),
        ("people.ndjson", b"no JSON", "there is no profile in"),
        ("people.parquet", b"PAR1 and no more", "there is no profile in"),
    ],
)
async def test_profiles_that_cannot_be_counted_are_told_once(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    desk = Watcher(tmp_path, config=f'profiles = ["{name}"]')
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    assert await desk.counted() == []
    desk.edit(f"{TEXT} ")
    assert await desk.counted() == []
    (line,) = desk.log
    assert line.startswith(said)
    assert "; " in line, "what to do"


async def test_what_duckdb_cannot_do_is_told_without_values_of_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import duckdb

    def sizes(_: Population) -> list[int]:
        raise duckdb.OutOfMemoryException("no room for anna@example.com")

    monkeypatch.setattr(Population, "sizes", sizes)
    desk = Watcher(tmp_path)
    assert await desk.counted() == []
    (line,) = desk.log
    assert line.startswith("the profiles cannot be counted: OutOfMemoryException")
    assert "anna" not in line


async def test_without_duckdb_there_is_no_lens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    desk = Watcher(tmp_path)
    assert await desk.counted() == []
    desk.edit(f"{TEXT} ")
    assert await desk.counted() == []
    assert desk.log == [
        "members are not counted, for `duckdb` is not installed; "
        'install it with: pip install "segql[sql]"'
    ]


async def test_who_does_not_want_it_has_no_lens(tmp_path: Path) -> None:
    desk = Watcher(tmp_path)
    desk.server.settings = Settings(code_lens=CodeLens(members=False))
    assert await desk.counted() == []


def test_without_profiles_nothing_is_loaded(tmp_path: Path) -> None:
    code = """if True:
        import sys
        from pathlib import Path
        from lsprotocol import types
        from tests.lsp.desk import Desk
        desk = Desk(Path(sys.argv[1]), {"segql.toml": "", "a.segql": "FILTER a > 1 ALIAS a"})
        params = types.CodeLensParams(desk.identifier("a.segql"))
        assert desk.ask(types.TEXT_DOCUMENT_CODE_LENS, params) == []
        heavy = {"duckdb", "sqlglot", "segql_lsp.counting", "segql.profiles", "segql.evaluator"}
        print(*heavy & sys.modules.keys())
    """
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


# ---- A whole session --------------------------------------------------------------------

CAN: dict[str, Any] = {
    "workspace": {
        "codeLens": {"refreshSupport": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    }
}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[RawClient]:
    (tmp_path / "segql.toml").write_text(CONFIG)
    (tmp_path / "people.ndjson").write_text(NDJSON)
    (tmp_path / "a.segql").write_text(TEXT)
    with RawClient(tmp_path, CAN) as client:
        client.open((tmp_path / "a.segql").as_uri(), TEXT)
        yield client


def shown(client: RawClient, uri: str) -> list[str]:
    found = client.ask("textDocument/codeLens", {"textDocument": {"uri": uri}})["result"]
    return [lens["command"]["title"] for lens in found]


def test_the_client_is_told_to_look_again(client: RawClient, tmp_path: Path) -> None:
    uri = (tmp_path / "a.segql").as_uri()
    assert shown(client, uri) == []
    client.wait_for(REFRESH)
    assert shown(client, uri) == COUNTS
    text = TEXT.replace("age > 100", "age > 50")
    document = {"uri": uri, "version": 2}
    changes = {"textDocument": document, "contentChanges": [{"text": text}]}
    client.tell("textDocument/didChange", changes)
    client.wait_for(REFRESH, 2)
    assert shown(client, uri) == [*COUNTS[:2], "1 of 4 profiles (25.0 %)"]
    assert client.leave() == 0


def test_the_client_watches_the_profiles(client: RawClient, tmp_path: Path) -> None:
    uri = (tmp_path / "a.segql").as_uri()
    shown(client, uri)
    client.wait_for(REFRESH)
    registrations = [m for m in client.told if m["method"] == "client/registerCapability"]
    (registration,) = registrations[-1]["params"]["registrations"]
    assert registration["registerOptions"] == {"watchers": [{"globPattern": "**/people.ndjson"}]}
    (tmp_path / "people.ndjson").write_text('{"age": 41}\n')
    change = {"uri": (tmp_path / "people.ndjson").as_uri(), "type": 2}
    client.tell("workspace/didChangeWatchedFiles", {"changes": [change]})
    client.wait_for(REFRESH, 2)
    assert shown(client, uri)[0] == "1 of 1 profile (100.0 %)"
