"""What the reports have in common: how they say a value, a place, a number of members."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from segql.deploy.plan import Action, Change, Plan, Value

# In the order in which they are counted.
WORDS: dict[Action, str] = {
    "create": "to create",
    "update": "to update",
    "delete": "to delete",
    "unchanged": "unchanged",
    "blocked": "blocked",
}
_MOST_NAMED = 10


def counted(plan: Plan) -> str:
    """How many changes there are of each kind; what is blocked only where something is."""
    counts = plan.counts
    shown = [(word, counts[action]) for action, word in WORDS.items()]
    return ", ".join(f"{count} {word}" for word, count in shown if count or word != "blocked")


def target(plan: Plan) -> str:
    """The account, in words."""
    name = f"{plan.env} at " if plan.env else ""
    account = f", account {plan.account.id}" if plan.account.id else ""
    return f"{name}{plan.account.url}{account}"


def many(number: int, noun: str) -> str:
    """A number of things."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def place(change: Change) -> str:
    """Where the segment stands in the files; "" where it is in none."""
    return "" if change.path is None else f"{change.path}:{change.line}"


def value(said: Value) -> str:
    """A value on one line, as JSON has it."""
    return "nothing" if said is None else msgspec.json.encode(said).decode()


def members(change: Change) -> str:
    """The sizes before and after; "" where none is known."""
    before, after = change.size_before, change.size_after
    if before is None and after is None:
        return ""
    if change.wanted == "create":
        return _size(after)
    if change.wanted == "delete":
        return _size(before)
    gained = "" if before is None or after is None else f" ({after - before:+,})"
    return f"{_size(before)} -> {_size(after)}{gained}"


def _size(number: int | None) -> str:
    return "?" if number is None else f"{number:,}"


def listed(slugs: Sequence[str]) -> str:
    """The first of some names, and how many more there are."""
    more = len(slugs) - _MOST_NAMED
    return ", ".join(slugs[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
