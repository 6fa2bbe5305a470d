"""Write the pages of the rules: ``python -m segql.linter.publish FOLDER``.

With ``--check`` nothing is written: the exit code is 1 when a page is not what the rules say.
"""

from __future__ import annotations

import sys
from pathlib import Path

from segql.diagnostics.codes import CODES, FAMILIES
from segql.linter.pages import EXAMPLE_FIELDS, markdown, page

_HEADER = "<!-- Generated from segql/linter/rules: do not edit. Renew with `make generate`. -->\n\n"
_INTRODUCTION = """\
# Rules

What `segql check` looks for. A rule that is *off* is asked when it is selected, as in
`segql check --extend-select STY`; `*` marks rules of whose problems some come with a fix.

The examples of the pages speak of a table with these fields: {fields}.
"""


def pages() -> dict[str, str]:
    """The files, by their names."""
    found = {f"{code.code}.md": _HEADER + markdown(page(code)) for code in CODES.values()}
    return {"README.md": _HEADER + _index(), **found}


def main(arguments: list[str]) -> int:
    """Write the files, or compare them; return the exit code."""
    is_check = "--check" in arguments
    folder = Path(next(argument for argument in arguments if argument != "--check"))
    texts = pages()
    stale = {path for path in folder.glob("*.md") if path.name not in texts}
    wrong = [name for name, text in texts.items() if not _same(folder / name, text)]
    if is_check:
        for name in (*wrong, *(path.name for path in stale)):
            print(f"{folder / name}: not what the rules say; run `make generate`")
        return 1 if wrong or stale else 0
    folder.mkdir(parents=True, exist_ok=True)
    for name in wrong:
        (folder / name).write_text(texts[name], encoding="utf-8")
    for path in stale:
        path.unlink()
    return 0


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _index() -> str:
    fields = ", ".join(f"`{name}` {kind}" for name, kind in EXAMPLE_FIELDS.items())
    return _INTRODUCTION.format(fields=fields) + "".join(map(_family, FAMILIES))


def _family(family: str) -> str:
    rows = [
        f"| [{code.code}]({code.code}.md) | {code.name} {'*' if code.is_fixable else ''} | "
        f"{code.severity}{'' if code.is_default else ', off'} | {code.summary} |"
        for code in CODES.values()
        if code.family == family
    ]
    return "\n".join(
        [f"\n## {FAMILIES[family]}\n", "| code | name | | |", "|---|---|---|---|", *rows, ""]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
