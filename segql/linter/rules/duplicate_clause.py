"""FROM, LIMIT, WITH or ALIAS stands twice in one statement.

A segment has one table, one limit, one set of fields and one alias: which of the two was meant only
its author knows. Often the FILTER between two segments was lost.

Bad::

    FILTER visitct > 5 LIMIT 10 LIMIT 20 ALIAS some_regulars

    FILTER orders > 1 WITH name = "Buyers" WITH tags = ["vip"] ALIAS buyers

Good::

    FILTER visitct > 5 LIMIT 20 ALIAS some_regulars

    FILTER orders > 1 WITH name = "Buyers", tags = ["vip"] ALIAS buyers
"""
