"""Coverage-guided fuzzing with atheris: ``python -m tests.fuzz.atheris_texts [libFuzzer options]``.

Whatever bytes come in: reading never raises, and what has no mistake is formatted, compiled into
the API's tree, and read back from it. ``-max_total_time=60`` is the option people want.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["segql", "segql_grammar"]):
    from segql.compiler import CompileError, compile_statement, from_api_tree, to_api_tree
    from segql.formatter import format_text
    from segql.linter import check_text
    from tests.texts import check


def try_text(data: bytes) -> None:
    """One text of the fuzzer."""
    text = data.decode("utf-8", "replace")
    parsed = check(text)
    check_text(text)
    if parsed.has_errors:
        return
    written = format_text(text)
    assert format_text(written) == written
    for statement in parsed.statements:
        tree = to_api_tree(statement.filter)
        assert to_api_tree(from_api_tree(tree)) == tree
        try:
            compile_statement(statement)
        except CompileError as error:
            if not error.diagnostics:
                raise


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_text)
    atheris.Fuzz()
