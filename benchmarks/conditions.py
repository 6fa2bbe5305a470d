"""Single conditions as people write them, in SegmentQL and in SQL: tables of shapes and values."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple


class Condition(NamedTuple):
    """One predicate, said in both languages."""

    segql: str
    sql: str


class _Shape(NamedTuple):
    """How a condition is written. ``sql`` is given where more than the quotes differ."""

    weight: int
    segql: str
    sql: str = ""


_SHAPES = (
    _Shape(22, "{number} {compare} {low}"),
    _Shape(18, '{text} = "{word}"'),
    _Shape(5, '{text} != "{word}"'),
    _Shape(10, "{text} IN ({words})"),
    _Shape(3, "{text} NOT IN ({words})"),
    _Shape(3, "{number} IN ({numbers})"),
    _Shape(8, "{date} {after} {ago}"),
    _Shape(5, "{flag} = {bool}"),
    _Shape(4, "{number} BETWEEN {low} AND {high}"),
    _Shape(6, "EXISTS {field}", "{field} IS NOT NULL"),
    _Shape(3, "NOT EXISTS {field}", "{field} IS NULL"),
    _Shape(1, "{field} IS NULL"),
    _Shape(4, '{text} LIKE "{word}*"', '{text} LIKE "{word}%"'),
    _Shape(3, '{text} NOT LIKE "*{word}"', '{text} NOT LIKE "%{word}"'),
    _Shape(5, '{text} CONTAINS "{word}"', '{text} LIKE "%{word}%"'),
    _Shape(2, 'NOT {text} = "{word}"'),
    _Shape(1, 'tolower({text}) = "{word}"', 'lower({text}) = "{word}"'),
)
_WEIGHTS = [shape.weight for shape in _SHAPES]

# A text in double quotes and a name in backticks, as SQL quotes them.
_SQL_QUOTES = str.maketrans({'"': "'", "`": '"'})

_NUMBERS = (
    "visitct", "purchase_count", "lifetime_value", "average_basket", "cart_items", "score_quantity",
    "behaviors.score_frequency", "behaviors.score_recency", "counts.`Web hit`", "emails_opened",
    "days_since_purchase", "hourly.sessions",
)  # fmt: skip
_TEXTS = (
    "email", "email_domain", "city", "country", "utm.campaign", "utm.medium", "device.family",
    "loyalty_tier", "last_product_viewed", "preferred_language", "`Favourite store`", "crm.stage",
)  # fmt: skip
_DATES = ("created", "lastvisit_ts", "last_purchase_ts", "birthday", "email_events.opened")
_FLAGS = ("is_customer", "has_app", "consent.marketing", "newsletter_optin")
_WORDS = (
    "vip", "gold", "spring_sale", "Portland, OR", "San Francisco", "newsletter", "example.com",
    "desktop", "mobile", "Zürich", "São Paulo", "running shoes", "2024-abandoned-basket", "US",
    "organic search", "checkout", "trial", "/blog/archive",
)  # fmt: skip
_COMPARE = (">", ">=", "<", "<=", "=", "!=")
_AFTER = (">", ">=", "<", "<=")
_AGO = ('"now-24h"', '"now-7d"', '"now-30d"', '"now-1y"', '"now+2w"', '"2024-01-31"')
_FIELDS = (*_NUMBERS, *_TEXTS, *_DATES, *_FLAGS)


def _low(random: Random) -> str:
    return random.choice((f"{random.randrange(1, 100)}", f"{random.uniform(1, 100):.2f}"))


def _words(random: Random) -> str:
    # Most lists are short, and some are pasted from a spreadsheet.
    count = random.choice((2, 2, 3, 3, 4, 6, 12))
    return ", ".join(f'"{word}"' for word in random.sample(_WORDS, count))


def _numbers(random: Random) -> str:
    return ", ".join(str(random.randrange(10_000)) for _ in range(random.randint(2, 6)))


_VALUES: dict[str, Callable[[Random], str]] = {
    "number": lambda random: random.choice(_NUMBERS),
    "text": lambda random: random.choice(_TEXTS),
    "date": lambda random: random.choice(_DATES),
    "flag": lambda random: random.choice(_FLAGS),
    "field": lambda random: random.choice(_FIELDS),
    "word": lambda random: random.choice(_WORDS),
    "compare": lambda random: random.choice(_COMPARE),
    "after": lambda random: random.choice(_AFTER),
    "ago": lambda random: random.choice(_AGO),
    "bool": lambda random: random.choice(("true", "false")),
    "high": lambda random: str(random.randrange(100, 10_000)),
    "low": _low,
    "words": _words,
    "numbers": _numbers,
}


class _Drawn(dict[str, str]):
    """The values of one condition, drawn when first asked for: both languages get the same."""

    def __init__(self, random: Random) -> None:
        super().__init__()
        self.random = random

    def __missing__(self, kind: str) -> str:
        self[kind] = _VALUES[kind](self.random)
        return self[kind]


def draw(random: Random) -> Condition:
    """Make one condition."""
    shape = random.choices(_SHAPES, _WEIGHTS)[0]
    drawn = _Drawn(random)
    segql = shape.segql.format_map(drawn)
    sql = (shape.sql or shape.segql).format_map(drawn)
    return Condition(segql, sql.translate(_SQL_QUOTES))
