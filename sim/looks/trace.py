"""A trace: one replication of one design in full, enough for somebody else to replay it without our code."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sim.cohort import REPLICATIONS_PER_BLOCK, Cohort, draw_cohort
from sim.design import NO_LIMIT, BuiltDesign
from sim.engine import OUTCOMES, Ledger, Replies, ask, willing_elsewhere, willing_list
from sim.experiment.play import ENGINES, order_marks
from sim.files import write_rows, write_whole
from sim.geography import load_municipalities
from sim.looks.naming import find_design
from sim.measures import EXTERNAL
from sim.scenario import DISCIPLINES, Scenario

WOMEN_COLUMNS = (
    "woman",
    "municipality",
    "region",
    "referral_day",
    "pregnancy_end_day",
    "pregnancy_end_outcome",
    "offered",
    "asked_day",
    "waits_from_day",
    "patience_days",
    "past_birth",
    "stay_days",
    "early_leaving_days",
    "signed",
    "housing_days",
    "external_day",
    "willing_external",
    "willing_pools",
    "outcome",
    "pool",
    "admission_day",
    "discharge_day",
    "ended_day",
)
CAPACITY_COLUMNS = ("pool", "day", "open_places")

_FLEXIBLE_WORDS = (
    "max_places",
    "most_flexible",
    "lead_days",
    "open_at_waiting",
    "keep_free",
    "close_after_idle_days",
    "min_open_days",
    "failure_probability",
)


class Trace(NamedTuple):
    """One replication of one design.

    Attributes
    ----------
    scenario : Scenario
        What was asked.
    design : BuiltDesign
        The design.
    women : Cohort
        The women of the replication.
    ledger : Ledger
        What happened to them.
    order_draws : list of list of float
        For each pool, the marks that say which of its orders fail: as many as it can come to.
    """

    scenario: Scenario
    design: BuiltDesign
    women: Cohort
    ledger: Ledger
    order_draws: list[list[float]]


def trace_replication(scenario: Scenario, *, design: str, replication: int, engine: str) -> Trace:
    """Play one replication of one design.

    Parameters
    ----------
    scenario : Scenario
        What is drawn.
    design : str
        Name of the design.
    replication : int
        Its number, from 0; the same women as in a run of the scenario.
    engine : str
        A name in `sim.experiment.ENGINES`.

    Returns
    -------
    Trace
        All of it.

    Raises
    ------
    ScenarioError
        If the scenario has no such design.
    """
    built = find_design(scenario, design)
    block, column = divmod(replication, REPLICATIONS_PER_BLOCK)
    cohort = draw_cohort(scenario, block)
    marks = order_marks(built, cohort, scenario, block=block)[:, :, column : column + 1]
    women = built.meet(cohort.replications(column, column + 1))
    ledger = ENGINES[engine](built.plan, women, marks)
    draws = [own[~np.isnan(own)].tolist() for own in marks[:, : women.n_women, 0]]
    return Trace(scenario, built, women, ledger, draws)


def save_trace(trace: Trace, folder: Path) -> tuple[Path, ...]:
    """Write a trace to ``women.csv``, ``capacity.csv`` and ``trace.json``.

    Parameters
    ----------
    trace : Trace
        What to write.
    folder : pathlib.Path
        Where; made if it is not there.

    Returns
    -------
    tuple of pathlib.Path
        The three files.
    """
    women, capacity, about = folder / "women.csv", folder / "capacity.csv", folder / "trace.json"
    write_rows(women, WOMEN_COLUMNS, (map(_cell, row) for row in _women_rows(trace)))
    write_rows(capacity, CAPACITY_COLUMNS, _capacity_rows(trace))
    write_whole(about, json.dumps(trace_settings(trace), indent=1, ensure_ascii=False) + "\n")
    return women, capacity, about


def _cell(value: object) -> object:
    """Booleans as ``true`` and ``false``."""
    return ("true" if value else "false") if isinstance(value, bool) else value


def _women_rows(trace: Trace) -> Iterator[tuple[Any, ...]]:
    """A row a woman, in order of referral."""
    women, ledger, plan = trace.women, trace.ledger, trace.design.plan
    places = load_municipalities()
    regions = places.region(trace.scenario.regions)
    names, replies = _names_of_pools(trace), ask(plan, women)
    for woman in range(women.n_women):
        home, pool = int(women.municipality[woman]), int(ledger.pool[woman])
        willing, elsewhere = _answers(trace, replies, woman)
        asked, referred = float(ledger.asked_day[woman]), float(women.referral_day[woman])
        is_asked_again = asked > max(0.0, referred + float(women.visitation_days[woman]))
        yield (
            woman,
            places.code[home],
            regions[home],
            referred,
            float(women.pregnancy_end_day[woman]),
            "pregnancy_ended" if women.is_lost[woman] else "birth_before_place",
            bool(OUTCOMES[ledger.outcome[woman]] != "not_offered"),
            asked,
            asked if is_asked_again else referred,
            float(women.patience_days[woman]),
            bool(women.waits_past_birth[woman]),
            float(women.stay_days[woman]),
            float(women.early_leaving_days[woman]),
            bool(women.has_signed[woman]),
            float(women.housing_days[woman]),
            float(replies.found_day[woman]) if elsewhere else "",
            ";".join(names[plan.n_pools + number] for number in elsewhere),
            ";".join(names[number] for number in willing),
            OUTCOMES[ledger.outcome[woman]],
            names[pool] if pool >= 0 else "",
            float(ledger.admission_day[woman]),
            float(ledger.discharge_day[woman]),
            float(ledger.ended_day[woman]),
        )


def _answers(trace: Trace, replies: Replies, woman: int) -> tuple[list[int], list[int]]:
    """The pools and the providers elsewhere that she says yes to; of who lives in already, none."""
    plan, women = trace.design.plan, trace.women
    if woman < len(plan.resident_pool) or not replies.comes[woman]:
        return [], []
    return willing_list(plan, women, replies, woman), willing_elsewhere(plan, women, replies, woman)


def _names_of_pools(trace: Trace) -> list[str]:
    """Names by number: of the pools, then of the providers elsewhere."""
    external = trace.design.external
    sites = [f"{EXTERNAL}-{site}" for site in external.sites] if external and external.sites else [EXTERNAL]
    return [*(pool.id for pool in trace.design.pools), *sites]


def _capacity_rows(trace: Trace) -> Iterator[tuple[Any, ...]]:
    """A row each time a pool's number of open places changes."""
    ledger = trace.ledger
    for pool, day, places in zip(ledger.capacity_pool, ledger.capacity_day, ledger.capacity_places, strict=True):
        yield trace.design.pools[pool].id, float(day), int(places)


def trace_settings(trace: Trace) -> dict[str, Any]:
    """Say what else a replay must know."""
    plan, names = trace.design.plan, _names_of_pools(trace)
    return {
        "scenario": trace.scenario.name,
        "design": trace.design.name,
        "horizon_days": plan.horizon_days,
        "discipline": DISCIPLINES[plan.discipline],
        "home_first": plan.is_home_first,
        "stay_anchor": "birth" if plan.is_anchored_at_birth else "admission",
        "residents": [names[pool] for pool in plan.resident_pool],
        "external": [
            {"pool": name, "places": None if places == NO_LIMIT else places}
            for name, places in zip(names[plan.n_pools :], plan.elsewhere_places.tolist(), strict=True)
        ],
        "pools": [_pool_settings(trace, number) for number in range(plan.n_pools)],
    }


def _pool_settings(trace: Trace, number: int) -> dict[str, Any]:
    plan, pool = trace.design.plan, trace.design.pools[number]
    is_own = plan.opening_pool == number
    days, places = plan.opening_day[is_own].tolist(), plan.opening_places[is_own].tolist()
    is_flexible = bool(plan.is_flexible[number])
    return {
        "pool": pool.id,
        "site": pool.site,
        "home_regions": list(pool.home_regions or ()),
        "asked_from_day": float(plan.asked_from_day[number]),
        "plan": [[day, change] for day, change in zip(days, places, strict=True)],
        "already_open": int(plan.already_open[number]),
        "flexible": is_flexible,
        **{word: getattr(plan, word)[number].item() if is_flexible else None for word in _FLEXIBLE_WORDS},
        "order_draws": trace.order_draws[number] if is_flexible else [],
        "turnaround_days": float(plan.turnaround_days[number]),
        "may_detain": bool(plan.may_detain[number]),
        "last_admission_day": float(plan.last_admission_day[number]),
        "closes_day": float(plan.closes_day[number]),
    }
