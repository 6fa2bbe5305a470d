"""A comment that was meant to silence something, and does not.

It begins with `segql:` and then says something else than `ignore[...]` or `ignore-file[...]`, names
a rule that does not exist, or has a date that is none. It is an error, for its author believes that
all is well. A misspelt word or rule comes with a fix.

Rules are named by code, by name or by family, as in `ignore[LOG001, not-between, TIM]`. `ALL` would
hide what nobody has thought of yet, and mistakes of the syntax cannot be silenced.

Bad::

    -- segql: ignore[exists-parenthesis] the form wants it so
    FILTER EXISTS(email) ALIAS with_address

    -- segql: ignroe[PORT007] the form wants it so
    FILTER EXISTS(email) ALIAS with_address

    -- segql: ignore[ALL]
    FILTER visitct > 5 ALIAS regulars

    -- segql: ignore[PORT007] until 1.9.2026
    FILTER EXISTS(email) ALIAS with_address

Good::

    -- segql: ignore[exists-parentheses] the form wants it so
    FILTER EXISTS(email) ALIAS with_address

    -- segql: ignore-file[PORT007] until 2099-12-31 the form wants it so
    FILTER EXISTS(email) ALIAS with_address
"""
