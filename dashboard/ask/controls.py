"""Controls: which words of a scenario can be moved, in which steps, and between which ends.

Takes a scenario. Gives its controls in the order of the story: the women, their answers, their stay, the money; those
of the places are in `design_controls`. A control is shown only where the scenario has its word. Ends are those of the
table of parameters, widened to round numbers where one may reasonably want to look beyond.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from dashboard.ask.question import Value, Words, value_at
from dashboard.ask.scales import SCALES, Conversion, left_within_a_year
from sim.scenario import FINANCINGS, Parameter, parameter_of, price_years
from sim.texts import Texts

GROUPS = ("women", "acceptance", "stay", "places", "money", "calculation")
"""Groups in the order of the story."""

EARLY_LEAVING = "stay.early_leaving_days.weibull.scale"


class Control(NamedTuple):
    """One control."""

    path: str  # word it changes
    group: str  # one of `GROUPS`
    scale: str = "number"  # name in `SCALES`, for sliders
    low: float = 0.0  # ends and steps, in the units shown; for sliders
    high: float = 100.0
    step: float = 1.0
    options: tuple[Value, ...] = ()  # what can be chosen; empty for sliders
    also: tuple[str, ...] = ()  # other words that get the same value
    is_main: bool = False  # whether it is shown at once, or among the others
    is_structural: bool = False  # whether other controls come or go with it
    label: str = ""  # a label of its own, as it stands; else that of its parameter or word

    @property
    def word(self) -> str:
        """Path without the names of designs and pools: `designs.places`."""
        parts = self.path.split(".")
        if parts[0] != "designs":
            return self.path
        known = [part for part in parts[2:] if part in _DESIGN_WORDS]
        return ".".join(["designs", *known])


_DESIGN_WORDS = {
    "places",
    "flexible",
    "max_places",
    "lead_days",
    "open_at_waiting",
    "keep_free",
    "close_after_idle_days",
    "min_open_days",
    "failure_probability",
    "financing",
    "discipline",
    "home_first",
    "family_places",
    "turnaround_days",
    "groups",
    "first",
    "external",
    "after_days",
    "minutes",
}

_STATE_OFFER, _REGION_OFFER = "demand.offered_share.state", "demand.offered_share.regional"

TABLE: tuple[Control, ...] = (
    Control("demand.need_per_year", "women", "women_per_year", 4, 200, 1, is_main=True),
    Control("demand.found_share", "women", "percent", 10, 100, 5, is_main=True),
    Control("demand.offered_share.municipal", "women", "percent", 0, 100, 5, is_main=True),
    Control(_STATE_OFFER, "women", "percent", 0, 100, 5, also=(_REGION_OFFER,), is_main=True),
    Control("demand.awareness.start", "women", "percent", 10, 100, 5),
    Control("demand.awareness.ramp_up_years", "women", "years", 0, 6, 0.5),
    Control("demand.trend_per_year", "women", "percent", -10, 15, 1),
    Control("demand.year_variation", "women", "percent", 0, 60, 5),
    Control("demand.regional_shares", "women", options=("women", "population", "births")),
    Control("demand.gestation_at_referral_weeks.normal.mean", "women", "weeks", 12, 32, 1),
    Control("demand.loss_probability", "women", "percent", 0, 40, 1),
    Control("acceptance.base", "acceptance", "percent", 5, 95, 5, is_main=True),
    Control("acceptance.decay_per_hour", "acceptance", "loss_per_hour", 0, 70, 2, is_main=True),
    Control("acceptance.free_minutes", "acceptance", "minutes", 0, 120, 10),
    Control("acceptance.family_odds_ratio", "acceptance", "ratio", 0.5, 4, 0.1),
    Control("acceptance.asked_again.share", "acceptance", "percent", 0, 100, 5),
    Control("acceptance.asked_again.after_days", "acceptance", "days", 0, 365, 15),
    Control("waiting.visitation_days.constant.value", "acceptance", "days", 0, 90, 7),
    Control("waiting.visitation_days.lognormal.mean", "acceptance", "days", 1, 92, 7),
    Control("waiting.patience_days.exponential.mean", "acceptance", "patience", 5, 240, 5, is_main=True),
    Control("waiting.past_birth_share", "acceptance", "percent", 0, 100, 5),
    Control("stay.days.uniform.low", "stay", "months_from_days", 0, 24, 1, is_main=True),
    Control("stay.days.uniform.high", "stay", "months_from_days", 0, 24, 1, is_main=True),
    Control(EARLY_LEAVING, "stay", "early_leaving", 5, 90, 5, is_main=True),
    Control("stay.anchor", "stay", options=("birth", "admission"), is_structural=True),
    Control("stay.after_loss_days", "stay", "days", 0, 60, 2),
    Control("stay.housing_days.constant.value", "stay", "days", 0, 180, 10),
    Control("stay.housing_days.lognormal.mean", "stay", "days", 10, 180, 10),
    Control("stay.detention_share", "stay", "percent", 0, 100, 5),
    Control("economics.financing", "money", options=FINANCINGS, is_main=True),
    Control("economics.place_price", "money", "dkk", 2000, 12000, 250, is_main=True),
    Control("economics.external_price", "money", "dkk", 2000, 12000, 250),
    Control("economics.running.closed_place_share", "money", "percent", 0, 60, 5, is_main=True),
    Control("economics.running.closed_building_part", "money", "percent", 0, 100, 5),
    Control("economics.running.flexible_premium", "money", "percent", 0, 60, 5),
    Control("economics.running.released_premium", "money", "percent", 0, 60, 5),
    Control("economics.running.left_work_share", "money", "percent", 0, 60, 5),
    Control("economics.running.released_readiness_share", "money", "percent", 0, 30, 1),
    Control("economics.running.fixed_share", "money", "percent", 30, 100, 5),
    Control("economics.running.unit_share", "money", "percent", 0, 60, 5),
    Control("economics.reference.occupancy", "money", "percent", 50, 100, 5),
    Control("economics.running.startup_months", "money", "months", 0, 12, 1),
    Control("economics.coordinated_share", "money", "percent", 0, 100, 5),
    Control("economics.completion.residential", "money", "percent", 0, 100, 1),
    Control("economics.completion.otherwise", "money", "percent", 0, 100, 1),
    Control("economics.discount_rate", "money", "fine_percent", 0, 6, 0.5),
    Control("economics.price_year", "money", options=tuple(range(price_years()[0], price_years()[1] + 1))),
    Control("measures.minimum_volume", "calculation", "women", 2, 30, 1, is_main=True),
    Control("horizon_years", "calculation", "whole_years", 2, 20, 1, is_main=True),
    Control("measure_from_year", "calculation", "number", 1, 10, 1),
)
"""Controls of every scenario, the places apart."""

NUMBER_OR_WORD: Mapping[str, tuple[str, ...]] = {
    "economics.place_price": ("specialised", "ordinary"),
    "economics.external_price": ("specialised", "ordinary"),
}
"""Words that hold a number or the name of a preset."""

OWN_NUMBER = {"economics.place_price": 5500, "economics.external_price": 3500, "demand.need_per_year": 75}
"""Number a slider begins with when a preset or a published estimate is left."""


def controls_of(words: Words, group: str) -> tuple[Control, ...]:
    """List the controls of a group, but for the places."""
    return tuple(
        control
        for control in TABLE
        if control.group == group
        and (control.path == "demand.need_per_year" or _fits(control, value_at(words, control.path)))
    )


def _fits(control: Control, value: Value) -> bool:
    if value is None or isinstance(value, dict):
        return False
    return not control.options or value in control.options


def scale_of_control(control: Control, words: Words) -> Conversion:
    """Find how a slider's values are shown."""
    if control.path == EARLY_LEAVING:
        shape = value_at(words, "stay.early_leaving_days.weibull.shape")
        return left_within_a_year(0.46 if shape is None else float(shape))
    return SCALES[control.scale]


def slider_values(control: Control, scale: Conversion, known: Sequence[float], texts: Texts) -> tuple[float, ...]:
    """List the values of a slider."""
    return _slider_values(control, scale, tuple(known), texts)


@lru_cache(maxsize=1024)
def _slider_values(control: Control, scale: Conversion, known: tuple[float, ...], texts: Texts) -> tuple[float, ...]:
    n_steps = round((control.high - control.low) / control.step)
    values = [scale.value(control.low + number * control.step) for number in range(n_steps + 1)]
    by_text = {scale.text(value, texts): value for value in (*values, *known)}  # a known value takes its twin's place
    return tuple(sorted(by_text.values(), key=scale.to_shown))


_DISTRIBUTIONS: Mapping[str, str] = {
    "stay.days": "stay.days",
    "stay.housing_days": "stay.housing_days.constant.value",
    "waiting.patience_days": "waiting.patience_days",
    "waiting.visitation_days": "waiting.visitation_days.constant.value",
}
"""Path of the row of the table of parameters behind a distribution, whatever its shape. Not to be changed."""


def parameter_behind(control: Control) -> Parameter | None:
    """Find the row of the table of parameters behind a control."""
    for word, known in _DISTRIBUTIONS.items():
        if control.path.startswith(f"{word}."):
            return parameter_of(known)
    if control.word == "designs.places":
        return None  # a number of places is what is asked, not a fact to be known
    return parameter_of(control.path)


def plausible_ends(control: Control, scale: Conversion) -> tuple[float, float] | None:
    """Find between which values the truth is thought to lie."""
    if control.path == EARLY_LEAVING:
        return scale.value(25.0), scale.value(65.0)  # programmes abroad, as the table of parameters says
    parameter = parameter_behind(control)
    if parameter is None or parameter.low is None or parameter.high is None:
        return None
    low, high = sorted(map(scale.from_parameter, (parameter.low, parameter.high)))
    return low, high
