"""Whether a plan that was made earlier is still the plan, and its account still the account."""

from __future__ import annotations

from collections.abc import Mapping

from segql.api import Client
from segql.deploy.applying import look
from segql.deploy.journal import Journal
from segql.deploy.plan import Plan
from segql.deploy.planning import TABLES
from segql.deploy.reports.words import listed

_MOST_ASKED = 3  # somebody may have deleted one


def why_outdated(then: Plan, now: Plan) -> str:
    """Why a plan is no longer what would be planned now; "" where it is.

    What is compared are the hashes, so that nothing is told twice, and then the writes themselves:
    a plan in a file may have been edited.
    """
    if then.account.url != now.account.url or _differ(then.account.id, now.account.id):
        return f"it is for another account: {then.account.url}"
    if then.files_hash != now.files_hash:
        return f"the files have changed: {listed(_changed(then.files, now.files))}"
    if then.account_hash != now.account_hash:
        return f"the account has changed: {listed(_changed(then.remotes, now.remotes))}"
    return "" if is_same_work(then, now) else "it does not do what the files say"


def is_same_work(one: Plan, other: Plan) -> bool:
    """Whether two plans write the same, in the same order."""
    return _work(one) == _work(other)


def why_elsewhere(client: Client, journal: Journal) -> str:
    """Why an account is not the one that a journal was begun with; "" if it may be.

    Tokens of many accounts have the same url. What tells them apart is the id that segments carry,
    and whether what was written is there. Raises ``ApiError``.
    """
    plan = journal.plan
    tables = {*TABLES, *(change.send["table"] for change in plan.writes if change.send)}
    held = (each for table in sorted(tables) for each in client.segments(table, valid="all"))
    if any(_differ(plan.account.id, segment.account_id) for segment in held):
        return f"it was for the account {plan.account.id}"
    done = (plan.writes[index] for index in sorted(journal.done))
    written = [change for change in done if change.action != "delete"][-_MOST_ASKED:]
    is_there = not written or any(look(client, change) for change in written)
    return "" if is_there else "nothing of what it has written is there"


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _work(plan: Plan) -> list[object]:
    return [(c.action, c.slug, c.id, c.send, c.before_hash, c.after_hash) for c in plan.writes]


def _changed(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(slug for slug in {*then, *now} if then.get(slug) != now.get(slug))
