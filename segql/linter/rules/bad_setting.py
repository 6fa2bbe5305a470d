"""A setting in `segql.toml`, or below `[tool.segql]` in `pyproject.toml`, cannot be used.

The file is no TOML, a key is misspelt, or a value is of another type than the setting's. Nothing is
checked then: with half of the settings the result would look right and be wrong. The message names
the file and the key, and the setting that is near a misspelt one.

For example `exclud = ["drafts/"]` should be `exclude = ["drafts/"]`, and `line-length = "88"`
should be `line-length = 88`.
"""
