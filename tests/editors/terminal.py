"""A terminal without a screen (tmux), and a picture of what it shows (HTML, through Chromium)."""

from __future__ import annotations

import html
import re
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.editors.conftest import editor

COLUMNS, ROWS = 96, 26
_CELL_WIDTH, _CELL_HEIGHT = 9, 20  # pixels, of a 15 pixel monospace font
_SGR = re.compile(r"\x1b\[([0-9;:]*)m")
_OTHER_ESCAPES = re.compile(r"\x1b(?:\([0B]|[\]P].*?\x1b\\|\[[0-9;?]*[A-Za-ln-z])")
# The sixteen colours that have a number only, as VS Code shows them.
_DIM = ("#000000", "#cd3131", "#0dbc79", "#e5e510", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5")
_BRIGHT = ("#666666", "#f14c4c", "#23d18b", "#f5f543", "#3b8eea", "#d670d6", "#29b8db", "#ffffff")
_BASE = (*_DIM, *_BRIGHT)
_PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 10px; background: {background}; }}
pre {{ margin: 0; font: 15px/{height}px "DejaVu Sans Mono", monospace; color: {foreground}; }}
</style><pre>{text}</pre>"""


class Terminal:
    """A program in a terminal of its own: keys go in, and the screen can be read."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str]) -> None:
        # A server of its own: the one of the terminal before may be ending still.
        self._server = tempfile.TemporaryDirectory(prefix="segql-tmux-")
        self._tmux = [editor("tmux"), "-S", f"{self._server.name}/socket", "-f", "/dev/null"]
        self._environment = environment
        size = ["-x", str(COLUMNS), "-y", str(ROWS)]
        self._run("new-session", "-d", *size, "-c", str(folder), "sleep", "3600")
        self._run("set-option", "-g", "default-terminal", "tmux-256color")
        self._run("set-option", "-g", "escape-time", "0")
        self._run("respawn-window", "-k", *command)

    def type(self, *keys: str) -> None:
        """Press keys, by the names that tmux has for them."""
        self._run("send-keys", *keys)

    def wait_for(self, text: str) -> None:
        """Wait until the screen shows a text, and is at rest."""
        end = time.monotonic() + 15
        before = ""
        while text not in (now := self.shown()) or now != before:
            if time.monotonic() > end:
                raise TimeoutError(f"the screen never shows {text!r}:\n{now}")
            before = now
            time.sleep(0.4)

    def shown(self, *options: str) -> str:
        """The text on the screen; with ``-e`` also its colours."""
        return self._run("capture-pane", "-p", *options)

    def close(self) -> None:
        """End the program."""
        self._run("kill-server")
        self._server.cleanup()

    def _run(self, *arguments: str) -> str:
        command = [*self._tmux, *arguments]
        done = subprocess.run(command, env=self._environment, capture_output=True, timeout=20)
        return done.stdout.decode()


def picture(colours: str, file: Path, foreground: str, background: str) -> None:
    """Write a screen with its escape sequences as PNG."""
    page = file.with_suffix(".html")
    text = to_html(colours)
    values = {"foreground": foreground, "background": background, "height": _CELL_HEIGHT}
    page.write_text(_PAGE.format(text=text, **values), "utf-8")
    width, height = COLUMNS * _CELL_WIDTH + 24, ROWS * _CELL_HEIGHT + 20
    command = [
        editor("chromium"),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
    ]
    command += [f"--window-size={width},{height}", f"--screenshot={file}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    page.unlink()


def to_html(text: str) -> str:
    """Escape sequences as spans with styles."""
    style, found = Style(), []
    at = 0
    text = _OTHER_ESCAPES.sub("", text)
    for match in _SGR.finditer(text):
        found.append(style.span(text[at : match.start()]))
        style = style.after(match[1])
        at = match.end()
    return "".join([*found, style.span(text[at:])])


class Style(NamedTuple):
    """How the next characters look."""

    foreground: str = ""
    background: str = ""
    bold: bool = False
    italic: bool = False
    underline: str = ""
    reverse: bool = False

    def span(self, text: str) -> str:
        """A text in this style, as HTML."""
        if not text:
            return ""
        front, back = self.foreground or "inherit", self.background
        if self.reverse:
            front, back = back or "#14161b", self.foreground or "#c5c8c6"
        css = [f"color:{front}"]
        css += [f"background:{back}"] if back else []
        css += ["font-weight:bold"] if self.bold else []
        css += ["font-style:italic"] if self.italic else []
        css += [f"text-decoration:underline {self.underline}"] if self.underline else []
        return f'<span style="{";".join(css)}">{html.escape(text)}</span>'

    def after(self, parameters: str) -> Style:
        """The style after an SGR sequence (ECMA-48, and what terminals added)."""
        style = self
        codes = parameters.split(";") if parameters else ["0"]
        while codes:
            code, *rest = codes.pop(0).split(":")
            match int(code or 0):
                case 0:
                    style = Style()
                case 1:
                    style = style._replace(bold=True)
                case 3:
                    style = style._replace(italic=True)
                case 4:
                    kind = rest[0] if rest else "1"
                    look = {"0": "", "1": "solid", "3": "wavy"}.get(kind, "dotted")
                    style = style._replace(underline=look)
                case 7:
                    style = style._replace(reverse=True)
                case 22:
                    style = style._replace(bold=False)
                case 23:
                    style = style._replace(italic=False)
                case 24:
                    style = style._replace(underline="")
                case 27:
                    style = style._replace(reverse=False)
                case 38 | 48 | 58 as kind:
                    colour = _colour([c for c in rest if c] or codes)
                    if kind != 58:
                        place = "foreground" if kind == 38 else "background"
                        style = style._replace(**{place: colour})
                case 39:
                    style = style._replace(foreground="")
                case 49:
                    style = style._replace(background="")
                case number if 30 <= number % 60 < 38 or 40 <= number % 60 < 48:
                    style = style._with_base(number)
                case _:
                    pass
        return style

    def _with_base(self, number: int) -> Style:
        bright = 8 if number >= 90 else 0
        tens, colour = divmod(number - (60 if bright else 0), 10)
        value = _BASE[colour + bright]
        return self._replace(**{"foreground" if tens == 3 else "background": value})


def _colour(codes: list[str]) -> str:
    """The colour that the codes after 38, 48 or 58 name; they are taken from the list."""
    kind = codes.pop(0)
    if kind == "2":
        numbers = [int(codes.pop(0) or 0) for _ in range(min(len(codes), 3))]
        return "#" + "".join(f"{number:02x}" for number in numbers)
    index = int(codes.pop(0))
    if index < 16:
        return _BASE[index]
    if index >= 232:
        return "#" + f"{8 + 10 * (index - 232):02x}" * 3
    parts = ((index - 16) // 36, (index - 16) // 6 % 6, (index - 16) % 6)
    return "#" + "".join(f"{55 + 40 * part if part else 0:02x}" for part in parts)
