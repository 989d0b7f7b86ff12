"""A document's server, from start to end: it prints its address, and ends with Ctrl-C."""

import asyncio
import secrets
import socket
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..base import Fault
from .addresses import told
from .board import Board
from .guard import Guard
from .server import Preview
from .worker import Worker

HOST = "127.0.0.1"
_TOKEN = 24  # bytes
_PATIENCE = 5.0  # seconds for a request to begin
_MOST_CONNECTIONS = 100
_MOST_HEADERS = 32 << 10  # bytes


class _Protocol(H11Protocol):
    """HTTP, to those who ask something: a connection over which nothing comes is closed."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._patience = self.loop.call_later(_PATIENCE, self._close_silent)

    def connection_lost(self, exc: Exception | None) -> None:
        self._patience.cancel()
        super().connection_lost(exc)

    def _close_silent(self) -> None:
        cycle: object = self.cycle  # None until a request has begun, whatever its annotation says
        if cycle is None:
            self.transport.close()


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._told = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._told()


def listening(port: int | None) -> socket.socket:
    """Return a socket on this machine alone; raise ``Fault`` (PM622) where the port is taken."""
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port or 0))
    except OSError as fault:
        found.close()
        raise Fault("PM622", f"can't listen on port {port}: {fault.strerror}", "leave out `--port`") from None
    return found


def serve(
    make: Callable[[str], tuple[Worker, Board, Preview]],
    at: socket.socket,
    *,
    opens_browser: bool,
    said: Callable[[str], None],
) -> None:
    """Serve a document until somebody ends the program.

    Args:
        make: makes the parts.
        at: the socket to listen on.
        opens_browser: open the page there.
        said: is told the address.
    """
    port = at.getsockname()[1]
    token, frame_token = secrets.token_urlsafe(_TOKEN), secrets.token_urlsafe(_TOKEN)
    address = f"http://{HOST}:{port}/{token}/"
    worker, board, preview = make(address)
    preview.frame_address = f"/{frame_token}/"
    hosts = (f"{HOST}:{port}", f"localhost:{port}")
    config = uvicorn.Config(
        Guard(hosts, {token: preview.application, frame_token: preview.frame}),
        http=_Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=_MOST_HEADERS,
    )

    def started() -> None:
        board.open(asyncio.get_running_loop())
        said(address)
        if opens_browser:
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    server = _Server(config, started)

    def end() -> None:
        server.should_exit = True

    worker.on_failure = end
    with worker, told(address, worker.shown.inputs), suppress(KeyboardInterrupt):
        server.run([at])


def say(text: str) -> None:
    """Tell the author, on standard error."""
    sys.stderr.write(text)
    sys.stderr.flush()
