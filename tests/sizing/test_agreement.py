"""However profiles are read, DuckDB counts those that the evaluator finds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segql.catalog import Catalog
from segql.evaluator import compile_predicate
from segql.profiles import BadProfile, Format, Profile, read_profiles
from segql.sizing import Population, Question, Source
from segql.syntax import nodes as n
from tests.evaluator.asking import read
from tests.evaluator.test_agreement import NOW, phrases

# Each example makes a database.
A_TENTH = settings(max_examples=max(50, settings().max_examples // 10))
NAMES = ("a", "b", "m", "m.k")
TYPES = ["string", "int", "number", "bool", "date", "[]string", "[]date", "map[string]int"]
INCLUDES = {"yes": n.Statement(n.And(())), "no": n.Statement(n.Or(()))}

texts = st.sampled_from(
    ["", "x", "xy", "5", "-1", "true", "now-3d", "2026-03-10T00:00:00Z", "2026/3/10", "1773100800"]
)
dates = st.sampled_from(["2026-03-10", "2026-03-10T00:00:00Z", "2026-03-14 11:59:59Z"])
numbers = st.sampled_from([0, 1, 5, -1, 5.0, 5.5, 1773100800, 2**63])
scalars = st.one_of(texts, numbers, st.booleans(), st.none())
maps = st.dictionaries(st.sampled_from(["k", "k.l", "x", "5"]), scalars, max_size=3)
# Values of one kind under a name, as they are in earnest, and of all kinds.
KINDS = (
    texts,
    dates,
    st.integers(-1, 6),
    st.sampled_from([0.25, 5.0, 5.5]),
    st.booleans(),
    texts | st.none(),
    st.lists(texts, max_size=3),
    st.lists(dates, max_size=3),
    st.lists(st.integers(0, 5), max_size=3),
    st.lists(scalars, max_size=3),
    maps,
    scalars,
)
catalogs = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(TYPES))
asked = st.lists(phrases, min_size=1, max_size=4)


@st.composite
def populations(draw: st.DrawFn, kinds: Sequence[st.SearchStrategy[Any]] = KINDS) -> list[Profile]:
    """Profiles whose fields have kinds that belong to them."""
    fields = {name: kinds[draw(st.integers(0, len(kinds) - 1))] for name in NAMES}
    profiles = st.fixed_dictionaries({}, optional=fields)
    return draw(st.lists(profiles, min_size=1, max_size=5))


@A_TENTH
@given(populations(), asked, catalogs)
def test_lines_of_json(
    profiles: list[Profile], phrases: list[n.Phrase], types: dict[str, str]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "p.ndjson")
        path.write_text("".join(json.dumps(profile) + "\n" for profile in profiles))
        check(path, "json", phrases, types)


@A_TENTH
@given(populations(), asked, catalogs)
def test_a_list_which_is_read_one_by_one(
    profiles: list[Profile], phrases: list[n.Phrase], types: dict[str, str]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "p.json")
        path.write_text(json.dumps(profiles))
        check(path, "json", phrases, types)


OF_PARQUET = {
    "VARCHAR": texts,
    "TIMESTAMPTZ": dates,
    "TIMESTAMP": st.sampled_from(["2026-03-10 00:00:00", "2026-03-14 11:59:59.5"]),
    "DATE": st.just("2026-03-10"),
    "BIGINT": st.integers(-1, 6),
    "DOUBLE": st.sampled_from([0.25, 5.0, 5.5]),
    "DECIMAL(8, 2)": st.sampled_from([0.25, 5.0, 5.5]),
    "BOOLEAN": st.booleans(),
    "VARCHAR[]": st.lists(texts | st.none(), max_size=3),
    "TIMESTAMPTZ[]": st.lists(dates, max_size=3),
    "INTEGER[]": st.lists(st.integers(0, 5), max_size=3),
    "MAP(VARCHAR, BIGINT)": st.dictionaries(
        st.sampled_from(["k", "x"]), st.integers(0, 9) | st.none()
    ),
    "STRUCT(k VARCHAR, x BIGINT)": st.fixed_dictionaries({"k": texts, "x": st.integers(0, 9)}),
    "TIME": st.just("12:00:00"),
}


@A_TENTH
@given(st.data(), asked, catalogs)
def test_parquet(data: st.DataObject, phrases: list[n.Phrase], types: dict[str, str]) -> None:
    columns = {name: data.draw(st.sampled_from([*OF_PARQUET])) for name in NAMES}
    fields = {name: st.none() | OF_PARQUET[type] for name, type in columns.items()}
    rows = data.draw(st.lists(st.fixed_dictionaries(fields), min_size=1, max_size=5))
    with TemporaryDirectory() as folder:
        path = Path(folder, "p.parquet")
        write_parquet(path, columns, rows)
        check(path, "parquet", phrases, types)


def write_parquet(path: Path, columns: dict[str, str], rows: list[Profile]) -> None:
    declared = ", ".join(f"'{name}': '{type}'" for name, type in columns.items())
    plain = path.with_suffix(".ndjson")
    plain.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with duckdb.connect() as db:
        db.execute("SET TimeZone = 'UTC'")
        read = f"read_json('{plain}', columns = {{{declared}}})"
        db.execute(f"COPY (FROM {read}) TO '{path}'")


def check(path: Path, format: Format, phrases: Sequence[n.Phrase], types: dict[str, str]) -> None:
    """Sizes and overlaps are those that the evaluator finds."""
    catalog = Catalog.from_types(types)
    statements = [n.Statement(phrase) for phrase in phrases]
    found = [_members(statement, path, catalog) for statement in statements]
    questions = [Question(statement, NOW) for statement in statements]
    source = Source(path, format, lambda: every(path))
    with Population([source], questions, catalog=catalog, includes=INCLUDES) as population:
        assert population.total() == len([*every(path)])
        assert population.sizes() == [len(members) for members in found]
        assert population.overlaps() == [[len(a & b) for b in found] for a in found]


def every(path: Path) -> Iterator[Profile]:
    with path.open("rb") as stream:
        for profile in read_profiles(stream, path):
            assert not isinstance(profile, BadProfile)
            yield profile


def _members(statement: n.Statement, path: Path, catalog: Catalog) -> set[int]:
    test = compile_predicate(statement, types=catalog, now=NOW, includes=INCLUDES)
    return {number for number, profile in enumerate(every(path)) if test.matches(profile) is True}


# ---- What is easily lost ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("profiles", "types", "filter", "size"),
    [
        ([{"a": None}, {}], {"a": "int"}, "NOT a = NULL", 1),  # null and missing differ
        ([{"a": "x"}, {"a": None}, {}], {}, 'a != "x"', 2),
        ([{"a": 2**63 - 1}, {"a": 2**63 - 2}], {"a": "int"}, f"a = {2**63 - 1}", 1),
        ([{"a": 2**64}, {"a": 1}], {"a": "int"}, "a > 5", 1),
        (
            [{"a": "2026/3/10"}, {"a": "2026-03-11"}, {"a": "soon"}],
            {"a": "date"},
            'a < "now-0d"',
            2,
        ),
        ([{"a": ["2026/3/10"]}, {"a": ["2026-04-11"]}], {"a": "[]date"}, 'a < "now-0d"', 1),
        ([{"m": [7, 8]}, {"m": {"0": 7}}, {"m.0": 7}], {}, "m.0 = 7", 2),
        ([{"a": 1, "A": 2}, {"A": 1}], {}, "a = 1", 1),
        ([{"a/b": 1}, {"a~b": 2}, {"a": {"b": 1}}], {}, "`a/b` = 1 OR `a~b` = 2", 2),
        ([{"data": [1, 2], "a": 1}], {}, "a = 1", 1),
    ],
)
def test_what_is_easily_lost(
    tmp_path: Path, profiles: list[Profile], types: dict[str, str], filter: str, size: int
) -> None:
    path = tmp_path / "p.ndjson"
    path.write_text("".join(json.dumps(profile) + "\n" for profile in profiles))
    phrase = read(filter).filter
    assert len(_members(n.Statement(phrase), path, Catalog.from_types(types))) == size
    check(path, "json", [phrase], types)


def test_columns_have_types_and_no_copy_is_made_of_parquet(tmp_path: Path) -> None:
    """What makes it fast: the values of a name are looked at once."""
    path = tmp_path / "p.parquet"
    write_parquet(path, {"a": "BIGINT"}, [{"a": 1}, {"a": 7}])
    source = Source(path, "parquet", lambda: pytest.fail("it was read one by one"))
    question = Question(read("a > 5"), NOW)
    with Population([source], [question], catalog=Catalog(), includes={}) as population:
        assert population.sizes() == [1]
        assert population.one_by_one == ()
