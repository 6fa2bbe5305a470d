"""Start-up counts: what is heavy is imported only by what needs it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ("lark", "httpx2", "duckdb", "starlette", "uvicorn", "pygls", "lsprotocol", "pathspec")

PROGRAM = """
import json, sys
{statement}
print(json.dumps(sorted(sys.modules)))
"""


def modules_after(statement: str) -> set[str]:
    program = PROGRAM.format(statement=statement)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "statement",
    [
        "import segql",
        "import segql; segql.parse('FILTER a'); segql.check('FILTER a'); segql.format('FILTER a')",
        "import segql.cli.check",
        "import segql.cli.format",
        "import segql_grammar",
    ],
)
def test_nothing_heavy_is_imported(statement: str) -> None:
    assert modules_after(statement).isdisjoint(HEAVY)


def test_the_test_would_see_it() -> None:
    assert "lark" in modules_after("import segql_grammar; segql_grammar.load()")
    assert "httpx2" in modules_after("import segql.api.client")


def test_rooms_and_names_are_there_when_they_are_asked_for() -> None:
    assert "segql.catalog.model" not in modules_after("import segql")
    assert "segql.catalog.model" in modules_after("import segql; segql.catalog.Catalog")
    assert "segql.syntax.parser" in modules_after("from segql import parse")


def test_all_public_names_are_there() -> None:
    import segql
    import segql.catalog
    import segql.compiler
    import segql.workspace

    for package in (segql, segql.catalog, segql.compiler, segql.workspace):
        for name in package.__all__:
            assert getattr(package, name) is not None
        with pytest.raises(AttributeError):
            package.nothing_of_this_name  # noqa: B018
