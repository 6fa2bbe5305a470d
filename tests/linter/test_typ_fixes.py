"""TYP: of two rules one speaks, and fixes bring no other problem."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from segql.diagnostics import Diagnostic
from segql.diagnostics.choice import DEFAULT
from segql.linter.examine import examine
from segql.linter.fixing import mended
from segql.linter.options import Options
from segql.syntax.parser import parse

from .typed import FIELDS, KNOWN, TYP

# ---- One place, one rule -----------------------------------------------------------------

fields = st.sampled_from([*FIELDS, "visitcnt", "counts.web", "visitct.x"]).map(
    lambda name: f"`{name}`" if " " in name else name
)
literals = st.sampled_from(
    ["5", "-1", "2.5", '"5"', '"x"', '"true"', "true", '"now-3d"', '"3 days ago"', '"1,000"', "0"]
)
orders = st.sampled_from(["=", "!=", ">", "<=", "CONTAINS", "LIKE", "NOT LIKE"])
phrases = st.one_of(
    st.builds("{} {} {}".format, fields, orders, st.one_of(literals, fields)),
    st.builds("{} {} {}".format, literals, st.sampled_from(["=", ">"]), fields),
    st.builds("{} BETWEEN {} AND {}".format, fields, literals, literals),
    st.builds("{} {} ({}, {})".format, fields, st.sampled_from(["IN", "INTERSECTS", "NOT IN"]),
              literals, literals),
    st.builds("EXISTS {}".format, fields),
    st.builds("NOT {}".format, fields),
    st.builds("timewindow({}, {}, 7)".format, fields, literals),
    fields,
)  # fmt: skip
FORMS = [
    ("AND (", ", ", ")"),
    ("OR (", "\n", ")"),
    ("AND (", " -- why\n", "\n)"),
    ("", " AND ", ""),
    ("NOT (", " OR ", ")"),
    ("AND (", " ", ")"),
]
lists = st.builds(
    lambda items, form: form[0] + form[1].join(items) + form[2],
    st.lists(phrases, min_size=1, max_size=4),
    st.sampled_from(FORMS),
)


NAMES = {"unknown-field", "key-of-no-map", "unknown-key", "unknown-function", "unknown-table"}


def examined(text: str) -> list[Diagnostic]:
    return examine(parse(text), Options(TYP | DEFAULT, KNOWN)).problems


@given(lists)
def test_of_two_rules_only_the_more_exact_one_speaks(text: str) -> None:
    problems = [problem for problem in examined(f"FILTER {text}") if problem.name in TYP]
    spans = [(problem.span.start, problem.span.end) for problem in problems]
    assert len(spans) == len(set(spans))


@given(lists)
def test_a_fix_mends_its_problem_and_brings_no_other(filter: str) -> None:
    text = f"FILTER {filter} ALIAS x"
    parsed = parse(text)
    if parsed.has_errors:
        return
    problems = examined(text)
    for problem in problems:
        if problem.name not in TYP or problem.fix is None:
            continue
        after = mended(text, [problem.fix])
        assert not parse(after).has_errors
        assert [c.text for c in parse(after).comments] == [c.text for c in parsed.comments]
        now = examined(after)
        count = [p.name for p in problems].count(problem.name)
        assert [p.name for p in now].count(problem.name) < count
        new = {p.code for p in now} - {p.code for p in problems}
        if problem.name not in NAMES:  # what a name hid can be seen now
            assert not [code for code in new if code.startswith(("TYP", "TIM", "PORT"))]
