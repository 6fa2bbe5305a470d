"""REF003: a slug can be taken once."""

from __future__ import annotations

import pytest

import segql

from .conftest import findings, told


def test_the_second_one_is_reported_with_the_place_of_the_first() -> None:
    text = "\nFILTER a ALIAS vip\nFILTER b ALIAS vip"
    message = "`vip` is already the alias of the segment at a.segql:2"
    assert told(text) == [("REF003", message, "vip")]


def test_upper_and_lower_case_make_no_difference() -> None:
    ((code, _, place),) = told("FILTER a ALIAS vip; FILTER b ALIAS VIP")
    assert (code, place) == ("REF003", "VIP")


def test_every_further_one_is_reported() -> None:
    text = "FILTER a ALIAS x; FILTER b ALIAS X; FILTER c ALIAS y; FILTER d ALIAS x"
    assert [place for _, _, place in told(text)] == ["X", "x"]


def test_the_order_of_paths_decides_which_is_the_first() -> None:
    files = {"b.segql": "FILTER b ALIAS x", "a.segql": "FILTER a ALIAS x"}
    ((path, problem),) = findings(files)
    assert path == "b.segql"
    assert problem.message.endswith("at a.segql:1")


def test_slug_name_is_as_good_as_an_alias() -> None:
    ((code, _, place),) = told('FILTER a ALIAS vip; FILTER b WITH slug_name = "Vip"')
    assert (code, place) == ("REF003", 'FILTER b WITH slug_name = "Vip"')


def test_a_text_without_a_path_is_told_by_its_line() -> None:
    (problem,) = segql.check("FILTER a ALIAS x\nFILTER b ALIAS x")
    assert problem.message == "`x` is already the alias of the segment on line 1"


@pytest.mark.parametrize("text", ["FILTER a; FILTER b", "FILTER a ALIAS x; FILTER b ALIAS xx"])
def test_nothing_to_report(text: str) -> None:
    assert told(text) == []
