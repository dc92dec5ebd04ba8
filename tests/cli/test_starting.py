"""How the program starts: what it waits for, what the shell completes, and where nothing can be written."""

import os
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.cli.outputs import PAGES
from sim.cli.plain import DONE, IMPOSSIBLE

ROOT = Path(__file__).parents[2]
ALWAYS_SLOW = {"numba", "llvmlite", "pandas", "scipy", "pyarrow", "duckdb", "openpyxl", "rich", "streamlit", "plotly"}
SLOWER_THAN_HELP = ALWAYS_SLOW | {"pydantic", "numpy", "ruamel.yaml", "sim.scenario", "sim.experiment"}
PROGRAM = """
import sys
sys.argv = ["doegnplads", *{words!r}]
from sim.cli import main
try:
    main()
except SystemExit as ended:
    assert (ended.code or 0) == {code!r}, ended.code
loaded = {slow!r} & set(sys.modules)
assert not loaded, loaded
"""


def python(program: str, *before: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    environment = kept | {"PYTHONPATH": str(ROOT)} | variables
    command = [*before, sys.executable, "-c", program]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd="/")


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("words", "slow"),
    [
        (["--help"], SLOWER_THAN_HELP),
        (["--version"], SLOWER_THAN_HELP),
        (["run", "--help"], SLOWER_THAN_HELP),
        (["batch", "--help"], SLOWER_THAN_HELP),
        (["validate", "baseline", "from-today"], ALWAYS_SLOW | {"sim.experiment", "sim.engine"}),
        (["scenarios"], ALWAYS_SLOW | {"sim.experiment", "sim.engine"}),
        (["schema"], ALWAYS_SLOW | {"sim.experiment", "sim.engine"}),
        (["run", "basline"], ALWAYS_SLOW | {"sim.experiment", "sim.engine"}),
    ],
)
def test_a_command_waits_only_for_what_it_needs(words: list[str], slow: set[str]) -> None:
    code = IMPOSSIBLE if "basline" in words else DONE
    done = python(PROGRAM.format(words=words, slow=slow, code=code))
    assert done.returncode == 0, done.stderr


@pytest.mark.unit
def test_the_list_says_of_each_command_what_it_says_of_itself() -> None:
    for name, (module, line) in main.lazily.items():  # type: ignore[attr-defined] # a lazy group
        command = getattr(import_module(module), name)
        assert " ".join(command.help.split("\n\n")[0].split()) == line
    shown = CliRunner().invoke(main, ["--help"]).stdout
    assert all(f"  {name} " in shown for name in ("batch", "run", "validate", "warmup"))


@pytest.mark.unit
@pytest.mark.parametrize("name", ["forecast", "warmup"])
def test_what_draws_the_page_of_a_command_is_there(name: str) -> None:
    pytest.importorskip("plotly")
    assert callable(getattr(import_module(PAGES), f"build_{name}_page"))


def completed(words: str, number: int) -> list[str]:
    variables = {"_DOEGNPLADS_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(number)}
    program = 'import sys; sys.argv = ["doegnplads"]; from sim.cli import main; main(prog_name="doegnplads")'
    return python(program, **variables).stdout.split()


@pytest.mark.e2e
def test_the_shell_completes_commands_scenarios_and_files() -> None:
    assert completed("doegnplads r", 1) == ["plain,report", "plain,results", "plain,run"]
    assert completed("doegnplads run view-c", 2) == ["plain,view-cowi-19", "plain,view-cowi-51", "file,view-c"]
    assert completed("doegnplads validate baseline my", 3) == ["file,my"]


@pytest.mark.e2e
@pytest.mark.parametrize(
    "words", [["batch", ""], ["run", ""], ["run", "baseline", "--out", ""], ["validate", " "], ["batch", "a", "--out="]]
)
def test_an_empty_argument_is_refused_by_every_command(words: list[str]) -> None:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert "an argument: something; got an empty one. If it was a variable of the shell, set it." in done.stderr


WITHOUT_CACHE = """
{before}
import numpy as np
from sim.cohort.distributions import quantile
from sim.scenario import Normal
from sim.engine import kernel
assert quantile(Normal(mean=22, sd=7, low=8, high=36), np.array([0.5]))[0] == 22
"""
SAID = "Set NUMBA_CACHE_DIR to a folder that can be written."


@pytest.mark.e2e
def test_where_no_cache_has_a_place_it_compiles_in_memory_and_says_so_once() -> None:
    nowhere = "from numba.core.caching import CacheImpl; CacheImpl._locator_classes = []"
    done = python(WITHOUT_CACHE.format(before=nowhere))
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(SAID) == 1


@pytest.mark.e2e
def test_somebody_who_may_write_neither_the_program_nor_a_home_can_use_it() -> None:
    setpriv = shutil.which("setpriv")
    if setpriv is None or os.getuid() != 0:
        pytest.skip("only root can become somebody else")
    nobody = (setpriv, "--reuid=65534", "--regid=65534", "--clear-groups")
    if python("import sim", *nobody).returncode:
        pytest.skip("nobody else may read the program here")
    done = python(WITHOUT_CACHE.format(before=""), *nobody, HOME="/nonexistent")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(SAID) == 1
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to others
        Path(folder).chmod(0o777)
        done = python(WITHOUT_CACHE.format(before=""), *nobody, HOME="/nonexistent", NUMBA_CACHE_DIR=folder)
    assert (done.returncode, done.stderr) == (0, "")
