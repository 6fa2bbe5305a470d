"""A comment begins with `/*`, and nothing ends it.

All the rest of the file would be comment, and every segment in it would be gone without a word.
Comments of one line begin with `--`, `#` or `//` and need no end.

Bad::

    FILTER visitct > 5 /* since the launch ALIAS regulars

    /* Whoever comes often.
    FILTER visitct > 5 ALIAS regulars

Good::

    FILTER visitct > 5 /* since the launch */ ALIAS regulars

    -- Whoever comes often.
    FILTER visitct > 5 ALIAS regulars
"""
