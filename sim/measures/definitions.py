"""What is measured: one row a measure, a sum of tallies over a sum of tallies.

Each value belongs to one replication; a replication in which nothing is to be divided by (nobody was admitted in that
region, say) has no value and is left out.
"""

from typing import Literal, NamedTuple

from sim.cohort import DAYS_PER_YEAR, HOUSEHOLDS

Kind = Literal["women", "admitted", "places"]
Direction = Literal[-1, 0, 1]
LESS: Direction = -1
NEITHER: Direction = 0
MORE: Direction = 1
"""What is better."""


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
        Which quantile over women or over time, if it is one.
    scale : float
        What the quotient is multiplied by.
    direction : {`MORE`, `LESS`, `NEITHER`}
        What is better. Neither where that depends on whom one asks: a high occupancy is good use and a long wait, and
        a low cost of places may mean that few get in.
    headline : int
        Its place, from 1, among what a steering group asks first; 0 for the rest.
    worst_of : str
        Of the region that is worst off: the measure that says which region that is and what its value is. Which one it
        is follows from all replications together, so one alone has no value, nor have parts of the country.
    """

    name: str
    unit: str
    of: str
    per: str
    kind: Kind
    quantile: float | None = None
    scale: float = 1.0
    direction: Direction = NEITHER
    headline: int = 0
    worst_of: str = ""


_PLACE_YEAR = 1.0 / DAYS_PER_YEAR

MEASURES = (
    Measure("referrals_per_year", "women/year", "referred", "years", "women"),
    Measure("offered_per_year", "women/year", "offered", "years", "women"),
    Measure("offered_share", "share", "offered", "referred", "women", direction=MORE),
    Measure("accepted_per_year", "women/year", "accepted", "years", "women", direction=MORE),
    Measure("accepted_share", "share", "accepted", "offered", "women", direction=MORE),
    Measure("referred_too_late_share", "share", "referred_too_late", "referred", "women", direction=LESS),
    Measure("admitted_per_year", "women/year", "admitted", "years", "admitted", direction=MORE, headline=1),
    *(
        Measure(f"admitted_{household}_per_year", "women/year", f"admitted_{household}", "years", "admitted")
        for household in HOUSEHOLDS
    ),
    Measure("admitted_share_of_referred", "share", "admitted", "referred", "women", direction=MORE),
    Measure("admitted_share_of_accepted", "share", "admitted", "accepted", "women", direction=MORE),
    Measure("admitted_before_birth_share", "share", "admitted_before_birth", "accepted", "women", direction=MORE),
    Measure("admitted_within_7_days", "share", "admitted_within_7_days", "accepted", "women", direction=MORE),
    Measure("admitted_within_14_days", "share", "admitted_within_14_days", "accepted", "women", direction=MORE),
    Measure(
        "worst_region_within_14_days",
        "share",
        "admitted_within_14_days",
        "accepted",
        "women",
        direction=MORE,
        worst_of="admitted_within_14_days",
    ),
    Measure("admitted_within_30_days", "share", "admitted_within_30_days", "accepted", "women", direction=MORE),
    Measure("visitation_days_mean", "days", "visitation_days", "referred", "women", direction=LESS),
    Measure("wait_days_mean", "days", "wait_days", "admitted", "admitted", direction=LESS, headline=3),
    Measure("wait_days_median", "days", "wait_days", "admitted", "admitted", quantile=0.5, direction=LESS),
    Measure("wait_days_p90", "days", "wait_days", "admitted", "admitted", quantile=0.9, direction=LESS),
    Measure("refused_share", "share", "refused", "wait_over", "women", direction=LESS, headline=2),
    Measure("gave_up_per_year", "women/year", "gave_up", "years", "women", direction=LESS),
    Measure("birth_before_place_per_year", "women/year", "birth_before_place", "years", "women", direction=LESS),
    Measure("pregnancy_ended_per_year", "women/year", "pregnancy_ended", "years", "women"),
    Measure(
        "week_at_admission_mean", "weeks", "weeks_at_admission", "admitted_before_birth", "admitted", direction=LESS
    ),
    Measure("exposure_days_per_year", "days/year", "exposure_days", "years", "women", direction=LESS),
    Measure("completed_per_year", "women/year", "completed", "years", "admitted", direction=MORE),
    Measure("left_early_share", "share", "left_early", "stays_over", "admitted", direction=LESS),
    Measure("stay_days_mean", "days", "stay_days", "stays_over", "admitted"),
    Measure("stay_days_median", "days", "stay_days", "stays_over", "admitted", quantile=0.5),
    Measure("women_living_in_p95", "women", "women_living_in", "one", "places", quantile=0.95),
    Measure("occupancy", "share", "occupied_place_days", "open_place_days", "places", headline=5),
    Measure("all_taken_probability", "share", "all_taken_days", "days_with_open_places", "places"),
    Measure("empty_probability", "share", "empty_days", "days_with_open_places", "places"),
    Measure("open_place_years", "place-years", "open_place_days", "one", "places", scale=_PLACE_YEAR),
    Measure("occupied_place_years", "place-years", "occupied_place_days", "one", "places", scale=_PLACE_YEAR),
    Measure("closed_place_years", "place-years", "closed_place_days", "one", "places", scale=_PLACE_YEAR),
    Measure("openings_per_year", "places/year", "openings", "years", "places"),
    Measure("closings_per_year", "places/year", "closings", "years", "places"),
    Measure("travel_minutes_mean", "minutes", "travel_minutes", "admitted", "admitted", direction=LESS, headline=4),
    Measure("travel_minutes_p90", "minutes", "travel_minutes", "admitted", "admitted", quantile=0.9, direction=LESS),
    Measure("travel_over_60_share", "share", "travel_over_60", "admitted", "admitted", direction=LESS),
    Measure("travel_over_90_share", "share", "travel_over_90", "admitted", "admitted", direction=LESS),
    Measure("travel_over_120_share", "share", "travel_over_120", "admitted", "admitted", direction=LESS),
    Measure(
        "worst_region_travel_minutes",
        "minutes",
        "travel_minutes",
        "admitted",
        "women",
        direction=LESS,
        worst_of="travel_minutes_mean",
    ),
    Measure("admissions_per_pool_year", "women/year", "admissions", "pool_years", "places", direction=MORE),
    Measure(
        "below_minimum_volume_share",
        "share",
        "pool_years_below_minimum",
        "pool_years",
        "places",
        direction=LESS,
        headline=6,
    ),
)
"""All measures, in the order of the story: who comes, who gets in, what it is like, what the places do."""
