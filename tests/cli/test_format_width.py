"""How wide `segql format` makes a line."""

from __future__ import annotations

import pytest

from .conftest import Shell, Write

WIDE = "FILTER AND (aaaaaaaaa > 1, bbbbbbbbb > 2)\n"
NARROW = "FILTER AND (\n    aaaaaaaaa > 1,\n    bbbbbbbbb > 2,\n)\n"


def test_the_option(segql: Shell) -> None:
    assert segql("format", "-", stdin=WIDE).out == WIDE
    assert segql("format", "--line-length", "41", "-", stdin=WIDE).out == WIDE
    assert segql("format", "--line-length", "40", "-", stdin=WIDE).out == NARROW


def test_the_default_is_88(segql: Shell) -> None:
    fits = f"FILTER AND (a > 1, {'b' * 64} > 2)\n"
    assert len(fits) == 89
    assert segql("format", "-", stdin=fits).out == fits
    assert segql("format", "-", stdin=fits.replace("b", "bb", 1)).out.startswith("FILTER AND (\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("segql.toml", "line-length = 40"),
        ("pyproject.toml", "[tool.segql]\nline-length = 40"),
    ],
)
def test_the_configuration(segql: Shell, write: Write, name: str, text: str) -> None:
    write(name, text)
    path = write("deep/a.segql", WIDE)
    assert segql("format").code == 0
    assert path.read_text() == NARROW
    assert segql("format", "-", "--stdin-filename", "deep/b.segql", stdin=WIDE).out == NARROW


def test_the_option_goes_before_the_configuration(segql: Shell, write: Write) -> None:
    write("segql.toml", "line-length = 40")
    path = write("a.segql", WIDE)
    assert segql("format", "--line-length", "88").code == 0
    assert path.read_text() == WIDE
