"""How the kernels are compiled: the only place that knows Numba.

Nothing is allocated in compiled code, so nothing needs to be counted (``_nrt=False``). Compiled code is kept on disk
beside its source, or in the user's own cache; Numba sees when that one file changes, and not when another does, so a
kernel stands in one file. Where neither can be written it is compiled anew each time the program starts.
See ``docs/decisions/0009-kernels.md``.
"""

import os
import sys
from collections.abc import Callable
from typing import Any

import numba

_SAID = "DOEGNPLADS_COMPILES_ANEW"
_SETTINGS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function that is called from Python, or seldom."""
    return _kept(function)


def inlined(function: Callable[..., Any]) -> Any:
    """Compile a small function into each place that calls it: handing over tables costs more than most of them do."""
    return _kept(function, forceinline=True)


def _kept(function: Callable[..., Any], **settings: Any) -> Any:
    try:
        return numba.njit(cache=True, **_SETTINGS, **settings)(function)
    except RuntimeError as error:  # no folder that can be written
        if "no locator available" not in str(error):
            raise
        _say_once()
        return numba.njit(**_SETTINGS, **settings)(function)


def _say_once() -> None:
    """Say it, unless this process or the one that started it has."""
    if os.environ.get(_SAID):
        return
    os.environ[_SAID] = "yes"
    print(  # noqa: T201 - the model has no other way to say what concerns no scenario
        "Compiled code can be kept neither beside the program nor in the home folder: every start compiles anew, about "
        "half a minute. Set NUMBA_CACHE_DIR to a folder that can be written.",
        file=sys.stderr,
    )
