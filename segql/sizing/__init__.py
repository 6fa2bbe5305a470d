"""How many profiles are members of segments: all segments at once, in DuckDB."""

from typing import TYPE_CHECKING

from segql._lazy import lazily

if TYPE_CHECKING:
    from segql.sizing.loading import Source
    from segql.sizing.population import Population, Question

_PLACES = {
    "Population": "population.Population",
    "Question": "population.Question",
    "Source": "loading.Source",
}

__all__ = ["Population", "Question", "Source"]

__getattr__ = lazily(__name__, _PLACES)
