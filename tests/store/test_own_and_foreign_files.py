"""A store is known by its catalogue; files of others beside its own are named, left out and left alone."""

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from sim.experiment import run_experiment
from sim.scenario import Case, scenario_from, with_values
from sim.store import Store, StoreError, piece_key
from sim.store import asked as asked_module
from sim.store.catalogue import estimates_frame, list_asked, query, results_named
from sim.store.cleaning import clean, forget

WORDS = {
    "name": "one",
    "horizon_years": 1,
    "replications": 3,
    "designs": [{"name": "regional", "kind": "regional"}],
}
ONE = scenario_from(WORDS)
OTHER = with_values(ONE, {"name": "other", "demand.need_per_year": 30})
EDITED = with_values(ONE, {"demand.need_per_year": 50})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store")
    for scenario in (ONE, OTHER):
        store.keep(run_experiment(scenario))
    return store


def asked_at(store: Store, name: str, seconds: float) -> None:
    """Set back the lists that name a scenario, as if they had been asked for then."""
    for path in (store.path / "asked").iterdir():
        if any(line.name == name for line in asked_module.read_list(path)):
            os.utime(path, (seconds, seconds))


@pytest.mark.unit
def test_a_folder_of_others_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "chapter.docx").write_bytes(b"mine")
    (tmp_path / "pieces" / "aa").mkdir(parents=True)
    (tmp_path / "pieces" / "aa" / "measured.parquet").write_bytes(b"mine")
    store = Store(tmp_path)
    message = r"a store of results, or an empty folder to make one in; got a folder with other files \(drafts, pieces\)"
    with pytest.raises(StoreError, match=message):
        store.keep(run_experiment(ONE))
    with pytest.raises(StoreError, match=r"a store of results, with its catalogue.sql; got a folder without one"):
        clean(store, old=True)
    store.sweep_drafts()
    files = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert files == ["chapter.docx", "measured.parquet"]


@pytest.mark.unit
def test_what_systems_and_killed_batches_leave_does_not_keep_a_store_from_being_made(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / f"catalogue.sql.{'0' * 16}").write_bytes(b"")
    assert Store(tmp_path).keep(run_experiment(ONE))


@pytest.mark.unit
def test_copies_of_synced_folders_are_named_and_count_nowhere(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = estimates_frame(store).to_csv()
    piece = store.piece_path(piece_key(ONE))
    (listed, *_) = (store.path / "asked").iterdir()
    others = [
        piece.with_name(f"{piece.stem} - Kopi.parquet"),
        piece.with_name(f"{piece.stem} (1).parquet"),
        piece.with_name(f"{piece.stem} (conflicted copy 2026-11-28).parquet"),
        piece.with_name(f"._{piece.name}"),
        piece.with_name("tom.parquet"),
        store.path / "pieces" / "kopi" / piece.name,
        listed.with_name(f"kopi af {listed.name}"),
        store.path / "pieces" / ".DS_Store",
    ]
    for path in others:
        path.parent.mkdir(exist_ok=True)
        shutil.copy(piece, path)
    frame = estimates_frame(store)
    assert frame.to_csv() == before
    assert frame.attrs["damaged"] == []
    assert "8 files not made by this program left out: " in frame.attrs["foreign"][0]
    assert "kopi af " in frame.attrs["foreign"][0]
    n_rows = int(query(store, "SELECT count(*) AS n FROM estimates")["n"][0])
    with duckdb.connect() as connection:
        monkeypatch.chdir(store.path)
        connection.execute((store.path / "catalogue.sql").read_text(encoding="utf-8"))
        assert connection.execute("SELECT count(*) FROM estimates").fetchall() == [(n_rows,)]
        assert connection.execute("SELECT count(*) FROM asked").fetchall() == [(2,)]
    assert clean(store, old=True) == {"drafts": [], "damaged": [], "old": []}
    assert all(path.exists() for path in others)


@pytest.mark.unit
def test_an_edited_scenario_is_shown_and_the_old_can_be_forgotten(store: Store) -> None:
    asked_at(store, "one", 1000.0)
    store.keep(run_experiment(EDITED))
    assert results_named(store, "one").scenario.demand.need_per_year == 50
    assert list(list_asked(store)["hash"][:2]) == [run_experiment(EDITED).hash, run_experiment(ONE).hash]
    frame = estimates_frame(store, names=["one"])
    assert "one: 2 results of that name; this is the newest" in frame.attrs["older"][0]
    assert [line.name for line in forget(store, "one", older=True, is_dry=True)] == ["one"]
    assert len(list_asked(store)) == 3
    forget(store, "one", older=True)
    assert estimates_frame(store, names=["one"]).attrs["older"] == []
    assert not store.piece_path(piece_key(ONE)).exists()
    assert store.recall(EDITED) is not None
    forget(store, "other")
    assert list(list_asked(store)["name"]) == ["one"]
    with pytest.raises(StoreError, match=r"a scenario of this store; got 'onee'. Did you mean one\?"):
        forget(store, "onee")


@pytest.mark.unit
def test_asked_for_again_the_first_is_the_newest(store: Store) -> None:
    store.keep(run_experiment(EDITED))
    for path in (store.path / "asked").iterdir():
        os.utime(path, (1000, 1000))
    with pytest.raises(StoreError, match=r"one scenario; got 2 of that name. Write the first digits of one:"):
        results_named(store, "one")  # nothing says which is the newer
    store.note([Case(ONE, {})])
    assert results_named(store, "one").scenario.demand.need_per_year == ONE.demand.need_per_year


@pytest.mark.unit
def test_results_that_another_name_shares_are_not_forgotten(store: Store) -> None:
    twin = ONE.model_copy(update={"name": "twin"})
    store.note([Case(twin, {})])
    forget(store, "one")
    assert list(list_asked(store)["name"]) == ["other", "twin"]
    assert store.recall(twin) is not None


@pytest.mark.unit
def test_what_other_rules_computed_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.store.catalogue.current_rules", lambda: "9-other")
    assert list_asked(store).attrs["n_old"] == 2
    with pytest.raises(StoreError, match=r"by the rules of this version; got one of other rules. Give the batch"):
        results_named(store, "one")


@pytest.mark.unit
def test_names_that_differ_in_capitals_and_long_ones_are_kept_apart(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    start = "regionale-enheder-med-faa-pladser-og-lang-venteti"
    names = ["Vinter", "vinter", "VINTER", f"{start}-lav", f"{start}-hoej"]
    for number, name in enumerate(names):
        store.keep(run_experiment(with_values(ONE, {"name": name, "demand.need_per_year": 40 + number})))
    assert sorted(estimates_frame(store)["scenario"].unique()) == sorted(names)
    assert results_named(store, "vinter").scenario.demand.need_per_year == 41
