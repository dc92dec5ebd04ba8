"""Play: the rules, twice over.

Takes a `Plan` (a design), a `Cohort` (the women) and the marks that say which orders of a place fail. Gives a
`Ledger`. Draws nothing: all chance is in the cohort. Leaves out what things mean or cost.

The rules, as both engines follow them:

0.  **There already.** Women who live in on day 0 live in their pool, or elsewhere, before anything happens; flexible
    places they live in are open and count as opened then. Women who wait by then have been through visitation and are
    asked on day 0; their patience and their search for a place elsewhere run from their real referral.
1.  **Visitation and offer.** She is asked when her visitation is done, so many days after referral, if that is before
    the horizon. If her offer mark is not below the payer's offered share, or no pool that serves her home is open to
    her and nothing is bought elsewhere, she is *not offered*. A pool is open to her from its first day until it stops
    admitting, if she hears of it: her mark is below the share, rising in a straight line, who do by then. She accepts
    the pools and providers elsewhere whose probability is above her threshold: her willing list, nearest first, ties by
    number. Nothing accepted: *declined*. If her waiting has come to its limit before she is asked (rule 3), she has the
    outcome of that limit.
    **Asked again.** Of those who decline, a share are asked once more, so many days later and with another threshold,
    unless the pregnancy has ended by then for one who would not wait past it; patience and search begin anew that day.
2.  **Admission.** If a pool on her list has a free open place, she moves in at once, to the first such pool.
3.  **Waiting.** Otherwise she waits for all pools on her list, until her patience ends (*gave up*) or, if that comes
    sooner and she would not stay on the list, her pregnancy ends (*birth before place*; after a loss, always,
    *pregnancy ended*).
4.  **A place becomes free** when a stay and the turnaround after it end, or when a place opens. It goes to the waiting
    woman with that pool on her list who comes first: women of the pool's own region before others (`home_first`), then
    by the design's `discipline`, then by referral. If there is none, it stays free.
5.  **Leaving.** She leaves at her planned end (*completed*), or before it of her own accord (*left early*); one who has
    signed a contract on detention, not before the end of pregnancy where the unit may hold her to it. Who completes
    stays on for the days she waits for housing. Whoever has not left at the horizon is *in stay*, whoever waits then,
    for a place or for the decision, is *waiting*. Nothing happens at or after the horizon.
6.  **Flexible places.** A woman who joins the queue counts toward the nearest flexible pool on her list. If the number
    counted, less places on order, reaches ``open_at_waiting``, open places and orders are fewer than ``max_places``,
    and flexible ones among them fewer than ``most_flexible``, one place is ordered. It opens after ``lead_days``, or,
    if its order fails, lapses then. While more than ``keep_free`` places are free and more are open than stay open for
    good, a clock runs; when it has run for ``close_after_idle_days``, and the place opened last has been open for
    ``min_open_days``, that place closes and the clock starts again. A place taken and left on the same instant stops
    the clock; one handed straight to a waiting woman never starts it. Orders are made only when somebody joins the
    queue: not when an order lapses. Places that open for good do not close flexible ones, so for a while more than
    ``max_places`` may be open.
7.  **Places elsewhere.** When her search is done, so many days after visitation, she takes a place with the nearest
    provider on her list that has one free, or from then on waits for those too. Providers have so many places, or as
    many as are wanted; none of rules 5 and 6 but leaving holds for them.
8.  **A unit that closes** admits nobody, orders nothing and opens nothing on order from its last day of admission. On
    its last day whoever still lives there leaves, and all its places close.
9.  **Ties.** On the same instant: places becoming free, places opening, places closing, limits of waiting, places
    found elsewhere, women asked; within a kind by woman or pool number; in one pool, places that open for good before
    those ordered, and these as they were ordered.

`reference` plays them in SimPy and is written to be read; `kernel` plays them compiled and is fast. They give the same
ledger, bit for bit. Nothing else in the project knows SimPy or Numba.
"""

from sim.engine.asking import Replies, ask, says_yes_to, willing_elsewhere, willing_list
from sim.engine.kernel import play_kernel
from sim.engine.ledger import OF_WOMEN, OUTCOMES, POOL_DAYS, Ledger
from sim.engine.reference import play_reference

__all__ = [
    "OF_WOMEN",
    "OUTCOMES",
    "POOL_DAYS",
    "Ledger",
    "Replies",
    "ask",
    "play_kernel",
    "play_reference",
    "says_yes_to",
    "willing_elsewhere",
    "willing_list",
]
