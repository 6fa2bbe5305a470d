"""What may be shown of what was seen in profiles, and what may not.

A catalog lies in a repository beside the segments. Examples of values help who writes a segment,
but a value that tells a person apart has no business there. In doubt it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

EXAMPLES = 10  # of one field, at most
KEYS = 50  # of one map, at most
_FEWEST = 2  # profiles that have a value: one alone would be known by it
_LONGEST = 60  # characters; what is longer is an address, a key, or a person's own words
# Where more than this share of the values differ from each other, they are about single people.
_MOST_DISTINCT = 0.5

# Words in the names of fields that are about one person.
_PERSONAL_WORDS = (
    *("id", "ids", "uid", "uids", "uuid", "guid", "fbuid", "gaid", "idfa", "imei", "msisdn"),
    *("email", "emails", "mail", "phone", "phones", "mobile", "telephone", "tel", "fax", "sms"),
    *("address", "street", "zip", "zipcode", "postal", "postcode", "ip", "geo", "location"),
    *("lat", "latitude", "lon", "lng", "longitude", "gps", "coordinates"),
    *("birth", "birthday", "birthdate", "dob", "ssn", "passport", "license", "nif", "cpf", "tax"),
    *("card", "iban", "vat", "salary", "income", "patient", "diagnosis", "comment", "comments"),
    *("token", "password", "secret", "session", "cookie", "fingerprint", "signature"),
    *("surname", "nickname", "handle", "login"),
    "(?:first|last|full|middle|maiden|given|family|user|nick|display|contact|customer|fore)_?name",
)
_PERSONAL_NAME = re.compile(rf"(?:.*_)?(?:{'|'.join(_PERSONAL_WORDS)})(?:_.*)?|name")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")  # of first_name, of firstName
# Texts that are about one person: an address, a number to call or to pay with, an id.
_PERSONAL_VALUE = re.compile(
    r".*@.*"
    r"|.*(?:[0-9][ ()./+-]{0,2}){7}.*"
    r"|(?:[0-9]{1,3}\.){3}[0-9]{1,3}"
    r"|(?:[0-9a-f]{2,}[:-]){3,}[0-9a-f:]+"
    r"|(?=.*[0-9])(?=.*[a-z])[0-9a-z]{16,}"
    r"|.*://.*[?#].*",
    re.IGNORECASE | re.DOTALL,
)


def examples(name: str, is_identity: bool, counts: Mapping[str, int], distinct: float) -> list[str]:
    """The values that may be shown of a field: the most frequent first, at most `EXAMPLES`.

    Args:
        name: the field's name; one that speaks of a person has no examples.
        is_identity: whether profiles are put together by it; such a field has none.
        counts: how many profiles have each value.
        distinct: the share of all values, also those not in ``counts``, that differ from each
            other: 1 where no two profiles have the same.
    """
    if is_identity or is_personal(name) or distinct > _MOST_DISTINCT:
        return []
    return _frequent(counts)[:EXAMPLES]


def keys(counts: Mapping[str, int]) -> list[str]:
    """The keys of a map that may be shown: the most frequent first, at most `KEYS`."""
    return _frequent(counts)[:KEYS]


def is_personal(name: str) -> bool:
    """Whether a field's name speaks of something that tells people apart."""
    words = "_".join(_WORD.findall(name)).lower()
    return _PERSONAL_NAME.fullmatch(words) is not None


def _frequent(counts: Mapping[str, int]) -> list[str]:
    shown = (
        (-count, value)
        for value, count in counts.items()
        if count >= _FEWEST and 0 < len(value) <= _LONGEST and not _PERSONAL_VALUE.fullmatch(value)
    )
    return [value for _, value in sorted(shown)]
