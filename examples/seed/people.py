"""The customers of the example shop, made up: the same ones for a seed, with dates before now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

Person = dict[str, object]

FIRST = "ada ben cleo dan eve finn gia hugo iris jon kim leo mia ned ola pia quinn rae sam tess"
LAST = "abel brook cole dunn ekman frost gray hale irwin jones klein lund moss north ogden price"
CITIES = {
    "Portland, OR": "45.52,-122.68",
    "Salem, OR": "44.94,-123.04",
    "Eugene, OR": "44.05,-123.09",
    "Seattle, WA": "47.61,-122.33",
    "Boise, ID": "43.62,-116.20",
    "Denver, CO": "39.74,-104.99",
    "Chicago, IL": "41.88,-87.63",
    "Austin, TX": "30.27,-97.74",
}
CATEGORIES = ("shoes", "jackets", "tents", "maps")
NEWSLETTERS = ("weekly", "offers", "product_news")
EMAIL_STATES = {"delivered": 80, "unsubscribed": 12, "bounced": 6, "complained": 2}


class Kind(NamedTuple):
    """What customers of a kind have in common."""

    share: int  # of a hundred
    orders: int  # at most
    last_order: tuple[int, int]  # so many days ago, at least and at most
    last_visit: tuple[int, int]  # the same


KINDS = (
    Kind(30, 0, (0, 0), (0, 400)),  # only look
    Kind(10, 1, (0, 25), (0, 20)),  # are new
    Kind(35, 30, (5, 200), (0, 28)),  # come back
    Kind(15, 20, (40, 300), (22, 85)),  # come less and less
    Kind(10, 8, (370, 900), (370, 900)),  # are gone
)


def people(count: int, now: datetime, seed: int = 2026) -> Iterator[Person]:
    """Make so many profiles, with the fields of the shop's catalog. `now` is in UTC."""
    random = Random(seed)
    for number in range(count):
        (kind,) = random.choices(KINDS, [kind.share for kind in KINDS])
        yield (
            _contact(number, now, random) | _visits(kind, now, random) | _orders(kind, now, random)
        )


def _contact(number: int, now: datetime, random: Random) -> Person:
    name = f"{random.choice(FIRST.split())}.{random.choice(LAST.split())}{number}"
    is_staff = random.random() < 0.02
    city, location = random.choice([*CITIES.items()])
    (email_state,) = random.choices([*EMAIL_STATES], [*EMAIL_STATES.values()])
    person: Person = {
        "email": f"{name}@example.com" if is_staff else f"{name}@example.org",
        "email_state": email_state,
        "newsletters": random.sample(NEWSLETTERS, random.randint(0, 3)),
        "consent": {"marketing": random.random() < 0.9, "profiling": random.random() < 0.7},
        "city": city,
        "location": location,
    }
    if random.random() < 0.1:
        person["campaigns"] = {"Spring win-back": random.randint(1, 2)}
    if random.random() < 0.01:
        person["erasure_request_ts"] = _ago(random.uniform(0, 30), now)
    return person


def _visits(kind: Kind, now: datetime, random: Random) -> Person:
    last = random.uniform(*kind.last_visit)
    person: Person = {
        "lastvisit_ts": _ago(last, now),
        "visits": {_ago(last + day, now)[:10]: random.randint(1, 3) for day in range(4)},
    }
    if random.random() < 0.2:
        person |= {"cart_items": random.randint(1, 4), "last_cart_ts": _ago(last, now)}
    return person


def _orders(kind: Kind, now: datetime, random: Random) -> Person:
    if not kind.orders:
        return {}
    count = 1 + int(kind.orders * random.random() ** 3)  # most have few
    basket = round(20 + 240 * random.random() ** 2, 2)
    last = random.uniform(*kind.last_order)
    return {
        "purchase_count": count,
        "average_basket": basket,
        "lifetime_value": round(basket * count, 2),
        "last_category": random.choice(CATEGORIES),
        "last_purchase_ts": _ago(last, now),
        "first_purchase_ts": _ago(last + 30 * (count - 1), now),
    }


def _ago(days: float, now: datetime) -> str:
    return f"{now - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"
