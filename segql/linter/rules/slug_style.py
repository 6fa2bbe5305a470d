"""The server turns every alias to lower case.

`ALIAS VIP` is stored as `vip`. Whoever looks it up in the account, in an address or in the answer
of the API finds the other spelling, and two aliases that differ only in case overwrite each other.
Write the alias as it is stored.

The fix does so. Where no WITH `name` is stated, the alias is also the name that people see, and the
fix changes that: then it has to be asked for.

Bad::

    FILTER visitct > 5 ALIAS Regulars

    FILTER orders > 10 WITH name = "VIP customers" ALIAS VIP

Good::

    FILTER visitct > 5 ALIAS regulars

    FILTER orders > 10 WITH name = "VIP customers" ALIAS vip
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.compiler.payload import stated
from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic
from segql.formatter import UnsayableError
from segql.formatter.spelling import segment
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(alias: n.Alias, scope: Scope) -> Iterator[Diagnostic]:
    """Report an alias with letters in upper case."""
    name, slug = alias.name, alias.name.value.lower()
    if name.value != slug:
        message = f"the server stores this alias as `{slug}`"
        help, fix = f"write `{slug}`", _fix(name, slug, scope)
        yield diagnostic("slug-style", name.start, name.end, message, help, fix)


def _fix(name: n.Name, slug: str, scope: Scope) -> Fix | None:
    try:
        text = segment(slug)
    except UnsayableError:
        return None
    # Without a name of its own the alias is shown. Beyond ASCII the server's lower case may differ.
    is_safe = name.value.isascii() and "name" in stated(scope.statement)
    applicability = "safe" if is_safe else "unsafe"
    return Fix(applicability, f"write `{text}`", (Edit(name.start, name.end, text),))
