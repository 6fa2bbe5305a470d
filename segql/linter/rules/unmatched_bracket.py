"""A closing bracket for which none is open.

Either it is one too many, or the opening bracket further up was lost, with the AND or OR before it.
The two mean different segments, and so nothing is guessed. Some of these texts make the server hang
without an answer.

Bad::

    FILTER OR (visitct > 5, orders > 1)) ALIAS regulars

    FILTER (visitct > 5)) AND orders > 1 ALIAS buyers

Good::

    FILTER OR (visitct > 5, orders > 1) ALIAS regulars

    FILTER (visitct > 5) AND orders > 1 ALIAS buyers
"""
