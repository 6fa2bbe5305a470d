"""How an answer came about: the tree of phrases, each with its answer and what it looked at."""

from __future__ import annotations

from typing import Any, NamedTuple

from segql.evaluator.reasons import reason, sentence
from segql.evaluator.steps import Step
from segql.evaluator.values import ODD, Profile
from segql.syntax import nodes as n


class Seen(NamedTuple):
    """An operand and its value, which is `values.MISSING` where there is none."""

    operand: n.Node
    value: Any


class Trace(NamedTuple):
    """A phrase of a filter, as one profile had it. The part of an INCLUDE is the other segment.

    A phrase that was not reached has neither answer nor parts: one before it had decided. One that
    ``decided`` made the whole filter's answer what it is, alone or with others.
    """

    phrase: n.Node
    matched: bool | None
    reason: str = ""  # why it cannot be evaluated; a sentence
    values: tuple[Seen, ...] = ()
    parts: tuple[Trace, ...] = ()
    decided: bool = True
    reached: bool = True


def trace(step: Step, profile: Profile, decided: bool = True, is_alone: bool = True) -> Trace:
    """Go through the phrases as their tests do."""
    phrase, kind = step.phrase, step.phrase.__class__
    if step.problem and not step.parts:
        why = sentence(phrase, step.problem)
        return Trace(phrase, None, why, decided=decided)
    if kind in (n.And, n.Or) and len(step.parts) != 1:
        return _list(step, profile, decided)
    if step.parts:
        is_alone = kind is not n.Not and (is_alone or kind not in (n.And, n.Or))
        part = trace(step.parts[0], profile, decided, is_alone)
        return _around(step, part, decided)
    values = tuple(Seen(operand.node, operand.get(profile)) for operand in step.operands)
    answer = step.test.one(profile)
    is_odd = answer is ODD
    matched = (False if is_alone else None) if is_odd else answer
    seen = tuple(value for _, value in values)
    why = reason(phrase, step.operands, seen, is_odd) if matched is None else ""
    return Trace(phrase, matched, why, values, decided=decided)  # pyright: ignore[reportArgumentType]


def _around(step: Step, part: Trace, decided: bool) -> Trace:
    """NOT, INCLUDE, a list of one."""
    phrase, matched, why = step.phrase, part.matched, part.reason
    if phrase.__class__ is n.Not:
        matched = None if matched is None else not matched
        if matched is None and not step.parts[0].parts:
            why = _named_by(phrase, part)
    return Trace(phrase, matched, why, parts=(part,), decided=decided)


def _named_by(phrase: n.Node, part: Trace) -> str:
    """The reason of a part with the name of the phrase around it."""
    own = sentence(part.phrase, "")
    return sentence(phrase, part.reason.removeprefix(own))


def _list(step: Step, profile: Profile, decided: bool) -> Trace:
    """AND and OR."""
    is_and = step.phrase.__class__ is n.And
    parts: list[Trace] = []
    matched, why = is_and, ""
    stopped = False
    for inner in step.parts:
        if stopped:
            parts.append(Trace(inner.phrase, None, decided=False, reached=False))
            continue
        part = trace(inner, profile, decided, not is_and)
        parts.append(part)
        if part.matched is not is_and and (is_and or part.matched):
            matched, why, stopped = part.matched, part.reason, True
    if stopped and decided:  # by the last that was reached, alone
        last = sum(part.reached for part in parts) - 1
        for place in range(last):
            parts[place] = _undecided(parts[place])
    return Trace(step.phrase, matched, why, parts=tuple(parts), decided=decided)


def _undecided(found: Trace) -> Trace:
    """The same trace, of a phrase that another one makes irrelevant."""
    parts: list[Trace] = []
    for part in found.parts:  # a comprehension would need twice the stack
        parts.append(_undecided(part))  # noqa: PERF401
    return found._replace(decided=False, parts=tuple(parts))
