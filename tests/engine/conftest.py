"""Whatever is tested of play is tested of every engine."""

from collections.abc import Iterable

import pytest
from making import Engine, Play, make_marks

import sim.engine
from sim.cohort import Cohort
from sim.design import Plan
from sim.engine import Ledger

ENGINE_NAMES = [name for name in ("play_reference", "play_kernel") if hasattr(sim.engine, name)]


@pytest.fixture(params=ENGINE_NAMES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return getattr(sim.engine, request.param)


@pytest.fixture
def play(engine: Engine) -> Play:
    def play_by_hand(plan: Plan, women: Cohort, marks: Iterable[Iterable[float]] | None = None) -> Ledger:
        return engine(plan, women, make_marks(plan, women, marks))

    return play_by_hand
