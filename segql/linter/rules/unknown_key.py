"""The catalog lists the keys that were seen in a map, and this key is not among them. It may be
misspelt: a key that no profile has is a missing field, so that nobody matches, and with `!=` and
NOT everybody.

The fix takes the key with the nearest name. It is unsafe, since another one may be meant.

It is off by default, for maps get new keys at any time, and a catalog may list only the most
frequent ones. Nothing is reported of maps whose keys the catalog does not list.

Bad::

    FILTER counts.webb > 5 ALIAS web_visitors

    FILTER EXISTS counts.newsletter ALIAS readers

Good::

    FILTER counts.web > 5 ALIAS web_visitors

    FILTER EXISTS attributes.newsletter ALIAS readers
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from segql.diagnostics import Diagnostic, diagnostic, did_you_mean
from segql.linter.comparisons import guess_name
from segql.linter.known import found
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(identifier: n.Identifier, scope: Scope) -> Iterable[Diagnostic]:
    """Report a key that the catalog does not list among those of its map."""
    return _problems(identifier, scope) if "." in identifier.name else ()


def _problems(identifier: n.Identifier, scope: Scope) -> Iterator[Diagnostic]:
    known = found(identifier, scope)
    if known is None or known.key is None or not known.field.keys or known.key in known.field.keys:
        return
    start, end = identifier.start, identifier.end
    message = f"the catalog knows no key `{known.key}` of `{known.field.name}`"
    near = did_you_mean(known.key, known.field.keys)
    if near is None:
        help = "correct the key, or add it to the catalog"
        yield diagnostic("unknown-key", start, end, message, help)
        return
    meant = f"{known.field.name}.{near}"
    fix = guess_name(scope, identifier, meant)
    yield diagnostic("unknown-key", start, end, message, f"did you mean `{meant}`?", fix)
