"""A setting in `segql.toml`, or below `[tool.segql]` in `pyproject.toml`, cannot be used.

The file is no TOML, a key is misspelt, or a value is of another type than the setting's. What can
be used of the file is used, and for the rest the defaults hold: what is found may not be what was
asked for. Commands that write stop instead. The examples are texts of `segql.toml`.

Bad::

    exclud = ["drafts/"]

    line-length = "88"

    ignore = ["LOGIC"]

    exclude = ["drafts/"

Good::

    exclude = ["drafts/"]

    line-length = 100
    ignore = ["LOG005", "slug-style"]
    extend-select = ["STY"]
"""
