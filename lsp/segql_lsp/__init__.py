"""The language server: a thin translation between the protocol and the toolkit's pure core."""
