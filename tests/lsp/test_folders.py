"""What belongs together, and what is seen of changes on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from segql.workspace import find
from segql_lsp.folders import Folders
from tests.lsp.desk import Desk

INCLUDING = "FILTER INCLUDE vip ALIAS a"
VIP = "FILTER visits > 5 ALIAS vip"


def codes(desk: Desk, name: str) -> set[str]:
    document = desk.document(name)
    return {problem.code for problem in document.folder.diagnostics(document)}


def test_open_documents_come_before_what_is_on_disk(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": INCLUDING, "b.segql": "FILTER visits > 5 ALIAS other"})
    assert "REF001" in codes(desk, "a.segql")
    desk.open("b.segql", VIP)
    assert "REF001" not in codes(desk, "a.segql")
    desk.server.folders.close(desk.uri("b.segql"))
    assert "REF001" in codes(desk, "a.segql")


def test_what_is_left_out_is_there_only_while_it_is_open(tmp_path: Path) -> None:
    files = {"segql.toml": 'exclude = ["drafts/"]', "a.segql": INCLUDING, "drafts/vip.segql": VIP}
    desk = Desk(tmp_path, files)
    assert "REF001" in codes(desk, "a.segql")
    desk.open("drafts/vip.segql", VIP)
    assert "REF001" not in codes(desk, "a.segql")
    desk.server.folders.close(desk.uri("drafts/vip.segql"))
    assert "REF001" in codes(desk, "a.segql")


def test_edits_in_the_wrong_order_are_made_and_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": ""})
    desk.open("a.segql", "FILTER a")
    whole = types.TextDocumentContentChangeWholeDocument(VIP)
    desk.server.folders.change(desk.uri("a.segql"), 7, [whole])
    with pytest.raises(ValueError, match="edit 5 after edit 7"):
        desk.server.folders.change(desk.uri("a.segql"), 5, [whole])
    assert desk.document("a.segql").text == VIP


def test_a_file_that_is_not_saved_yet(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": INCLUDING})
    desk.open("new.segql", VIP)
    assert "REF001" not in codes(desk, "a.segql")


def test_what_is_no_file_stands_alone(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"vip.segql": VIP})
    item = types.TextDocumentItem("untitled:Untitled-1", "segql", 1, INCLUDING)
    desk.server.folders.open(item)
    document = desk.server.folders.document("untitled:Untitled-1")
    assert document is not None
    assert [d.uri for d in document.folder.documents()] == ["untitled:Untitled-1"]
    assert "REF001" in {p.code for p in document.folder.diagnostics(document)}


def test_every_configuration_is_a_folder_of_its_own(tmp_path: Path) -> None:
    files = {
        "one/segql.toml": "",
        "one/a.segql": INCLUDING,
        "two/segql.toml": 'external = ["vip"]',
        "two/a.segql": INCLUDING,
        "vip.segql": VIP,
    }
    desk = Desk(tmp_path, files)
    assert "REF001" in codes(desk, "one/a.segql")
    assert "REF001" not in codes(desk, "two/a.segql")


def test_several_roots(tmp_path: Path) -> None:
    for name, text in (("one/a.segql", INCLUDING), ("two/vip.segql", VIP)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    one, two = ((tmp_path / name).as_uri() for name in ("one", "two"))
    folders = Folders("utf-16", [one])
    assert folders.document(f"{two}/vip.segql") is None
    folders.change_roots([two], [])
    assert folders.document(f"{two}/vip.segql") is not None
    assert len(folders.all()) == 2
    folders.change_roots([], [one])
    assert folders.document(f"{one}/a.segql") is None


def test_files_come_and_go(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": INCLUDING})
    assert "REF001" in codes(desk, "a.segql")
    vip = tmp_path / "vip.segql"
    vip.write_text(VIP)
    desk.server.folders.look_again()
    assert "REF001" not in codes(desk, "a.segql")
    vip.write_text(VIP.replace("vip", "other"))
    desk.server.folders.saved(vip.as_uri())
    assert "REF001" in codes(desk, "a.segql")
    vip.unlink()
    desk.server.folders.saved(vip.as_uri())
    assert desk.server.folders.document(vip.as_uri()) is None


def test_a_file_that_vanishes_unseen(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": INCLUDING, "vip.segql": VIP})
    folder = desk.document("a.segql").folder
    (tmp_path / "vip.segql").unlink()
    assert [d.uri for d in folder.documents()] == [desk.uri("a.segql")]
    assert folder.segments("vip") == []


def test_a_configuration_that_changes(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"segql.toml": "", "a.segql": INCLUDING})
    assert "REF001" in codes(desk, "a.segql")
    (tmp_path / "segql.toml").write_text('external = ["vip"]\nline-length = 30')
    desk.server.folders.look_again()
    assert "REF001" not in codes(desk, "a.segql")
    assert desk.document("a.segql").folder.line_length == 30
    (tmp_path / "segql.toml").write_text("line-length = 3")
    desk.server.folders.look_again()
    ((_, (problem,)),) = desk.document("a.segql").folder.problems
    assert problem.code == "CFG001"


def test_a_catalog_that_changes(tmp_path: Path) -> None:
    catalog = '{"fields": {"visits": "int"}}'
    desk = Desk(
        tmp_path,
        {"segql.toml": "", "catalog.user.json": catalog, "a.segql": "FILTER visitz > 1 ALIAS a"},
    )
    assert "TYP001" in codes(desk, "a.segql")
    (tmp_path / "catalog.user.json").write_text(catalog.replace("visits", "visitz"))
    desk.server.folders.look_again()
    assert "TYP001" not in codes(desk, "a.segql")


def test_while_a_segment_is_broken_others_may_still_include_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"a.segql": INCLUDING, "vip.segql": VIP})
    desk.open("vip.segql", VIP)
    assert "REF001" not in codes(desk, "a.segql")
    desk.open("vip.segql", "FILTER visits > 5 ALIAS")
    assert "REF001" not in codes(desk, "a.segql")
    desk.open("vip.segql", "FILTER visits > 5 ALIAS another")
    assert "REF001" in codes(desk, "a.segql")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"FILTER a\0", b""])
def test_files_that_are_no_texts(tmp_path: Path, content: bytes) -> None:
    desk = Desk(tmp_path, {"a.segql": ""})
    (tmp_path / "a.segql").write_bytes(content)
    assert codes(desk, "a.segql") == ({"SYN016"} if content else set())


def test_links_to_the_same_file_are_one(tmp_path: Path) -> None:
    desk = Desk(tmp_path, {"vip.segql": VIP})
    (tmp_path / "link.segql").symlink_to(tmp_path / "vip.segql")
    desk.open("link.segql", VIP)
    (folder,) = desk.server.folders.all()
    assert len([*folder.documents()]) == 1


def test_it_is_the_workspace_of_check(tmp_path: Path) -> None:
    files = {
        ".gitignore": "out/\n",
        "segql.toml": 'exclude = ["drafts/"]',
        "a.segql": INCLUDING,
        "deep/b.segql": VIP,
        "drafts/c.segql": VIP,
        "out/d.segql": VIP,
    }
    desk = Desk(tmp_path, files)
    (found,) = find([tmp_path])
    (folder,) = desk.server.folders.all()
    assert [d.source.path for d in folder.documents()] == sorted(full for full, _ in found.asked)


def test_only_the_files_that_changed_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, {f"{i}.segql": VIP.replace("vip", f"s{i}") for i in range(20)})
    codes(desk, "3.segql")
    read: list[Path] = []
    content = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or content(path))
    desk.server.folders.look_again()
    (tmp_path / "7.segql").write_text("FILTER a > 1234 ALIAS changed")
    (folder,) = desk.server.folders.all()
    folder.all_diagnostics()
    assert read == [tmp_path / "7.segql"]
