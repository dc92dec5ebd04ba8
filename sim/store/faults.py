"""What is wrong with a store, in the words of every message: where, what must be true, what we got, what to do."""

from pathlib import Path
from typing import Any

from sim import files
from sim.faults import Fault, FaultError
from sim.texts import Sayable, say


class StoreError(FaultError):
    """A store, or a file of it, that cannot be used as asked.

    Parameters
    ----------
    where : str
        The file or folder.
    allowed : str
        What must be true.
    got : str
        What we got.
    remedy : str
        What to do.
    """

    def __init__(self, where: str, allowed: Sayable, got: Sayable, remedy: Sayable) -> None:
        super().__init__([Fault(where, None, "", allowed, got, remedy)])

    def __reduce__(self) -> tuple[Any, ...]:
        (fault,) = self.faults
        return StoreError, (fault.source, fault.allowed, fault.got, fault.remedy)


def unusable(where: str, allowed: Sayable, error: OSError) -> StoreError:
    """Say in plain words what the file system refused."""
    (fault,) = files.unusable(Path(where), allowed, error).faults
    return StoreError(where, allowed, fault.got, say("remedy.what_is_finished_is", remedy=fault.remedy))
