"""Segments as people write them, each also as the SQL query that asks for the same.

Both texts of a case are written from one random tree: the same conditions, joined in the same
way, broken into lines and commented at the same places. Only what the languages cannot both say
(INCLUDE, INTERSECTS, WITH) is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from random import Random
from typing import Literal, NamedTuple, TypeAlias

from benchmarks.conditions import Condition, draw

SMALLEST, LARGEST = 50, 20_000  # bytes of SegmentQL
DEFAULT_SEED = 20_240_229

_OPPOSITE = {"AND": "OR", "OR": "AND"}
_DEEPEST = 5
_INDENT = " " * 4
_REMARKS = (
    "staff orders for tests", "agreed with legal", "see the spring campaign", "at least one visit",
    "sent by the app only", "was 30 before the sale", "not in every region", "asked for by sales",
)  # fmt: skip

Language: TypeAlias = Literal["segql", "sql"]


class Case(NamedTuple):
    """One segment in both languages, and the number of its conditions."""

    segql: str
    sql: str
    conditions: int


@dataclass(frozen=True)
class _Group:
    word: str  # AND, OR
    parts: list[_Part]
    remarks: list[str]  # one a part, most of them empty
    is_list: bool = True  # AND (a, b); otherwise a AND b
    is_broken: bool = True  # one part a line
    is_negated: bool = False


_Part: TypeAlias = Condition | _Group


class _Clauses(NamedTuple):
    remark: str = ""
    keyword: str = "FILTER "
    table: str = ""
    alias: str = ""


def make_corpus(count: int = 2000, seed: int = DEFAULT_SEED) -> list[Case]:
    """Make so many cases; the lengths of their SegmentQL are spread log-uniformly."""
    random = Random(seed)
    return [_case_of_size(random) for _ in range(count)]


def sized(conditions: int) -> Case:
    """Make one AND list with exactly so many conditions, one a line."""
    random = Random(conditions)
    parts: list[_Part] = [draw(random) for _ in range(conditions)]
    group = _Group("AND", parts, _remarks(random, conditions, is_commented=True))
    return _case(group, _Clauses(), conditions)


# ---- The random tree -----------------------------------------------------------------


def _case_of_size(random: Random) -> Case:
    size = exp(random.uniform(log(SMALLEST), log(LARGEST)))
    least, most = max(0.85 * size, SMALLEST), min(1.15 * size, LARGEST)
    while True:  # how long a tree will be is known only when it is written
        case = _random_case(random, max(1, round(size / random.uniform(35, 55))))
        if least <= len(case.segql.encode()) <= most:
            return case


def _random_case(random: Random, conditions: int) -> Case:
    is_commented = random.random() < 0.25
    clauses = _Clauses(
        remark=random.choice(_REMARKS) if is_commented else "",
        keyword="FILTER " if random.random() < 0.9 else "",
        table=random.choice(("user", "content")) if random.random() < 0.2 else "",
        alias=f"segment_{random.randrange(1000)}" if random.random() < 0.5 else "",
    )
    drawn = [draw(random) for _ in range(conditions)]
    is_broken = conditions > 1 and random.random() < (0.3 if conditions < 4 else 0.9)
    word = random.choice(("AND", "AND", "AND", "OR"))
    tree = _Grower(random, is_commented).grow(drawn, word, is_broken=is_broken)
    return _case(tree, clauses, conditions)


class _Grower(NamedTuple):
    random: Random
    is_commented: bool

    def grow(
        self, conditions: list[Condition], word: str, *, is_broken: bool, depth: int = 1
    ) -> _Part:
        """Join conditions by a word, some of them in groups joined by the opposite word."""
        if len(conditions) == 1:
            return conditions[0]
        chance = self.random.random
        parts = [self.part(chunk, word, is_broken, depth) for chunk in self.cut(conditions, depth)]
        return _Group(
            word,
            parts,
            _remarks(self.random, len(parts), self.is_commented and is_broken),
            is_list=chance() < 0.7,
            is_broken=is_broken,
            is_negated=depth > 1 and chance() < 0.1,
        )

    def part(self, chunk: list[Condition], word: str, is_broken: bool, depth: int) -> _Part:
        # A line holds few conditions, and what stands inside a line is not broken again.
        is_broken = is_broken and (len(chunk) > 3 or self.random.random() < 0.3)
        return self.grow(chunk, _OPPOSITE[word], is_broken=is_broken, depth=depth + 1)

    def cut(self, conditions: list[Condition], depth: int) -> list[list[Condition]]:
        """Divide conditions into what becomes single phrases and what becomes inner lists."""
        may_nest = len(conditions) > 3 and depth < _DEEPEST
        chunks: list[list[Condition]] = []
        start = 0
        while start < len(conditions):
            is_nested = may_nest and self.random.random() < 0.25
            size = self.random.randint(2, len(conditions) // 2) if is_nested else 1
            chunks.append(conditions[start : start + size])
            start += size
        return chunks


def _remarks(random: Random, count: int, is_commented: bool) -> list[str]:
    density = 0.15 if is_commented else 0
    return [random.choice(_REMARKS) if random.random() < density else "" for _ in range(count)]


# ---- Writing -------------------------------------------------------------------------


def _case(tree: _Part, clauses: _Clauses, conditions: int) -> Case:
    return Case(_segql(tree, clauses), _sql(tree, clauses), conditions)


def _segql(tree: _Part, clauses: _Clauses) -> str:
    phrase = _top(tree, "segql")
    lines = [
        clauses.remark and f"-- {clauses.remark}",
        (clauses.keyword + phrase).strip(),
        clauses.table and f"FROM {clauses.table}",
        clauses.alias and f"ALIAS {clauses.alias}",
    ]
    return _joined(lines)


def _sql(tree: _Part, clauses: _Clauses) -> str:
    phrase = _top(tree, "sql")
    table = clauses.table or "user"
    source = f"{table} AS {clauses.alias}" if clauses.alias else table
    lines = [
        clauses.remark and f"-- {clauses.remark}",
        f"SELECT * FROM {source} WHERE {phrase}".rstrip(),
    ]
    return _joined(lines)


def _joined(lines: list[str]) -> str:
    text = "\n".join(line for line in lines if line) + "\n"
    return text.replace(" \n", "\n")  # a phrase over several lines begins on the next one


def _top(tree: _Part, language: Language) -> str:
    """The whole phrase: infix needs no brackets here."""
    if isinstance(tree, Condition) or _is_list(tree, language):
        return _text(tree, language)
    return _inside(tree, language)


def _is_list(group: _Group, language: Language) -> bool:
    return group.is_list and language == "segql"


def _text(part: _Part, language: Language, indent: str = "") -> str:
    if isinstance(part, Condition):
        return part.segql if language == "segql" else part.sql
    is_list = _is_list(part, language)
    words = ("NOT" if part.is_negated else "", part.word if is_list else "")
    before = "".join(f"{word} " for word in words if word)
    return f"{before}({_inside(part, language, indent)})"


def _inside(group: _Group, language: Language, indent: str = "") -> str:
    """What stands between the brackets of a group."""
    inner = indent + _INDENT if group.is_broken else indent
    texts = [_text(part, language, inner) for part in group.parts]
    is_list = _is_list(group, language)
    if not group.is_broken:
        return (", " if is_list else f" {group.word} ").join(texts)
    before, after = ("", ",") if is_list else (f"{group.word} ", "")
    lines = [
        f"{before if index else ''}{text}{after}{f'  -- {remark}' if remark else ''}"
        for index, (text, remark) in enumerate(zip(texts, group.remarks, strict=True))
    ]
    return "".join(f"\n{inner}{line}" for line in lines) + f"\n{indent}"
