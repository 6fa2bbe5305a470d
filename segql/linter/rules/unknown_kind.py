"""A kind of segment that no documentation of the vendor knows.

The kind decides where the account shows a segment and what it can be used for: a `goal` stands in
funnels, an `aspect` is shown as an attribute of the profile. A misspelt kind is taken for one of
its own, and the segment is found in none of these places. Without a kind it is a `segment`.

A near misspelling comes with a fix, unsafe because it is a guess. Known are `segment`, `aspect`,
`goal`, `list`, `conversion`, `metric`, `managed`, `candidate`, `audience`, `content` and
`behavioral`. Ignore the rule where your account has others.

Bad::

    FILTER orders > 0 WITH kind = aspct ALIAS buyers

    FILTER orders > 0 WITH {"kind": "Goal"} ALIAS bought

    FILTER orders > 0 WITH kind = "funnel_step" ALIAS bought

Good::

    FILTER orders > 0 WITH kind = aspect ALIAS buyers

    FILTER orders > 0 WITH {"kind": "goal"} ALIAS bought

    FILTER orders > 0 ALIAS buyers
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.catalog.words import KINDS
from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic, did_you_mean
from segql.linter.metadata import key_of, shown, value_span
from segql.linter.scope import Scope
from segql.source import Span
from segql.syntax import nodes as n


# Those of the vendor's page of the API, of its application, and of its OpenAPI description.
def check(option: n.Option, scope: Scope) -> Iterator[Diagnostic]:
    """Report a kind that is not known; an empty one stands for `segment`."""
    kind = option.value
    if key_of(option) == "kind" and isinstance(kind, str) and kind and kind not in KINDS:
        span = value_span(option, scope.text)
        near = did_you_mean(kind, KINDS)
        help = f"did you mean `{near}`?" if near else f"the kinds are {', '.join(KINDS)}"
        fix = _fix(span, near, scope.text) if near else None
        message = f"there is no kind of segment {shown(kind)}"
        yield diagnostic("unknown-kind", span.start, span.end, message, help, fix)


def _fix(span: Span, near: str, text: str) -> Fix:
    new = f'"{near}"' if text.startswith('"', span.start) else near
    return Fix("unsafe", f"write `{new}`", (Edit(span.start, span.end, new),))
