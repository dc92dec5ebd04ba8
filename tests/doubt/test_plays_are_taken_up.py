"""A run that was stopped, killed or damaged is taken up, and comes to the same bytes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from small_doubts import SMALL, small
from waiting import HANG_SECONDS

from sim.doubt import explore
from sim.doubt.plays import PlaysFile, all_points, ask, play_points, points_of
from sim.faults import FaultError
from sim.scenario import ScenarioError, read_scenario

DRAWS = 12


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("whole")
    return play_points(ask(small(), replications=3, seed=4), DRAWS, folder, cores=1).path.read_bytes()


def played(folder: Path, n_points: int = DRAWS, cores: int = 1) -> PlaysFile:
    return play_points(ask(small(), replications=3, seed=4), n_points, folder, cores=cores)


@pytest.mark.unit
def test_more_cores_and_more_draws_later_give_the_same_bytes(tmp_path: Path, whole: bytes) -> None:
    assert played(tmp_path, 5, cores=2).n_points == 5
    assert played(tmp_path, cores=2).path.read_bytes() == whole


@pytest.mark.unit
def test_fewer_draws_leave_those_that_are_there(tmp_path: Path, whole: bytes) -> None:
    played(tmp_path)
    assert played(tmp_path, 3).path.read_bytes() == whole


@pytest.mark.unit
@pytest.mark.parametrize("left", [0, 100, 600, 0.3, 0.55, 0.999])
def test_a_file_cut_short_anywhere_is_taken_up(tmp_path: Path, whole: bytes, left: float) -> None:
    path = played(tmp_path, 1).path
    path.write_bytes(whole[: int(left if left >= 1 else left * len(whole))])
    assert played(tmp_path).path.read_bytes() == whole


@pytest.mark.unit
def test_a_damaged_record_is_played_again(tmp_path: Path, whole: bytes) -> None:
    path = played(tmp_path, 1).path
    middle = len(whole) // 2
    path.write_bytes(whole[:middle] + b"\0\1\2\3" + whole[middle + 4 :])
    assert played(tmp_path).path.read_bytes() == whole


@pytest.mark.unit
def test_killed_in_the_middle(tmp_path: Path, whole: bytes) -> None:
    key = ask(small(), replications=3, seed=4).key
    path = tmp_path / f"{key}.plays"
    code = (
        "import sys; sys.path[:0] = ['tests/doubt']\n"
        "from pathlib import Path; from small_doubts import small; from sim.doubt.plays import ask, play_points\n"
        f"play_points(ask(small(), replications=3, seed=4), 100000, Path({str(tmp_path)!r}), cores=1)"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", code], cwd=root, env=os.environ | {"PYTHONPATH": str(root)}) as run:
        deadline = time.monotonic() + HANG_SECONDS
        while not (path.exists() and path.stat().st_size > len(whole) // 2):
            assert run.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
    found = played(tmp_path).path.read_bytes()
    assert found[: len(whole)] == whole


@pytest.mark.unit
def test_two_runs_do_not_write_one_file(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    path = played(tmp_path, 1).path
    with path.open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(FaultError, match="another run is writing"):
            played(tmp_path, 2)


@pytest.mark.unit
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FaultError):
        played(tmp_path / "file")


@pytest.mark.unit
def test_points_are_a_sequence() -> None:
    question = ask(small(), replications=3, seed=4)
    every = all_points(question, 40)
    assert np.array_equal(np.array(list(points_of(question, 40, first=13))), every[13:])
    assert np.array_equal(all_points(question, 7), every[:7])
    assert every.shape == (40, 2)


@pytest.mark.unit
def test_what_plays_depend_on_names_them() -> None:
    asked = small()
    keys = {
        ask(asked, replications=3, seed=4).key,
        ask(asked, replications=4, seed=4).key,
        ask(asked, replications=3, seed=5).key,
        ask(small("doubt: {parameters: {acceptance.base: plausible}}\n"), replications=3, seed=4).key,
        ask(small("doubt: {parameters: {acceptance.base: {low: 0.2, high: 0.5}}}\n"), replications=3, seed=4).key,
    }
    assert len(keys) == 5
    assert (
        ask(asked, replications=3, seed=4).key
        == ask(asked.model_copy(update={"name": "other"}), replications=3, seed=4).key
    )


@pytest.mark.unit
def test_draws_that_cannot_be_played_are_left_out_and_told() -> None:
    # A uniform that runs past what a share may be: one in six draws is above 1.
    some = "doubt: {parameters: {demand.found_share: {uniform: {low: 0.4, high: 1.1}}}}\n"
    found = explore(small(some), draws=32, replications=2, seed=1, cores=1)
    assert 20 < found.n_played < 32
    assert found.split("admitted_per_year", "few").n_points == found.n_played


@pytest.mark.unit
def test_most_draws_that_cannot_be_played_are_refused() -> None:
    scenario = read_scenario(SMALL + "doubt: {parameters: {demand.found_share: {uniform: {low: 0.9, high: 3}}}}\n")
    with pytest.raises(ScenarioError, match="found_share"):
        explore(scenario, draws=64, replications=2, seed=1, cores=1)


@pytest.mark.unit
def test_a_need_without_end_is_not_played() -> None:
    # Six women admitted in a year, where hardly one in a hundred says yes.
    text = SMALL.replace("need_per_year: 40", "view: visited_res_2017") + (
        "doubt: {parameters: {acceptance.base: {uniform: {low: 0.0005, high: 0.05}}}}\n"
    )
    found = explore(read_scenario(text), draws=16, replications=2, seed=1, cores=1)
    assert 4 < found.n_played < 16
