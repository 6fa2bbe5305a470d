"""What the account holds, in DuckDB: one file a kind of thing, none of which knows of HTTP."""
