"""Findings of all kinds, for the tests of the reports."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from segql.diagnostics import CODES, Diagnostic, Edit, Fix, diagnostic
from segql.diagnostics.reports import Findings
from segql.source import SourceFile, Span

NAMES = sorted(CODES)
PATHS = (
    *("a.segql", "deep/er/a.segql", "../a.segql", "/abs/a.segql", "with space.segql", "ü/日本 🙂"),
    *("a:b.segql", "a,b=c.segql", "100%.segql", "%41.segql", "#a?b&c.segql", "\"<a>'.segql"),
    *("new\nline\r.segql", "tab\t.segql", "esc\x1b[31m\x00\x85\u2028.segql", "\u202e.segql"),
    *("x\udcff.segql", "\udcc3\udca9.segql", "\ud800.segql", "\udfff\ud800.segql", "\uffff.segql"),
    *("C:\\Users\\me\\a.segql", "C:/Users/a.segql", "\\\\host\\share\\a.segql", "//host/a.segql"),
    *("::error::a.segql", "]]>.segql", " a ", ".", "/", "-", "<stdin>", ""),
)


def found(
    text: str,
    start: int = 0,
    end: int | None = None,
    path: str | None = "a.segql",
    name: str = "bad-character",
    message: str = "what",
    help: str = "do this",
    fix: Fix | None = None,
) -> Findings:
    """One problem in one text; up to its end, if nothing else is said."""
    end = len(text) if end is None else end
    return [(SourceFile(text, path), [diagnostic(name, start, end, message, help, fix)])]


def count(findings: Findings) -> int:
    return sum(len(problems) for _, problems in findings)


# What the formats give a meaning to, and halves of surrogate pairs, which no encoding takes; beside
# them every character that a text of Python can hold.
_MARKS = (
    *("\n", "\r\n", "\r", "\t", "%0A", "::", "{0}", "}", "]]>", "&amp;", "<!--", "](", "\x1b["),
    *("\ud800", "\udcff", "\0", "\ufffe", "🙂", "  ", "$"),
)
_CHARACTERS = st.characters(exclude_categories=())
texts = st.lists(st.one_of(st.sampled_from(_MARKS), st.text(_CHARACTERS, max_size=8)), max_size=6)
any_text = texts.map("".join)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    return Span(start, end)


@st.composite
def fixes(draw: st.DrawFn, text: str) -> Fix:
    places = draw(st.lists(spans(text), max_size=3))
    edits = tuple(Edit(place.start, place.end, draw(any_text)) for place in places)
    return Fix(draw(st.sampled_from(("safe", "unsafe"))), draw(any_text), edits)


@st.composite
def problems(draw: st.DrawFn, text: str) -> Diagnostic:
    name = draw(st.sampled_from(NAMES))
    return Diagnostic(
        code=CODES[name].code,
        name=name,
        severity=draw(st.sampled_from(("error", "warning", "info"))),
        message=draw(any_text),
        help=draw(any_text),
        span=draw(spans(text)),
        fix=draw(st.none() | fixes(text)),
    )


@st.composite
def files(draw: st.DrawFn) -> tuple[SourceFile, list[Diagnostic]]:
    text = draw(any_text)
    path = draw(st.none() | st.sampled_from(PATHS) | any_text)
    return SourceFile(text, path), draw(st.lists(problems(text), max_size=4))


any_findings = st.lists(files(), max_size=3)

# A schema takes long for each example: a tenth of the others in the long run.
with_schema = settings(max_examples=max(100, settings.default.max_examples // 10))
