"""Who pays: for places, or for everything."""

from dashboard.draw.bars import Breakdown, Part, Parts, draw_costs
from dashboard.draw.chart import Chart
from dashboard.draw.theme import Theme
from dashboard.say.measure_words import estimate_of
from sim.experiment import Results
from sim.scenario import PAYERS
from sim.texts import Texts

PAYER_PARTS = tuple(Part(payer, "payers", number) for number, payer in enumerate(PAYERS))


def draw_payers(results: Results, texts: Texts, theme: Theme, *, is_public: bool = False) -> Chart:
    """Draw what each payer pays a year; if public, with care outside a place and later consequences."""
    costs = payer_costs(results, is_public=is_public)
    whole = Breakdown("public_payers" if is_public else "payers", "cost_per_year", costs, PAYER_PARTS)
    return draw_costs("public-payers" if is_public else "payers", whole, texts, theme)


def payer_costs(results: Results, *, is_public: bool = False) -> Parts:
    """Find what each payer pays [DKK/year]."""
    prefix = "public_cost_" if is_public else "cost_"
    return {
        name: {payer: estimate_of(comparison, prefix + payer).mean for payer in PAYERS}
        for name, comparison in results.designs.items()
    }
