"""A piece of work: one scenario with all its designs, as a text that any worker understands."""

import json
import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from sim.experiment import Memory, run_experiment
from sim.scenario import Case, Scenario, ScenarioError, scenario_from, scenario_values
from sim.store import piece_bytes

_REMEMBERED_BYTES = 150_000_000


class Piece(NamedTuple):
    """One scenario to be computed.

    Attributes
    ----------
    key : str
        Of its result.
    asked : Scenario or Case
        What is asked, under the name by which it was first asked.
    engine : str
        Which engine plays.
    """

    key: str
    asked: Scenario | Case
    engine: str

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return self.asked.name

    @property
    def scenario(self) -> Scenario:
        """The scenario; made anew each time it is asked for, where it is one of many."""
        return self.asked.scenario if isinstance(self.asked, Case) else self.asked

    def request(self) -> str:
        """Write it for a worker.

        Returns
        -------
        str
            JSON.
        """
        return json.dumps({"values": scenario_values(self.scenario), "engine": self.engine})


class Begun(NamedTuple):
    """Says that a worker has a piece in hand.

    Attributes
    ----------
    piece : Piece
        Which.
    """

    piece: Piece


class Answer(NamedTuple):
    """What came of a piece.

    Attributes
    ----------
    piece : Piece
        Which.
    content : bytes
        Of the result's file; empty if it failed.
    fault : str
        Why it failed; empty if it did not.
    """

    piece: Piece
    content: bytes
    fault: str


Crew = Callable[[Iterable[Piece], Callable[[], bool]], Iterator[Begun | Answer]]
"""Works pieces off: takes them and a function that says whether to stop; gives what happens as it happens. Asked to
stop, it begins no more and answers for those in hand."""


def compute_piece(request: str) -> tuple[bytes, str]:
    """Compute a piece, on whatever machine this is.

    Parameters
    ----------
    request : str
        As from `Piece.request`.

    Returns
    -------
    content : bytes
        Of the result's file; empty if it failed.
    fault : str
        Why it failed; empty if it did not.
    """
    try:
        asked = json.loads(request)
        scenario = scenario_from(asked["values"])
        results = run_experiment(scenario, engine=asked["engine"], cores=1, memory=_memory())
        return piece_bytes(results), ""
    except ScenarioError as error:
        return b"", str(error)
    except Exception:  # whatever it is, the other pieces go on
        return b"", f"a fault of the program; please report it with the scenario.\n{traceback.format_exc()}"


@lru_cache(maxsize=1)
def _memory() -> Memory:
    """What this worker has drawn and played: neighbours in a sweep often have the same women."""
    return Memory(_REMEMBERED_BYTES)
