"""Standard output and error that lose nothing: who reads may stop, and letters that cannot be shown are written out."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO, cast

if TYPE_CHECKING:
    from rich.console import Console


class _Sturdy:
    """A stream that goes on silently when nobody reads any more, and that can show every letter in some way."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")

    def write(self, text: str | bytes) -> int:
        self._do(self._stream.write, text.decode("utf-8") if isinstance(text, bytes) else text)  # bytes: completion
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
                raise

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":  # click would write past us
            raise AttributeError(name)
        return getattr(self._stream, name)


@contextmanager
def sturdy_streams() -> Iterator[None]:
    """Let no command fail because of who reads what it prints: what it computes and writes goes on to its end."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", _Sturdy(stream)) for stream in before)
    try:
        yield
        sys.stdout.flush()
    finally:
        sys.stdout, sys.stderr = before


def console(width: int) -> "Console":
    """Make the console that tables are printed on."""
    from rich.console import Console  # noqa: PLC0415 - slow to load

    is_told = os.environ.get("COLUMNS", "").isdecimal() or Console().is_terminal
    return Console(width=None if is_told else width)
