"""The cohort: all women referred in some replications, with everything drawn about them.

Arrays lie woman by woman, replication after replication, in order of referral. Women who are there already on day 0,
if the scenario names any, come first: those who live in, then those who wait.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.scenario import Scenario, TodayWoman

Floats = npt.NDArray[np.float64]

ALONE, WITH_PARTNER, WITH_CHILDREN = 0, 1, 2
HOUSEHOLDS = ("alone", "partner", "children")


class Cohort(NamedTuple):
    """Women of one or more replications.

    Attributes
    ----------
    first : ndarray of int of shape (n_replications + 1,)
        Number of the first woman of each replication; the last entry is the number of women.
    referral_day : ndarray of float of shape (n_women,)
        When she is found and referred [days]; before day 0 for women who are there already, and only for them.
    municipality : ndarray of int of shape (n_women,)
        Her home, a row of `sim.geography.load_municipalities`.
    gestation_weeks : ndarray of float of shape (n_women,)
        Gestational age at referral [weeks].
    pregnancy_end_day : ndarray of float of shape (n_women,)
        Birth or loss [days].
    is_lost : ndarray of bool of shape (n_women,)
        Whether the pregnancy is lost rather than ended by birth.
    offer_mark : ndarray of float of shape (n_women,)
        She is offered a place if this is below the payer's offered share.
    threshold : ndarray of float of shape (n_women,)
        She accepts a pool if this is below her probability for it.
    household : ndarray of int of shape (n_women,)
        `ALONE`, `WITH_PARTNER` or `WITH_CHILDREN`.
    patience_days : ndarray of float of shape (n_women,)
        How long she stays willing while waiting, from her referral [days]; beyond day 0 for one who waits by then.
    waits_past_birth : ndarray of bool of shape (n_women,)
        Whether she stays on the list if birth comes first.
    stay_days : ndarray of float of shape (n_women,)
        Planned days after the end of pregnancy, or in all, by the scenario's anchor [days]. Of a woman who lives in
        already, what is left: counted from day 0, or from the end of pregnancy if that comes later.
    early_leaving_days : ndarray of float of shape (n_women,)
        From admission, or day 0 if she lives in by then, until she would leave of her own accord [days].
    outcome_mark : ndarray of float of shape (n_women,)
        Uniform draw for completed treatment or not, given what care she got.
    visitation_days : ndarray of float of shape (n_women,)
        From her referral until it is decided what she is offered [days].
    search_days : ndarray of float of shape (n_women,)
        From then until a place elsewhere is found for her, in the design she meets [days].
    visitation_mark, search_mark : ndarray of float of shape (n_women,)
        The uniform draws behind both, for designs that say otherwise than the scenario.
    known_mark : ndarray of float of shape (n_women,)
        She is asked about a unit if this is below the share who hear of it by then.
    again_mark : ndarray of float of shape (n_women,)
        If she says no, she is asked again if this is below the scenario's share.
    again_threshold : ndarray of float of shape (n_women,)
        Her threshold when she is asked again.
    has_signed : ndarray of bool of shape (n_women,)
        Whether she signs a contract on detention with consent.
    housing_days : ndarray of float of shape (n_women,)
        Days she stays on after a completed stay, until she has somewhere to live [days].
    """

    first: npt.NDArray[np.int64]
    referral_day: Floats
    municipality: npt.NDArray[np.int64]
    gestation_weeks: Floats
    pregnancy_end_day: Floats
    is_lost: npt.NDArray[np.bool_]
    offer_mark: Floats
    threshold: Floats
    household: npt.NDArray[np.int64]
    patience_days: Floats
    waits_past_birth: npt.NDArray[np.bool_]
    stay_days: Floats
    early_leaving_days: Floats
    outcome_mark: Floats
    visitation_days: Floats
    search_days: Floats
    visitation_mark: Floats
    search_mark: Floats
    known_mark: Floats
    again_mark: Floats
    again_threshold: Floats
    has_signed: npt.NDArray[np.bool_]
    housing_days: Floats

    @property
    def n_replications(self) -> int:
        """Number of replications."""
        return len(self.first) - 1

    @property
    def n_women(self) -> int:
        """Number of women in all replications."""
        return int(self.first[-1])

    def replications(self, start: int, stop: int) -> "Cohort":
        """Take some of the replications.

        Parameters
        ----------
        start, stop : int
            From this replication up to but not including that one, counted from 0 in this cohort.

        Returns
        -------
        Cohort
            Views of the same arrays.
        """
        women = slice(int(self.first[start]), int(self.first[stop]))
        return Cohort(
            self.first[start : stop + 1] - self.first[start],
            *(values[women] for values in self[1:]),  # type: ignore[arg-type] # fields in their order
        )


def residents_of(scenario: Scenario) -> tuple[TodayWoman, ...]:
    """List the women who live in on the opening day; they are the first women of every replication.

    Parameters
    ----------
    scenario : Scenario
        With its list.

    Returns
    -------
    tuple of TodayWoman
        In the order of the list.
    """
    return tuple(woman for woman in scenario.today if woman.is_resident)
