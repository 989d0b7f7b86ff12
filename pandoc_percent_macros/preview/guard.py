"""Who may ask: windows of this page on this machine, and those that were told its address. All others get nothing.

A page of somebody else's in the same browser may send requests here, too. It does not know the token; its requests
carry its own origin; and what it has another name resolve to (DNS rebinding) carries that name as its host.
"""

import asyncio
import hmac
from collections.abc import Container, Iterable, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_MOST_BYTES = 64 << 10  # of what is sent to us
_PATIENCE = 10.0  # seconds for it to come
_METHODS = ("GET", "HEAD", "POST")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Guard:
    """Lets requests through to applications, each of which stands under a secret word, at one of some hosts."""

    def __init__(self, hosts: Iterable[str], applications: Mapping[str, ASGIApp]) -> None:
        """Prepare.

        Args:
            hosts: names of this server, with its port.
            applications: what is guarded, by its secret word: the first part of each path.
        """
        self._hosts = frozenset(hosts)
        self._applications = [(word.encode(), application) for word, application in applications.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise RuntimeError(f"{scope['type']} is not served")
        sending = _with_headers(send)
        refused = _refused(scope, self._hosts)
        word, _, rest = scope["path"].removeprefix("/").partition("/")
        application = self._known(word.encode("utf-8", "surrogateescape"))
        if not refused and not application:
            refused = 404, "no such page"
        if refused or not application:
            status, why = refused or (404, "")
            await PlainTextResponse(f"{why}\n", status)(scope, receive, sending)
            return
        inner = {**scope, "path": f"/{rest}", "root_path": "", "word": word}
        await application(inner, _Bounded(receive), sending)

    def _known(self, word: bytes) -> ASGIApp | None:
        """Return what stands under a secret word; how long that takes says nothing of the words."""
        found = [application for known, application in self._applications if hmac.compare_digest(word, known)]
        return found[0] if found else None


def _refused(scope: Scope, known: Container[str]) -> tuple[int, str] | None:
    """Return a status and a reason, if a request is refused whatever it asks for; ``known`` are our hosts."""
    headers = Headers(scope=scope)
    hosts = headers.getlist("host")
    if len(hosts) != 1 or hosts[0] not in known:
        return 421, "this server has another name"
    if scope["method"] not in _METHODS:
        return 405, "only GET and POST are answered"
    origins = headers.getlist("origin")
    if any(each != f"http://{hosts[0]}" for each in origins) and not _is_of_frame(scope, origins):
        return 403, "another page may not ask this"
    if scope["method"] == "POST":
        if not origins:
            return 403, "only the page itself may ask this"
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return 415, "what is sent must be JSON"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > _MOST_BYTES:
            return 413, "this is too much"
    return None


def _is_of_frame(scope: Scope, origins: list[str]) -> bool:
    """Return whether a request is to read what belongs to a framed page, which has no origin (``null``)."""
    return scope["method"] != "POST" and origins == ["null"]


class _Bounded:
    """What is sent to us, not more than that, and not too slowly."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._bytes = 0
        self._is_whole = False

    async def __call__(self) -> Message:
        if self._is_whole:
            return await self._receive()  # that the other end has gone
        try:
            message = await asyncio.wait_for(self._receive(), _PATIENCE)
        except TimeoutError:
            return {"type": "http.disconnect"}
        self._bytes += len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        return {"type": "http.disconnect"} if self._bytes > _MOST_BYTES else message


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
