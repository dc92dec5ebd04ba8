"""The women who are there on the opening day: what the list does not say is drawn, given all that it says.

Each draw is conditional. Who has lived in for a hundred days did not leave before, who has waited for three weeks had
the patience, who is in week 30 has not given birth before, and who waits has said yes to a place. Their streams are
their own, so the list moves no other woman, and a row added to its end moves nobody on it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort.acceptance import acceptance_probability
from sim.cohort.attributes import COURSE_STREAMS, LOSS_BEFORE_WEEK
from sim.cohort.clock import DAYS_PER_WEEK, TICKS_PER_DAY, day_of, on_grid
from sim.cohort.distributions import quantile_above
from sim.cohort.journeys import scenario_minutes
from sim.cohort.rules import rule_columns, streams_in_use
from sim.cohort.streams import REPLICATIONS_PER_BLOCK, draw_uniforms
from sim.cohort.women import ALONE, HOUSEHOLDS, Cohort
from sim.geography import load_municipalities, load_sites
from sim.scenario import Distribution, Never, Scenario, TodayWoman

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

TODAY_STREAMS = ("threshold", "outcome", *COURSE_STREAMS)

NO_CONDITION = -1.0
"""A floor that every duration lies above [days]."""


class Known(NamedTuple):
    """What the list says; arrays of shape (n_women, REPLICATIONS_PER_BLOCK), not a number where it says nothing."""

    referral_day: Floats  # days from the opening day [days]; all but the last lie before it
    admission_day: Floats
    birth_day: Floats
    planned_end_day: Floats
    week_now: Floats  # gestational age on the opening day and at referral [weeks]; not a number for who has given birth
    week_at_referral: Floats
    household: Floats  # number in `HOUSEHOLDS`
    minutes: Floats  # travel to the place she has said yes to [minutes]; 0 if none is named: a place near by

    @property
    def is_resident(self) -> Bools:
        """Whether each lives in."""
        return ~np.isnan(self.admission_day)

    @property
    def has_given_birth(self) -> Bools:
        """Whether each has given birth."""
        return ~np.isnan(self.birth_day)


def with_women_of_today(cohort: Cohort, scenario: Scenario, block: int) -> Cohort:
    """Put the women who are there on the opening day before those referred later.

    Parameters
    ----------
    cohort : Cohort
        The women referred in a block.
    scenario : Scenario
        With its list.
    block : int
        Number of the block.

    Returns
    -------
    Cohort
        In each replication who lives in, then who waits by day of referral, then the others; the same cohort if the
        list is empty.
    """
    if not scenario.today:
        return cohort
    here = draw_women_of_today(scenario, block)
    replication = [np.repeat(np.arange(REPLICATIONS_PER_BLOCK), np.diff(women.first)) for women in (here, cohort)]
    order = np.argsort(np.concatenate(replication), kind="stable")  # stable: those who are here stay before the others
    columns: list[Any] = [np.concatenate(both)[order] for both in zip(here[1:], cohort[1:], strict=True)]
    return Cohort(here.first + cohort.first, *columns)


def draw_women_of_today(scenario: Scenario, block: int) -> Cohort:
    """Draw what is not known about the women who are there on the opening day."""
    women, known = scenario.today, _known(scenario)
    draws = {
        name: draw_uniforms(f"today {name}", block, seed=scenario.seed, n_rows=len(women))
        for name in (*TODAY_STREAMS, *streams_in_use(scenario))
    }
    pregnancy_end_day, is_lost = _pregnancy(known, draws, scenario)
    household = _household(known, draws["household"], scenario)
    waited = np.where(known.is_resident, NO_CONDITION, -known.referral_day)
    columns = {
        "referral_day": known.referral_day,
        "municipality": _every_replication(_rows_of_homes(women)).astype(np.int64),
        "gestation_weeks": np.nan_to_num(known.week_at_referral),
        "pregnancy_end_day": pregnancy_end_day,
        "is_lost": is_lost,
        "offer_mark": np.zeros(household.shape),  # she has been offered a place
        "threshold": _threshold(draws["threshold"], household, known.minutes, scenario),
        "household": household,
        "patience_days": on_grid(quantile_above(scenario.waiting.patience_days, draws["patience"], waited)),
        "waits_past_birth": known.has_given_birth | (draws["past_birth"] < scenario.waiting.past_birth_share),
        "stay_days": _stay_left(known, draws["stay"], scenario, pregnancy_end_day=pregnancy_end_day, is_lost=is_lost),
        "early_leaving_days": _left_of(
            scenario.stay.early_leaving_days, draws["early_leaving"], since=known.admission_day
        ),
        "outcome_mark": draws["outcome"],
        **rule_columns(draws, scenario, household.shape),
        "visitation_days": np.zeros(household.shape),  # who is there has been through it
    }
    order = _order(known)
    first = np.arange(REPLICATIONS_PER_BLOCK + 1) * len(women)
    ordered: list[Any] = [columns[name][order].ravel(order="F") for name in Cohort._fields[1:]]
    return Cohort(first, *ordered)


def _known(scenario: Scenario) -> Known:
    """What the list says, in days and weeks."""
    women, start = scenario.today, scenario.start

    def days(word: str) -> Floats:
        dates = [getattr(woman, word) for woman in women]
        return _every_replication([np.nan if date is None else day_of(date, start=start) for date in dates])

    referral_day = _every_replication([day_of(woman.since, start=start) for woman in women])
    is_pregnant = [woman.birth is None for woman in women]
    return Known(
        # The list is drawn up before the day begins: who was referred that day was there before it.
        referral_day=np.minimum(referral_day, -1.0 / TICKS_PER_DAY),
        admission_day=days("admitted"),
        birth_day=days("birth"),
        planned_end_day=days("planned_end"),
        week_now=_every_replication(
            [w.week_on(start) if p else np.nan for w, p in zip(women, is_pregnant, strict=True)]
        ),
        week_at_referral=_every_replication(
            [w.week_on(w.since) if p else np.nan for w, p in zip(women, is_pregnant, strict=True)]
        ),
        household=_every_replication([HOUSEHOLDS.index(w.household) if w.household else np.nan for w in women]),
        minutes=_every_replication(_minutes_accepted(scenario)),
    )


def _every_replication(values: Sequence[float]) -> Floats:
    """The same value in every replication."""
    return np.repeat(np.array(values, dtype=np.float64)[:, None], REPLICATIONS_PER_BLOCK, axis=1)


def _rows_of_homes(women: tuple[TodayWoman, ...]) -> list[int]:
    rows = {code: row for row, code in enumerate(load_municipalities().code)}
    return [rows[woman.municipality] for woman in women]


def _minutes_accepted(scenario: Scenario) -> list[float]:
    """Travel to the site that each woman lives at or waits for [minutes]."""
    minutes, sites = scenario_minutes(scenario), [site.id for site in load_sites()]
    homes = _rows_of_homes(scenario.today)
    return [
        float(minutes[home, sites.index(woman.site)]) if woman.site in sites else 0.0
        for home, woman in zip(homes, scenario.today, strict=True)
    ]


def _order(known: Known) -> Ints:
    """Who lives in comes first, as listed; then who waits, by day of referral."""
    lives_in = known.is_resident[:, 0]
    return np.lexsort((np.where(lives_in, 0.0, known.referral_day[:, 0]), ~lives_in))


def _pregnancy(known: Known, draws: Mapping[str, Floats], scenario: Scenario) -> tuple[Floats, Bools]:
    """Day on which pregnancy ends or has ended, and whether by loss.

    Birth comes after the week she is in. A loss would have fallen evenly between referral and week 22, so what is left
    of its probability is what is left of that time, given that it has not happened yet.
    """
    now = known.week_now
    birth_week = quantile_above(scenario.demand.birth_week, draws["birth"], now)
    left, of_all = LOSS_BEFORE_WEEK - now, LOSS_BEFORE_WEEK - known.week_at_referral
    may_be_lost = left > 0  # not for who has given birth
    time_left = np.divide(left, of_all, out=np.zeros_like(left), where=may_be_lost)
    probability = scenario.demand.loss_probability
    probability_left = probability * time_left / (1.0 - probability * (1.0 - time_left))
    is_lost = may_be_lost & (draws["loss"] < probability_left)
    end_week = np.where(is_lost, now + draws["loss_time"] * left, birth_week)
    to_come = on_grid(DAYS_PER_WEEK * (end_week - now))
    return np.where(known.has_given_birth, known.birth_day, to_come), is_lost


def _household(known: Known, draw: Floats, scenario: Scenario) -> Ints:
    """Who lives with her: as listed, else by the scenario's shares."""
    shares = scenario.demand.household
    drawn = (draw >= shares.alone).astype(np.int64) + (draw >= shares.alone + shares.partner)
    return np.where(np.isnan(known.household), drawn, known.household).astype(np.int64)


def _threshold(draw: Floats, household: Ints, minutes: Floats, scenario: Scenario) -> Floats:
    """Her threshold given that she has said yes: below her probability of a yes to that place."""
    alone, family = (
        acceptance_probability(scenario.acceptance, minutes, is_family=is_family) for is_family in (False, True)
    )
    return draw * np.where(household == ALONE, alone, family)


def _stay_left(known: Known, draw: Floats, scenario: Scenario, *, pregnancy_end_day: Floats, is_lost: Bools) -> Floats:
    """Planned days: of who lives in, what is left of them; of who waits, all [days]."""
    stay = scenario.stay
    if stay.anchor == "admission":
        left = _left_of(stay.days, draw, since=known.admission_day)
        return on_grid(np.where(np.isnan(known.planned_end_day), left, known.planned_end_day))
    is_running = known.is_resident & known.has_given_birth
    since = np.where(is_running, np.fmax(known.admission_day, known.birth_day), np.nan)
    left = np.where(is_lost, stay.after_loss_days, _left_of(stay.days, draw, since=since))
    until_planned_end = known.planned_end_day - np.maximum(pregnancy_end_day, 0.0)
    return on_grid(np.where(np.isnan(known.planned_end_day), left, until_planned_end))


def _left_of(distribution: Distribution | Never, draw: Floats, *, since: Floats) -> Floats:
    """Days left of a duration that has run since a day and is not over; all of it where it has not begun [days]."""
    passed = np.where(np.isnan(since), 0.0, -since)
    floor = np.where(np.isnan(since), NO_CONDITION, passed)
    return on_grid(quantile_above(distribution, draw, floor) - passed)
