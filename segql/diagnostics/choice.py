"""Choose rules: by code, by name, by family, or all of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from segql.diagnostics.codes import CODES, FAMILIES
from segql.diagnostics.suggest import did_you_mean

ALL = "ALL"

DEFAULT: frozenset[str] = frozenset(name for name, code in CODES.items() if code.is_default)


class UnknownRuleError(ValueError):
    """No rule is called so; ``near`` is the one that may be meant, ``help`` says it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no rule `{name}`")
        known = (*CODES, *(code.code for code in CODES.values()), *FAMILIES, ALL)
        self.near = did_you_mean(name, known)
        self.help = f"did you mean `{self.near}`?" if self.near else "`segql rule --all` lists them"


@cache
def named(text: str) -> frozenset[str]:
    """The names of the rules that a code, a name or a family stands for, in any case.

    Raises `UnknownRuleError`.
    """
    if text.upper() == ALL:
        return frozenset(CODES)
    found = frozenset(
        name
        for name, code in CODES.items()
        if text.upper() in (code.code, code.family) or text.lower() == name
    )
    if not found:
        raise UnknownRuleError(text)
    return found


def chosen(
    select: Iterable[str] | None = None, extend: Iterable[str] = (), ignore: Iterable[str] = ()
) -> frozenset[str]:
    """The names of the rules to ask; without ``select`` those that are on by default.

    What is named more exactly wins, as in ``select = ["LOG"], ignore = ["LOG005"]``; of two that
    are equally exact, ``ignore``. Raises `UnknownRuleError`.
    """
    wanted = [(text, True) for text in (*(select or ()), *extend)]
    unwanted = [(text, False) for text in ignore]
    names = DEFAULT if select is None else frozenset[str]()
    for text, is_wanted in sorted((*wanted, *unwanted), key=lambda row: -len(named(row[0]))):
        names = names | named(text) if is_wanted else names - named(text)
    return names
