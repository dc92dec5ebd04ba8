"""Standard output and error that lose nothing: who reads may stop, and letters that cannot be shown are written out."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

from sim.files import unusable
from sim.texts import say

if TYPE_CHECKING:
    from rich.console import Console


class _Sturdy:
    """A stream that goes on silently when nobody reads any more, and that can show every letter in some way."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream: TextIO = stream or io.StringIO()  # there may be none at all
        self.error: OSError | None = None
        if hasattr(self._stream, "reconfigure"):
            self._stream.reconfigure(errors="backslashreplace")

    def write(self, text: str) -> int:
        self._do(self._stream.write, text)
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        self.write("".join(lines))

    def flush(self) -> None:
        self._do(self._stream.flush)

    def _do(self, act: Any, *words: Any) -> None:
        try:
            act(*words)
        except OSError as error:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
            if not isinstance(error, BrokenPipeError):
                self.error = error  # said at the end, when all that is to be kept is kept

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":  # click would write past us
            raise AttributeError(name)
        return getattr(self._stream, name)


@contextmanager
def sturdy_streams(exit_code: int) -> Iterator[None]:
    """Let no command stop because of who reads what it prints: it goes on to its end, and then with `exit_code`."""
    before = sys.stdout, sys.stderr
    printed, said = (_Sturdy(stream) for stream in before)
    sys.stdout, sys.stderr = cast("TextIO", printed), cast("TextIO", said)
    try:
        yield
    finally:
        printed.flush()
        sys.stdout, sys.stderr = before
        if printed.error is not None:
            fault = unusable(Path("standard output"), say("allowed.room_for_what_is"), printed.error)
            said.write(f"{fault}\n")
            raise SystemExit(exit_code)


def console(width: int) -> "Console":
    """Make the console that tables are printed on."""
    from rich.console import Console  # noqa: PLC0415 - slow to load

    is_told = os.environ.get("COLUMNS", "").isdecimal() or Console().is_terminal
    return Console(width=None if is_told else width)
