"""The date behind `until` is past, and the comment silences nothing any more.

Whoever wrote it meant to come back: what it silenced is reported again. Mend that and remove the
comment, or write a later date with a reason. The date itself is the last day on which the comment
counts; without `until` a comment counts for ever.

Bad::

    -- segql: ignore[PORT007] until 2026-03-31 the form still wants it
    FILTER EXISTS(email) ALIAS with_address

    FILTER visitct > (5) -- segql: ignore[PORT010] until 2020-01-01
    ALIAS regulars

Good::

    -- segql: ignore[PORT007] until 2099-12-31 the form still wants it
    FILTER EXISTS(email) ALIAS with_address

    FILTER visitct > (5) -- segql: ignore[PORT010] as in the report
    ALIAS regulars
"""
