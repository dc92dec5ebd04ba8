"""The limit: the same rules for fixed pools in a small C program, called with arrays laid ready."""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.same_queue import Admissions, Game, places_of

SOURCE = Path(__file__).with_name("limit.c")
FLAGS = ("-O3", "-march=native", "-shared", "-fPIC")

_COUNTS, _FLOATS, _FLAGS = (ctypes.POINTER(kind) for kind in (ctypes.c_int64, ctypes.c_double, ctypes.c_uint8))


class _Game(ctypes.Structure):
    """The struct ``game`` of limit.c, field by field."""

    _fields_ = (
        ("n_replications", ctypes.c_int64),
        ("n_pools", ctypes.c_int64),
        *((name, _COUNTS) for name in ("first", "municipality", "household")),
        *((name, _FLOATS) for name in ("referral", "pregnancy_end", "offer", "threshold", "patience", "stay", "early")),
        *((name, _FLAGS) for name in ("is_lost", "waits_past_birth")),
        *((name, ctypes.c_double) for name in ("horizon", "offered_share", "turnaround")),
        *((name, _COUNTS) for name in ("pool_order", "places")),
        ("acceptance", _FLOATS),
        ("n_municipalities", ctypes.c_int64),
        *((name, _COUNTS) for name in ("outcome", "pool")),
        *((name, _FLOATS) for name in ("admission", "discharge")),
    )


class Outcomes(NamedTuple):
    """What the C program says of each woman."""

    outcome: np.ndarray
    pool: np.ndarray
    admission_day: np.ndarray
    discharge_day: np.ndarray

    @property
    def admissions(self) -> Admissions:
        return Admissions(self.pool, self.admission_day)


class Limit:
    """The program loaded, with one game's arrays laid ready; call it to play."""

    def __init__(self, library: Path, game: Game) -> None:
        plan, women = game.plan, game.women
        if len(set(plan.turnaround_days.tolist())) != 1:
            raise ValueError("the C program knows one turnaround for all pools")
        n_women = women.n_women
        self.outcomes = Outcomes(
            np.zeros(n_women, dtype=np.int64),
            np.full(n_women, -1, dtype=np.int64),
            np.full(n_women, np.nan),
            np.full(n_women, np.nan),
        )
        arrays = {
            "first": women.first,
            "municipality": women.municipality,
            "household": women.household,
            "referral": women.referral_day,
            "pregnancy_end": women.pregnancy_end_day,
            "offer": women.offer_mark,
            "threshold": women.threshold,
            "patience": women.patience_days,
            "stay": women.stay_days,
            "early": women.early_leaving_days,
            "is_lost": women.is_lost,
            "waits_past_birth": women.waits_past_birth,
            "pool_order": plan.pool_order,
            "places": places_of(plan),
            "acceptance": plan.acceptance,
            "outcome": self.outcomes.outcome,
            "pool": self.outcomes.pool,
            "admission": self.outcomes.admission_day,
            "discharge": self.outcomes.discharge_day,
        }
        self._game = _Game(
            n_replications=women.n_replications,
            n_pools=plan.n_pools,
            horizon=plan.horizon_days,
            offered_share=plan.offered_share,
            turnaround=float(plan.turnaround_days[0]),
            n_municipalities=len(plan.pool_order),
        )
        self._laid = {name: np.ascontiguousarray(array, dtype=_dtype(name)) for name, array in arrays.items()}
        for name, array in self._laid.items():
            setattr(self._game, name, array.ctypes.data_as(dict(_Game._fields_)[name]))
        self._play = ctypes.CDLL(str(library)).play

    def __call__(self) -> Outcomes:
        self._play(ctypes.byref(self._game))
        return self.outcomes


def _dtype(name: str) -> Any:
    return {_COUNTS: np.int64, _FLOATS: np.float64, _FLAGS: np.uint8}[dict(_Game._fields_)[name]]


def find_compiler() -> str | None:
    """A C compiler on this machine, if there is one."""
    return next(filter(None, map(shutil.which, ("gcc", "cc"))), None)


@contextmanager
def built_limit() -> Iterator[Path | None]:
    """Build the C program for as long as it is needed; nothing if there is no compiler."""
    compiler = find_compiler()
    if compiler is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "limit.so"
        subprocess.run([compiler, *FLAGS, "-o", library, SOURCE, "-lm"], check=True)
        yield library
