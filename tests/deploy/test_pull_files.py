"""Names of files: safe on every system, whatever a slug is."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segql.deploy.files import FileNames, stem


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("vip", "vip"),
        ("VIP", "vip"),
        ("a_b-c.d2", "a_b-c.d2"),
        ("клиенты", "клиенты"),
        ("../x", "%2E.%2Fx"),
        ("..", "%2E%2E"),
        ("/etc/passwd", "%2Fetc%2Fpasswd"),
        ("c:\\x", "c%3A%5Cx"),
        (".hidden", "%2Ehidden"),
        ("end.", "end%2E"),
        ("-rf", "%2Drf"),
        ("a b", "a%20b"),
        ("con", "%63on"),
        ("con.x", "%63on.x"),
        ("lpt9", "%6Cpt9"),
        ("com¹", "com%C2%B9"),
        ("contact", "contact"),
        ("node_modules", "%6Eode_modules"),
        ("a%2fb", "a%252fb"),
        ("ß", "%C3%9F"),
        ("ﬁ", "%EF%AC%81"),
        ("a\0\n", "a%00%0A"),
        ("", "_"),
        ("x" * 300, "x" * 100),
        ("é" * 300, "é" * 50),
    ],
)
def test_stems(slug: str, name: str) -> None:
    assert stem(slug) == name


odd = st.lists(
    st.sampled_from(
        [*"./\\:~%Aa-_ ", "..", "con", "nul", "İ", "ſ", "K", "\0", "\n", "é", "e\u0301"]
    )
).map("".join)


@given(st.one_of(st.text(), odd))
def test_a_stem_is_the_name_of_a_file_and_nothing_more(slug: str) -> None:
    name = stem(slug)
    for path in (PurePosixPath("in", f"{name}.segql"), PureWindowsPath("in", f"{name}.segql")):
        assert path.parts == ("in", f"{name}.segql")
    assert not PureWindowsPath(name).is_reserved()
    assert 0 < len(name.encode()) <= 100
    assert name[0] not in ".-"
    assert name == stem(slug)


@given(st.lists(st.one_of(st.text(max_size=4), odd), max_size=12))
def test_no_two_files_are_the_same_on_a_system_that_ignores_case(slugs: list[str]) -> None:
    names = FileNames()
    given = [names.new("", slug, ".segql") for slug in slugs]
    assert len({name.casefold() for name in given}) == len(slugs)


def test_a_name_that_is_taken_gets_a_number() -> None:
    names = FileNames(["in/VIP.segql", "in/vip-2.segql"])
    assert names.new("in/", "vip", ".segql") == "in/vip-3.segql"
    assert names.new("in/", "vip", ".segql.txt") == "in/vip.segql.txt"
    assert names.new("out/", "vip", ".segql") == "out/vip.segql"
