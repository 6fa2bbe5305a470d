"""The toolkit for SegmentQL, the language of audience segments.

The names below are public and stable. The rooms behind them can be used too:
`segql.syntax` (the tree), `segql.workspace`, `segql.linter`, `segql.api`, `segql.emulator`.
"""

from segql._version import __version__
from segql.compiler import ApiTreeError, CompileError, from_api_tree, to_api_tree
from segql.compiler import compile_statement as compile
from segql.diagnostics import Diagnostic, Edit, Fix
from segql.formatter import FormatError
from segql.formatter import format_text as format
from segql.linter import check_text as check
from segql.source import SourceFile, Span
from segql.syntax.nodes import Statement
from segql.syntax.parser import ParsedFile, parse

__all__ = [
    "ApiTreeError",
    "CompileError",
    "Diagnostic",
    "Edit",
    "Fix",
    "FormatError",
    "ParsedFile",
    "SourceFile",
    "Span",
    "Statement",
    "__version__",
    "check",
    "compile",
    "format",
    "from_api_tree",
    "parse",
    "to_api_tree",
]
