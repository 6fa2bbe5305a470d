"""`*` matches every profile, and so it is a whole filter or nothing.

In AND it would say nothing, in OR it would say everything, and NOT of it nobody. The server refuses
it in each of these places. Whoever has no field at all is found by a filter on the field, as in
`NOT EXISTS email`.

Bad::

    FILTER AND (*, visitct > 5) ALIAS regulars

    FILTER NOT * ALIAS nobody

Good::

    FILTER visitct > 5 ALIAS regulars

    FILTER * ALIAS everybody
"""
