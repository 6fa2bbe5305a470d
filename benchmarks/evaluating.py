"""How fast filters are evaluated, beside lambdas: ``python -m benchmarks.evaluating``.

The lambdas say what a careful person writes in Python for the same segments. Each of three finds
the members of every segment among some profiles, as a list:

- *one by one*: ``[profile for profile in profiles if predicate.matches(profile)]``
- *batches*: ``predicate.select(profiles)``
- *lambdas*: ``[profile for profile in profiles if by_hand(profile)]``

The goal is that of the batches, for they are how to ask many profiles; a lambda has no such form.
That of one by one is printed beside it. A batch can ask phrases in another order than they are
written, and often asks dates last; the lambdas keep to the order of the segment. Nothing that one
segment has found of a profile helps the next.

All three must give the same answers, for profiles in which fields are missing; that is checked
first. They take turns, and the figure is the median of the ratios of the rounds.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from time import process_time
from typing import Any, NamedTuple

from segql.evaluator import Predicate, compile_predicate
from segql.evaluator.values import read_date
from segql.syntax import nodes as n
from segql.syntax.parser import parse
from segql.syntax.walk import walk

PROFILES, QUICK_PROFILES = 4_000, 1_000
BATCH = 1_000  # profiles
ROUNDS, QUICK_ROUNDS = 15, 5
VARIANTS = 10  # of each pair below
MOST = 2.0  # times as slow as a lambda

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
TYPES = {
    "visitct": "int", "purchase_count": "int", "lifetime_value": "number", "cart_items": "int",
    "email": "string", "country": "string", "city": "string", "tier": "string", "url": "string",
    "interests": "[]string", "campaigns": "map[string]int", "is_customer": "bool",
    "created": "date", "lastvisit_ts": "date", "last_purchase_ts": "date",
}  # fmt: skip

Profile = dict[str, Any]
Profiles = list[Profile]
Test = Callable[[Profile], Any]
Find = Callable[[Profiles], list[Any]]
read = datetime.fromisoformat


class Pair(NamedTuple):
    """A segment and the same by hand. Both get a number, a word and how many days ago."""

    segql: str
    python: Callable[[int, str, int], Test]


def _ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def vip(number: int, _: str, __: int) -> Test:
    return lambda p: (
        (p.get("purchase_count") or 0) >= number
        and (p.get("lifetime_value") or 0) > 1500.5
        and not (p.get("email") or "").endswith("@example.com")
    )


def lately(number: int, _: str, days: int) -> Test:
    since = _ago(days)
    return lambda p: (
        (p.get("visitct") or 0) > number
        and (last := p.get("lastvisit_ts")) is not None
        and read(last) >= since
        and p.get("country") in {"US", "CA", "MX"}
    )


def at_risk(number: int, _: str, days: int) -> Test:
    since, until = _ago(days + 60), _ago(days)
    return lambda p: (
        (p.get("purchase_count") or 0) >= 1
        and (last := p.get("lastvisit_ts")) is not None
        and since <= read(last) < until
        and not (p.get("cart_items") or 0) > number
    )


def churned(_: int, __: str, days: int) -> Test:
    until = _ago(days)
    return lambda p: (
        (order := p.get("last_purchase_ts")) is not None
        and read(order) < until
        and ((visit := p.get("lastvisit_ts")) is None or read(visit) < until)
    )


def word(_: int, word: str, __: int) -> Test:
    return lambda p: (
        p.get("tier") == word
        or p.get("city") == word
        or word in (p.get("interests") or ())
        or (p.get("url") or "").startswith("https://shop.example/" + word)
    )


def campaign(number: int, word: str, __: int) -> Test:
    return lambda p: (
        p.get("is_customer") is True
        and ((p.get("campaigns") or {}).get(word) or 0) >= 1
        and bool(p.get("email"))
        and p.get("tier") != word
        and (visits := p.get("visitct")) is not None
        and visits < number * 4
    )


def searched(number: int, word: str, _: int) -> Test:
    return lambda p: (
        word in (p.get("url") or "")
        and (visits := p.get("visitct")) is not None
        and 2 < visits < number * 4
        and not p.get("tier")
    )


def countries(number: int, word: str, _: int) -> Test:
    return lambda p: (
        p.get("country") not in {"DE", "FR"}
        and not (p.get("tier") == word and p.get("is_customer") is True)
        and ((p.get("lifetime_value") or 0) > number or (p.get("cart_items") or 0) >= 3)
    )


def newcomers(number: int, _: str, days: int) -> Test:
    since = _ago(days)
    return lambda p: (
        (created := p.get("created")) is not None
        and read(created) > since
        and (visits := p.get("visitct")) is not None
        and visits <= number
        and bool(p.get("email"))
    )


def any_value(number: int, word: str, _: int) -> Test:
    return lambda p: (
        (p.get("visitct") or 0) > number * 3
        or (p.get("purchase_count") or 0) > number
        or (p.get("lifetime_value") or 0) > number * 100
        or p.get("tier") == word
    )


PAIRS = (
    Pair(
        "AND (purchase_count >= {number}, lifetime_value > 1500.5,"
        ' email NOT LIKE "**@example.com")',
        vip,
    ),
    Pair(
        'AND (visitct > {number}, lastvisit_ts >= "now-{days}d", country IN ("US", "CA", "MX"))',
        lately,
    ),
    Pair(
        'AND (purchase_count >= 1, lastvisit_ts < "now-{days}d",'
        ' lastvisit_ts >= "now-{more_days}d", NOT cart_items > {number})',
        at_risk,
    ),
    Pair(
        'AND (last_purchase_ts < "now-{days}d",'
        ' OR (NOT EXISTS lastvisit_ts, lastvisit_ts < "now-{days}d"))',
        churned,
    ),
    Pair(
        'OR (tier = "{word}", city = "{word}", interests INTERSECTS ("{word}"),'
        ' url LIKE "https://shop.example/{word}**")',
        word,
    ),
    Pair(
        "AND (is_customer = true, campaigns.{word} >= 1, EXISTS email,"
        ' tier != "{word}", visitct < {four_times})',
        campaign,
    ),
    Pair(
        'AND (url CONTAINS "{word}", visitct BETWEEN 2 AND {four_times}, NOT EXISTS tier)',
        searched,
    ),
    Pair(
        'AND (country NOT IN ("DE", "FR"), NOT AND (tier = "{word}", is_customer = true),'
        " OR (lifetime_value > {number}, cart_items >= 3))",
        countries,
    ),
    Pair('AND (created > "now-{days}d", visitct <= {number}, EXISTS email)', newcomers),
    Pair(
        "OR (visitct > {three_times}, purchase_count > {number},"
        ' lifetime_value > {hundred_times}, tier = "{word}")',
        any_value,
    ),
)
WORDS = ("gold", "vip", "shoes", "garden", "ski", "books", "tea", "wine", "art", "travel")


class Segment(NamedTuple):
    """A segment in both languages, ready to be asked."""

    text: str
    conditions: int
    ours: Predicate
    by_hand: Test


def segments() -> list[Segment]:
    """Every pair, with other values each time."""
    return [_segment(pair, variant) for variant in range(VARIANTS) for pair in PAIRS]


def _segment(pair: Pair, variant: int) -> Segment:
    number, word, days = 3 + variant * 2, WORDS[variant], 20 + variant * 10
    text = pair.segql.format(
        number=number,
        word=word,
        days=days,
        more_days=days + 60,
        three_times=number * 3,
        four_times=number * 4,
        hundred_times=number * 100,
    )
    file = parse(f"FILTER {text}")
    assert not file.has_errors, text
    statement = file.statements[0]
    groups = (n.And, n.Or, n.Not)
    phrases = walk(statement.filter, whole=(n.Comparison, n.Membership, n.Between, n.Exists))
    conditions = sum(not isinstance(phrase, groups) for phrase in phrases)
    ours = compile_predicate(statement, types=TYPES, now=NOW)
    return Segment(text, conditions, ours, pair.python(number, word, days))


def profiles(count: int) -> Profiles:
    """Profiles as an export has them: JSON, dates as texts, fields missing."""
    random = Random(7)
    return [_profile(random) for _ in range(count)]


def _profile(random: Random) -> Profile:
    def date() -> str:
        return (NOW - timedelta(minutes=random.randrange(600_000))).strftime("%Y-%m-%dT%H:%M:%SZ")

    values: Profile = {
        "visitct": random.randrange(60),
        "purchase_count": random.randrange(30),
        "lifetime_value": round(random.uniform(0, 4000), 2),
        "cart_items": random.randrange(8),
        "email": random.choice(("ann@mail.example", "bob@example.com", "")),
        "country": random.choice(("US", "CA", "MX", "DE", "FR", "JP")),
        "city": random.choice(("Portland, OR", "Zürich", "tea")),
        "tier": random.choice((*WORDS, "none")),
        "url": f"https://shop.example/{random.choice(WORDS)}/{random.randrange(1000)}",
        "interests": random.sample(WORDS, 3),
        "campaigns": {word: random.randrange(3) for word in random.sample(WORDS, 4)},
        "is_customer": random.random() < 0.7,
        "created": date(),
        "lastvisit_ts": date(),
        "last_purchase_ts": date(),
    }
    return {key: value for key, value in values.items() if random.random() < 0.9}


def differences(asked: Sequence[Segment], given: Profiles) -> list[str]:
    """Where the ways disagree; what cannot be told is no member."""
    found: list[str] = []
    for segment in asked:
        expected = [profile for profile in given if segment.by_hand(profile)]
        answers = [segment.ours.matches(profile) for profile in given]
        is_same = (
            segment.ours.select(given) == expected
            and segment.ours.answers(given) == answers
            and [p for p, answer in zip(given, answers, strict=True) if answer] == expected
        )
        if not is_same:
            found.append(segment.text)
    return found


def subjects(asked: Sequence[Segment]) -> dict[str, list[Find]]:
    """What finds the members of each segment, in each way."""

    def one_by_one(test: Test) -> Find:
        return lambda given: [profile for profile in given if test(profile)]

    return {
        "one by one": [one_by_one(segment.ours.matches) for segment in asked],
        "batches": [segment.ours.select for segment in asked],
        "lambdas": [one_by_one(segment.by_hand) for segment in asked],
    }


def seconds(finds: Sequence[Find], batches: Sequence[Profiles]) -> float:
    """CPU time to ask everything of every profile once, when none was seen before."""
    read_date.cache_clear()
    gc.collect()
    begun = process_time()
    for batch in batches:
        for find in finds:
            find(batch)
    return process_time() - begun


def main() -> int:
    """Return 0 when the goal is reached, 1 when it is not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evaluating", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer profiles, fewer rounds")
    is_quick = parser.parse_args().quick
    asked, given = segments(), profiles(QUICK_PROFILES if is_quick else PROFILES)
    wrong = differences(asked, given)
    if wrong:
        print(f"error: the answers of {len(wrong)} segments differ, such as\n  {wrong[0]}")
        return 1
    batches = [given[start : start + BATCH] for start in range(0, len(given), BATCH)]
    ways = subjects(asked)
    rounds = [
        {name: seconds(finds, batches) for name, finds in ways.items()}
        for _ in range(QUICK_ROUNDS if is_quick else ROUNDS)
    ]
    conditions = sum(segment.conditions for segment in asked) * len(given)
    ratios = {name: median(taken[name] / taken["lambdas"] for taken in rounds) for name in ways}
    for name, ratio in ratios.items():
        least = min(taken[name] for taken in rounds)
        speed = f"{conditions / least / 1e6:8.2f} million profiles x conditions a second"
        print(f"{name:12}{least:8.3f} s{speed}{ratio:8.2f} times the lambdas")
    print(f"batches / lambdas: {ratios['batches']:.2f}, goal at most {MOST:g}")
    return 1 if ratios["batches"] > MOST else 0


if __name__ == "__main__":
    raise SystemExit(main())
