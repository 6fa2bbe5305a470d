"""A plan for people: what is new, what differs and how, what goes, and what cannot be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from segql.deploy.plan import Action, Change, FieldChange, Plan
from segql.deploy.reports.words import counted, listed, many, members, place, target, value
from segql.diagnostics.reports.text import visible

_RESET = "\x1b[0m"
_COLOURS = {"+": "\x1b[32m", "~": "\x1b[33m", "-": "\x1b[31m", "!": "\x1b[35m"}
_SIGNS: dict[Action, str] = {
    "create": "+",
    "update": "~",
    "delete": "-",
    "blocked": "!",
    "unchanged": " ",
}


def render(plan: Plan, colour: bool = False, verbose: bool = False) -> str:
    """The plan as text. ``verbose`` lists what stays as it is as well."""
    shown = [change for change in plan.changes if verbose or change.action != "unchanged"]
    blocks = [line for change in shown for line in (*_block(change), "")]
    lines = [visible(target(plan)), "", *blocks, *_notes(plan), _summary(plan)]
    return "".join(f"{painted(line) if colour else line}\n" for line in lines)


def painted(line: str) -> str:
    """A line in the colour of its sign."""
    code = _COLOURS.get(line.lstrip()[:1])
    return f"{code}{line}{_RESET}" if code else line


def diff_lines(diff: Iterable[str]) -> Iterator[str]:
    """A unified diff; where lines are left out stands an ellipsis."""
    for number, line in enumerate(diff):
        if line.startswith("@@"):
            if number:
                yield "…"
        else:
            yield visible(f"{line[:1]} {line[1:]}")


def field_lines(fields: Sequence[FieldChange]) -> Iterator[str]:
    """What a field is, and what it will be."""
    for field in fields:
        yield visible(f"~ {field.name}: {value(field.before)} -> {value(field.after)}")


def _block(change: Change) -> Iterator[str]:
    reason = f": {change.reason}" if change.reason else ""
    where = f"  {place(change)}" if change.path else ""
    yield visible(f"{_SIGNS[change.action]} {change.action} {change.slug}{where}{reason}")
    for line in _details(change):
        yield f"    {line}"


def _details(change: Change) -> Iterator[str]:
    if change.wanted == "update":
        yield from field_lines(change.fields)
    else:
        sign = _SIGNS[change.wanted]
        for field in change.fields:
            said = field.after if change.wanted == "create" else field.before
            yield visible(f"{sign} {field.name}: {value(said)}")
    yield from diff_lines(change.filter_diff)
    sizes = members(change)
    if sizes:
        yield f"members: {sizes}"
    if change.dependents and change.action != "unchanged":
        yield visible(f"included by: {listed(change.dependents)}")


def _notes(plan: Plan) -> Iterator[str]:
    if plan.unmanaged and not plan.prune:
        count = many(len(plan.unmanaged), "segment")
        yield visible(f"In the account, and in no file any more: {listed(plan.unmanaged)}.")
        yield f"With --prune this plan would delete {count}."
        yield ""


def _summary(plan: Plan) -> str:
    if plan.is_empty:
        count = many(len(plan.changes), "segment")
        return f"No changes: the account holds what the files say ({count})."
    return f"Plan: {counted(plan)}."
