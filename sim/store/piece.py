"""A piece: the results of one scenario as one Parquet file, and back, bit for bit.

A row for each estimate that has a value; the rest in the file's own description. Equal results give equal bytes.
"""

import hashlib
import io
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from sim.cohort import Funnel
from sim.economics import BreakEven, RatioEstimate
from sim.experiment import Comparison, Results
from sim.experiment.findings import Finding
from sim.experiment.measured import ALL_MEASURES
from sim.measures import Estimates, Scope
from sim.scenario import Scenario, Title, read_scenario, scenario_text
from sim.store.faults import StoreError
from sim.store.keys import FORMAT, piece_key, versions
from sim.texts import say

NUMBERS = ("mean", "low", "high", "p05", "p95")
COLUMNS = ("result", "design", "is_difference", "by", "key", "measure", "unit", "n", *NUMBERS)
_ABOUT, _DIGEST = b"doegnplads", b"doegnplads.digest"
_NAMES = [measure.name for measure in ALL_MEASURES]
_UNITS = list(dict.fromkeys(measure.unit for measure in ALL_MEASURES))
_UNIT_OF = np.array([_UNITS.index(measure.unit) for measure in ALL_MEASURES])


def piece_bytes(results: Results) -> bytes:
    """Write results as the bytes of a Parquet file.

    Parameters
    ----------
    results : Results
        What was found; not partial.

    Returns
    -------
    bytes
        The same for the same content, wherever and whenever it was computed.
    """
    about = json.dumps(_about(results), sort_keys=True, ensure_ascii=True, allow_nan=False).encode()
    table = _table(results)
    file = io.BytesIO()
    settings = {"compression": "zstd", "write_statistics": False, "write_page_checksum": True, "store_schema": False}
    with pq.ParquetWriter(file, table.schema, **settings) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({_ABOUT: about, _DIGEST: _digest(about)})
    return file.getvalue()


def results_of_piece(source: Path | bytes, scenario: Scenario | None = None) -> Results:
    """Read results from a piece.

    Parameters
    ----------
    source : Path or bytes
        The file, or what is in it.
    scenario : Scenario, optional
        The one that was asked for, under its own name; the one in the piece if left out.

    Returns
    -------
    Results
        Bit for bit those that were written.

    Raises
    ------
    StoreError
        If the file is damaged or of another version of the program.
    """
    where = source.name if isinstance(source, Path) else "a piece"
    about, table = read_piece(source, where)
    if about["measures"] != _NAMES:
        remedy = say("remedy.compute_it_again_with")
        raise StoreError(where, say("allowed.results_with_the_measures"), say("got.those_of_another"), remedy)
    found = _Rows(table)
    parts = {
        name: Comparison(scopes := tuple(Scope(*scope) for scope in listed), found.estimates(name, scopes))
        for name, listed in (*about["designs"], *about["differences"])
    }
    n_designs = len(about["designs"])
    return Results(
        scenario=scenario or read_scenario(about["scenario"], where),
        hash=about["hash"],
        engine=about["engine"],
        replications=about["replications"],
        is_partial=False,
        funnel=Funnel(**about["funnel"]),
        designs=dict(list(parts.items())[:n_designs]),
        differences=dict(list(parts.items())[n_designs:]),
        findings={name: _finding(told) for name, told in about["findings"]},
        paying_occupancy={name: _break_even(told) for name, told in about["paying_occupancy"]},
    )


def read_piece(source: Path | bytes, where: str) -> tuple[dict[str, Any], pa.Table]:
    """Read a piece and check that it is whole."""
    try:
        content = source.read_bytes() if isinstance(source, Path) else source
        table = pq.read_table(pa.BufferReader(content), page_checksum_verification=True)
        described = table.schema.metadata or {}
        about = described[_ABOUT]
        if described[_DIGEST] != _digest(about):
            raise ValueError("another digest")
        told: dict[str, Any] = json.loads(about)
        if told["format"] != FORMAT or tuple(table.column_names) != COLUMNS or told["rows"] != table.num_rows:
            raise ValueError("another format")
        if isinstance(source, Path) and told["key"] != source.stem:
            raise ValueError("another name")
    except (pa.ArrowException, KeyError, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise StoreError(
                where, say("allowed.a_result_that_can"), str(error.strerror), say("remedy.check_your_rights")
            ) from None
        remedy = say("remedy.remove_it_with_doegnplads_results")
        raise StoreError(where, say("allowed.a_whole_result"), say("got.a_damaged_file"), remedy) from None
    return told, table


def _digest(about: bytes) -> bytes:
    return hashlib.blake2b(about, digest_size=16).hexdigest().encode()


def nameless(scenario: Scenario, name: str) -> Scenario:
    """Take the name and title off a scenario, which say nothing about its numbers."""
    return scenario.model_copy(update={"name": name, "title": Title()})


def _about(results: Results) -> dict[str, Any]:
    """Where the results come from, and what their rows are about."""
    return {
        "format": FORMAT,
        "key": piece_key(results.scenario, results.engine),
        "hash": results.hash,
        "engine": results.engine,
        "seed": results.scenario.seed,
        "replications": results.replications,
        "versions": versions(),
        "scenario": scenario_text(nameless(results.scenario, results.hash)),
        "funnel": {word: _plain(value) for word, value in results.funnel._asdict().items()},
        "findings": [[name, [_told(value) for value in finding]] for name, finding in results.findings.items()],
        "paying_occupancy": [[name, _told(at)] for name, at in results.paying_occupancy.items()],
        "measures": _NAMES,
        "designs": [[name, [list(scope) for scope in part.scopes]] for name, part in results.designs.items()],
        "differences": [[name, [list(scope) for scope in part.scopes]] for name, part in results.differences.items()],
        "rows": sum(int(_is_kept(part.estimates).sum()) for part in _parts(results).values()),
    }


def _told(values: RatioEstimate | BreakEven) -> list[object]:
    """Values in JSON, which knows only finite numbers."""
    return [_finite(_plain(value)) for value in values]


def _ratio(told: list[Any]) -> RatioEstimate:
    """The ratio that was told; only numbers are ever written as text."""
    return RatioEstimate._make(float(word) if isinstance(word, str) else word for word in told)


def _break_even(told: list[Any]) -> BreakEven:
    """The break-even that was told."""
    return BreakEven(told[0], float(told[1]))


def _finding(told: list[list[Any]]) -> Finding:
    """The finding that was told."""
    extra, public, completion, estimate, horizon = told
    return Finding(_ratio(extra), _ratio(public), _break_even(completion), _ratio(estimate), _break_even(horizon))


def _finite(value: object) -> object:
    return repr(value) if isinstance(value, float) and not math.isfinite(value) else value


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value


def _parts(results: Results) -> dict[str, Comparison]:
    return results.designs | results.differences


def _is_kept(estimates: Estimates) -> npt.NDArray[np.bool_]:
    """Which estimates say anything."""
    kept: npt.NDArray[np.bool_] = estimates.n > 0
    for word in NUMBERS:
        kept = kept | ~np.isnan(getattr(estimates, word))
    return kept


def _table(results: Results) -> pa.Table:
    """A row an estimate, in the order of designs, scopes and measures."""
    parts = _parts(results)
    kept = {name: np.nonzero(_is_kept(part.estimates)) for name, part in parts.items()}
    n_rows = [len(rows) for rows, _ in kept.values()]
    scopes = [part.scopes[row] for name, part in parts.items() for row in kept[name][0]]
    measures = np.concatenate([columns for _, columns in kept.values()])

    def taken(word: str) -> Any:
        return np.concatenate([np.asarray(getattr(part.estimates, word))[kept[name]] for name, part in parts.items()])

    key = piece_key(results.scenario, results.engine)
    texts = {
        "result": pa.DictionaryArray.from_arrays(pa.array(np.zeros(sum(n_rows), np.int32)), [key]),
        "design": pa.DictionaryArray.from_arrays(pa.array(np.repeat(np.arange(len(parts)), n_rows)), list(parts)),
        "is_difference": pa.array(np.repeat([name in results.differences for name in parts], n_rows)),
        "by": pa.array([scope.by for scope in scopes], pa.string()).dictionary_encode(),
        "key": pa.array([scope.key for scope in scopes], pa.string()).dictionary_encode(),
        "measure": pa.DictionaryArray.from_arrays(pa.array(measures), _NAMES),
        "unit": pa.DictionaryArray.from_arrays(pa.array(_UNIT_OF[measures]), _UNITS),
    }
    return pa.table(texts | {word: pa.array(taken(word), from_pandas=False) for word in ("n", *NUMBERS)})


class _Rows:
    """The rows of a piece, to be put back where they stood."""

    def __init__(self, table: pa.Table) -> None:
        self.design = np.array(table["design"].to_pylist())
        self.scope = list(zip(table["by"].to_pylist(), table["key"].to_pylist(), strict=True))
        number = {name: column for column, name in enumerate(_NAMES)}
        self.measure = np.array([number[name] for name in table["measure"].to_pylist()], dtype=np.int64)
        self.values = {word: table[word].to_numpy() for word in ("n", *NUMBERS)}

    def estimates(self, name: str, scopes: tuple[Scope, ...]) -> Estimates:
        """Put together the estimates of a design or difference."""
        own = np.flatnonzero(self.design == name)
        place = {tuple(scope): row for row, scope in enumerate(scopes)}
        rows = np.array([place[self.scope[row]] for row in own], dtype=np.int64)
        arrays: dict[str, Any] = {"n": np.zeros((len(scopes), len(_NAMES)), dtype=np.int64)}
        arrays |= {word: np.full((len(scopes), len(_NAMES)), np.nan) for word in NUMBERS}
        for word, array in arrays.items():
            array[rows, self.measure[own]] = self.values[word][own]
        return Estimates(**arrays)
