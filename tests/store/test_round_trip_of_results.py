"""Results come back from a store bit for bit, under the name by which they are asked for."""

from pathlib import Path

import pytest

from sim.experiment import Results, run_experiment
from sim.scenario import scenario_from
from sim.store import Store, piece_bytes, piece_key, results_of_piece
from sim.store.catalogue import list_asked, results_named

ASKED = {
    "name": "kept",
    "title": {"da": "Gemt", "en": "=Kept"},
    "horizon_years": 2,
    "replications": 12,
    "designs": [
        {"name": "regional", "kind": "regional", "places": {"hovedstaden": 4, "nordjylland": 0}},
        {"name": "as-today", "kind": "external", "financing": "municipal"},
        {"name": "nothing", "kind": "none"},
    ],
}
SCENARIO = scenario_from(ASKED)
RESULTS = run_experiment(SCENARIO)


def exact(results: Results) -> dict[str, list[list[str]]]:
    """What designs cost against another, to the last bit."""
    return {
        name: [[value if isinstance(value, str) else float(value).hex() for value in part] for part in finding]
        for name, finding in results.findings.items()
    }


def bare(results: Results) -> Results:
    """Without what holds arrays or missing numbers, which never equal themselves."""
    return results._replace(designs={}, differences={}, findings={}, paying_occupancy={})


def same(one: Results, other: Results) -> bool:
    """Bit for bit."""
    parts, others = one.designs | one.differences, other.designs | other.differences
    return (
        bare(one) == bare(other)
        and repr(one.paying_occupancy) == repr(other.paying_occupancy)
        and exact(one) == exact(other)
        and list(one.designs) == list(other.designs)
        and list(one.differences) == list(other.differences)
        and all(parts[name].scopes == others[name].scopes for name in parts)
        and all(
            mine.tobytes() == theirs.tobytes() and mine.dtype == theirs.dtype and mine.shape == theirs.shape
            for name in parts
            for mine, theirs in zip(parts[name].estimates, others[name].estimates, strict=True)
        )
    )


@pytest.mark.unit
def test_results_come_back_bit_for_bit(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.recall(SCENARIO) is None
    key = store.keep(RESULTS)
    assert key == piece_key(SCENARIO)
    recalled = store.recall(SCENARIO)
    assert recalled is not None
    assert same(recalled, RESULTS)
    assert same(results_named(store, "kept"), RESULTS)
    assert piece_bytes(recalled) == piece_bytes(RESULTS)
    assert store.recall(SCENARIO, "reference") is None


@pytest.mark.unit
def test_one_result_serves_all_names(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep(RESULTS)
    named = scenario_from(ASKED | {"name": "other", "title": "Another"})
    recalled = store.recall(named)
    assert recalled is not None
    assert recalled.scenario == named
    store.keep(recalled)
    assert len(list(store.pieces())) == 1
    assert list(list_asked(store)["name"]) == ["kept", "other"]
    assert results_named(store, "other").scenario == named


@pytest.mark.unit
@pytest.mark.parametrize(
    "words",
    [
        {"seed": 8},
        {"replications": 13},
        {"horizon_years": 3},
        {"designs": ASKED["designs"][:2]},  # type: ignore[index]
        {"measures": {"against": "as-today"}},
    ],
)
def test_other_content_has_another_key(words: dict[str, object]) -> None:
    assert piece_key(scenario_from(ASKED | words)) != piece_key(SCENARIO)


@pytest.mark.unit
def test_partial_results_are_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "none")
    assert store.keep(RESULTS._replace(is_partial=True)) is None
    assert not (tmp_path / "none").exists()


@pytest.mark.unit
def test_a_piece_says_where_it_comes_from_and_not_when_or_where_it_was_made(tmp_path: Path) -> None:
    content = piece_bytes(RESULTS)
    assert content == piece_bytes(run_experiment(SCENARIO, cores=1))
    found = results_of_piece(content)
    assert found.scenario.name == found.hash
    assert found.scenario.model_copy(update={"name": "kept", "title": SCENARIO.title}) == SCENARIO
