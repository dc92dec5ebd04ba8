"""How the kernels are compiled: the only place that knows Numba.

Nothing is allocated in compiled code, so nothing needs to be counted (``_nrt=False``). Compiled code is kept on disk
beside its source; Numba sees when that one file changes, and not when another does, so a kernel stands in one file.
See ``docs/decisions/0009-kernels.md``.
"""

from typing import Any

import numba

_SETTINGS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}

compiled = numba.njit(**_SETTINGS)
"""Compile a function that is called from Python, or seldom."""

inlined = numba.njit(**_SETTINGS, forceinline=True)
"""Compile a small function into each place that calls it: handing over tables costs more than most of them do."""
