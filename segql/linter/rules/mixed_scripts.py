"""The Cyrillic `\u0430` and the Latin `a` look the same, and are two letters. A field `em\u0430il`
with a Cyrillic letter is another field than `email`, and a text with one equals nothing that people
type. It happens on keyboards with two layouts, and it can smuggle something past a reviewer.

There is no fix: type the word again. Reported are words of one script in which all letters of the
other look like its own: Latin with Cyrillic or Greek, or the other way round. In names any such
word is reported. In strings the letters of the second script must be more than an ending, for in
Russian `VIP\u0430` is a form of VIP.

Scripts that are mixed in the open are fine, such as Japanese or Chinese beside Latin; so are words
wholly in one script. Comments are not looked at.

Bad::

    FILTER EXISTS em\u0430il ALIAS has_email

    FILTER city = "L\u043endon" ALIAS londoners

Good::

    FILTER EXISTS email ALIAS has_email

    FILTER city IN ("\u041b\u043e\u043d\u0434\u043e\u043d", "\u6771\u4eactokyo") ALIAS londoners
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from segql.diagnostics import Diagnostic, diagnostic
from segql.syntax.parser import ParsedFile
from segql_grammar.scanner import scan

_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_OTHERS = "\u0370-\u052f\u1f00-\u1fff"  # Greek and Cyrillic
# Cyrillic, then Greek letters, and the Latin ones they look like.
_LOOK_ALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝӏ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲϳ",
        "ABESIJKMHOPCTYXaesijopcyxhdqwl" + "ABEZHIKMNOPTYXovcj",
        strict=True,
    )
)


def check(file: ParsedFile) -> Iterator[Diagnostic]:
    """Report each word in which letters of another script look like its own."""
    text = file.source.text
    if text.isascii() or not _others().search(text):
        return
    tokens = scan(text)
    for start, lexeme in zip(tokens.starts, tokens.lexemes, strict=True):
        if not lexeme.isascii():
            for word in _words().finditer(lexeme):
                hidden = _hidden(word[0], lexeme.startswith('"'))
                if hidden is not None:
                    yield _problem(word[0], hidden, start + word.start() + hidden)


@cache
def _others() -> re.Pattern[str]:
    return re.compile(f"[{_OTHERS}]")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(f"[{_LATIN}{_OTHERS}]+")


def _hidden(word: str, is_string: bool) -> int | None:
    """Where the first letter of a word is that looks like one of its other script."""
    others = [match.start() for match in _others().finditer(word)]
    latin = [index for index, letter in enumerate(word) if not _others().match(letter)]
    if not others or not latin or (is_string and latin[-1] < others[0]):  # VIP with an ending
        return None
    for hidden, known in ((others, _LOOK_ALIKES.keys()), (latin, _LOOK_ALIKES.values())):
        if all(word[index] in known for index in hidden):
            return hidden[0]
    return None


def _problem(word: str, hidden: int, start: int) -> Diagnostic:
    from unicodedata import name

    message = f"this is {name(word[hidden])}: it looks like a letter of the script around it"
    help = f"type the word `{word}` again in one script"
    return diagnostic("mixed-scripts", start, start + 1, message, help)
