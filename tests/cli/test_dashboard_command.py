"""The command that serves the dashboard, from outside."""

import contextlib
import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from sim.cli import main

_PATIENCE_SECONDS = 600


@contextlib.contextmanager
def served(*options: str) -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    """A dashboard on a free port."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    program = [sys.executable, "-c", "from sim.cli import main; main()"]
    command = [*program, "dashboard", "--headless", "--port", str(port), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield port, process
        finally:
            process.kill()


def asked(port: int, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("localhost", port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        connection.close()


def stream_status(port: int, host: str) -> int:
    """What the server says to whoever wants to follow a page under a name."""
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": f"http://{host}"}
    connection = http.client.HTTPConnection("localhost", port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/_stcore/stream", headers={**upgrade, **key, "Host": host})
        return connection.getresponse().status
    finally:
        connection.close()


def wait_for(port: int, process: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if asked(port, "/_stcore/health")[0] == 200:
                return
        time.sleep(0.2)
    raise AssertionError(f"no dashboard: {process.stdout.read() if process.stdout and process.poll() else 'too slow'}")


@pytest.mark.e2e
def test_it_serves_this_machine_only_and_ends_by_ctrl_c() -> None:
    with served() as (port, process):
        wait_for(port, process)
        assert asked(port, "/")[0] == 200
        assert [stream_status(port, host) for host in (f"localhost:{port}", "evil.example")] == [101, 403]
        with socket.socket() as probe, contextlib.suppress(OSError):
            others = next(
                (one for one in socket.gethostbyname_ex(socket.gethostname())[2] if not one.startswith("127.")), None
            )
            if others is not None:
                assert probe.connect_ex((others, port)) != 0
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=_PATIENCE_SECONDS)
        assert f"http://localhost:{port}" in said
        assert "Traceback" not in said


@pytest.mark.e2e
def test_a_port_that_is_taken_is_said_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = CliRunner().invoke(main, ["dashboard", "--headless", "--port", str(port)])
    assert said.exit_code == 2
    assert f"an address that is free; got localhost:{port}" in said.output
    assert "Choose another --port." in said.output
