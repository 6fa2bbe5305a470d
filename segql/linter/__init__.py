"""Check texts: what is wrong in each, and what is wrong between them."""

from segql.linter.runner import check_files, check_text

__all__ = ["check_files", "check_text"]
