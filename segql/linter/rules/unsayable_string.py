r"""A text with both a quotation mark and a backslash cannot be told to the server.

It drops every backslash of such a text: `"6\" x 4\n"` arrives as `6" x 4n`, and the segment would
compare with another text than the one in the file. No other spelling helps, and so such a segment
is not compiled. Compare with a text that has only one of the two, or use LIKE with `?` for the
other. A text with only one of them is sent as it is.

Bad::

    FILTER name = "6\" x 4\n" ALIAS photographs

    FILTER name CONTAINS "\\server\the \"big\" one" ALIAS shares

Good::

    FILTER name LIKE "6? x 4\n" ALIAS photographs

    FILTER name = "the \"big\" one" ALIAS big_ones
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic
from segql.linter.scope import Scope
from segql.syntax import nodes as n


def check(string: n.String, scope: Scope) -> Iterator[Diagnostic]:
    """Report a string with both a quotation mark and a backslash."""
    if "\\" not in string.value:
        return iter(())
    from segql.compiler.emission import unsayable_in  # few texts have a backslash

    return unsayable_in(string)
