"""A bracket is opened, and the statement ends before it is closed.

Reported is the opening bracket, for where the closing one belongs cannot be known: after each
phrase the list might end. A statement ends at the next `FILTER` or `;`, and so a forgotten bracket
never swallows the segments below it.

Bad::

    FILTER AND (visitct > 5, country = "US"
    ALIAS regulars_us

    FILTER country IN ("US", "CA" ALIAS north_america

Good::

    FILTER AND (visitct > 5, country = "US")
    ALIAS regulars_us

    FILTER country IN ("US", "CA") ALIAS north_america
"""
