"""A segment that nobody has cannot be evaluated, and so the one that includes it matches nobody.

Under NOT it is no better: what cannot be evaluated stays so. A misspelt name comes with a fix,
unsafe because it is a guess. A segment that only the account has is listed in `segql.toml`, as in
`external = ["newsletter"]`; every account has `all_users`. An id that the vendor assigned is never
reported, for only the account can know it. Where one text is looked at alone, nothing is reported:
another file may hold the segment.

Bad::

    FILTER visitct > 5 ALIAS active_users
    FILTER AND (INCLUDE activ_users, EXISTS email) ALIAS newsletter

    FILTER NOT in_segment("on_hold") ALIAS contactable

Good::

    FILTER visitct > 5 ALIAS active_users
    FILTER AND (INCLUDE active_users, EXISTS email) ALIAS newsletter

    FILTER INCLUDE 3d4240482815b9848caf2e6f ALIAS members
"""

from __future__ import annotations

from collections.abc import Iterator

from segql.diagnostics import Diagnostic, Edit, Fix, diagnostic, did_you_mean
from segql.formatter.flat import included
from segql.workspace import Mention, Overview, Placed

# Where more are missing, files are missing; to look for a misspelling of each would take minutes.
_SUGGESTIONS = 200


def check(overview: Overview) -> Iterator[tuple[int, Diagnostic]]:
    """Report each INCLUDE of a name that is neither here nor known to be in the account."""
    for number, (segment, name) in enumerate(_missing(overview)):
        near = _near(overview, segment, name) if number < _SUGGESTIONS else None
        yield segment.file, _problem(name, near)


def _missing(overview: Overview) -> Iterator[tuple[Placed, Mention]]:
    for segment in overview.segments:
        for name in segment.includes:
            if not overview.is_known(name.value):
                yield segment, name


def _near(overview: Overview, segment: Placed, name: Mention) -> str | None:
    others = (slug for slug in overview.by_slug if slug != segment.slug)  # itself is a circle
    return did_you_mean(name.value, [*others, *overview.external])


def _problem(name: Mention, near: str | None) -> Diagnostic:
    message = f"there is no segment `{name.value}` in this workspace"
    if near is None:
        help = 'add it, or list it in segql.toml: `external = ["..."]` when only the account has it'
        return diagnostic("missing-include", name.start, name.end, message, help)
    help = f"did you mean `{near}`?"
    text = f'"{near}"' if name.is_string else included(near)
    fix = Fix("unsafe", f"include `{near}`", (Edit(name.start, name.end, text),))
    return diagnostic("missing-include", name.start, name.end, message, help, fix)
