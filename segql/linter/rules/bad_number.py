"""Digits with something in them that no number has, or more of them than a number may have.

A number has digits, at most one point, and perhaps an exponent: `7`, `1.5`, `1e5`, `0x1F`. Units,
separators of thousands and a second point are no part of it. A time that has passed is date math in
a text, `"now-30d"`, and an id or a date is a text as well.

Bad::

    FILTER visitct > 1_000 ALIAS regulars

    FILTER lastvisit_ts > 30d ALIAS recent

    FILTER visitct > 5 LIMIT 1k ALIAS some_regulars

Good::

    FILTER visitct > 1000 ALIAS regulars

    FILTER lastvisit_ts > "now-30d" ALIAS recent
"""
