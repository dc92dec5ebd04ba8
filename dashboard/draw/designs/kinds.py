"""What the public pays for: own places, places bought, care outside them, and later consequences."""

from collections.abc import Mapping

from dashboard.draw.bars import Breakdown, Part, Parts, draw_costs
from dashboard.draw.chart import Chart
from dashboard.draw.theme import Theme
from dashboard.say.measure_words import estimate_of
from sim.economics import RUNNING_PARTS
from sim.experiment import Comparison, Results
from sim.texts import Texts

KIND_PARTS = tuple(Part(kind, "parts", number) for number, kind in enumerate(("own", "bought", "outside", "later")))


def draw_kinds(results: Results, texts: Texts, theme: Theme) -> Chart:
    """Draw what the public cost a year is made of, a bar for each design."""
    whole = Breakdown("cost_kinds", "cost_per_year", kind_costs(results), KIND_PARTS)
    return draw_costs("kinds", whole, texts, theme)


def kind_costs(results: Results) -> Parts:
    """Find what each kind of cost comes to; they add up to the public cost [DKK/year]."""
    return {name: _kinds(comparison) for name, comparison in results.designs.items()}


def _kinds(comparison: Comparison) -> Mapping[str, float]:
    places, public, later = (
        estimate_of(comparison, f"{word}_per_year").mean for word in ("cost", "public_cost", "later_cost")
    )
    running = (estimate_of(comparison, f"cost_{part}_per_year") for part in RUNNING_PARTS)
    own = sum(estimate.mean if estimate.n else 0.0 for estimate in running)  # nothing where there are no own places
    return {"own": own, "bought": places - own, "outside": public - places - later, "later": later}
