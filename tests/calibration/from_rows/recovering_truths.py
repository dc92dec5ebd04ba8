"""Does it find what is there? Records played with known parameters, learnt from, and compared with the truth.

A 95 % interval should hold the truth in 95 of 100 records. How often it does depends on where the truth lies: with
priors that say something, it is promised on average over truths drawn from the priors, not for each single truth. So
there are three trials: truths drawn from the priors; truths whose early leaving lies where the documents end, which a
prior of a wrong form does not cover; and one truth away from the middle of the priors with priors so wide that the data
decide.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from inventing_referrals import Record, Row, rows_as_sheet, simulate_records
from scipy import stats

from calibration.from_rows.file.reading import Period, read_rows
from calibration.from_rows.fit import Terms, learn
from calibration.from_rows.fitted import scenario_changes
from calibration.priors.early_leaving import CORNERS, shape_and_scale
from calibration.priors.parameters import household_prior, parameter_prior, region_prior
from sim.cohort import HOUSEHOLDS
from sim.geography import REGION_MAPS
from sim.scenario import Scenario, scenario_from, with_values

Truth = Mapping[str, float]

PAYER = "state"
WIDE = 3.0
"""How much wider than the plausible ranges the priors of the second trial are."""
COVERED_AT_LEAST, COVERED_AT_MOST = 0.90, 0.99

FIXED_TRUTH: Truth = {
    "demand.need_per_year": 30.0,
    "demand.trend_per_year": 0.05,
    "demand.year_variation": 0.15,
    "demand.regional_shares.hovedstaden": 0.28,
    "demand.regional_shares.sjaelland": 0.16,
    "demand.regional_shares.syddanmark": 0.22,
    "demand.regional_shares.midtjylland": 0.20,
    "demand.regional_shares.nordjylland": 0.14,
    f"demand.offered_share.{PAYER}": 0.80,
    "acceptance.base": 0.60,
    "acceptance.decay_per_hour": 0.45,
    "acceptance.family_odds_ratio": 2.0,
    "waiting.patience_days.exponential.mean": 45.0,
    "waiting.past_birth_share": 0.60,
    "demand.gestation_at_referral_weeks.normal.mean": 20.0,
    "demand.gestation_at_referral_weeks.normal.sd": 6.0,
    "demand.birth_week.normal.mean": 38.0,
    "demand.birth_week.normal.sd": 1.7,
    "demand.loss_probability": 0.20,
    "demand.household.alone": 0.50,
    "demand.household.partner": 0.28,
    "demand.household.children": 0.22,
    "stay.days.gamma.mean": 220.0,
    "stay.days.gamma.sd": 45.0,
    "stay.early_leaving_days.weibull.shape": 0.50,
    "stay.early_leaving_days.weibull.scale": 900.0,
}
"""A truth away from the middle of the priors."""

LEAVING = ("stay.early_leaving_days.weibull.shape", "stay.early_leaving_days.weibull.scale")

PLACES = {"hovedstaden": 2, "sjaelland": 1, "syddanmark": 1, "midtjylland": 2, "nordjylland": 1}
"""So few that some women wait."""


class Recovered(NamedTuple):
    """How one parameter was found again over many records."""

    path: str  # the word
    covered: int  # records whose 95 % interval held the truth
    n_records: int  # records in all
    mean_error: float  # mean of estimate less truth, in prior standard deviations
    learnt_share: float  # mean share by which the interval is narrower than the prior's
    prior_only_share: float  # share of records with fewer than five women to learn from, where the prior stands

    @property
    def coverage(self) -> float:
        """Share of records whose interval held the truth."""
        return self.covered / self.n_records


def fixed_truths(n_records: int) -> list[Truth]:
    """Repeat the fixed truth."""
    return [FIXED_TRUTH] * n_records


def drawn_truths(n_records: int, *, seed: int) -> list[Truth]:
    """Draw truths from the priors; only the number of referrals is always the same, 30 a year."""
    rng = np.random.default_rng(seed)
    return [_drawn_truth(rng) for _ in range(n_records)]


def corner_truths(n_records: int, *, seed: int) -> list[Truth]:
    """Draw truths whose early leaving lies where the documents end, by turns at the one corner and at the other."""
    return [
        {**truth, **dict(zip(LEAVING, CORNERS[number % len(CORNERS)], strict=True))}
        for number, truth in enumerate(drawn_truths(n_records, seed=seed))
    ]


def draw_shape_and_scale(rng: np.random.Generator) -> tuple[float, float]:
    """Draw shape and scale of early leaving from their prior."""
    ways = shape_and_scale()
    way = ways[rng.choice(len(ways), p=[way.weight for way in ways])]
    shape, scale = np.exp(way.logarithms.rvs(random_state=rng))
    return float(shape), float(scale)


def _drawn_truth(rng: np.random.Generator) -> Truth:
    def draw(parameter: str) -> float:
        return float(parameter_prior(parameter).distribution.ppf(rng.random()))

    shape, scale = draw_shape_and_scale(rng)
    regions = rng.dirichlet(region_prior(_scenario()))
    households = rng.dirichlet(household_prior())
    return {
        "demand.need_per_year": FIXED_TRUTH["demand.need_per_year"],
        "demand.trend_per_year": draw("trend_per_year"),
        "demand.year_variation": draw("year_variation"),
        **{f"demand.regional_shares.{n}": float(v) for n, v in zip(REGION_MAPS["five"], regions, strict=True)},
        f"demand.offered_share.{PAYER}": draw("offered_share_public"),
        "acceptance.base": draw("acceptance_base"),
        "acceptance.decay_per_hour": draw("acceptance_decay_per_hour"),
        "acceptance.family_odds_ratio": draw("family_odds_ratio"),
        "waiting.patience_days.exponential.mean": draw("patience_mean"),
        "waiting.past_birth_share": draw("past_birth_share"),
        "demand.gestation_at_referral_weeks.normal.mean": draw("gestation_at_referral_mean"),
        "demand.gestation_at_referral_weeks.normal.sd": draw("gestation_at_referral_sd"),
        "demand.birth_week.normal.mean": draw("birth_week_mean"),
        "demand.birth_week.normal.sd": draw("birth_week_sd"),
        "demand.loss_probability": draw("loss_probability"),
        **{f"demand.household.{n}": float(v) for n, v in zip(HOUSEHOLDS, households, strict=True)},
        "stay.days.gamma.mean": draw("stay_after_birth"),
        "stay.days.gamma.sd": draw("stay_spread"),
        "stay.early_leaving_days.weibull.shape": shape,
        "stay.early_leaving_days.weibull.scale": scale,
    }


def scenario_of_truth(truth: Truth) -> Scenario:
    """Write a truth as a scenario with few places, so that some women wait."""
    return with_values(_scenario(), scenario_changes(truth, _scenario()))


def _scenario() -> Scenario:
    design = {"name": "regional", "kind": "regional", "places": PLACES}
    return scenario_from({"name": "recovery", "start": Record().start.isoformat(), "designs": [design]})


def recover(truths: list[Truth], *, prior_width: float = 1.0, seed: int = 1) -> Iterator[list[tuple[str, Any, float]]]:
    """Play a record for each truth, and learn from it."""
    for number, (truth, rows) in enumerate(zip(truths, _records(truths, seed), strict=True)):
        scenario = scenario_of_truth(truth)
        record = Record(per_year=truth["demand.need_per_year"])
        read = read_rows(rows_as_sheet(rows), scenario, Period(record.start, record.last_day))
        terms = Terms(seed=seed + number, payer=PAYER, prior_width=prior_width)
        believed = with_values(scenario, {"demand.regional_shares": "women"})
        found = learn(read.referrals, believed, terms)
        yield [(path, estimate, truth[path]) for path, estimate in found.estimates.items()]


def _records(truths: list[Truth], seed: int) -> Iterator[list[Row]]:
    """One record for each truth; those of the same truth are played together."""
    is_same = all(truth is truths[0] for truth in truths)
    for number, truth in enumerate(truths):
        scenario = with_values(scenario_of_truth(truth), {"seed": seed if is_same else seed + number})
        record = Record(per_year=truth["demand.need_per_year"])
        if is_same:
            yield from simulate_records(scenario, record, n_records=len(truths))
            return
        yield from simulate_records(scenario, record, n_records=1)


def summarise_recovery(found: list[list[tuple[str, Any, float]]]) -> list[Recovered]:
    """Count how often the truth lay in its interval."""
    summary = []
    for entries in zip(*found, strict=True):
        estimates, truths = [entry[1] for entry in entries], np.array([entry[2] for entry in entries])
        low, high = (np.array([getattr(e, end) for e in estimates]) for end in ("low", "high"))
        spread = np.array([(e.prior[2] - e.prior[1]) / (2 * stats.norm.ppf(0.975)) for e in estimates])
        errors = (np.array([np.median(e.draws) for e in estimates]) - truths) / spread
        summary.append(
            Recovered(
                entries[0][0],
                int(np.sum((low <= truths) & (truths <= high))),
                len(entries),
                float(errors.mean()),
                float(np.mean([e.learnt_share for e in estimates])),
                float(np.mean([e.method == "prior only" for e in estimates])),
            )
        )
    return summary


def coverage_bounds(n_records: int, n_parameters: int, *, false_alarm: float) -> tuple[int, int]:
    """Find how few and how many intervals may hold the truth before something is wrong."""
    each = false_alarm / n_parameters
    fewest = int(stats.binom.ppf(each / 2, n_records, 0.95))
    most = int(stats.binom.isf(each / 2, n_records, 0.95))
    return fewest, most


def recovery_table(trials: Mapping[str, list[Recovered]]) -> str:
    """Write the coverage of each parameter in each trial as a Markdown table."""
    names = list(trials)
    head = ["word", *(f"{name}: {what}" for name in names for what in ("covered", "learnt", "no data"))]
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join(["---"] * len(head)) + " |"]
    for rows in zip(*trials.values(), strict=True):
        cells = [f"`{rows[0].path}`"]
        for row in rows:
            cells += [f"{row.coverage:.1%}", f"{row.learnt_share:.0%}", f"{row.prior_only_share:.0%}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines).replace("%", " %")
