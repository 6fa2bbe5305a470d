"""The cases of the example shop: they hold, and they are worth something."""

from __future__ import annotations

from pathlib import Path

from segql.cases.coverage import percent
from segql.cases.finding import find_case_files, group_by_workspace
from segql.cases.session import Session
from segql.linter.setup import setup

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_shop_is_tested() -> None:
    (found,) = group_by_workspace(find_case_files([EXAMPLES]))
    session = Session(found, setup(found.config).options.catalog)
    assert session.problems() == []
    ran = session.cases()
    assert [one.result for one in ran if one.result.message] == []
    assert [result for result in session.properties() if result.message] == []
    assert percent(session.coverage(ran, is_whole=False)) == 100
    assert [survivor for one in session.mutated(ran) for survivor in one.survivors] == []
