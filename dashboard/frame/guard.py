"""What the browser is told with every answer: to fetch nothing from elsewhere, and to tell no address to others."""

import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HERE = "'self'"
POLICY = "; ".join(
    f"{word} {allowed}"
    for word, allowed in {
        "default-src": _HERE,
        "script-src": f"{_HERE} 'unsafe-inline' 'wasm-unsafe-eval'",  # Streamlit's page and ours have scripts inside
        "style-src": f"{_HERE} 'unsafe-inline'",
        "img-src": f"{_HERE} data: blob:",
        "font-src": f"{_HERE} data:",
        "media-src": f"{_HERE} data: blob:",
        "worker-src": f"{_HERE} blob:",
        "frame-src": _HERE,
        "frame-ancestors": _HERE,
        "object-src": "'none'",
        "base-uri": _HERE,
        "form-action": _HERE,
    }.items()
)
"""The content security policy: whatever a page came to hold, the browser asks nobody else for anything."""

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",  # addresses hold what is asked
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Middleware that puts them on each answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        guarded = partial(_guarded, send) if scope["type"] == "http" else send
        await self._app(scope, receive, guarded)


async def _guarded(send: Send, message: Message) -> None:
    if message["type"] == "http.response.start":
        MutableHeaders(scope=message).update(_HEADERS)
    await send(message)


def opening(address: str) -> Any:
    """Make the server open a browser at an address once it answers; none if the address is empty."""

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[dict[str, Any]]:
        if address:
            webbrowser.open(address)
        yield {}

    return lifespan
