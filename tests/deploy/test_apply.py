"""Carrying out a plan that is killed, refused, lost or interfered with, at every moment."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from segql.api import ApiError, Conflict, ConnectionFailed, Rejected, Retry, Segment, ServerError
from segql.deploy.applying import Interference, NotToldYet, carry_out, refusals
from segql.deploy.journal import Journal, resume, start
from segql.deploy.outdated import is_same_work, why_elsewhere, why_outdated
from segql.deploy.plan import Account

from .model import planned, remote
from .shop import AFTER, BEFORE, CREATED, DELETED, UPDATED, Memory, plan_for

AT_ONCE = Retry(retries=3, sleep=lambda seconds: None)
WRITES = CREATED + UPDATED + DELETED
CALLS = 3 * WRITES  # a look, a write and a look each


class Killed(BaseException):
    """No ordinary exception: nothing may catch it."""


class Line:
    """The way to an account. `meet` decides what happens at each call: it is given the call's
    number, its name and what does it, and gives back what that gives, or raises."""

    def __init__(self, account: Memory, meet: Callable[..., Any]) -> None:
        self._account = account
        self._meet = meet
        self.count = 0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.count += 1
            act = getattr(self._account, name)
            return self._meet(self.count, name, lambda: act(*arguments, **named))

        return call


def killing(at: int, *, is_after: bool) -> Callable[..., Any]:
    """What ends the process at a call, before it is carried out or afterwards."""

    def meet(count: int, name: str, act: Callable[[], Any]) -> Any:
        if count != at:
            return act()
        if is_after:
            with suppress(ApiError):  # the answer was on its way, whatever it was
                act()
        raise Killed

    return meet


def run(line: Any, journal: Journal) -> list[str]:
    return [change.slug for change in carry_out(line, line, journal, AT_ONCE)]


@pytest.fixture
def account() -> Memory:
    return Memory(BEFORE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shop.journal"


@pytest.fixture
def journal(account: Memory, path: Path) -> Journal:
    return start(path, plan_for(account))


@pytest.fixture(scope="module")
def wanted() -> dict[str, dict[str, Any]]:
    """What the account holds when all went well."""
    account = Memory(BEFORE)
    for change in plan_for(account).writes:
        if change.action == "delete":
            account.delete(change.id)
        elif change.action == "update":
            account.update(change.id, change.send)
        else:
            account.create(change.send)
    return account.content


def test_all_goes_well(account: Memory, journal: Journal, wanted: dict[str, Any]) -> None:
    line = Line(account, lambda count, name, act: act())
    assert run(line, journal) == [change.slug for change in journal.plan.writes]
    assert account.content == wanted
    assert line.count == CALLS
    assert journal.left == []
    assert plan_for(account).is_empty


@pytest.mark.parametrize("is_after", [False, True])
def test_killed_at_any_call_and_gone_on_with(
    path: Path, wanted: dict[str, Any], is_after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)  # it is the process that dies, no disk
    first = Memory(BEFORE)
    plan = plan_for(first)
    plan_calls = first.calls
    ids = {segment.slug_name: segment.id for segment in first.held.values()}
    for at in range(1, CALLS + 1):
        account = copy.deepcopy(first)
        with pytest.raises(Killed):
            run(Line(account, killing(at, is_after=is_after)), start(path, plan))
        assert run(account, resume(path))[-1] == plan.writes[-1].slug, at
        assert account.content == wanted, at
        kept = {s.slug_name: s.id for s in account.held.values() if s.slug_name in ids}
        assert kept.items() <= ids.items(), at  # nothing was made anew
        assert account.calls <= plan_calls + CALLS + 1, at  # one look is repeated
    assert resume(path).left == []


@settings(max_examples=max(20, settings().max_examples // 5))
@given(at=st.integers(1, CALLS), is_after=st.booleans(), lost=st.integers(0, 10_000))
def test_a_journal_that_lost_its_end_misleads_nobody(
    tmp_path_factory: pytest.TempPathFactory,
    wanted: dict[str, Any],
    at: int,
    is_after: bool,
    lost: int,
) -> None:
    path = tmp_path_factory.mktemp("lost") / "shop.journal"
    account = Memory(BEFORE)
    journal = start(path, plan_for(account))
    head = path.stat().st_size
    with pytest.raises(Killed):
        run(Line(account, killing(at, is_after=is_after)), journal)
    os.truncate(path, max(head, path.stat().st_size - lost))
    run(account, resume(path))
    assert account.content == wanted


def test_a_write_is_in_the_journal_before_it_is_sent(
    account: Memory, journal: Journal, path: Path
) -> None:
    doubtful: list[str] = []

    def meet(count: int, name: str, act: Callable[[], Any]) -> Any:
        if name != "segment":
            doubtful.extend(change.slug for change in resume(path).doubtful)
        return act()

    run(Line(account, meet), journal)
    assert doubtful == [change.slug for change in journal.plan.writes]


def test_killed_again_and_again(
    account: Memory, journal: Journal, path: Path, wanted: dict[str, Any]
) -> None:
    turns = 0
    while resume(path).left:
        turns += 1
        with suppress(Killed):
            run(Line(account, killing(4, is_after=turns % 2 == 0)), resume(path))
    assert turns > WRITES / 2
    assert account.content == wanted


# ---- Requests and answers that get lost -------------------------------------------------


def lossy(random: Random, share: float) -> Callable[..., Any]:
    """What loses a share of the requests and answers, with and without a word."""

    def meet(count: int, name: str, act: Callable[[], Any]) -> Any:
        if random.random() >= share:
            return act()
        error: ApiError = random.choice(
            [ServerError("busy", status=503), ConnectionFailed("the connection broke")]
        )
        error.is_transient = error.is_doubtful = True
        if random.random() < 0.5:
            act()
        raise error

    return meet


@settings(max_examples=max(10, settings().max_examples // 10))
@given(seed=st.integers(0, 2**32))
def test_a_fifth_of_all_requests_or_answers_is_lost(
    tmp_path_factory: pytest.TempPathFactory, wanted: dict[str, Any], seed: int
) -> None:
    path = tmp_path_factory.mktemp("lossy") / "shop.journal"
    account = Memory(BEFORE)
    line = Line(account, lossy(Random(seed), 0.2))
    start(path, plan_for(account))
    for _ in range(100):
        with suppress(ServerError, ConnectionFailed):  # three repeats were not enough
            run(line, resume(path))
            break
    assert account.content == wanted
    assert resume(path).left == []


def failing(name: str, error: ApiError, *, is_after: bool) -> Callable[..., Any]:
    """What fails the first call of a name."""
    left = [error]

    def meet(count: int, called: str, act: Callable[[], Any]) -> Any:
        if called != name or not left:
            return act()
        if is_after:
            act()
        raise left.pop()

    return meet


@pytest.mark.parametrize("name", ["create", "update", "delete"])
def test_what_arrived_is_not_sent_again(account: Memory, journal: Journal, name: str) -> None:
    lost = ConnectionFailed("the answer was lost")
    lost.is_transient = lost.is_doubtful = True
    line = Line(account, failing(name, lost, is_after=True))
    run(line, journal)
    assert line.count == CALLS


def test_what_is_refused_is_not_tried_again(account: Memory, journal: Journal) -> None:
    line = Line(account, failing("update", Rejected("no", status=422), is_after=False))
    with pytest.raises(Rejected, match="no"):
        run(line, journal)
    assert [change.slug for change in journal.left][:2] == ["old0", "new1"]
    assert line.count == 3 + 3


@pytest.mark.parametrize(("at", "is_doubtful"), [(1, False), (3, True), (4, False)])
def test_what_cannot_be_seen_after_a_write_is_in_doubt(
    account: Memory, journal: Journal, at: int, is_doubtful: bool
) -> None:
    def meet(count: int, name: str, act: Callable[[], Any]) -> Any:
        if count == at:
            raise Rejected("no", status=422)
        return act()

    with pytest.raises(Rejected) as caught:
        run(Line(account, meet), journal)
    assert caught.value.is_doubtful is is_doubtful
    assert bool(journal.doubtful) is is_doubtful


def test_an_account_that_tells_a_write_only_later(account: Memory, journal: Journal) -> None:
    told: list[Segment] = []

    def late(count: int, name: str, act: Callable[[], Any]) -> Any:
        """After an update, two looks still see what was there before."""
        if name == "update":
            found = next(s for s in account.held.values() if s.slug_name == "old0")
            told.extend([found, found] if not told and count < 10 else [])
        before = told.pop() if name == "segment" and told else None
        return before or act()

    line = Line(account, late)
    run(line, journal)
    assert line.count == CALLS + 2


def test_an_account_that_never_tells_a_write(account: Memory, journal: Journal) -> None:
    def deaf(count: int, name: str, act: Callable[[], Any]) -> Any:
        return None if name == "update" else act()

    line = Line(account, deaf)
    with pytest.raises(NotToldYet, match=r"`old0` was written, .* what was there before: segment"):
        run(line, journal)
    assert [change.slug for change in journal.doubtful] == ["old0"]


def test_an_account_that_writes_texts_and_tags_in_its_own_way(tmp_path: Path) -> None:
    text = '-- One\n-- two\nFILTER a WITH name = " N ", tags = ["b", "a", "b"] ALIAS one'
    account = Memory()

    def normalised(count: int, name: str, act: Callable[[], Any]) -> Any:
        answer = act()
        if name != "create":
            return answer
        (found,) = account.held.values()
        description = (found.description or "").replace("\n", "\r\n")
        changed(account, "one", name="N", description=description, tags=("a", "b"))
        return answer

    journal = start(tmp_path / "journal", planned(text))
    assert run(Line(account, normalised), journal) == ["one"]
    assert planned(text, *account.segments()).is_empty


def test_a_slug_that_the_account_changes_is_not_created_again(tmp_path: Path) -> None:
    account = Memory()
    create = account.create
    account.create = lambda payload: create({**payload, "slug_name": "a_b"})
    journal = start(tmp_path / "journal", planned("FILTER a ALIAS `a b`"))
    with pytest.raises(Interference) as caught:
        run(account, journal)
    assert caught.value.message == "`a b` was created, but the account calls it `a_b`"
    assert [change.slug for change in journal.doubtful] == ["a b"]


def test_slugs_where_the_api_has_something_else(tmp_path: Path) -> None:
    slugs = ["scan", "size", "sizes", "validate"]
    text = "; ".join(f"FILTER a ALIAS {slug}" for slug in slugs)
    account = Memory()

    def otherwise(count: int, name: str, act: Callable[[], Any]) -> Any:
        if name == "segment":
            raise Rejected("this is a question, and no segment", status=405)
        return act()

    line = Line(account, otherwise)
    journal = start(tmp_path / "journal", planned(text))
    assert run(line, journal) == slugs
    assert why_elsewhere(line, journal) == ""


# ---- Somebody else ----------------------------------------------------------------------


def interfering(at: int, act_too: Callable[[], object]) -> Callable[..., Any]:
    """What lets somebody else act just before a call."""

    def meet(count: int, name: str, act: Callable[[], Any]) -> Any:
        if count == at:
            act_too()
        return act()

    return meet


def changed(account: Memory, slug: str, **fields: Any) -> None:
    found = next(s for s in account.held.values() if s.slug_name == slug)
    account.held[found.id] = replace(found, **fields)


def removed(account: Memory, slug: str) -> None:
    account.held = {id: s for id, s in account.held.items() if s.slug_name != slug}


def added(account: Memory, slug: str, text: str) -> None:
    account.held["theirs"] = Segment(id="theirs", slug_name=slug, segment_ql=text)


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda a: changed(a, "old4", name="Mine"), "`old4` was changed in the account after"),
        (lambda a: changed(a, "old4", tags=()), "`old4` was changed in the account after"),
        (lambda a: changed(a, "old4", segment_ql="FILTER b"), "`old4` was changed in the account"),
        (lambda a: removed(a, "old4"), "`old4` is no longer in the account"),
        (lambda a: added(a, "new4", "FILTER b"), "`new4` is in the account by now"),
        (lambda a: changed(a, "gone14", description="!"), "`gone14` was changed in the account"),
    ],
)
def test_what_somebody_else_wrote_is_not_overwritten(
    account: Memory, journal: Journal, act: Callable[[Memory], None], message: str
) -> None:
    account._check = lambda: None  # somebody else leaves gaps
    line = Line(account, interfering(5, lambda: act(account)))
    with pytest.raises(Interference) as caught:
        run(line, journal)
    assert message in caught.value.message
    after = copy.deepcopy(account)
    with pytest.raises(Interference):  # neither is it when it is tried again
        run(account, resume(journal.path))
    assert account.content == after.content


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (
            lambda a: changed(a, "old0", name="Mine", segment_ql="FILTER b"),
            "`old0` was written, but the account holds something else: name, segment_ql",
        ),
        (lambda a: removed(a, "old0"), "`old0` is no longer in the account"),
    ],
)
def test_what_somebody_else_writes_right_after_us_is_seen(
    account: Memory, journal: Journal, act: Callable[[Memory], None], message: str
) -> None:
    line = Line(account, interfering(6, lambda: act(account)))
    with pytest.raises(Interference) as caught:
        run(line, journal)
    assert caught.value.message == message


def test_a_slug_that_is_taken_between_the_look_and_the_write(
    account: Memory, journal: Journal
) -> None:
    line = Line(account, interfering(2, lambda: added(account, "new0", "FILTER b")))
    with pytest.raises(Interference, match="`new0` is in the account by now"):
        run(line, journal)
    assert account.content["new0"]["segment_ql"] == "FILTER b"


def test_what_somebody_else_has_done_already_is_done(
    account: Memory, journal: Journal, wanted: dict[str, Any]
) -> None:
    other = Memory(BEFORE)
    run(other, start(journal.path.with_name("other"), plan_for(other)))
    account.held = other.held
    line = Line(account, lambda count, name, act: act())
    run(line, journal)
    assert line.count == WRITES  # each was looked at, and that was all
    assert journal.begun == set()


def test_a_segment_whose_id_is_the_slug_that_is_looked_for(journal: Journal) -> None:
    account = Memory(BEFORE)
    account.held["new0"] = Segment(id="new0", slug_name="unheard_of", segment_ql="FILTER b")
    create = account.create

    def refuse(payload: dict[str, Any]) -> Segment:
        if payload["slug_name"] == "new0":
            raise Conflict("only so that this test ends", status=409)
        return create(payload)

    account.create = refuse
    with pytest.raises(Conflict):
        run(account, journal)


# ---- Before the first write -------------------------------------------------------------


def test_every_text_is_validated(account: Memory, journal: Journal) -> None:
    def meet(count: int, name: str, act: Callable[[], Any]) -> Any:
        if count in (2, 5):
            raise Rejected(f"no {count}", status=400)
        return act()

    line = Line(account, meet)
    refused = [(each.change.slug, each.reason) for each in refusals(line, journal.plan)]
    assert refused == [("old0", "no 2"), ("new2", "no 5")]
    assert line.count == CREATED + UPDATED


def test_validation_that_is_not_to_be_had(account: Memory, journal: Journal) -> None:
    line = Line(account, failing("validate", Rejected("wait", status=429), is_after=False))
    with pytest.raises(Rejected, match="wait"):
        refusals(line, journal.plan)


def test_a_plan_that_still_holds(account: Memory) -> None:
    assert why_outdated(plan_for(account), plan_for(account)) == ""


def test_a_plan_that_does_not_hold_any_more() -> None:
    text = "FILTER a > 1 ALIAS one; FILTER a > 2 ALIAS two"
    then = planned(text, remote("one"))
    assert why_outdated(then, planned(text, remote("one", name="x"))) == (
        "the account has changed: one"
    )
    assert why_outdated(then, planned(text, remote("one"), remote("two"))) == (
        "the account has changed: two"
    )
    now = planned("FILTER a > 1 ALIAS one; FILTER a > 3 ALIAS three", remote("one"))
    assert why_outdated(then, now) == "the files have changed: three, two"
    elsewhere = replace(then, account=Account("https://other.example.com"))
    assert why_outdated(elsewhere, then).startswith("it is for another account: https://other")
    ids = [replace(then, account=Account(then.account.url, each)) for each in ("1", "2")]
    assert why_outdated(*ids).startswith("it is for another account")
    assert why_outdated(ids[0], then) == ""  # an account without segments tells no id
    many = planned("; ".join(f"FILTER a ALIAS s{i:02}" for i in range(12)))
    assert why_outdated(many, planned("FILTER a ALIAS s00")).endswith("s09, s10 and 1 more")


def test_a_plan_that_somebody_has_edited() -> None:
    plan = planned("FILTER a ALIAS one")
    (change,) = plan.changes
    edited = replace(plan, changes=(replace(change, send={**change.send, "name": "x"}),))
    assert why_outdated(edited, plan) == "it does not do what the files say"
    assert not is_same_work(edited, plan)


def test_an_account_that_is_another_one(account: Memory, journal: Journal) -> None:
    nothing = Memory()
    assert why_elsewhere(account, journal) == ""
    assert why_elsewhere(nothing, journal) == ""  # who knows
    run(account, journal)
    assert why_elsewhere(account, journal) == ""
    assert why_elsewhere(nothing, journal) == "nothing of what it has written is there"
    removed(account, "new24")
    assert why_elsewhere(account, journal) == ""
    plan = journal.plan
    journal.plan = replace(plan, account=Account(plan.account.url, "7"))
    changed(account, "new23", account_id="8")
    assert why_elsewhere(account, journal) == "it was for the account 7"


def test_the_plan_is_what_this_file_believes_it_is(account: Memory) -> None:
    counts = plan_for(account).counts
    assert (counts["create"], counts["update"], counts["delete"]) == (CREATED, UPDATED, DELETED)
    assert AFTER.count("INCLUDE") > WRITES / 2
