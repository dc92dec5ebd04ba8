"""A worker process: reads requests, writes answers, ends when nobody asks any more.

Started by `sim.batch.local`. The words between the two are plain: a length, then
that many bytes; nothing is unpickled. Whoever started it may be killed at any moment: the worker then reads the end of
its input and ends too.
"""

import os
import signal
import struct
import sys
from typing import IO

LENGTH = struct.Struct("<Q")


def write_part(stream: IO[bytes], part: bytes) -> None:
    """Write a length and that many bytes."""
    stream.write(LENGTH.pack(len(part)))
    stream.write(part)


def read_part(stream: IO[bytes]) -> bytes | None:
    """Read what `write_part` wrote."""
    start = stream.read(LENGTH.size)
    if len(start) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(start)
    part = stream.read(length)
    return part if len(part) == length else None


def main() -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asked: the piece in hand is finished
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints must not stand among the answers
    from sim.batch.pieces import compute_piece  # noqa: PLC0415 - slow to load, and Ctrl-C must be met first

    while (request := read_part(sys.stdin.buffer)) is not None:
        content, fault = compute_piece(request.decode())
        try:
            write_part(answers, content)
            write_part(answers, fault.encode())
            answers.flush()
        except BrokenPipeError:
            os._exit(0)  # nobody is there to hear it
