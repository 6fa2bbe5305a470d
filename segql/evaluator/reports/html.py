"""An answer as a page that needs nothing else: no script, no other file."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from segql.evaluator.reports.rows import LEGEND, MARKS, WORDS, Answer, rows


def as_html(answer: Answer) -> Iterator[str]:
    """The page, part by part."""
    title = f"{escape(answer.segment)}: {WORDS[answer.trace.matched]}"
    yield _PAGE_BEGINS.format(title=title, now=f"{answer.now:%Y-%m-%d %H:%M:%S} UTC", style=_STYLE)
    for row in rows(answer.trace):
        kind = row.answer.replace(" ", "-") + (" decided" if row.decided else "")
        yield (
            f'<li class="{kind}" style="--depth: {row.depth}"><b title="{row.answer}">'
            f"{MARKS[row.answer]}</b> <code>{escape(row.phrase)}</code> "
            f"<span>{escape(row.notes)}</span></li>"
        )
    yield f"</ol>\n<p>The phrases on a coloured ground decided.</p>\n<p>{LEGEND}</p>\n</html>"


_STYLE = """\
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem }
ol { list-style: none; padding: 0 }
li { padding-left: calc(0.5rem + var(--depth) * 1.5rem) }
li span { opacity: 0.75 }
.match b { color: #2a8a3e } .no-match b { color: #c62828 } .cannot-be-evaluated b { color: #b26a00 }
.not-reached { opacity: 0.5 }
.decided { background: color-mix(in srgb, Highlight 18%, transparent) }"""
_PAGE_BEGINS = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}
</style>
<h1>{title}</h1>
<p>At {now}.</p>
<ol>"""
