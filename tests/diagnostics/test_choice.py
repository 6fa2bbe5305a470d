"""Rules by code, by name, by family; the more exact word wins."""

from __future__ import annotations

import pytest

from segql.diagnostics import CODES
from segql.diagnostics.choice import DEFAULT, UnknownRuleError, chosen, named


def test_a_code_a_name_and_a_family_in_any_case() -> None:
    for text in ("LOG001", "log001", "contradiction", "Contradiction"):
        assert named(text) == {"contradiction"}
    assert named("tim") == {name for name, code in CODES.items() if code.code.startswith("TIM")}
    assert named("ALL") == set(CODES)


def test_what_no_rule_is_called() -> None:
    with pytest.raises(UnknownRuleError) as caught:
        named("contradicton")
    assert str(caught.value) == "there is no rule `contradicton`"
    assert caught.value.help == "did you mean `contradiction`?"
    with pytest.raises(UnknownRuleError) as caught:
        named("zzz")
    assert caught.value.help == "`segql rule --all` lists them"


def test_without_a_choice_the_usual_ones() -> None:
    assert chosen() == DEFAULT
    assert chosen(extend=["STY"]) == DEFAULT | named("STY")
    assert chosen(ignore=["LOG"]) == DEFAULT - named("LOG")


def test_a_choice_takes_their_place() -> None:
    assert chosen([]) == frozenset()
    assert chosen(["LOG", "TYP001"]) == named("LOG") | named("TYP001")


def test_the_more_exact_word_wins() -> None:
    assert chosen(["LOG"], ignore=["LOG005"]) == named("LOG") - named("LOG005")
    assert chosen(["LOG005"], ignore=["LOG"]) == named("LOG005")
    assert chosen(["ALL"], ignore=["STY"], extend=["STY001"]) == frozenset(CODES) - (
        named("STY") - named("STY001")
    )


def test_of_two_that_are_equally_exact_ignore_wins() -> None:
    assert chosen(["LOG"], ignore=["LOG"]) == frozenset()
    assert chosen(["LOG001"], ignore=["contradiction"]) == frozenset()


def test_advice_is_for_who_asks() -> None:
    assert "missing-alias" not in DEFAULT
    assert not any(CODES[name].severity == "info" for name in DEFAULT)
