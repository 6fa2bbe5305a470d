"""REF004 to REF006: ids, segments that nobody includes, long chains."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.diagnostics import CODES

from .asking import ask, places

ID = "3d4240482815b9848caf2e6f"


def chain(size: int, first: str = "s0") -> str:
    """So many INCLUDEs, one after the other."""
    names = [first, *(f"s{n}" for n in range(1, size + 1))]
    texts = [f"FILTER INCLUDE {b} ALIAS {a}" for a, b in pairwise(names)]
    return "\n".join((*texts, f"FILTER x ALIAS s{size}"))


# ---- include-by-id -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"FILTER INCLUDE {ID} ALIAS a", ID),
        (f"FILTER NOT INCLUDE `{ID}` ALIAS a", f"`{ID}`"),
        (f'FILTER AND (a, in_segment("{ID.upper()}")) ALIAS a', f'"{ID.upper()}"'),
    ],
)
def test_an_id_is_reported_where_it_stands(text: str, place: str) -> None:
    assert places("include-by-id", text) == [place]


def test_an_id_that_is_an_alias_here_is_none() -> None:
    text = "FILTER INCLUDE ACCEDEDDEFACEDBEEF ALIAS a; FILTER b ALIAS accededdefacedbeef"
    assert places("include-by-id", text) == []
    assert places("include-by-id", text.partition(";")[0]) == ["ACCEDEDDEFACEDBEEF"]


def test_an_id_that_the_configuration_names_is_none() -> None:
    assert places("include-by-id", f"FILTER INCLUDE {ID} ALIAS a", external=(ID,)) == []


@pytest.mark.parametrize("name", ["vip", "30_days", "cafe", "all_users", "deadbeef"])
def test_a_name_is_no_id(name: str) -> None:
    assert places("include-by-id", f"FILTER INCLUDE {name} ALIAS a") == []


# ---- unused-segment ----------------------------------------------------------------------


def test_a_block_that_nobody_includes() -> None:
    text = "FILTER INCLUDE used ALIAS top; FILTER b ALIAS used; FILTER c ALIAS Idle"
    assert places("unused-segment", text) == ["Idle"]


def test_the_segments_of_other_files_count() -> None:
    files = {
        "a.segql": "FILTER b ALIAS used",
        "b.segql": 'FILTER in_segment("USED") ALIAS top',
        "c.segql": "FILTER c ALIAS idle",
    }
    assert [finding.path for finding in ask("unused-segment", files)] == ["c.segql"]


def test_to_include_oneself_is_no_use() -> None:
    text = "FILTER INCLUDE used ALIAS top; FILTER b ALIAS used; FILTER INCLUDE self ALIAS self"
    assert places("unused-segment", text) == ["self"]


@pytest.mark.parametrize(
    "text",
    [
        "FILTER a ALIAS alone",
        "FILTER a ALIAS one; FILTER b ALIAS two",  # segments are not put together here
        "FILTER INCLUDE all_users ALIAS one; FILTER b ALIAS two",  # nor here
        "FILTER INCLUDE used ALIAS top; FILTER b ALIAS used; FILTER c",  # no alias
        "FILTER INCLUDE used ALIAS top; FILTER NOT INCLUDE used ALIAS other; FILTER b ALIAS used",
    ],
)
def test_nobody_is_called_unused_without_need(text: str) -> None:
    assert places("unused-segment", text) == []


# ---- deep-include ------------------------------------------------------------------------


def test_five_are_fine_and_six_are_long() -> None:
    assert ask("deep-include", chain(5)) == []
    (found,) = ask("deep-include", chain(6))
    assert found.place == "s1"
    assert found.problem.span.start == len("FILTER INCLUDE ")
    way = "s0 -> s1 -> s2 -> s3 -> s4 -> s5 -> s6"
    assert found.problem.message == f"a chain of 6 INCLUDEs: {way}"


def test_of_a_very_long_one_the_beginning_is_shown() -> None:
    (found,) = ask("deep-include", chain(3_000))
    way = "s0 -> s1 -> s2 -> s3 -> s4 -> s5 -> s6 -> s7 -> ..."
    assert found.problem.message == f"a chain of 3000 INCLUDEs: {way}"


def test_it_is_reported_wherever_one_begins() -> None:
    other = chain(6, "other").partition("\n")[0]
    assert len(ask("deep-include", chain(6))) == 1
    assert len(ask("deep-include", f"{chain(6)}\n{other}")) == 2


def test_the_longest_of_several_ways_is_told() -> None:
    text = chain(6).replace("INCLUDE s1 ", "AND (INCLUDE s6, INCLUDE s4, INCLUDE s1, INCLUDE s5) ")
    assert places("deep-include", text) == ["s1"]


def test_what_is_wide_is_not_deep() -> None:
    wide = ", ".join(f"INCLUDE s{n}" for n in range(1, 6))
    assert ask("deep-include", f"FILTER AND ({wide}) ALIAS top\n{chain(5)}") == []


def test_a_chain_into_a_circle_has_no_length() -> None:
    circle = chain(7).replace("FILTER x ALIAS", "FILTER INCLUDE s6 ALIAS")
    assert ask("deep-include", circle) == []


def test_a_chain_behind_a_circle_begins_behind_it() -> None:
    text = (
        f"FILTER AND (INCLUDE egg, INCLUDE s0) ALIAS hen; FILTER INCLUDE hen ALIAS egg\n{chain(6)}"
    )
    assert [finding.problem.message[:22] for finding in ask("deep-include", text)] == [
        "a chain of 6 INCLUDEs:"
    ]


def test_what_is_not_here_ends_a_chain() -> None:
    assert ask("deep-include", chain(5).replace("FILTER x", "FILTER INCLUDE elsewhere")) == []


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30))
def test_any_graph(arrows: list[tuple[int, int]]) -> None:
    """Against the longest ways found by trying all of them."""
    targets = {n: {b for a, b in arrows if a == n} for n in range(12)}

    def longest(n: int, way: tuple[int, ...] = ()) -> float:
        if n in way:
            return float("inf")
        return max((1 + longest(t, (*way, n)) for t in targets[n]), default=0)

    finite = {n: length for n in targets if (length := longest(n)) != float("inf")}
    begun = {n for n in finite if not any(n in targets[other] for other in finite)}
    text = "\n".join(
        f"FILTER OR ({', '.join(f'INCLUDE s{t}' for t in sorted(ts))}) ALIAS s{n}"
        for n, ts in targets.items()
    )
    told = [finding.problem.message for finding in ask("deep-include", text)]
    expected = [f"a chain of {finite[n]} INCLUDEs: s{n}" for n in sorted(begun) if finite[n] > 5]
    assert [message.partition(" ->")[0] for message in told] == expected


def test_only_long_chains_are_looked_for_unasked() -> None:
    unasked = [name for name in ("include-by-id", "unused-segment") if CODES[name].is_default]
    assert unasked == []
    assert CODES["deep-include"].is_default
