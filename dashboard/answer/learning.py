"""Learning from a file that somebody has put in: read in memory, learnt from, and given back as files.

Takes the bytes of a file of referrals. Keeps nothing: the file is never written to the disk. A
file with anything that looks like a personal number is refused, and nothing of it is given back.
"""

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pandas as pd

from calibration.from_rows import (
    Learnt,
    Period,
    Read,
    Terms,
    fitted_scenario,
    fitted_text,
    learn,
    save_draws,
    save_estimates,
)
from calibration.from_rows.file.reading import read_rows
from calibration.from_rows.file.sheet import ENDINGS as READ_ENDINGS
from calibration.from_rows.file.sheet import read_bytes
from dashboard.ask.file_names import one_spelling
from sim.faults import FAULT_WORDS, shown_text
from sim.scenario import Fault, Scenario, ScenarioError
from sim.tables import REFUSED, Sheet

ENDINGS = tuple(ending.removeprefix(".") for ending in READ_ENDINGS)
DRAWS = 200
"""Drawn values that are given as a table: enough for a run."""
_LONGEST_NAME = 40


class Settings(NamedTuple):
    """What is known about a file besides what stands in it."""

    first: dt.date | None = None  # the days it covers; None to read them from the file
    last: dt.date | None = None
    payer: str = "municipal"  # who paid: municipal, state or regional
    settle_days: int = 30  # women referred in so many last days do not count for answers that may still come in [days]
    without: tuple[str, ...] = ()  # parts that stay as they are in the scenario


class Lesson(NamedTuple):
    """What was learnt from a file."""

    asked: Scenario  # what the file could not tell was taken from here
    read: Read  # what could be used of the file, and what could not
    learnt: Learnt  # what it says
    fitted: Scenario  # the scenario with what was learnt


def read_upload(name: str, content: bytes) -> Sheet:
    """Read a file that was put in."""
    sheet = read_bytes(content, PurePosixPath(name).name)
    return sheet._replace(source=shown_text(one_spelling(sheet.source), length=_LONGEST_NAME))


def is_refused(error: ScenarioError) -> bool:
    """Tell whether a file was refused because of personal numbers."""
    return any(fault.allowed == REFUSED for fault in error.faults)


def take_lesson(sheet: Sheet, asked: Scenario, settings: Settings) -> Lesson:
    """Learn from a file."""
    read = read_rows(sheet, asked, Period(settings.first, settings.last))
    terms = Terms(settle_days=settings.settle_days, payer=settings.payer, without=settings.without)
    learnt = learn(read.referrals, asked, terms)
    name = f"{asked.name[:_LONGEST_NAME]}-fitted"
    return Lesson(asked, read, learnt, fitted_scenario(asked, learnt, name=name))


def lesson_file(lesson: Lesson) -> bytes:
    """Write the scenario with what was learnt, and where each value comes from."""
    about = [f"Learnt from a file of referrals. Fitted from the scenario {lesson.asked.name}."]
    return fitted_text(lesson.fitted, lesson.learnt, about=about).encode()


def lesson_draws(lesson: Lesson) -> bytes:
    """Write values that fit the file as a table of scenarios, to be run beside the scenario with what was learnt."""
    table = _written(lambda path: save_draws(lesson.learnt, path, n_rows=DRAWS), "draws.csv")
    head, *rows = table.decode().splitlines()
    base = lesson_file_name(lesson)
    return "".join(f"{line}\n" for line in (f"scenario,{head}", *(f"{base},{row}" for row in rows))).encode()


def lesson_file_name(lesson: Lesson) -> str:
    """Name the scenario file."""
    return f"{lesson.fitted.name}.yaml"


def lesson_estimates(lesson: Lesson) -> bytes:
    """Write the estimates."""
    return _written(lambda path: save_estimates(lesson.learnt, path), "estimates.csv")


def faults_file(faults: Sequence[Fault], language: str) -> bytes:
    """Write what was left out, for whoever has the file."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n", delimiter=";")
    writer.writerows([fault.parts(language)[word] for word in FAULT_WORDS] for fault in faults)
    return file.getvalue().encode("utf-8-sig")


def posterior_frame(lesson: Lesson) -> pd.DataFrame:
    """Give the draws of what was learnt."""
    return pd.DataFrame({path: one.draws for path, one in lesson.learnt.estimates.items()})


def example_file(name: str) -> bytes:
    """Give a file that comes with the program."""
    return (resources.files("calibration") / "examples" / name).read_bytes()


def _written(save: Callable[[Path], None], name: str) -> bytes:
    with TemporaryDirectory(prefix="doegnplads-learnt-") as folder:
        path = Path(folder) / name
        save(path)
        return path.read_bytes()
