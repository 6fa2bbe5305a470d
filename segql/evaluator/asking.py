"""A phrase as functions that agree: one asks a profile, the others ask many at once.

What takes the time is to call a function. To ask many, each phrase is called once for all of them;
AND asks the next phrase only about those that match so far, OR leaves out who is found, where that
costs less than to ask on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress
from typing import NamedTuple, TypeAlias

from segql.evaluator.compare import Answer
from segql.evaluator.values import ODD, Profile

Profiles: TypeAlias = Sequence[Profile]
One: TypeAlias = Callable[[Profile], Answer]
Many: TypeAlias = Callable[[Profiles], list[Answer]]  # an answer for each, in their order
Members: TypeAlias = Callable[[Profiles], list[Profile]]  # those that match, in their order
Flags: TypeAlias = Callable[[Profiles], bytes]  # 1 for each that matches, 0 for the others

# What it costs to ask about a profile, as a multiple of the cheapest.
USUAL, DATE, ANY_CALL = 1, 2, 4


class Test(NamedTuple):
    """How a phrase is asked."""

    one: One
    many: Many
    members: Members
    cost: int = USUAL


def by_answers(one: One, many: Many, cost: int = USUAL) -> Test:
    """The members are those with the answer True: no other answer is true."""

    def members(profiles: Profiles) -> list[Profile]:
        return [*compress(profiles, many(profiles))]

    return Test(one, many, members, cost)


def each(one: One) -> Test:
    """Many are asked one after the other."""
    return by_answers(one, lambda profiles: [*map(one, profiles)], ANY_CALL)


def always(answer: bool | None) -> Test:
    """The same answer for all."""
    return by_answers(lambda _: answer, lambda profiles: [answer] * len(profiles))


def alone(part: Test) -> Test:
    """The test of a whole filter: what is odd does not match."""
    ask, ask_many = part.one, part.many

    def one(profile: Profile) -> Answer:
        answer = ask(profile)
        return False if answer is ODD else answer

    def many(profiles: Profiles) -> list[Answer]:
        return [False if answer is ODD else answer for answer in ask_many(profiles)]

    return part._replace(one=one, many=many)


class Wanted(NamedTuple):
    """A part of AND, OR or NOT, and the answer that is hoped for.

    To look through a NOT costs less than to call it.
    """

    test: Test
    answer: bool = True
    is_odd: bool = False  # whether the answer of the test can be


def not_of(part: Wanted) -> Test:
    """NOT keeps what cannot be told."""
    ask, wanted = part.test.one, part.answer

    def one(profile: Profile) -> Answer:
        answer = ask(profile)
        return None if answer is None or answer is ODD else answer is not wanted

    return by_answers(one, _many(part._replace(answer=not wanted)), part.test.cost)


def all_of(parts: Sequence[Wanted]) -> Test:
    """AND stops at the first phrase that does not match, or that cannot be told."""
    if not parts:
        return always(True)
    asked = [(part.test.one, part.answer) for part in parts]
    columns = [_many(part) for part in parts]
    # Members match every phrase: in which order they are asked makes no difference to them.
    first, *others = [_members(part) for part in _cheap_first(parts)]

    def one(profile: Profile) -> Answer:
        for ask, wanted in asked:
            answer = ask(profile)
            if answer is not wanted:
                return None if answer is None or answer is ODD else False
        return True

    def many(profiles: Profiles) -> list[Answer]:
        levels: list[list[Answer]] = []
        for ask in columns:
            answers = ask(profiles)
            levels.append(answers)
            profiles = [*compress(profiles, answers)]
            if not profiles:
                break
        found = levels.pop()
        while levels:
            later = iter(found)
            found = [next(later) if answer else answer for answer in levels.pop()]
        return found

    def members(profiles: Profiles) -> list[Profile]:
        found = first(profiles)
        for narrowed in others:
            if not found:
                break
            found = narrowed(found)
        return found

    return Test(one, many, members, _cost(parts))


def any_of(parts: Sequence[Wanted]) -> Test:
    """To OR what cannot be told does not match."""
    asked = [(part.test.one, part.answer) for part in parts]
    # None of them decides alone that there is no match: any order will do.
    columns: list[tuple[Flags, int]] = []
    ahead = _cost(parts)  # what it costs to ask the others
    for part in _cheap_first(parts):
        ahead -= part.test.cost
        columns.append((_flags(part), ahead))

    def one(profile: Profile) -> Answer:
        for ask, wanted in asked:  # noqa: SIM110  (a generator costs more)
            if ask(profile) is wanted:
                return True
        return False

    def flags(profiles: Profiles) -> bytes:
        levels: list[bytes] = []
        found = bytes(len(profiles))
        for ask, ahead in columns:
            found = _either(found, ask(profiles))
            if found.count(1) * ahead > len(found) * _LEAVING_OUT:
                levels.append(found)
                profiles = [*compress(profiles, found.translate(_OTHERS))]
                found = bytes(len(profiles))
                if not profiles:
                    break
        while levels:
            later = iter(found)
            found = bytes([flag or next(later) for flag in levels.pop()])
        return found

    def many(profiles: Profiles) -> list[Answer]:
        return [flag == 1 for flag in flags(profiles)]

    def members(profiles: Profiles) -> list[Profile]:
        return [*compress(profiles, flags(profiles))]

    return Test(one, many, members, _cost(parts)) if parts else always(False)


_LEAVING_OUT = 0.6  # what it costs for each profile to leave out those that are found
_OTHERS = b"\1\0" + bytes(254)  # 0 and 1 exchanged


def _flags(part: Wanted) -> Flags:
    """Which of many profiles have the answer that is hoped for."""
    ask, wanted = part.test.many, part.answer

    def flags(profiles: Profiles) -> bytes:
        answers = ask(profiles)
        try:
            found = bytes(answers)  # pyright: ignore[reportArgumentType]  (a bool is 0 or 1)
        except TypeError:  # some cannot be told
            return bytes(answer is wanted for answer in answers)
        return found if wanted else found.translate(_OTHERS)

    return flags


def _either(some: bytes, others: bytes) -> bytes:
    """As numbers, for there is no shorter way to join that many bits."""
    both = int.from_bytes(some, "little") | int.from_bytes(others, "little")
    return both.to_bytes(len(some), "little")


def _cheap_first(parts: Sequence[Wanted]) -> list[Wanted]:
    return sorted(parts, key=lambda part: part.test.cost)


def _cost(parts: Sequence[Wanted]) -> int:
    return sum(part.test.cost for part in parts)


def _many(part: Wanted) -> Many:
    """The answers of a part, or of its NOT: what is odd cannot be told there."""
    ask = part.test.many
    if not part.answer:
        return lambda profiles: [
            None if answer is None or answer is ODD else not answer for answer in ask(profiles)
        ]
    if not part.is_odd:
        return ask
    return lambda profiles: [None if answer is ODD else answer for answer in ask(profiles)]


def _members(part: Wanted) -> Members:
    """Those that match a part, or its NOT."""
    if part.answer:
        return part.test.members
    flags = _flags(part)
    return lambda profiles: [*compress(profiles, flags(profiles))]
