"""The wheel works where there is nothing but Python."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    (built,) = folder.glob("segql-*.whl")
    return built


def test_it_holds_the_three_packages_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"segql", "segql_lsp", "segql_grammar"}
    assert "segql_grammar/segmentql.lark" in names
    assert {"segql/py.typed", "segql_lsp/py.typed", "segql_grammar/py.typed"} <= set(names)


def test_it_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)

    (tmp_path / "a.segql").write_text("filter visitct>5 alias active", encoding="utf-8")
    segql = str(environment / "bin" / "segql")
    done = subprocess.run([segql, "check", "."], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "1 file checked, nothing found.\n")
    done = subprocess.run([segql, "format", "."], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0
    text = (tmp_path / "a.segql").read_text(encoding="utf-8")
    assert text == "FILTER visitct > 5 ALIAS active\n"

    # What belongs to an extra says how to get it.
    done = subprocess.run([segql, "lsp"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert 'pip install "segql[lsp]"' in done.stderr
    assert "Traceback" not in done.stderr
