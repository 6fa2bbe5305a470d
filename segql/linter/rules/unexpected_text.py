"""A word, a sign or a value stands where nothing of its kind can stand.

What was meant is not guessed. Nothing is sent while the mistake stands, and the rules that look at
meaning pass its statement over; the other statements of the file are read as usual. The message
names what is expected at the place, and for a misspelt operator or keyword the one that is near.

Two phrases side by side are the usual cause: they stand in a list, or have AND or OR between them.

Bad::

    FILTER visitct > 5 country = "US" ALIAS regulars_us

    FILTER visitct => 5 ALIAS regulars

    FILTER email ILIKE "*@example.com" ALIAS staff

Good::

    FILTER AND (visitct > 5, country = "US") ALIAS regulars_us

    FILTER visitct >= 5 ALIAS regulars

    FILTER email LIKE "*@example.com" ALIAS staff
"""
