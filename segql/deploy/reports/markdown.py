"""A plan as the comment of a pull request, with a mark by which the next one can replace it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.deploy.plan import Action, Change, Plan
from segql.deploy.reports.words import counted, listed, many, members, place, target, value
from segql.diagnostics.reports.text import visible

_SIGNS: dict[Action, str] = {
    "create": "➕ create",
    "update": "✏️ update",
    "delete": "🗑️ delete",
    "blocked": "⛔ blocked",
}
_WHOLE: dict[Action, str] = {"create": "new", "delete": "in no file"}
_LONGEST = 60_000  # characters; GitHub: a comment has at most 65,536
_PUNCTUATION = re.compile(r"[^\w\s.,:/-]|_")
_HEAD = "| | segment | file | what | members | included by |\n|---|---|---|---|---:|---|\n"


def render(plan: Plan) -> str:
    """The plan as Markdown. What does not fit into a comment is counted."""
    changes = [change for change in plan.changes if change.action != "unchanged"]
    marker = f"segql plan: {plan.env}" if plan.env else "segql plan"
    begin = f"<!-- {marker} -->\n{_title(plan)}\n\n{_notes(plan)}"
    if not changes:
        return begin
    rows, left = _fitting((_row(change) for change in changes), _LONGEST // 2)
    table = f"{_HEAD}{rows}{_more(left, 'segment')}\n"
    room = _LONGEST - len(begin) - len(table)
    details, left = _fitting((_details(change) for change in changes), room)
    return f"{begin}{table}{details}{_more(left, 'segment')}"


def _title(plan: Plan) -> str:
    if plan.is_empty:
        count = many(len(plan.changes), "segment")
        return f"### No changes: {_code(target(plan))} holds what the files say ({count})"
    return f"### Plan for {_code(target(plan))}: {counted(plan)}"


def _notes(plan: Plan) -> str:
    if not plan.unmanaged or plan.prune:
        return ""
    return f"In the account, and in no file any more: {_code(listed(plan.unmanaged))}.\n\n"


def _fitting(parts: Iterator[str], room: int) -> tuple[str, int]:
    """The first parts that fit, and how many do not."""
    kept: list[str] = []
    left = 0
    for part in parts:
        room -= len(part)
        if room < 0 or left:
            left += 1
        else:
            kept.append(part)
    return "".join(kept), left


def _more(left: int, noun: str) -> str:
    return f"\n… and {many(left, noun)} more.\n" if left else ""


def _row(change: Change) -> str:
    differing = [field.name for field in change.fields] + ["filter"] * bool(change.filter_diff)
    what = _text(change.reason) or _WHOLE.get(change.action) or ", ".join(differing)
    cells = (
        _SIGNS[change.action],
        _code(change.slug),
        _code(place(change)),
        what,
        members(change).replace("->", "→"),
        _code(listed(change.dependents)),
    )
    return f"| {' | '.join(cells)} |\n"


def _details(change: Change) -> str:
    lines = [*map(visible, (*_field_lines(change), *change.filter_diff))]
    # Backticks in a text do not end the block.
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    summary = f"<summary>{_code(change.slug)}: {change.action}</summary>"
    body = "\n".join(lines)
    return f"\n<details>{summary}\n\n{fence}diff\n{body}\n{fence}\n\n</details>\n"


def _field_lines(change: Change) -> Iterator[str]:
    for field in change.fields:
        if change.wanted != "create":
            yield f"- {field.name}: {value(field.before)}"
        if change.wanted != "delete":
            yield f"+ {field.name}: {value(field.after)}"


def _code(text: str) -> str:
    """A text as it is, in which nothing has a meaning: no Markdown, no HTML, no mention."""
    return f"<code>{_text(text)}</code>" if text else ""


def _text(text: str) -> str:
    escaped = _PUNCTUATION.sub(lambda found: f"&#{ord(found[0])};", visible(text))
    return re.sub(r"\s", " ", escaped)
