"""Where an account has drifted away from the files, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec

from segql.deploy.plan import Change, FieldChange, Plan
from segql.deploy.reports.text import diff_lines, field_lines, painted
from segql.deploy.reports.words import listed, many, place, target
from segql.diagnostics.reports.text import visible


def drifted(plan: Plan) -> list[Change]:
    """The segments of the files that the account has otherwise, or has not; blocked or not."""
    return [c for c in plan.changes if c.action != "unchanged" and c.wanted != "delete"]


def as_text(plan: Plan, colour: bool = False) -> str:
    """What differs: a minus is what the files say, a plus what the account has."""
    changes = drifted(plan)
    blocks = [line for change in changes for line in (*_block(change), "")]
    lines = [visible(target(plan)), "", *blocks, *_notes(plan), _summary(plan, changes)]
    return "".join(f"{painted(line) if colour else line}\n" for line in lines)


def as_json(plan: Plan) -> str:
    """One object: the account, the segments that differ, and those that no file has."""
    document: dict[str, Any] = {
        "account": plan.account,
        "env": plan.env,
        "segments": [_object(change) for change in drifted(plan)],
        "unmanaged": plan.unmanaged,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _block(change: Change) -> Iterator[str]:
    if change.id is None:
        yield visible(f"- {change.slug}  {place(change)}: not in the account")
        return
    yield visible(f"~ {change.slug}  {place(change)}: differs in the account")
    for line in (*field_lines(_turned_fields(change)), *diff_lines(_turned(change.filter_diff))):
        yield f"    {line}"


def _object(change: Change) -> dict[str, Any]:
    fields = {f.name: {"file": f.after, "account": f.before} for f in change.fields}
    return {
        "slug": change.slug,
        "path": change.path,
        "line": change.line,
        "state": "missing" if change.id is None else "differs",
        "fields": {} if change.id is None else fields,
        "filter_diff": () if change.id is None else _turned(change.filter_diff),
    }


def _turned_fields(change: Change) -> list[FieldChange]:
    """From the file to the account."""
    return [FieldChange(field.name, field.after, field.before) for field in change.fields]


def _turned(diff: Sequence[str]) -> tuple[str, ...]:
    """The same diff from the other side, where too what goes stands before what comes."""
    swapped = {"-": "+", "+": "-"}
    lines: list[str] = []
    for is_changed, group in groupby(diff, lambda line: line[:1] in swapped):
        turned = [swapped[line[0]] + line[1:] if is_changed else line for line in group]
        lines += sorted(turned, key=lambda line: line[0] == "+") if is_changed else turned
    return tuple(lines)


def _notes(plan: Plan) -> Iterator[str]:
    if plan.unmanaged:
        yield visible(f"In the account, and in no file any more: {listed(plan.unmanaged)}.")
        yield ""


def _summary(plan: Plan, changes: Sequence[Change]) -> str:
    count = sum(change.path is not None for change in plan.changes)
    if not changes:
        return f"No drift: the account holds what the files say ({many(count, 'segment')})."
    missing = sum(change.id is None for change in changes)
    counts = f"{len(changes) - missing} changed, {missing} not in the account"
    return f"Drift: {counts}, {count - len(changes)} the same."
