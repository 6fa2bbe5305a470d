"""What is remembered between two runs, and that nothing else is."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from .conftest import Run, Shell, Write

FILES = 30


@pytest.fixture
def files(folder: Path) -> list[Path]:
    paths = [folder / f"s{number}.segql" for number in range(FILES)]
    for number, path in enumerate(paths):
        path.write_text(f"FILTER a > {number} ALIAS s{number}\n")
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return paths


def fine(files: int = FILES) -> Run:
    return Run(0, f"{files} files checked, nothing found.\n", "")


def caches(segql: Shell) -> list[Path]:
    return list((Path(segql.environment["HOME"]) / ".cache/segql").glob("*"))


@pytest.mark.usefixtures("files")
def test_it_is_kept_for_the_user_alone(segql: Shell) -> None:
    assert segql("check") == fine()
    (cache,) = caches(segql)
    assert cache.stat().st_mode & 0o777 == 0o600
    assert cache.parent.stat().st_mode & 0o777 == 0o700


def test_what_changes_is_read_again(segql: Shell, files: list[Path]) -> None:
    assert segql("check") == fine()
    files[3].write_text("FILTER EXISTS(a) ALIAS s3\n")
    assert "s3.segql:1:8: warning PORT007" in segql("check").out
    files[3].unlink()
    assert segql("check") == fine(FILES - 1)


def test_a_change_that_keeps_time_and_size(segql: Shell, files: list[Path]) -> None:
    """So soon after the cache was written, that only the content tells."""
    now = time.time() + 60
    for path in files:
        os.utime(path, (now, now))
    assert segql("check") == fine()
    files[3].write_text("FILTER a >   ALIAS s3\n")
    os.utime(files[3], (now, now))
    assert "SYN002" in segql("check").out


def test_other_rules_are_asked_anew(segql: Shell, files: list[Path], write: Write) -> None:
    files[3].write_text("FILTER EXISTS(a) ALIAS s3\n")
    assert segql("check", "--ignore", "PORT") == fine()
    assert segql("check").code == 1
    write("catalog.user.json", '{"fields": [{"name": "b", "type": "int"}]}')
    write("segql.toml", 'ignore = ["PORT"]')
    assert f"{FILES} errors in {FILES} files." in segql("check").out
    write("catalog.user.json", '{"fields": [{"name": "a", "type": "int"}]}')
    assert segql("check") == fine()


def test_what_files_say_together_is_seen(segql: Shell, files: list[Path]) -> None:
    files[3].write_text("FILTER INCLUDE s4 ALIAS s3\n")
    os.utime(files[3], (1_700_000_000, 1_700_000_000))
    assert segql("check") == fine()
    files[4].unlink()
    assert "REF001" in segql("check").out


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"\x82"])
def test_one_that_is_broken_is_passed_over(segql: Shell, content: bytes) -> None:
    segql("check")
    (cache,) = caches(segql)
    cache.write_bytes(content)
    assert segql("check") == fine()
    assert cache.stat().st_size > 100


@pytest.mark.usefixtures("files")
def test_no_place_for_it_is_no_reason_to_fail(segql: Shell) -> None:
    (Path(segql.environment["HOME"]) / ".cache").write_text("")
    assert segql("check") == fine()


@pytest.mark.usefixtures("files")
def test_without_it(segql: Shell) -> None:
    assert segql("check", "--no-cache") == fine()
    assert caches(segql) == []


def test_a_single_file_needs_none(segql: Shell, write: Write) -> None:
    write("a.segql", "FILTER a ALIAS a")
    segql("check")
    assert caches(segql) == []


def test_findings_are_the_same_with_it(segql: Shell, files: list[Path]) -> None:
    files[3].write_text("FILTER AND (EXISTS(a), b IS NULL) ALIAS s3 -- segql: ignore[PORT008]\n")
    files[5].write_text("FILTER a > ;\n\n  FILTER c >\n")
    first = segql("check", "--output-format", "json")
    assert segql("check", "--output-format", "json") == first
    assert segql("check", "--output-format", "json", "--no-cache") == first


def test_many_files_are_read_by_several_processes(segql: Shell, folder: Path) -> None:
    for number in range(450):
        (folder / f"s{number}.segql").write_text(f"FILTER EXISTS(a) ALIAS s{number}\n")
    assert segql("check", "--no-cache").out.endswith("\n450 warnings in 450 files.\n")


@pytest.mark.skipif(sys.platform != "linux", reason="names of other systems are texts")
@pytest.mark.usefixtures("files")
def test_a_name_that_is_no_text(segql: Shell, folder: Path) -> None:
    (folder / os.fsdecode(b"\xff.segql")).write_text("FILTER a ALIAS x\n")
    assert segql("check") == fine(FILES + 1)
    assert segql("check") == fine(FILES + 1)
