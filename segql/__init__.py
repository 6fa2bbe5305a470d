"""The toolkit for SegmentQL, the language of audience segments.

The names below are public and stable. The rooms behind them can be used too:
`segql.syntax` (the tree), `segql.catalog`, `segql.workspace`, `segql.linter`, `segql.api`,
`segql.emulator`.
"""

from typing import TYPE_CHECKING

from segql._lazy import lazily
from segql._version import __version__

if TYPE_CHECKING:
    from segql.compiler import ApiTreeError, CompileError, from_api_tree, to_api_tree
    from segql.compiler import compile_statement as compile
    from segql.diagnostics import Diagnostic, Edit, Fix
    from segql.evaluator import Verdict, compile_predicate, evaluate
    from segql.formatter import FormatError
    from segql.formatter import format_text as format
    from segql.linter import check_text as check
    from segql.source import SourceFile, Span
    from segql.syntax.nodes import Statement
    from segql.syntax.parser import ParsedFile, parse

_PLACES = {
    "ApiTreeError": "compiler.reading.ApiTreeError",
    "CompileError": "compiler.payload.CompileError",
    "Diagnostic": "diagnostics.Diagnostic",
    "Edit": "diagnostics.Edit",
    "Fix": "diagnostics.Fix",
    "FormatError": "formatter.FormatError",
    "ParsedFile": "syntax.parser.ParsedFile",
    "SourceFile": "source.SourceFile",
    "Span": "source.Span",
    "Statement": "syntax.nodes.Statement",
    "Verdict": "evaluator.predicate.Verdict",
    "check": "linter.check_text",
    "compile": "compiler.payload.compile_statement",
    "compile_predicate": "evaluator.predicate.compile_predicate",
    "evaluate": "evaluator.predicate.evaluate",
    "format": "formatter.format_text",
    "from_api_tree": "compiler.reading.from_api_tree",
    "parse": "syntax.parser.parse",
    "to_api_tree": "compiler.api_tree.to_api_tree",
}

_ROOMS = (
    *("api", "catalog", "compiler", "deploy", "diagnostics", "emulator", "evaluator"),
    *("formatter", "linter", "profiles", "source", "syntax", "workspace"),
)

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
    "Verdict",
    "__version__",
    "check",
    "compile",
    "compile_predicate",
    "evaluate",
    "format",
    "from_api_tree",
    "parse",
    "to_api_tree",
]

__getattr__ = lazily(__name__, _PLACES, _ROOMS)
