"""Check texts: what is wrong in each, and what is wrong between them."""

from typing import TYPE_CHECKING

from segql._lazy import lazily

if TYPE_CHECKING:
    from segql.linter.runner import check_files, check_text

_PLACES = {"check_files": "runner.check_files", "check_text": "runner.check_text"}

__all__ = ["check_files", "check_text"]

__getattr__ = lazily(__name__, _PLACES)
