"""Every rule has a page, and its examples are true."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest

from segql.diagnostics import CODES, Diagnostic
from segql.diagnostics.choice import ALL, named
from segql.diagnostics.codes import BY_CODE, FAMILIES, Code
from segql.linter.asking import checks
from segql.linter.options import Options
from segql.linter.pages import example_catalog, page
from segql.linter.rules import (
    FOR_CATALOGS,
    ON_FILES,
    ON_FOREIGN_FILES,
    ON_FORMS,
    ON_INCLUDES,
    ON_NODES,
    ON_WORKSPACE,
)
from segql.linter.runner import check_files
from segql.linter.scope import Scope, Settings
from segql.linter.setup import setup
from segql.syntax import nodes
from segql.syntax.walk import walk
from segql.workspace import Workspace, find_config, read_bytes

# What no text can show: see the tests of the command line. What only a text of a thousand
# conditions, or of 500 segments, can show: see test_lim.
WITHOUT_EXAMPLES = {"CFG003", "LIM001", "LIM002"}
# Examples that are no segments, but files of a workspace.
FILES = {"bad-setting": "segql.toml", "bad-catalog": "catalog.user.json"}
SETTINGS = Settings(tags=("vip", "email"), today="2026-06-15")

codes = pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)


def examples_of(code: Code, kind: str) -> tuple[str, ...]:
    try:
        return getattr(page(code), kind)
    except ModuleNotFoundError:  # the tests below say so
        return ()


EXAMPLES = [
    pytest.param(code, kind, text, id=f"{code.name} {kind} {number}")
    for code in CODES.values()
    for kind in ("bad", "good")
    for number, text in enumerate(examples_of(code, kind))
]


def problems_of(code: Code, text: str) -> list[Diagnostic]:
    """What is told of an example."""
    if code.name not in FILES:
        return problems_in(text)
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "segql.toml").touch()
        (folder / FILES[code.name]).write_text(text)
        config = find_config(folder)
        assert config is not None
        return [problem for _, problems in setup(config).problems for problem in problems]


def problems_in(text: str) -> list[Diagnostic]:
    file = read_bytes(text.encode("utf-8", "surrogateescape"), "example.segql")
    options = Options(named(ALL), example_catalog(), SETTINGS)
    ((_, problems),) = check_files(Workspace([file]), [file], options)
    return problems


@pytest.mark.parametrize(("code", "kind", "text"), EXAMPLES)
def test_an_example(code: Code, kind: str, text: str) -> None:
    assert (code.name in {problem.name for problem in problems_of(code, text)}) == (kind == "bad")


@codes
def test_a_page_says_why_and_shows_it(code: Code) -> None:
    found = page(code)
    assert len(found.text.split()) >= 12
    if code.code not in WITHOUT_EXAMPLES:
        assert len(found.bad) >= 2
        assert len(found.good) >= 2


@codes
def test_some_examples_have_a_fix_where_the_table_says_so(code: Code) -> None:
    if code.code in WITHOUT_EXAMPLES:
        assert not code.is_fixable
        return
    found = [p for text in page(code).bad for p in problems_of(code, text) if p.name == code.name]
    assert any(problem.fix for problem in found) == code.is_fixable


def test_half_of_the_rules_can_be_fixed() -> None:
    assert len(CODES) >= 50
    assert sum(code.is_fixable for code in CODES.values()) * 2 >= len(CODES)


def test_a_code_and_a_name_stand_for_one_rule() -> None:
    assert len(BY_CODE) == len(CODES)
    assert {code.family for code in CODES.values()} == set(FAMILIES)


def test_every_module_is_a_rule_and_every_rule_a_module() -> None:
    import segql.linter.rules

    folder = Path(segql.linter.rules.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert modules == {code.name.replace("-", "_") for code in CODES.values()}
    registers = (*ON_NODES.values(), *ON_FORMS.values(), ON_FILES, ON_FOREIGN_FILES)
    registers += (ON_WORKSPACE, ON_INCLUDES)
    asked = {module for modules in registers for module in modules}
    assert asked <= modules
    # These are reported by the parser, by suppressions and where files are read.
    told_elsewhere = {code.name for code in CODES.values() if code.family in ("SYN", "SUP", "CFG")}
    assert modules - asked == {name.replace("-", "_") for name in told_elsewhere}


def test_rules_for_catalogs_say_nothing_without_one() -> None:
    for name in FOR_CATALOGS:
        module = name.replace("-", "_")
        (check,) = checks([module], named(ALL))
        for text in page(CODES[name]).bad:
            file = read_bytes(text.encode(), "example.segql")
            scope = Scope(file, file.statements[0])
            nodes = [
                n for n in walk(scope.statement) if module in ON_NODES.get(type(n).__name__, ())
            ]
            assert nodes
            assert [problem for node in nodes for problem in check(node, scope)] == []


def test_the_register_names_kinds_that_exist() -> None:
    kinds = {kind.__name__ for kind in vars(nodes).values() if isinstance(kind, type)}
    assert set(ON_NODES) <= kinds
    assert set(ON_FORMS) == set(get_args(nodes.FormKind))
