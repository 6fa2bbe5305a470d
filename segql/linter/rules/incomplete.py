"""A phrase or a clause was begun, and what it needs is missing.

The server takes some of these texts without a word and crashes when it evaluates them:
`FILTER visitct >` is one, `FILTER NOT` another. The place is where the missing part should stand,
and the message says what it is.

Bad::

    FILTER visitct > ALIAS regulars

    FILTER AND (orders BETWEEN 1, EXISTS email) ALIAS buyers

    FILTER NOT

Good::

    FILTER visitct > 5 ALIAS regulars

    FILTER AND (orders BETWEEN 1 AND 10, EXISTS email) ALIAS buyers
"""
