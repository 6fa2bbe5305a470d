"""Slugs, and what a name means."""

from __future__ import annotations

import pytest

from segql.syntax.parser import parse
from segql.workspace import Workspace, slug_of


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("FILTER a", None),
        ("FILTER a ALIAS Big_Spenders", "big_spenders"),
        ('FILTER a WITH slug_name = "VIP"', "vip"),
        ('FILTER a WITH Slug_Name = "VIP"', "vip"),
        ('FILTER a WITH {"slug_name": "VIP"}', "vip"),
        ('FILTER a WITH slug_name = "other" ALIAS vip', "vip"),
        ("FILTER a WITH slug_name = 5", None),
        ("FILTER a ALIAS `with space`", "with space"),
    ],
)
def test_the_slug_of_a_statement(text: str, slug: str | None) -> None:
    (statement,) = parse(text).statements
    assert slug_of(statement) == slug


def test_a_name_means_a_segment_in_any_case() -> None:
    around = Workspace([parse("FILTER a ALIAS Vip")])
    found = around.find("vIP")
    assert found is not None
    assert found.slug == "vip"
    assert around.find("other") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("all_users", True),
        ("ALL_USERS", True),
        ("mine", True),
        ("vip", False),
        ("7a7f76ff97ad0e3e96c162f74aee8f8f", True),
        ("3d4240482815b9848caf2e6f", True),
        ("0123456789abcdef", True),
        ("0123456789abcde", False),
        ("decade", False),
        ("0123456789abcdefg", False),
    ],
)
def test_what_only_the_account_can_know(name: str, expected: bool) -> None:
    around = Workspace([], external=["Mine"])
    assert around.overview.is_known(name) is expected
