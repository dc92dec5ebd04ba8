"""Pictures that the commands `forecast` and `warmup` write: one page of HTML each; the commands find them by name."""

from collections.abc import Sequence

from dashboard.draw.page import build_page
from dashboard.draw.places.forecast import draw_forecast
from dashboard.draw.places.warmup import draw_warmup
from sim.looks.forecast import Forecast
from sim.looks.past_forecasts import Observation
from sim.looks.warmup import Warmup, WarmupSeries
from sim.texts import Texts


def build_forecast_page(found: Forecast, design: str, counts: Sequence[Observation], texts: Texts) -> str:
    """Write the page of a forecast, with the counts made since."""
    title, notes = texts("figures.forecast.title", design=design), [texts("figures.forecast.note")]
    return build_page(draw_forecast(found, texts, design=design, observed=counts), texts, notes=notes, title=title)


def build_warmup_page(series: WarmupSeries, found: Warmup, texts: Texts) -> str:
    """Write the page of where the start is over."""
    title, notes = texts("figures.warmup.title", design=series.design), [texts("figures.warmup.note")]
    return build_page(draw_warmup(series, found, texts), texts, notes=notes, title=title)
