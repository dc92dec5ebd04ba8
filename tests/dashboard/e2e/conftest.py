"""One server for all tests that drive the dashboard."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from browsing import PATIENCE_MS
from playwright.sync_api import Browser, expect

_SECONDS_TO_START = 600


class Served(NamedTuple):
    """A dashboard that runs: its address, and the id of its process."""

    address: str
    pid: int


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A dashboard started as a user starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("doegnplads")), "dashboard", "--headless", "--port", str(port)]
    log = tmp_path_factory.mktemp("dashboard") / "log.txt"
    with log.open("w") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, env=os.environ | {"PYTHONUNBUFFERED": "1"}
        )
    address = f"http://localhost:{port}"
    try:
        _wait(address, process, log)
        yield Served(address, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def server(served: Served) -> str:
    """Address of the dashboard."""
    return served.address


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"The dashboard did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser(chromium: Browser) -> Browser:
    """The browser, and patience with what it is waited for."""
    expect.set_options(timeout=PATIENCE_MS)
    return chromium
