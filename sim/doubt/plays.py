"""Plays at points: every design on the same women at each point, kept in one file as they come.

Takes a question. Gives what stands above and below the line of every measure, in every replication of every point. The
file grows by one record a point, in order. A run that was killed leaves whole records and perhaps a part of one; the
next run of the same question cuts that off and goes on, so that the file comes to the same bytes. More points of the
same question go behind those that are there: a scrambled Sobol sequence of another length begins alike.
"""

import hashlib
import json
import os
import sys
import warnings
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import REPLICATIONS_PER_BLOCK, funnel_of
from sim.doubt.unsure import Unsure, changes_of, find_unsure, n_features, values_at
from sim.experiment import RULES_VERSION, Memory, available_cores, play_block
from sim.experiment.cores import in_order
from sim.experiment.measured import ALL_MEASURES
from sim.faults import one_fault
from sim.files import check_writable, unusable
from sim.measures import Parts, join
from sim.runnable import check_scenario
from sim.scenario import Scenario, ScenarioError, Variation, content_text
from sim.store.keys import measures_digest
from sim.texts import say

if sys.platform != "win32":
    import fcntl

Floats = npt.NDArray[np.float64]
Progress = Callable[[int, int], None]
"""Called with the points done and how many there will be."""

FORMAT = 1
"""Counts up when the file is laid out in another way."""
MOST_NEED = 2000.0
"""An estimate of women admitted, with low shares on the way to it, may come to any need; more is played no more."""
_CHUNK = 1024
_HEADER_BYTES = 512


class DoubtQuestion(NamedTuple):
    """What is played at each point.

    Attributes
    ----------
    scenario : Scenario
        Without its doubt.
    unsure : tuple of Unsure
        What is drawn.
    replications : int
        Futures at each point.
    seed : int
        Of the points and of the women.
    """

    scenario: Scenario
    unsure: tuple[Unsure, ...]
    replications: int
    seed: int

    @property
    def designs(self) -> tuple[str, ...]:
        """Names of the designs."""
        return tuple(design.name for design in self.scenario.designs)

    @property
    def key(self) -> str:
        """Name of the plays: of everything they depend on but how many points there are."""
        believed = [
            [one.name, one.paths, *(repr(one.at(np.full(one.n_features, share))) for share in (0.1, 0.5, 0.9))]
            for one in self.unsure
        ]
        terms = [FORMAT, RULES_VERSION, measures_digest(), self.replications, self.seed, believed]
        text = json.dumps(terms, default=str) + content_text(self.scenario)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def ask(scenario: Scenario, *, replications: int, seed: int | None = None) -> DoubtQuestion:
    """Make the question of a scenario's doubt.

    Parameters
    ----------
    scenario : Scenario
        With or without the word `doubt`.
    replications : int
        Futures at each point.
    seed : int, optional
        Of the points and of the women; the scenario's own if left out.

    Returns
    -------
    DoubtQuestion
        To be played.
    """
    unsure, _ = find_unsure(scenario)
    chosen = scenario.seed if seed is None else seed
    plain = scenario.model_copy(update={"doubt": None, "seed": chosen, "replications": replications})
    check_scenario(plain)
    return DoubtQuestion(plain, unsure, replications, chosen)


def points_of(question: DoubtQuestion, n_points: int, *, first: int = 0) -> Iterator[Floats]:
    """Go through scrambled Sobol points in the unit cube, a few at a time in memory."""
    from scipy.stats import qmc  # noqa: PLC0415 - slow to load

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a part of the sequence is balanced enough for its own length
        sobol = qmc.Sobol(n_features(question.unsure), scramble=True, rng=question.seed)
        if first:
            sobol.fast_forward(first)
        for start in range(first, n_points, _CHUNK):
            yield from sobol.random(min(_CHUNK, n_points - start))


def all_points(question: DoubtQuestion, n_points: int) -> Floats:
    """Put the points into one array, of shape (n_points, n_features)."""
    return np.array(list(points_of(question, n_points)))


def play_point(
    question: DoubtQuestion,
    scenario: Scenario,
    number: int,
    replications: int | None = None,
    *,
    memory: Memory | None = None,
) -> list[Parts]:
    """Play every design at one point, on women of the point's own, and keep what concerns the whole country."""
    if funnel_of(scenario).need_per_year > MOST_NEED:
        raise one_fault(
            scenario.name,
            say("allowed.a_need_of_at_most", n=MOST_NEED),
            got=say("got.more"),
            remedy=say("remedy.raise_the_share"),
        )
    wanted = replications or question.replications
    n_blocks = -(-wanted // REPLICATIONS_PER_BLOCK)
    designs = check_scenario(scenario)
    found: list[list[Parts]] = [[] for _ in designs]
    for at in range(n_blocks):
        n_here = min(REPLICATIONS_PER_BLOCK, wanted - at * REPLICATIONS_PER_BLOCK)
        block = number * n_blocks + at
        parts = play_block(scenario, designs, block=block, n_replications=n_here, engine="kernel", memory=memory)
        for own, part in zip(found, parts, strict=True):
            own.append(part.part(slice(1)))
    return [join(own) for own in found]


class PlaysFile:
    """What was played, on disk.

    Parameters
    ----------
    path : Path
        The file.
    question : DoubtQuestion
        What it answers.
    """

    def __init__(self, path: Path, question: DoubtQuestion) -> None:
        self.path = path
        self.question = question
        designs, replications = len(question.designs), question.replications
        self.per = np.array(_bottom_numbers())
        n_bottoms = int(self.per.max()) + 1
        self._record = np.dtype(
            [
                ("check", "<u4"),
                ("tops", "<f4", (designs, len(ALL_MEASURES), replications)),
                ("bottoms", "<f4", (designs, n_bottoms, replications)),
            ]
        )
        self._header = _header(question)

    @property
    def n_points(self) -> int:
        """Whole records in the file."""
        size = self.path.stat().st_size if self.path.exists() else 0
        return max(0, size - _HEADER_BYTES) // self._record.itemsize

    def columns(self, measure: int, n_points: int) -> tuple[Floats, Floats]:
        """Read one measure: above and below the line, each of shape (n_designs, n_points, n_replications)."""
        records = np.memmap(self.path, self._record, "r", offset=_HEADER_BYTES, shape=(n_points,))
        tops = np.array(records["tops"][:, :, measure], dtype=np.float64)
        bottoms = np.array(records["bottoms"][:, :, self.per[measure]], dtype=np.float64)
        return tops.transpose(1, 0, 2), bottoms.transpose(1, 0, 2)

    def mend(self, file: IO[bytes]) -> int:
        """Cut off what is not whole, and count what is."""
        file.seek(0)
        if file.read(_HEADER_BYTES) != self._header:
            file.truncate(0)
            file.seek(0)
            file.write(self._header)
            return 0
        whole = 0
        while len(content := file.read(self._record.itemsize)) == self._record.itemsize:
            if int.from_bytes(content[:4], "little") != zlib.crc32(content[4:]):
                break
            whole += 1
        file.truncate(_HEADER_BYTES + whole * self._record.itemsize)
        file.seek(0, os.SEEK_END)
        return whole

    def bytes_of(self, parts: list[Parts] | None) -> bytes:
        """Write one record; not a number throughout where the point cannot be played."""
        record = np.zeros((), self._record)
        if parts is None:
            record["tops"], record["bottoms"] = np.nan, np.nan
        else:
            record["tops"] = [own.tops[0] for own in parts]
            record["bottoms"] = [own.bottoms[0] for own in parts]
        content = record.tobytes()[4:]
        return zlib.crc32(content).to_bytes(4, "little") + content


def _bottom_numbers() -> list[int]:
    """Which bottom each measure has, as `measure_parts` numbers them."""
    pers = ["one" if measure.quantile is not None else measure.per for measure in ALL_MEASURES]
    names = list(dict.fromkeys(pers))
    return [names.index(per) for per in pers]


def _header(question: DoubtQuestion) -> bytes:
    about = {"format": FORMAT, "key": question.key, "scenario": question.scenario.name}
    about |= {"replications": question.replications, "designs": len(question.designs)}
    return (json.dumps(about, ensure_ascii=True)[: _HEADER_BYTES - 1].ljust(_HEADER_BYTES - 1) + "\n").encode()


def play_points(
    question: DoubtQuestion,
    n_points: int,
    folder: Path,
    *,
    cores: int | None = None,
    on_progress: Progress | None = None,
) -> PlaysFile:
    """Play the points that are not in the file yet.

    Parameters
    ----------
    question : DoubtQuestion
        What is played.
    n_points : int
        How many points there shall be.
    folder : Path
        Where the file lies, under the key of the question.
    cores : int, optional
        How many points are played at the same time; all the cores there are, if left out.
    on_progress : callable, optional
        Called after each point.

    Returns
    -------
    PlaysFile
        At least so many points.

    Raises
    ------
    FileError
        If it cannot be written.
    ScenarioError
        If more than half of the points cannot be played.
    """
    check_writable(folder)
    kept = PlaysFile(folder / f"{question.key}.plays", question)
    try:
        with kept.path.open("a+b"):
            pass
        with kept.path.open("r+b") as file:
            _lock(file, kept.path)
            done = kept.mend(file)
            for record in in_order(_pieces(kept, done, n_points), cores or available_cores()):
                file.write(record)
                file.flush()
                done += 1
                if on_progress is not None:
                    on_progress(done, n_points)
    except OSError as error:
        raise unusable(kept.path, say("allowed.a_file_that_can_be"), error) from None
    return kept


def _pieces(kept: PlaysFile, first: int, n_points: int) -> Iterator[Callable[[], bytes]]:
    question = kept.question
    variation = Variation(question.scenario)
    failed: list[ScenarioError] = []
    for number, point in enumerate(points_of(question, n_points, first=first), start=first):
        changes = changes_of(question.unsure, values_at(question.unsure, point))
        try:
            scenario = variation.vary(changes, source="doubt")
        except ScenarioError as error:
            failed.append(error)
            if len(failed) > 10 and len(failed) > (number - first) / 2:
                raise failed[0] from None
            yield partial(kept.bytes_of, None)
            continue
        yield partial(_play, kept, scenario, number)


def _play(kept: PlaysFile, scenario: Scenario, number: int) -> bytes:
    try:
        return kept.bytes_of(play_point(kept.question, scenario, number))
    except ScenarioError:  # such as an estimate that no need could give
        return kept.bytes_of(None)


def _lock(file: IO[bytes], path: Path) -> None:
    """Let no two runs write the same file."""
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        got = say("got.one_that_another_run")
        raise one_fault(
            path.name, say("allowed.a_file_of_ones_own"), got=got, remedy=say("remedy.wait_for_it")
        ) from None
    except OSError:
        return


def values_of_points(question: DoubtQuestion, n_points: int) -> Any:
    """Give the value of each parameter at each point, as a table with a column a word that is set.

    Parameters
    ----------
    question : DoubtQuestion
        What is drawn.
    n_points : int
        How many points.

    Returns
    -------
    pandas.DataFrame
        A row a point.
    """
    import pandas as pd  # noqa: PLC0415 - slow to load

    rows = []
    for point in points_of(question, n_points):
        row: dict[str, float] = {}
        for one, value in zip(question.unsure, values_at(question.unsure, point), strict=True):
            row |= one.changes(value) if np.ndim(value) else {one.name: float(value)}
        rows.append(row)
    return pd.DataFrame(rows)
