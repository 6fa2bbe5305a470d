"""Spark on this machine. What it needs and does not find is an error: nothing would be tested."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.compiler.sql.profiles import Profiles

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@pytest.fixture(scope="session")
def session() -> Iterator[SparkSession]:
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=f"{home}/bin" if home else None) is None:
        where = f"in JAVA_HOME, {home}" if home else "on the PATH"
        raise FileNotFoundError(f"there is no `java` {where}: Spark needs Java 17 or newer")
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("segql")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("ERROR")
    yield started
    started.stop()


class Table:
    """Profiles in Spark."""

    def __init__(self, session: SparkSession, path: Path) -> None:
        self.session, self.path = session, path

    def hold(self, profiles: Profiles) -> None:
        """Have the same profiles as a table in DuckDB, in columns of the same types."""
        profiles.write(self.path)

    def ask(self, conditions: Iterable[str]) -> list[list[bool]]:
        """Of each condition: for which profiles it is true, in their order. One query."""
        columns = [f"({condition}) AS c{i}" for i, condition in enumerate(conditions)]
        held = self.session.read.parquet(str(self.path))
        rows = held.orderBy("row").selectExpr(*columns).collect()
        return [list(column) for column in zip(*rows, strict=True)]

    def values(self, expressions: Iterable[str]) -> list[str]:
        """What expressions give that need no table, as texts."""
        columns = [f"CAST({text} AS STRING) AS c{i}" for i, text in enumerate(expressions)]
        (row,) = self.session.range(1).selectExpr(*columns).collect()
        return list(row)


@pytest.fixture
def spark(session: SparkSession, tmp_path: Path) -> Table:
    return Table(session, tmp_path / "profiles.parquet")
