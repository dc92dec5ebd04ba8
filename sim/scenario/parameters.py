"""Where the numbers come from: default, plausible range, source and strength of each parameter."""

import csv
import io
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

PARAMETER_PATHS: Mapping[str, str] = {
    "demand.need_per_year": "need_per_year",
    "demand.found_share": "found_share",
    "demand.offered_share.municipal": "offered_share_municipal",
    "demand.offered_share.state": "offered_share_public",
    "demand.offered_share.regional": "offered_share_public",
    "demand.awareness.start": "awareness_start",
    "demand.awareness.ramp_up_years": "ramp_up_years",
    "demand.trend_per_year": "trend_per_year",
    "demand.year_variation": "year_variation",
    "demand.gestation_at_referral_weeks.normal.mean": "gestation_at_referral_mean",
    "demand.gestation_at_referral_weeks.normal.sd": "gestation_at_referral_sd",
    "demand.birth_week.normal.mean": "birth_week_mean",
    "demand.birth_week.normal.sd": "birth_week_sd",
    "demand.loss_probability": "loss_probability",
    "demand.household.alone": "household_alone",
    "demand.household.partner": "household_partner",
    "demand.household.children": "household_children",
    "acceptance.base": "acceptance_base",
    "acceptance.free_minutes": "acceptance_free_minutes",
    "acceptance.decay_per_hour": "acceptance_decay_per_hour",
    "acceptance.family_odds_ratio": "family_odds_ratio",
    "acceptance.asked_again.share": "asked_again_share",
    "acceptance.asked_again.after_days": "asked_again_days",
    "waiting.visitation_days.constant.value": "visitation_days",
    "waiting.patience_days": "patience_daily_loss",
    "waiting.past_birth_share": "past_birth_share",
    "stay.days": "stay_after_birth",
    "stay.early_leaving_days.weibull.shape": "early_leaving_shape",
    "stay.early_leaving_days.weibull.scale": "early_leaving_scale",
    "stay.after_loss_days": "after_loss_days",
    "stay.detention_share": "contract_share",
    "stay.housing_days.constant.value": "housing_days",
    "designs.*.turnaround_days": "turnaround_days",
    "designs.*.pools.*.turnaround_days": "turnaround_days",
    "designs.*.ramp_up.start": "unit_ramp_up_start",
    "designs.*.ramp_up.years": "unit_ramp_up_years",
    "designs.*.closing_notice_days": "closing_notice_days",
    "designs.*.pools.*.ramp_up.start": "unit_ramp_up_start",
    "designs.*.pools.*.ramp_up.years": "unit_ramp_up_years",
    "designs.*.pools.*.closing_notice_days": "closing_notice_days",
    "designs.*.pools.*.places": "family_places_per_unit",
    "designs.*.external.after_days": "external_after_days",
    "designs.*.external.variation": "external_variation",
    "designs.*.external.minutes": "external_minutes",
    "designs.*.flexible.lead_days": "lead_days",
    "designs.*.flexible.close_after_idle_days": "close_after_idle_days",
    "designs.*.flexible.min_open_days": "min_open_days",
    "designs.*.flexible.failure_probability": "open_failure_probability",
    "designs.*.pools.*.flexible.lead_days": "lead_days",
    "designs.*.pools.*.flexible.close_after_idle_days": "close_after_idle_days",
    "designs.*.pools.*.flexible.min_open_days": "min_open_days",
    "designs.*.pools.*.flexible.failure_probability": "open_failure_probability",
    "economics.place_price": "place_day_specialised",
    "economics.discount_rate": "discount_rate",
    "economics.reference.places": "family_places_per_unit",
    "economics.reference.occupancy": "reference_occupancy",
    "economics.running.fixed_share": "fixed_cost_share",
    "economics.running.unit_share": "unit_cost_share",
    "economics.running.closed_place_share": "closed_place_cost_share",
    "economics.running.closed_building_part": "closed_building_part",
    "economics.running.startup_months": "startup_months",
    "economics.running.opening_days": "opening_days",
    "economics.running.flexible_premium": "flex_staff_premium",
    "economics.running.released_premium": "released_premium",
    "economics.running.left_work_share": "left_work_share",
    "economics.running.released_readiness_share": "released_readiness_share",
    "economics.running.staff_per_place": "staff_per_place",
    "economics.running.posts_per_awake": "posts_per_awake",
    "economics.running.closing_months": "closing_months",
    "economics.capital.per_place": "capital_per_place",
    "economics.capital.years": "capital_years",
    "economics.unit_prices.ambulatory": "unit_ambulatory",
    "economics.unit_prices.home_support": "unit_home_support",
    "economics.unit_prices.family_treatment": "unit_family_treatment",
    "economics.coordinated_share": "fallback_coordinated_share",
    "economics.completion.residential": "completion_residential",
    "economics.completion.otherwise": "completion_left_early",
    "economics.later_cost.completed": "later_cost_completed",
    "economics.later_cost.not_completed": "later_cost_not_completed",
    "economics.municipal_share_later.completed": "municipal_share_later_completed",
    "economics.municipal_share_later.not_completed": "municipal_share_later_not_completed",
    "economics.region_share_of_rest": "region_share_of_rest",
    "measures.minimum_volume": "minimum_volume",
}
"""Parameter behind each word, by path; `*` stands for any design or pool. Not to be changed."""


_PRICE_RISE = "price_index_"


class Parameter(NamedTuple):
    """A number of the model with where it comes from.

    Attributes
    ----------
    id : str
        Row of the table.
    meaning : str
        What it is.
    default : float
        What the program uses unless told otherwise, in `unit`.
    low, high : float or None
        Plausible range; None where none is stated.
    unit : str
        Unit.
    strength : str
        What the number rests on: documents, literature or assumption.
    why : str
        The source, or why it is assumed.
    """

    id: str
    meaning: str
    default: float
    low: float | None
    high: float | None
    unit: str
    strength: str
    why: str

    @property
    def is_share(self) -> bool:
        """Whether it runs from 0 to 1."""
        return self.unit.startswith(("share", "probability"))


@lru_cache(maxsize=1)
def load_parameters() -> Mapping[str, Parameter]:
    """Load the table of parameters.

    Returns
    -------
    mapping of str to Parameter
        By id, in the order of the table. Not to be changed.
    """
    text = (resources.files("sim.scenario") / "data" / "parameters.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {row["id"]: _parameter(row) for row in rows}


def parameter_of(path: str) -> Parameter | None:
    """Find the parameter behind a word.

    Parameters
    ----------
    path : str
        As in sweeps: `demand.need_per_year`, `designs[0].turnaround_days`, `designs.north.pools.a.places`.

    Returns
    -------
    Parameter or None
        None where the word has no row in the table.
    """
    general = re.sub(r"\[\d+\]", ".*", path)
    for pattern, parameter in PARAMETER_PATHS.items():
        if general == pattern or re.fullmatch(re.escape(pattern).replace(r"\*", r"[^.]+"), general):
            return load_parameters()[parameter]
    return None


def price_years() -> tuple[int, int]:
    """Find the years the price index covers.

    Returns
    -------
    first, last : int
        The year before the first rise in the table of parameters, and the year of the last.
    """
    rises = [int(name.removeprefix(_PRICE_RISE)) for name in load_parameters() if name.startswith(_PRICE_RISE)]
    return min(rises) - 1, max(rises)


def _parameter(row: Mapping[str, str]) -> Parameter:
    return Parameter(
        id=row["id"],
        meaning=row["meaning"],
        default=float(row["default"]),
        low=float(row["low"]) if row["low"] else None,
        high=float(row["high"]) if row["high"] else None,
        unit=row["unit"],
        strength=row["strength"],
        why=row["why"],
    )
