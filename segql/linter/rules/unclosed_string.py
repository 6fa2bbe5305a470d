r"""A text begins with a quotation mark, and no other one ends it.

Texts may go over several lines, so that one forgotten mark would turn all texts behind it inside
out. Where that is the likelier reading, a text is taken to end with its line, and only the
forgotten mark is reported.

A backslash before the closing mark belongs to the mark: `"C:\"` goes on. No text can end in a
backslash, here and on the server.

Bad::

    FILTER city = "Portland ALIAS portland

    FILTER AND (
        city = "Portland,
        country = "US",
    )
    ALIAS portland_us

    FILTER name = "C:\" ALIAS drives

Good::

    FILTER city = "Portland" ALIAS portland

    FILTER name LIKE "C:?" ALIAS drives
"""
