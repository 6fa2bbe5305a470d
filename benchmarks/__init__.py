"""How fast segql reads and formats, beside SQL tools that do the same with the same predicates."""
