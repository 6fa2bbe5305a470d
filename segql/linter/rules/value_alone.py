"""A text, a number or NULL stands where something is to be true or false.

Only a bool field or a function can stand alone; a value is compared with a field. In a list this is
often one value too many outside the brackets of IN, or an operator that was forgotten.

Bad::

    FILTER AND (visitct > 5, "Portland") ALIAS portland_regulars

    FILTER OR (country IN ("US"), "CA") ALIAS north_america

    FILTER 5 ALIAS five

Good::

    FILTER AND (visitct > 5, city = "Portland") ALIAS portland_regulars

    FILTER country IN ("US", "CA") ALIAS north_america
"""
