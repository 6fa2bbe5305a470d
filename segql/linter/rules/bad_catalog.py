"""A catalog, the list of the fields that profiles have, cannot be read.

The file is no JSON or TOML, a field in it has no name or stands there twice, or its type is none
that the vendor has. What is known of the fields decides which operators and values are right, and
so a catalog is used as a whole or not at all. The place is the key or value that is wrong, and a
misspelt one is shown with the one that is near. The examples are texts of `catalog.user.json`.

Bad::

    {"fields": [{"name": "visitct", "type": "integr"}]}

    {"fields": [{"name": "visitct", "type": "int"}, {"name": "visitct", "type": "string"}]}

    {"fields": [{"type": "int"}]}

Good::

    {"fields": [{"name": "visitct", "type": "int"}]}

    {"table": "content", "fields": [{"name": "topics", "type": "[]string"}]}
"""
