"""Cases and properties: whether they hold, and why not."""

from __future__ import annotations

from segql.cases.model import Case, CaseFile, Property
from segql.cases.running import Result

from .suites import NOW, suite

SEGMENTS = """
FILTER visits > 5 ALIAS often;
FILTER AND (INCLUDE often, seen >= "now-1d", OR (city = "Rome", value > 2.5)) ALIAS vip;
FILTER AND (INCLUDE web_leads, flag) ALIAS all
"""


def ran(case: Case) -> Result:
    return suite(SEGMENTS).run(case, "a.segql.toml").result


def test_a_case_holds() -> None:
    profile = {"visits": 6, "seen": "2026-02-28T12:00:00Z", "city": "Rome"}
    assert ran(Case("vip", profile, "in")).message == ""
    assert ran(Case("VIP", profile, "in")).message == ""


def test_a_failure_shows_what_decided() -> None:
    profile = {"visits": 6, "seen": "2026-02-28T12:00:00Z", "city": "Oslo", "value": 2.5}
    result = ran(Case("vip", profile, "in", line=7))
    assert (result.line, result.message) == (7, "expected in, got out")
    assert result.why == (
        "no match  AND",
        "no match    OR",
        'no match      city = "Rome"    city is "Oslo"',
        "no match      value > 2.5    value is 2.5",
    )


def test_what_cannot_be_evaluated_has_its_reason() -> None:
    result = ran(Case("vip", {"visits": None}, "out"))
    assert result.message == "expected out, got unknown"
    assert result.why[-1].endswith("visits > 5    `visits > 5`: `visits` is null")


def test_now_is_that_of_the_case() -> None:
    profile = {"visits": 6, "city": "Rome", "seen": NOW}
    later = NOW.replace(day=3)
    assert ran(Case("vip", profile, "in")).message == ""
    assert ran(Case("vip", profile, "out", now=later)).message == ""


def test_a_segment_of_the_account_alone_is_given() -> None:
    assert ran(Case("all", {"flag": True}, "unknown")).message == ""
    assert ran(Case("all", {"flag": True}, "in", includes=(("web_leads", True),))).message == ""
    assert ran(Case("all", {"flag": True}, "out", includes=(("web_leads", False),))).message == ""


def test_a_property_names_a_profile_that_breaks_it() -> None:
    found = suite(SEGMENTS)
    profiles = [{"visits": 1}, {"visits": 6}]
    implies = Property("implies", ("often", "vip"))
    result = found.check(implies, profiles, "a")
    assert result.message == "a profile breaks it"
    assert result.why[0] == 'profile   {"visits": 6}'
    assert "match     visits > 5    visits is 6" in result.why
    assert found.check(Property("implies", ("vip", "often")), profiles, "a").message == ""
    assert found.check(Property("never", ("often", "often")), profiles, "a").message
    assert found.check(Property("never", ("often", "vip")), profiles, "a").message == ""
    assert found.check(Property("equal", ("often", "often")), profiles, "a").message == ""
    assert found.check(Property("equal", ("often", "vip")), profiles, "a").message


def test_a_segment_that_is_not_there() -> None:
    file = CaseFile("a", (Case("vipp", {}, "in", line=4),), (Property("never", ("vip", "zzz")),))
    one, two = suite(SEGMENTS).problems(file)
    assert (one.line, one.message) == (4, "there is no segment `vipp`")
    assert one.help == "did you mean `vip`?"
    assert (two.message, two.help) == ("there is no segment `zzz`", "name a segment by its ALIAS")
