"""Only maps have keys. Behind the dot of `visitct.web` there is nothing to find, for `visitct` is a
number: the phrase is as if the field was missing, so that it matches nobody, and with `!=` and NOT
everybody.

The fix takes a field whose name has an underscore in place of the dot, where there is one, else a
scalar without the key. It is unsafe, since another field may be meant.

Reported are names of which the catalog knows the part before the first dot as a scalar or a set. Of
fields whose type it does not know nothing is said.

Bad::

    FILTER visitct.web > 5 ALIAS frequent

    FILTER interests.golf = true ALIAS golfers

Good::

    FILTER counts.web > 5 ALIAS frequent

    FILTER interests INTERSECTS ("golf") ALIAS golfers
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from segql.diagnostics import Diagnostic, diagnostic
from segql.linter.comparisons import guess_name
from segql.linter.known import a, found
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(identifier: n.Identifier, scope: Scope) -> Iterable[Diagnostic]:
    """Report a key of a field that is no map."""
    return _problems(identifier, scope) if "." in identifier.name else ()


def _problems(identifier: n.Identifier, scope: Scope) -> Iterator[Diagnostic]:
    known = found(identifier, scope)
    if known and known.key is not None and not known.field.type.may_have_keys and scope.catalog:
        owner = known.field.name
        message = f"`{owner}` is {a(known.field.type)}, and has no keys"
        joined = identifier.name.replace(".", "_")
        if joined in scope.catalog.fields(scope.table):
            help, fix = f"did you mean `{joined}`?", guess_name(scope, identifier, joined)
        elif known.field.type.shape == "set":
            help, fix = "ask for one of its values by INTERSECTS", None
        else:
            help, fix = f"did you mean `{owner}`?", guess_name(scope, identifier, owner)
        yield diagnostic("key-of-no-map", identifier.start, identifier.end, message, help, fix)
