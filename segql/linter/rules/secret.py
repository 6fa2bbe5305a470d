"""Whoever can read the repository can use a token or a key that stands in it, also years later, for
it stays in the history. Segments ask about people; none of them needs a secret.

There is no fix: take it out, and withdraw the key where it was issued, for others may have seen it.
The value is never shown in the message.

Reported, in strings, names and comments, is what only keys look like: JSON Web Tokens, private keys
in PEM, and keys of the large services by their first letters. 32 or more hexadecimal digits are
reported only behind a field whose name has `token`, `secret`, `password` or `api_key` in it; alone
they may be the id of a segment or a hash.

Bad::

    -- curl -H "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl"
    FILTER EXISTS email ALIAS has_email

    FILTER attributes.api_key = "0123456789abcdef0123456789abcdef" ALIAS our_shop

Good::

    -- curl -H "Authorization: Bearer $LIOKEY"
    FILTER EXISTS email ALIAS has_email

    FILTER attributes.shop = "0123456789abcdef0123456789abcdef" ALIAS our_shop
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.syntax.parser import ParsedFile

# What it is; a part that most texts do not have; the whole of it.
_KEYS = (
    ("a JSON Web Token", "eyJ", r"(?<![\w-])eyJ[\w-]{10,}+\.eyJ[\w-]{4,}+\.[\w-]{8,}+"),
    ("a private key", "PRIVATE KEY", r"-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY"),
    ("a key of AWS", "AKIA", r"\bAKIA[0-9A-Z]{16}\b"),
    ("a key of AWS", "ASIA", r"\bASIA[0-9A-Z]{16}\b"),
    ("a key of Stripe", "k_live_", r"\b[sr]k_live_[0-9A-Za-z]{16,}+"),
    ("a token of GitHub", "gh", r"\bgh[pousr]_[0-9A-Za-z]{36}"),
    ("a token of GitHub", "github_pat_", r"\bgithub_pat_\w{22,}+"),
    ("a token of GitLab", "glpat-", r"\bglpat-[\w-]{20}"),
    ("a token of Slack", "xox", r"\bxox[abeoprs]-[0-9A-Za-z-]{10,}+"),
    ("a key of Google", "AIza", r"\bAIza[\w-]{35}"),
    ("a key of SendGrid", "SG.", r"\bSG\.[\w-]{22}\.[\w-]{43}"),
)
_DIGITS = re.compile(r'"[0-9a-fA-F]{32,512}"')
_FIELD_OF_KEYS = (
    r"(?i)(?:token|secret|password|passwd|api_?key)\w*[`'\]]?\s*"
    r"(?:==?|!=|<>|\bin\b|\bintersects\b)\s*[(\[]?\s*\Z"
)
_NEAR = 200  # characters before the digits, in which the name of the field stands


def check(file: ParsedFile) -> Iterator[Diagnostic]:
    """Report each text that looks like a secret."""
    text = file.source.text
    for what, part, pattern in _KEYS:
        if part in text:
            for match in re.finditer(pattern, text):
                yield _problem(what, match.start(), match.end())
    for match in _DIGITS.finditer(text):
        if re.search(_FIELD_OF_KEYS, text[max(0, match.start() - _NEAR) : match.start()]):
            yield _problem("a token or a key", match.start() + 1, match.end() - 1)


def _problem(what: str, start: int, end: int) -> Diagnostic:
    message = f"this looks like {what}: whoever can read the file can use it"
    help = "take it out, and withdraw it where it was issued"
    return diagnostic("secret", start, end, message, help)
