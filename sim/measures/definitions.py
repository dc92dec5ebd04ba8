"""What is measured: one row a measure, a sum of tallies over a sum of tallies.

Each value belongs to one replication; a replication in which nothing is to be divided by (nobody was admitted in that
region, say) has no value and is left out.
"""

from typing import Literal, NamedTuple

from sim.cohort import DAYS_PER_YEAR

Kind = Literal["women", "admitted", "places"]


class Measure(NamedTuple):
    """One measure.

    Attributes
    ----------
    name : str
        As in every result.
    unit : str
        Of its value; ``share`` runs from 0 to 1.
    of : str
        Tally above the line, or the values whose quantile is taken.
    per : str
        Tally below the line; ``years`` for the years measured, ``one`` for a sum.
    kind : {"women", "admitted", "places"}
        Whom it is about: all women referred, women admitted, or pools. A pool has no measures of the first kind, a
        place bought elsewhere only of the second.
    quantile : float or None
        Which quantile over women, if it is one.
    scale : float
        What the quotient is multiplied by.
    """

    name: str
    unit: str
    of: str
    per: str
    kind: Kind
    quantile: float | None = None
    scale: float = 1.0


_PLACE_YEAR = 1.0 / DAYS_PER_YEAR

MEASURES = (
    Measure("referrals_per_year", "women/year", "referred", "years", "women"),
    Measure("offered_per_year", "women/year", "offered", "years", "women"),
    Measure("offered_share", "share", "offered", "referred", "women"),
    Measure("accepted_per_year", "women/year", "accepted", "years", "women"),
    Measure("accepted_share", "share", "accepted", "offered", "women"),
    Measure("admitted_per_year", "women/year", "admitted", "years", "admitted"),
    Measure("admitted_share_of_referred", "share", "admitted", "referred", "women"),
    Measure("admitted_share_of_accepted", "share", "admitted", "accepted", "women"),
    Measure("admitted_before_birth_share", "share", "admitted_before_birth", "accepted", "women"),
    Measure("admitted_within_7_days", "share", "admitted_within_7_days", "accepted", "women"),
    Measure("admitted_within_14_days", "share", "admitted_within_14_days", "accepted", "women"),
    Measure("admitted_within_30_days", "share", "admitted_within_30_days", "accepted", "women"),
    Measure("wait_days_mean", "days", "wait_days", "admitted", "admitted"),
    Measure("wait_days_median", "days", "wait_days", "admitted", "admitted", quantile=0.5),
    Measure("wait_days_p90", "days", "wait_days", "admitted", "admitted", quantile=0.9),
    Measure("refused_share", "share", "refused", "wait_over", "women"),
    Measure("gave_up_per_year", "women/year", "gave_up", "years", "women"),
    Measure("birth_before_place_per_year", "women/year", "birth_before_place", "years", "women"),
    Measure("pregnancy_ended_per_year", "women/year", "pregnancy_ended", "years", "women"),
    Measure("week_at_admission_mean", "weeks", "weeks_at_admission", "admitted_before_birth", "admitted"),
    Measure("exposure_days_per_year", "days/year", "exposure_days", "years", "women"),
    Measure("completed_per_year", "women/year", "completed", "years", "admitted"),
    Measure("left_early_share", "share", "left_early", "stays_over", "admitted"),
    Measure("occupancy", "share", "occupied_place_days", "open_place_days", "places"),
    Measure("all_taken_probability", "share", "all_taken_days", "days_with_open_places", "places"),
    Measure("empty_probability", "share", "empty_days", "days_with_open_places", "places"),
    Measure("open_place_years", "place-years", "open_place_days", "one", "places", scale=_PLACE_YEAR),
    Measure("occupied_place_years", "place-years", "occupied_place_days", "one", "places", scale=_PLACE_YEAR),
    Measure("closed_place_years", "place-years", "closed_place_days", "one", "places", scale=_PLACE_YEAR),
    Measure("openings_per_year", "places/year", "openings", "years", "places"),
    Measure("closings_per_year", "places/year", "closings", "years", "places"),
    Measure("travel_minutes_mean", "minutes", "travel_minutes", "admitted", "admitted"),
    Measure("travel_minutes_p90", "minutes", "travel_minutes", "admitted", "admitted", quantile=0.9),
    Measure("travel_over_60_share", "share", "travel_over_60", "admitted", "admitted"),
    Measure("travel_over_90_share", "share", "travel_over_90", "admitted", "admitted"),
    Measure("travel_over_120_share", "share", "travel_over_120", "admitted", "admitted"),
    Measure("admissions_per_pool_year", "women/year", "admissions", "pool_years", "places"),
    Measure("below_minimum_volume_share", "share", "pool_years_below_minimum", "pool_years", "places"),
)
"""All measures, in the order of the story: who comes, who gets in, what it is like, what the places do."""
