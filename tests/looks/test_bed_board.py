"""The bed board tells the ledger's story: one woman a place, only in open places, and waits that do not overlap."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.design import build_designs
from sim.engine import OUTCOMES
from sim.looks import Trace, trace_replication
from sim.looks.bed_board import BedBoard, OpenSpell, bed_board_rows
from sim.scenario import Scenario, scenario_from

PLACES = {"hovedstaden": 3, "sjaelland": 1, "syddanmark": 1, "midtjylland": 2, "nordjylland": 1}
MOST = {"hovedstaden": 6, "sjaelland": 3, "syddanmark": 3, "midtjylland": 4, "nordjylland": 2}
DESIGNS: list[dict[str, Any]] = [
    {"name": "shared", "kind": "shared", "places": PLACES},
    {"name": "flexible", "kind": "regional", "places": PLACES, "flexible": {"max_places": MOST, "lead_days": 14}},
    {"name": "quick", "kind": "regional", "places": PLACES, "turnaround_days": 0, "external": {"after_days": 20}},
    {"name": "bought", "kind": "external"},
]
NAMES = [design["name"] for design in DESIGNS]


def scenario(**words: Any) -> Scenario:
    return scenario_from({"name": "boards", "horizon_years": 3, "designs": DESIGNS, "replications": 5} | words)


def board_of(trace: Trace) -> BedBoard:
    return bed_board_rows(trace)


def traced(design: str, replication: int = 0, seed: int = 1) -> Trace:
    return trace_replication(scenario(seed=seed), design=design, replication=replication, engine="kernel")


def overlap(spells: list[tuple[float, float]]) -> bool:
    ordered = sorted(spells)
    return any(earlier[1] > later[0] for earlier, later in pairwise(ordered))


@pytest.mark.law
@settings(max_examples=25, deadline=None)
@given(design=st.sampled_from(NAMES), replication=st.integers(0, 60), seed=st.integers(1, 5))
def test_the_board_tells_the_ledgers_story(design: str, replication: int, seed: int) -> None:
    trace = traced(design, replication, seed)
    board, ledger, horizon = board_of(trace), trace.ledger, trace.design.plan.horizon_days
    admitted = np.flatnonzero(ledger.pool >= 0)
    assert sorted(stay.woman for stay in board.stays) == admitted.tolist()
    for stay in board.stays:
        assert stay.pool == ledger.pool[stay.woman]
        assert stay.from_day == ledger.admission_day[stay.woman]
        left = ledger.discharge_day[stay.woman]
        assert stay.to_day == (horizon if np.isnan(left) else left)
        assert stay.outcome == OUTCOMES[ledger.outcome[stay.woman]]
        assert stay.municipality == trace.women.municipality[stay.woman]
        assert stay.wait_days == stay.from_day - trace.women.referral_day[stay.woman]


@pytest.mark.law
@settings(max_examples=25, deadline=None)
@given(design=st.sampled_from(NAMES), replication=st.integers(0, 60), seed=st.integers(1, 5))
def test_no_place_has_two_women_or_one_while_it_is_closed(design: str, replication: int, seed: int) -> None:
    board = board_of(traced(design, replication, seed))
    for pool in range(len(board.pools) + 1):
        turnaround = board.turnaround_days[pool] if pool < len(board.pools) else 0.0
        for place in range(1, board.n_places(pool) + 1):
            stays = [
                (stay.from_day, stay.to_day + turnaround * (stay.outcome != "in_stay"))
                for stay in board.stays
                if (stay.pool, stay.place) == (pool, place)
            ]
            assert not overlap(stays)
            if pool < len(board.pools):
                spells = [spell for spell in board.open_spells if (spell.pool, spell.place) == (pool, place)]
                assert not overlap([(spell.from_day, spell.to_day) for spell in spells])
                assert all(any(is_within(stay, spell) for spell in spells) for stay in stays)


def is_within(stay: tuple[float, float], spell: OpenSpell) -> bool:
    return spell.from_day <= stay[0] and (stay[1] <= spell.to_day or spell.to_day == 1096)


@pytest.mark.law
@settings(max_examples=25, deadline=None)
@given(design=st.sampled_from(NAMES), replication=st.integers(0, 60))
def test_open_spells_count_the_open_places(design: str, replication: int) -> None:
    trace = traced(design, replication)
    board, ledger = board_of(trace), trace.ledger
    changes = zip(ledger.capacity_pool.tolist(), ledger.capacity_day.tolist(), strict=True)
    after = dict(zip(changes, ledger.capacity_places.tolist(), strict=True))  # the last word of an instant counts
    for (pool, day), places in after.items():
        is_open = [spell.pool == pool and spell.from_day <= day < spell.to_day for spell in board.open_spells]
        assert sum(is_open) == places


@pytest.mark.law
@settings(max_examples=25, deadline=None)
@given(design=st.sampled_from(NAMES), replication=st.integers(0, 60))
def test_everybody_who_waited_is_on_the_list_until_she_got_a_place_or_stopped(design: str, replication: int) -> None:
    trace = traced(design, replication)
    board, ledger, women = board_of(trace), trace.ledger, trace.women
    waits = {wait.woman: wait for wait in board.waits}
    said_no = ("not_offered", "declined")
    accepted = [woman for woman in range(women.n_women) if OUTCOMES[ledger.outcome[woman]] not in said_no]
    for woman in accepted:
        referred = women.referral_day[woman]
        until = ledger.admission_day[woman]
        if np.isnan(until):
            limits = {
                "gave_up": referred + women.patience_days[woman],
                "birth_before_place": women.pregnancy_end_day[woman],
                "pregnancy_ended": women.pregnancy_end_day[woman],
                "waiting": trace.design.plan.horizon_days,
            }
            until = limits[OUTCOMES[ledger.outcome[woman]]]
        if until > referred:
            assert (waits[woman].from_day, waits[woman].to_day) == (referred, until)
        else:
            assert woman not in waits
    assert set(waits) <= set(accepted)
    lanes = {wait.lane for wait in board.waits}
    for lane in lanes:
        assert not overlap([(wait.from_day, wait.to_day) for wait in board.waits if wait.lane == lane])


@pytest.mark.unit
def test_she_gets_the_lowest_numbered_place_that_is_free() -> None:
    board = board_of(traced("shared"))
    for stay in board.stays:
        lower = [
            other
            for other in board.stays
            if other.pool == stay.pool and other.place < stay.place and other.from_day <= stay.from_day
        ]
        busy = {other.place for other in lower if other.to_day + board.turnaround_days[stay.pool] > stay.from_day}
        assert busy == set(range(1, stay.place))
    assert max(stay.place for stay in board.stays) > 1


@pytest.mark.unit
def test_a_fixed_pool_has_as_many_lines_as_places() -> None:
    board = board_of(traced("shared"))
    assert [board.n_places(pool) for pool in range(5)] == list(PLACES.values())
    assert board.n_places(5) == 0
    assert {spell.to_day for spell in board.open_spells} == {1096}
    assert board.pools == tuple(PLACES)


@pytest.mark.unit
def test_places_bought_elsewhere_have_lines_after_the_pools() -> None:
    board = board_of(traced("bought"))
    assert board.pools == ()
    assert board.n_places(0) == max(stay.place for stay in board.stays) > 1
    assert board.open_spells == ()


@pytest.mark.unit
def test_nobody_gives_an_empty_board() -> None:
    empty = scenario(demand={"need_per_year": 0})
    trace = trace_replication(empty, design="bought", replication=0, engine="kernel")
    board = board_of(trace)
    assert (board.stays, board.waits, board.open_spells) == ((), (), ())
    assert [design.name for design in build_designs(empty)] == NAMES
