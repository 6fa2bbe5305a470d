"""A SELECT statement in a file of segments.

SELECT is another kind of statement: it makes columns. A segment is a filter and has none: it says
which profiles belong to it, and FROM which table they are.

Bad::

    SELECT email FROM user

    SELECT * FROM user WHERE visitct > 5

Good::

    FILTER EXISTS email FROM user ALIAS with_address

    FILTER visitct > 5 FROM user ALIAS regulars
"""
