"""A name begins with a backtick or a single quote, and its line has no other one.

Backticks hold the names that could not stand alone: those with spaces, with signs, or equal to a
keyword. Such a name ends on its line. Texts are another thing and stand in double quotes, as in
`name = "it's"`.

Bad::

    FILTER counts.`Web hit > 3 ALIAS web_hits

    FILTER name = it's ALIAS contractions

Good::

    FILTER counts.`Web hit` > 3 ALIAS web_hits

    FILTER name = "it's" ALIAS contractions
"""
