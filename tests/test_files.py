"""The one way out for files: whole or not at all, and what the disk refuses in plain words."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sim.faults import FileError
from sim.files import check_writable, safe_name, write_rows, write_whole

ROOT = Path(__file__).parents[1]
LIMITED = """\
import resource, sys
from pathlib import Path
from sim.files import write_whole
from sim.faults import FaultError
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    write_whole(Path(sys.argv[1]), "x" * 1000)
except FaultError as error:
    print(error)
"""


@pytest.mark.unit
def test_a_full_disk_is_called_a_full_disk_with_the_name_of_the_file() -> None:
    with pytest.raises(FileError, match=r"/dev/full: a file that can be written.*; got the disk is full. Free"):
        write_whole(Path("/dev/full"), "text")


@pytest.mark.unit
def test_what_cannot_be_written_whole_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert f"{path}: a file that can be written, with room for it; got file too large." in done.stdout
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.unit
def test_a_file_that_is_replaced_keeps_who_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "draws.csv"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    write_rows(path, ["a", "b"], [[1, float("nan")], [None, "æ"]])
    assert path.read_bytes() == "a,b\n1,\n,æ\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.unit
def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_whole(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "new"


@pytest.mark.unit
def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(FileError, match=r"taken/below: a folder that can be written; got not a directory. Choose"):
        check_writable(tmp_path / "taken" / "below")
    check_writable(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("vinter", "vinter"),
        ("aux", "aux_"),
        ("con.", "con__"),
        ("nul.txt", "nul_.txt"),
        ("LPT1", "LPT1_"),
        ("a.", "a_"),
    ],
)
def test_names_that_some_systems_keep_for_devices_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe
