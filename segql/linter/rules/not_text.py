"""The bytes of the file are no UTF-8 text, and so nothing in it can be read.

Files of segments are UTF-8, with a byte order mark or without. Old editors save Latin-1, where an
`é` is one byte; some spreadsheets save UTF-16, which is full of NUL bytes. Replacing what cannot be
read would change the values that profiles are compared with. Save the file again as UTF-8.

Bad::

    FILTER name = "Ren\udce9" ALIAS rene

    F\0I\0L\0T\0E\0R\0 \0v\0i\0s\0i\0t\0s\0

Good::

    FILTER name = "René" ALIAS rene

    FILTER visitct > 5 ALIAS regulars
"""
