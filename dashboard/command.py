"""The command ``dashboard``: serves the dashboard from this machine."""

import os
import socket
import threading
from importlib.util import find_spec

import click

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
"""Names of this machine for itself."""

_COLORS = {
    "primaryColor": "primary",
    "backgroundColor": "background",
    "secondaryBackgroundColor": "surface",
    "textColor": "text",
    "linkColor": "primary",
    "borderColor": "grid",
    "grayTextColor": "muted",
}
"""Streamlit's colours by ours."""


@click.command()
@click.option(
    "--host", default=LOCAL_HOSTS[0], show_default=True, help="Address to listen on; 0.0.0.0 is all there are."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port to listen on.")
@click.option("--headless", is_flag=True, help="Do not open a browser.")
@click.option(
    "--max-upload-mb",
    type=click.IntRange(1, 200),
    default=5,
    show_default=True,
    help="Largest file that may be uploaded.",
)
@click.option(
    "--memory-mb",
    type=click.IntRange(100, 100_000),
    default=600,
    show_default=True,
    help="How much all sessions together may keep of what has been computed.",
)
@click.option(
    "--allowed-host",
    "allowed_hosts",
    multiple=True,
    help="Name the server answers to, such as places.example.dk; may be given several times.",
)
def dashboard(
    host: str, port: int, headless: bool, max_upload_mb: int, memory_mb: int, allowed_hosts: tuple[str, ...]
) -> None:
    """Serve the dashboard: a page in the browser, in Danish and English.

    It listens to this machine only, unless --host says otherwise. Ctrl-C ends it.
    """
    _check_installed()
    _check_free(host, port)
    from dashboard.answer.answers import MEMORY_VARIABLE, warm_up  # noqa: PLC0415 - the other commands need not wait for it
    from dashboard.app import serve_app  # noqa: PLC0415

    os.environ[MEMORY_VARIABLE] = str(memory_mb)
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    address = f"http://{'localhost' if host in LOCAL_HOSTS else host}:{port}"
    click.echo(f"The dashboard is at {address} (Ctrl-C ends it)")
    own_names = LOCAL_HOSTS[:2] if host in LOCAL_HOSTS else ()
    options = {
        "server.address": host,
        "server.port": port,
        "server.headless": headless,
        "server.maxUploadSize": max_upload_mb,
        "server.allowedHosts": [*own_names, *allowed_hosts],
    }
    serve_app(options | _FIXED | _colors(), address="" if headless else address)


_FIXED: dict[str, object] = {
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "runner.magicEnabled": False,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.enableStaticServing": False,
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "logger.hideWelcomeMessage": True,  # with it, Streamlit asks another machine for our address
    "logger.level": "warning",
}
"""Options that are the same wherever the dashboard is served."""


def _colors() -> dict[str, object]:
    """Streamlit's colours for a light and a dark room, those of the figures."""
    from dashboard.draw.theme import DARK, LIGHT  # noqa: PLC0415 - as above

    return {
        f"theme.{room}.{theirs}": getattr(theme, ours)
        for room, theme in (("light", LIGHT), ("dark", DARK))
        for theirs, ours in _COLORS.items()
    }


def _check_installed() -> None:
    missing = [package for package in ("streamlit", "plotly", "babel") if find_spec(package) is None]
    if missing:
        message = f"dashboard: needs {', '.join(missing)}; not installed. Install: pip install 'doegnplads[dashboard]'"
        raise click.UsageError(message)


def _check_free(host: str, port: int) -> None:
    """Say at once if the address cannot be listened on."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = error.strerror or "an error of the system"
        message = f"--host, --port: an address that is free; got {host}:{port} ({reason}). Choose another --port."
        raise click.UsageError(message) from None
