"""A comment silences a rule that would say nothing here.

Either the problem was mended and the comment stayed, or it was written in a wrong place: behind a
phrase it is for its line, on a line of its own for the statement or the line below. It hides what
may be wrong there tomorrow. The fix removes the comment. There is none where the comment names
other rules that do have something to silence, or goes over several lines: leave out by hand what is
idle. A rule that was not asked for is never called unused.

Bad::

    -- segql: ignore[exists-parentheses] the form wants it so
    FILTER EXISTS email ALIAS with_address

    FILTER AND (
        visitct > 5,  -- segql: ignore[PORT010] as in the report
        orders > 1,
    )
    ALIAS buyers

Good::

    -- segql: ignore[exists-parentheses] copied from the form
    FILTER EXISTS(email) ALIAS with_address

    FILTER AND (
        visitct > (5),  -- segql: ignore[PORT010] as in the report
        orders > 1,
    )
    ALIAS buyers
"""
