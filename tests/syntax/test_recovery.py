"""A mistake is reported once, at its place, and all that is well formed is in the tree."""

from __future__ import annotations

import pytest

from segql.formatter.flat import flat
from segql.syntax import nodes as n
from segql.syntax.parser import ParsedFile, parse
from segql.syntax.walk import walk

TEN = """\
FILTER AND (
    good_1 > 1,
    a > ,
    good_2 LIKE "x*",
    b > > 1,
    c ILIKE "x",
    good_3 IN ("x", "y"),
    d IN ("x", Bob),
    e BETWEEN 1,
    NOT,
    good_4,
    INCLUDE,
    f = 5d,
    OR (good_5, g = ),
    EXISTS good_6,
    h = "open,
    INCLUDE good_7,
)
FROM user
ALIAS ten
"""


def places(parsed: ParsedFile) -> list[tuple[int, int]]:
    return [parsed.source.position(problem.span.start) for problem in parsed.diagnostics]


def shape(node: n.Node) -> str:
    """A tree on one line, with what could not be read in angle brackets."""
    match node:
        case n.Bad(text):
            return f"<{' '.join(text.split())}>"
        case n.And(phrases) | n.Or(phrases):
            return f"{type(node).__name__.upper()} ({', '.join(map(shape, phrases))})"
        case n.Not(phrase):
            return f"NOT {shape(phrase)}"
        case n.Comparison(left, operator, right) | n.Membership(left, operator, right):
            return f"{shape(left)} {operator} {shape(right)}"
        case n.Between(operand, low, high):
            return f"{shape(operand)} BETWEEN {shape(low)} AND {shape(high)}"
        case n.Array(items):
            return f"({', '.join(map(shape, items))})"
        case n.Call(name, arguments):
            return f"{name}({', '.join(map(shape, arguments))})"
        case n.Exists(operand):
            return f"EXISTS {shape(operand)}"
        case n.Arithmetic(left, operator, right):
            return f"{shape(left)} {operator} {shape(right)}"
        case _:
            return flat(node)


def test_ten_mistakes_in_ten_items_are_ten_errors() -> None:
    parsed = parse(TEN)
    assert places(parsed) == [
        *((3, 9), (5, 9), (6, 7), (8, 16), (9, 16), (10, 8), (12, 12), (13, 9), (14, 21), (16, 9)),
    ]
    (statement,) = parsed.statements
    assert (statement.table, statement.alias) == ("user", "ten")
    text = shape(statement.filter)
    for good in (
        "good_1 > 1",
        'good_2 LIKE "x*"',
        'good_3 IN ("x", "y")',
        "good_4",
        "OR (good_5, g = <>)",
        "EXISTS good_6",
        "INCLUDE good_7",
    ):
        assert good in text


# text -> (the tree of its filter, the kinds of its clauses, names of the diagnostics)
PARTIAL = {
    "FILTER": ("<>", "", "incomplete"),
    "FILTER a >": ("a > <>", "", "incomplete"),
    "FILTER > 1": ("<> > 1", "", "unexpected-text"),
    "FILTER a > AND b": ("AND (a > <>, b)", "", "unexpected-text"),
    "FILTER a AND": ("AND (a, <>)", "", "incomplete"),
    "FILTER (a > ) OR b > 2": ("OR (a > <>, b > 2)", "", "incomplete"),
    "FILTER a ILIKE 5 OR b FROM user": ("OR (<a ILIKE 5>, b)", "From", "unexpected-text"),
    "FILTER NOT": ("NOT <>", "", "incomplete"),
    "FILTER EXISTS ALIAS x": ("EXISTS <>", "Alias", "incomplete"),
    "FILTER a > FROM user": ("a > <>", "From", "incomplete"),
    "FILTER ALIAS x": ("<>", "Alias", "incomplete"),
    "FILTER EXISTS ALIAS": ("EXISTS `ALIAS`", "", ""),
    "FILTER a FROM LIMIT 5": ("a", "Limit Bad", "incomplete"),
    "FILTER a FROM user LIMIT x ALIAS y": ("a", "From Alias Bad", "unexpected-text"),
    "FILTER a ORDER BY b ALIAS y": ("a", "Alias Bad", "unexpected-text"),
    "FILTER a ALIAS": ("a", "Bad", "incomplete"),
    "FILTER a WITH name = , kind = aspect": ("a", "With Bad", "incomplete"),
    'FILTER a WITH {"a": , "b": 2} ALIAS x': ("a", "With Alias Bad", "incomplete"),
    "FILTER f(a, ": ("f(a)", "", "unclosed-bracket"),
    "FILTER AND (a > 1, b > 2 FROM user ALIAS x": (
        "AND (a > 1, b > 2)",
        "From Alias",
        "unclosed-bracket",
    ),
    "FILTER AND (a IN (1, 2, b > 5, c > 6) ALIAS x": (
        "AND (a IN (1, 2), b > 5, c > 6)",
        "Alias",
        "unclosed-bracket",
    ),
    "FILTER AND (len(a > 5, b)": ("AND (len(a) > 5, b)", "", "unclosed-bracket"),
    "FILTER AND (a > 1), b > 2) FROM user": (
        "AND (a > 1, <)>, b > 2)",
        "From",
        "unexpected-text",
    ),
    "FILTER OR (a, b)) ALIAS t": ("OR (a, b)", "Alias Bad", "unmatched-bracket"),
    "FILTER AND (a], b)": ("AND (a, <]>, b)", "", "unexpected-text"),
    "FILTER AND (\n  a > > 1\n  b = 2\n)": ("AND (a, <>> > 1, b = 2)", "", "unexpected-text"),
    'FILTER AND (a = "x, b\n  c = "y",\n  d = "z")': (
        'AND (a = <"x, b>, c = "y", d = "z")',
        "",
        "unclosed-string",
    ),
}


@pytest.mark.parametrize(("text", "expected"), PARTIAL.items(), ids=list(PARTIAL))
def test_what_is_well_formed_is_in_the_tree(text: str, expected: tuple[str, str, str]) -> None:
    parsed = parse(text)
    (statement,) = parsed.statements
    clauses = " ".join(type(clause).__name__ for clause in statement.clauses)
    names = " ".join(problem.name for problem in parsed.diagnostics)
    assert (shape(statement.filter), clauses, names) == expected


MISTAKES = [
    *("a >", "b > > 1", "c = = 1", 'IN ("x")', "d IN", "d IN 5", "e BETWEEN 1", "e BETWEEN AND 2"),
    *("NOT", "INCLUDE", "INCLUDE 123", "EXISTS", "f LIKE", "g ~ 1", "$h > 1", "i > 5d", "j => 1"),
    *('k ILIKE "x"', "l === 1", "(m > 1", "n > 1)", '"text"', "*", "NOT *", "o IS 5", "len(a > 1"),
    *("p IN (1, 2", "timewindow(,5)", "OR (x >, y)", "AND a > 1", "> 1", "a = 1 = 2", "f(a"),
    *('a INTERSECTS "x"', "a IN (1, x)", "a IN (1 2)", "a + > 1", "a LIKE /x/", "a:b > 1"),
    *('x = "a" "b"', "a NOT > 5", 'a IN ["x", )', "a = {1}", "a ! b", "a > 1 2", "NOT NOT", "OR("),
    *("a IS NOT", "a = \u201cx\u201d", "EXISTS AND b", "a AND", "OR b", "a && ", "a IN ()) "),
]


@pytest.mark.parametrize("separator", [", ", ",\n    "], ids=["line", "lines"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_an_item_is_one_error(mistake: str, separator: str) -> None:
    items = ["good_1 > 1", mistake, 'good_2 LIKE "x"', "good_3"]
    parsed = parse(f"FILTER AND ({separator.join(items)})\nFROM user ALIAS last")
    assert len(parsed.diagnostics) == 1
    (statement,) = parsed.statements
    assert statement.alias == "last"
    fields = {node.name for node in walk(statement) if isinstance(node, n.Identifier)}
    assert {"good_1", "good_2", "good_3"} <= fields


@pytest.mark.parametrize("mistake", [*MISTAKES, "r = 'open"])
def test_ten_times_the_same_mistake_are_ten_errors(mistake: str) -> None:
    # What is never closed in one item can be closed by accident in another.
    if mistake.count("(") != mistake.count(")"):
        return
    items = [item for number in range(10) for item in (f"good_{number} > 1", mistake)]
    parsed = parse(f"FILTER AND (\n    {f',{chr(10)}    '.join(items)},\n)\nALIAS last")
    assert len(parsed.diagnostics) == 10
    assert parsed.statements[0].alias == "last"


def test_statements_without_a_mistake_are_not_touched() -> None:
    parsed = parse("FILTER a > 1 ALIAS one\nFILTER AND (b >\nFILTER c > 3 ALIAS three; d; e f; g")
    assert [shape(s.filter) for s in parsed.statements] == [
        *("a > 1", "AND (b > <>)", "c > 3", "d", "e", "g"),
    ]
    assert places(parsed) == [(2, 16), (3, 32)]


def test_a_projection_has_no_tree() -> None:
    assert parse("SELECT a FROM user").statements == ()


@pytest.mark.parametrize("text", [TEN, *PARTIAL])
def test_a_bad_node_holds_its_text(text: str) -> None:
    for statement in parse(text).statements:
        for node in walk(statement):
            if isinstance(node, n.Bad):
                assert node.text == text[node.start : node.end]


@pytest.mark.parametrize("items", [10, 1_000])
def test_each_of_many_mistakes_is_reported(items: int) -> None:
    text = "FILTER AND (" + 'a > ,\n    good_field_name = "some longer text",\n' * items + ")"
    parsed = parse(text)
    most = 100 + len(text) // 100
    assert len(parsed.diagnostics) == min(items, most + 1)
