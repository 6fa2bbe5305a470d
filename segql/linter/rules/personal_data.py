"""A segment lies in a repository, in its history and in reviews for many years. An address, a phone
number or the number of a card or an account in it is personal data in all these places, and cannot
be taken out of them when the person asks for it.

There is no fix. Ask for something that is true of the people instead: a domain (`emaildomain(email)
= "acme.com"`), a flag that the profile has, or a hash. The value is never shown in the message.

Reported are whole texts and numbers: e-mail addresses of persons, phone numbers that begin with
`+`, payment card numbers and IBANs with a right check digit. Not reported are patterns
(`"*@example.com"`), domains, addresses of roles (`info@`, `noreply@`), and the domains that are
reserved for examples.

Bad::

    FILTER email IN ("jane.doe@acme.com", "j@acme.com") ALIAS test_accounts

    FILTER attributes.phone = "+49 30 1234567" ALIAS caller

    FILTER attributes.card = "4111 1111 1111 1111" ALIAS one_card

Good::

    FILTER email LIKE "*@acme.com" ALIAS test_accounts

    FILTER email IN ("info@acme.com", "jane.doe@example.com") ALIAS examples
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.scope import Scope
from segql.syntax import nodes as n

_ADDRESS = r"(?:mailto:)?([\w.+'-]{1,64})@((?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})"
_PHONE = r"\+[1-9][0-9 ()./-]{7,25}"
_CARD = (
    r"[0-9]{14,19}|[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{1,3})?"
    r"|3[0-9]{3}[ -][0-9]{6}[ -][0-9]{4,5}"
)
# First digits and lengths of the large networks.
_NETWORKS = (
    r"4(?:.{15}|.{18})|5[1-5].{14}|2(?:22[1-9]|2[3-9].|[3-6]..|7[01].|720).{12}|3[47].{13}"
    r"|6(?:011|4[4-9].|5..).{12}|35(?:2[89]|[3-8].).{12}|3(?:0[0-5]|[68].).{11}|62.{14,17}"
)
_IBAN = r"[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}"
_SHORTEST, _LONGEST = 6, 320  # characters; so many has the longest address
_ROLES = (
    "abuse|accounts?|admin|billing|careers?|contact|customer.?service|help|hello|hostmaster|info|it|"
    "jobs|mail|marketing|news|newsletter|no.?reply|office|orders?|postmaster|press|privacy|root|"
    "sales|security|service|support|team|test|webmaster"
)
# Source: RFC 2606 and RFC 6761.
_EXAMPLES = r"(?:.*\.)?(?:example\.(?:com|net|org)|example|test|invalid|localhost)"
_HELP = "ask for what is true of the people: a domain, a flag of the profile, or a hash"


def check(literal: n.String | n.Number, scope: Scope) -> Iterable[Diagnostic]:
    """Report a literal that is personal data."""
    text = literal.value if isinstance(literal, n.String) else literal.text
    return _problems(literal, text) if _SHORTEST <= len(text) <= _LONGEST else ()


def _problems(literal: n.String | n.Number, text: str) -> Iterator[Diagnostic]:
    what = _kind(text.strip())
    if what:
        message = f"this looks like {what}: personal data does not belong in a file"
        yield diagnostic("personal-data", literal.start, literal.end, message, _HELP)


def _kind(text: str) -> str | None:
    if "@" in text:
        return "the e-mail address of a person" if _is_personal_address(text) else None
    if text.startswith("+"):
        is_phone = re.fullmatch(_PHONE, text) and 8 <= len(_digits(text)) <= 15
        return "a phone number" if is_phone else None
    if text[:1].isdigit() and re.fullmatch(_CARD, text):
        return "the number of a payment card" if _is_card(_digits(text)) else None
    is_iban = text[:2].isupper() and re.fullmatch(_IBAN, text) and _is_iban(text.replace(" ", ""))
    return "an IBAN" if is_iban else None


def _is_personal_address(text: str) -> bool:
    found = re.fullmatch(_ADDRESS, text)
    if not found:
        return False
    is_role = re.fullmatch(_ROLES, found[1], re.IGNORECASE)
    return not is_role and not re.fullmatch(_EXAMPLES, found[2], re.IGNORECASE)


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _is_card(digits: str) -> bool:
    """Whether the first digits are those of a network, and the last one is right (ISO 7812)."""
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    total = sum(doubled) + sum(map(int, digits[-1::-2]))
    return total % 10 == 0 and re.fullmatch(_NETWORKS, digits) is not None


def _is_iban(text: str) -> bool:
    """Whether the two check digits are right (ISO 7064, MOD 97-10)."""
    moved = text[4:] + text[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1
