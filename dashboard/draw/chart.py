"""A chart: the picture, what it says in a sentence, and the numbers behind it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboard.say.measure_words import Estimate, measure_label, raw_unit
from sim.texts import Texts


class Chart(NamedTuple):
    """What is shown as one chart."""

    name: str  # on its page; part of the file name of what is downloaded
    figure: go.Figure
    sentence: str  # for those who cannot see the picture
    frame: Callable[[], pd.DataFrame] = pd.DataFrame  # makes the numbers when they are asked for; none in a report


def build_table(rows: Iterable[Mapping[str, object]], words: Sequence[str], texts: Texts) -> pd.DataFrame:
    """Tabulate rows given by the words of ``figures.column``; the columns are named in the reader's language."""
    columns = [texts(f"figures.column.{word}") for word in words]
    return pd.DataFrame([[row.get(word) for word in words] for row in rows], columns=columns)


def estimate_row(estimate: Estimate, measure: str, texts: Texts, **names: object) -> dict[str, object]:
    """Make a row for `build_table`: an estimate as it stands in results, its measure and unit, and whose it is."""
    about = {"measure": measure_label(measure, texts), "unit": raw_unit(measure, texts)}
    return {**names, **about, **estimate._asdict()}
