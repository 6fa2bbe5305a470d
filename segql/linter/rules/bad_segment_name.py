"""INCLUDE of a number, or of nothing.

A segment is included by its alias, or by the id that the vendor gave it, which is more than digits.
The server refuses a number there. An alias that begins with a digit is fine, as in
`INCLUDE 30_days`.

Bad::

    FILTER INCLUDE 123 ALIAS members

    FILTER AND (INCLUDE "", visitct > 5) ALIAS regulars

Good::

    FILTER INCLUDE active_users ALIAS members

    FILTER AND (INCLUDE 30_days, visitct > 5) ALIAS regulars
"""
