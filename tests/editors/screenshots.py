"""The pictures of docs/images, made anew: ``python -m tests.editors.screenshots [NAME...]``.

Each scene opens a file of examples/ in a real editor and presses keys; what the terminal shows in
the end becomes a PNG.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.editors.conftest import DOCS, editor
from tests.editors.terminal import Terminal, picture

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs/images"
SCHEMES = {
    "neovim": ("#e0e2ea", "#14161b"),
    "emacs": ("#ffffff", "#000000"),
    "helix": ("#a4a0e8", "#3b224c"),
}
NEOVIM = """
vim.o.number = true
vim.o.hlsearch = false
vim.o.completeopt = "menuone,noselect,popup"
vim.diagnostic.config({ virtual_text = true })
"""
EMACS = """
(setq inhibit-startup-screen t warning-minimum-level :error)
(menu-bar-mode -1)
(load-theme 'modus-vivendi t)
(add-to-list 'load-path "%s")
(package-initialize)
(require 'segql-mode)
(add-hook 'segql-mode-hook #'eglot-ensure)
"""
HELIX = """
[editor]
end-of-line-diagnostics = "hint"
inline-diagnostics.cursor-line = "hint"
lsp.display-inlay-hints = true
"""


class Press(NamedTuple):
    """Keys, by the names that tmux has for them; a text stands for its letters."""

    keys: tuple[str, ...]


class Scene(NamedTuple):
    """What is done before the picture is taken: keys are pressed, texts are waited for."""

    file: str
    steps: tuple[Press | str, ...]


def press(*keys: str) -> Press:
    return Press(keys)


# In Helix nothing tells that the server is there, but problems.
CAMPAIGNS_IN_HELIX = (
    "a field or a value",
    press(":buffer-close", "Enter", ":open audiences/campaigns.segql", "Enter"),
    "UTC",
)
SCENES = {
    "neovim/diagnostics": Scene(
        "broken/half_written.segql",
        ("a field or a value", press("4gg"), press("C-w", "d"), "help:"),
    ),
    "neovim/completion": Scene(
        "audiences/campaigns.segql",
        (
            "UTC",  # an inlay hint: the server is there
            press("/cart_items", "Enter", "O"),
            press("INCLUDE "),
            "Customers at risk",
            press("C-n", "C-n"),
            "lifecycle",
        ),
    ),
    "neovim/hover": Scene(
        "audiences/campaigns.segql",
        ("UTC", press("/vip_at_risk", "Enter"), press("K"), "VIP customers at risk"),
    ),
    "emacs/diagnostics": Scene(
        "broken/half_written.segql",
        ("Connected!", press("M-x", "flymake-show-buffer-diagnostics", "Enter"), "SYN002"),
    ),
    "emacs/completion": Scene(
        "audiences/campaigns.segql",
        (
            "Connected!",
            press("C-s", "cart_items", "Enter", "C-a", "C-o"),
            press("INCLUDE v", "C-M-i"),
            "VIP customers at risk",
        ),
    ),
    "emacs/hover": Scene(
        "audiences/campaigns.segql",
        (
            "Connected!",
            press("C-s", "vip_at_risk", "Enter", "C-b"),
            "VIP customers at risk",
            press("M-x", "eldoc-doc-buffer", "Enter"),
            "*eldoc",
        ),
    ),
    "helix/diagnostics": Scene(
        "broken/half_written.segql", ("a field or a value", press("]d"), "help:")
    ),
    "helix/completion": Scene(
        "broken/half_written.segql",
        (
            *CAMPAIGNS_IN_HELIX,
            press("/cart_items", "Enter", "O"),
            *(press(letter) for letter in "INCLUDE "),  # Helix reorders changes that come at once
            "reference",
            press("C-n", "C-n"),
            "Reachable by email",
        ),
    ),
    "helix/hover": Scene(
        "broken/half_written.segql",
        (*CAMPAIGNS_IN_HELIX, press("/vip_at_risk", "Enter"), press(" k"), "VIP customers at risk"),
    ),
}


def take(name: str) -> None:
    """Play a scene in a home of its own, and take its picture."""
    program, scene = name.split("/")[0], SCENES[name]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shop = home / "shop"
        shutil.copytree(ROOT / "examples", shop)
        terminal = Terminal(prepared(program, home, scene.file), shop, environment(home))
        try:
            for step in scene.steps:
                if isinstance(step, Press):
                    terminal.type(*step.keys)
                else:
                    terminal.wait_for(step)
            colours = terminal.shown("-e")
        finally:
            terminal.close()
    file = IMAGES / f"{name}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    picture(colours, file, *SCHEMES[program])


def prepared(program: str, home: Path, file: str) -> list[str]:
    """Install the files of the docs, with few settings; the command that opens a file."""
    if program == "neovim":
        package = home / ".local/share/nvim/site/pack/segql/start/segql"
        shutil.copytree(DOCS / "neovim", package)
        settings = home / ".config/nvim/init.lua"
        text, command = NEOVIM, ["nvim"]
    elif program == "helix":
        shutil.copytree(DOCS / "helix", home / ".config/helix")
        settings = home / ".config/helix/config.toml"
        text, command = HELIX, ["hx"]
    else:
        settings = home / ".emacs"
        text, command = EMACS % (DOCS / "emacs"), ["emacs", "-nw"]
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(text, "utf-8")
    return [editor(command[0]), *command[1:], file]


def environment(home: Path) -> dict[str, str]:
    """A terminal with all colours, and segql on the path."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {"HOME": str(home), "PATH": path, "LANG": "C.UTF-8", "COLORTERM": "truecolor"}


if __name__ == "__main__":
    for chosen in sys.argv[1:] or SCENES:
        take(chosen)
        print(IMAGES / f"{chosen}.png")
