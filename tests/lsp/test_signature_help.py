"""What a function takes, while its arguments are written. The mark ``‸`` is the cursor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from segql.catalog import FUNCTIONS
from segql.formatter.spelling import function as spelled
from segql_lsp.signature_help import help_at
from tests.lsp.account import CAPABILITIES, desk_of
from tests.lsp.any_text import TEXTS
from tests.lsp.desk import Desk


def helped(root: Path, text: str, capabilities: dict[str, Any]) -> types.SignatureHelp | None:
    desk = desk_of(root, text, capabilities)
    return desk.ask(
        types.TEXT_DOCUMENT_SIGNATURE_HELP,
        types.SignatureHelpParams(desk.identifier("mine.segql"), desk.position("mine.segql")),
    )


@pytest.mark.parametrize(
    ("text", "label", "active"),
    [
        ("FILTER timewindow(‸", "timewindow(field, count, days)", "field"),
        ("FILTER timewindow(visits, ‸", "timewindow(field, count, days)", "count"),
        ("FILTER AND (🛒 >, timewindow(visits, 5,\r\n ‸", "timewindow(field, count, days)", "days"),
        ("FILTER timewindow(a, 1, 7, ‸", "timewindow(field, count, days)", "days"),
        ("FILTER TimeWindow(vis‸its, 5, 7)", "timewindow(field, count, days)", "field"),
        ('FILTER geodistance(place, "1,‸2", 5)', "geodistance(field, place, km)", "place"),
        ("FILTER tolower(email(‸", "email(text)", "text"),
        ("FILTER join(email(a), b, ‸", "join(text, rest...)", "rest..."),
        ("FILTER todate(‸", "todate([layout], value)", "value"),
        ("FILTER todate(‸, created)", "todate([layout], value)", "[layout]"),
        ("FILTER url.matchqs(‸", "url.matchqs(url, [pattern]...)", "url"),
        ("FILTER url.matchqs(a, b, ‸", "url.matchqs(url, [pattern]...)", "[pattern]..."),
        ("FILTER contains(a, ‸", "contains(text, part)", "part"),
        ("FILTER timewindow((visits + ‸", "timewindow(field, count, days)", "field"),
    ],
)
def test_the_argument_that_is_written(tmp_path: Path, text: str, label: str, active: str) -> None:
    for capabilities in ({}, CAPABILITIES):
        found = helped(tmp_path, text, capabilities)
        assert found
        (signature,) = found.signatures
        assert signature.label == label
        assert signature.parameters
        assert found.active_parameter is not None
        parameter = signature.parameters[found.active_parameter].label
        assert (parameter if isinstance(parameter, str) else label[slice(*parameter)]) == active


@pytest.mark.parametrize(
    "text",
    [
        "FILTER time‸window(a, 5, 7)",
        "FILTER timewindow(a, 5, 7)‸",
        "FILTER AND (timewindow(a, 5, 7), ‸",
        "FILTER a IN (1, ‸",
        "FILTER nothing(‸",
        "FILTER timewindow(a -- ‸",
        "‸",
    ],
)
def test_no_help_elsewhere(tmp_path: Path, text: str) -> None:
    assert helped(tmp_path, text, CAPABILITIES) is None


def test_a_function_without_parameters_has_none_that_is_active(tmp_path: Path) -> None:
    found = helped(tmp_path, "FILTER now(‸)", CAPABILITIES)
    assert found
    assert found.active_parameter is None
    assert found.signatures[0].documentation


def test_parameters_are_described(tmp_path: Path) -> None:
    found = helped(tmp_path, "FILTER timewindow(‸", CAPABILITIES)
    assert found
    texts = [p.documentation.value for p in found.signatures[0].parameters or ()]  # pyright: ignore
    assert texts[0] == "A field of the type []timebucket."
    assert texts[1] == "One of 1, 5, 10, 25, 50, 100."
    found = helped(tmp_path, "FILTER url.matchqs(‸", CAPABILITIES)
    assert found
    texts = [p.documentation.value for p in found.signatures[0].parameters or ()]  # pyright: ignore
    assert texts[1] == "Anything; may be left out; may be repeated."


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_the_places_of_its_parameters(tmp_path: Path, name: str) -> None:
    found = helped(tmp_path, f"FILTER {spelled(name)}(‸)", CAPABILITIES)
    assert found
    (signature,) = found.signatures
    places = [p.label for p in signature.parameters or () if isinstance(p.label, tuple)]
    names = [signature.label[slice(*place)].strip("[].") for place in places]
    assert names == [parameter.name for parameter in FUNCTIONS[name].parameters]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of(tmp_path_factory.mktemp("any"), "")


@given(TEXTS, st.data())
def test_any_place_of_any_text(desk: Desk, text: str, data: st.DataObject) -> None:
    document = desk.open("any.segql", text)
    found = help_at(document, data.draw(st.integers(0, len(text))), None, True)
    if found and found.active_parameter is not None:
        assert 0 <= found.active_parameter < len(found.signatures[0].parameters or ())
