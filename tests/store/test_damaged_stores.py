"""Full disks, folders without rights, damaged files: a clear message, and the rest can be read."""

import fcntl
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sim.experiment import run_experiment
from sim.scenario import Case, scenario_from, with_values
from sim.store import Store, StoreError, piece_key, results_of_piece
from sim.store.catalogue import estimates_frame, list_asked, query
from sim.store.cleaning import clean
from sim.store.own_files import DRAFTS
from sim.store.writing import left_drafts, write_whole

ROOT = Path(__file__).parents[2]
ONE = scenario_from({"name": "one", "horizon_years": 1, "replications": 2, "designs": [{"name": "a", "kind": "none"}]})
OTHER = with_values(ONE, {"name": "other", "seed": 1})
KEY = "ab" * 16
WRITES = """\
import sys, os, resource
from pathlib import Path
from sim.store import StoreError
from sim.store.writing import write_whole
for uid in sys.argv[3:]:
    os.setuid(int(uid))
store = Path(sys.argv[1])
try:
    if len(sys.argv) == 3:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    write_whole(store / "pieces" / sys.argv[2][:2] / f"{sys.argv[2]}.parquet", b"x" * 1000, store=store)
except StoreError as error:
    print(error)
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store")
    store.keep(run_experiment(ONE))
    store.keep(run_experiment(OTHER))
    return store


def written_elsewhere(store: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WRITES, str(store), KEY, *words],
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    return done.stdout


@pytest.mark.unit
@pytest.mark.parametrize("damage", ["cut", "empty", "bit", "about", "other"])
def test_a_damaged_result_is_named_and_the_rest_is_read(store: Store, damage: str) -> None:
    path = store.piece_path(piece_key(ONE))
    content = bytearray(path.read_bytes())
    if damage == "bit":
        content[len(content) // 8] ^= 1
    elif damage == "about":
        content[content.index(b'"seed": 2027') + 9] ^= 1
    elif damage == "other":
        content = bytearray(store.piece_path(piece_key(OTHER)).read_bytes())
    else:
        content = content[: len(content) // 2 if damage == "cut" else 0]
    path.write_bytes(content)
    message = rf"{path.name}: a whole result; got a damaged file. Remove it with doegnplads results clean"
    with pytest.raises(StoreError, match=message):
        results_of_piece(path)
    assert [str(error)[:20] for error in store.check()] == [path.name[:20]]
    assert store.recall(ONE) is None
    assert store.recall(OTHER) is not None
    frame = estimates_frame(store)
    assert set(frame["scenario"]) == {"other"}
    assert damage in {"cut", "empty"} or path.name in frame.attrs["damaged"][0]
    assert query(store, "SELECT count(DISTINCT result) AS n FROM estimates")["n"][0] in {1, 2}
    assert clean(store)["damaged"] == [path.name]
    assert not path.exists()
    store.keep(run_experiment(ONE))
    assert store.recall(ONE) is not None


@pytest.mark.unit
def test_a_damaged_list_leaves_results_under_their_hashes(store: Store) -> None:
    for path in (store.path / "asked").iterdir():
        path.write_bytes(b"nonsense")
    frame = list_asked(store)
    assert list(frame["name"]) == list(frame["hash"])
    assert len(frame.attrs["damaged"]) == 2
    assert "a whole list of scenarios; got a damaged file." in frame.attrs["damaged"][0]
    assert len(clean(store)["damaged"]) == 2


@pytest.mark.unit
def test_a_full_disk_gives_a_message_and_leaves_nothing_behind(tmp_path: Path) -> None:
    said = written_elsewhere(tmp_path)
    assert said.startswith(f"{tmp_path}, {KEY}.parquet: a folder that can be written, with room")
    assert "for results; got file too large." in said
    assert "What is finished is kept" in said
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.unit
def test_a_folder_without_rights_gives_a_message() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        nobody = ("65534",) if os.geteuid() == 0 else (str(os.geteuid()),)
        said = written_elsewhere(folder, *nobody)
        folder.chmod(0o755)
    assert said.startswith(
        f"{name}, {KEY}.parquet: a folder that can be written, with room for results; got permission denied."
    )
    assert "Check your rights" in said


@pytest.mark.unit
def test_a_file_in_place_of_a_store_gives_a_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"a folder that can be written.*Choose a folder, not a file."):
        Store(tmp_path / "file").keep(run_experiment(ONE))


@pytest.mark.unit
def test_drafts_of_the_dead_are_found_and_those_of_the_living_left(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.note([Case(ONE, {})])
    piece = store.piece_path(KEY)
    write_whole(piece, b"1", store=tmp_path)
    assert list(left_drafts(tmp_path)) == []
    dead, living = (f"{KEY}.parquet.{digit * 16}" for digit in "0f")
    (tmp_path / DRAFTS / dead).write_bytes(b"")
    (tmp_path / DRAFTS / "chapter.docx").write_bytes(b"mine")
    with (tmp_path / DRAFTS / living).open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert [path.name for path in left_drafts(tmp_path)] == [dead]
    assert clean(store, is_dry=True)["drafts"] == [dead, living]
    assert clean(store)["drafts"] == [dead, living]
    assert (tmp_path / DRAFTS / "chapter.docx").read_bytes() == b"mine"
    assert not piece.exists()  # a damaged piece
