"""What a window may ask: the page, pictures, news, and changes of the document."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from ..base import Fault
from .board import Board
from .drawn import WIDEST
from .editing import Editing, wish_of
from .editors import Editor
from .listening import place_of
from .web import Web
from .worker import Worker

_PAGE = Path(__file__).with_name("page")
_TYPES = {".html": "text/html", ".css": "text/css", ".mjs": "text/javascript", ".svg": "image/svg+xml"}
_MOST_WINDOWS = 16
_ALIVE = 15.0  # seconds between two signs of life
_FOREVER = "private, max-age=86400, immutable"

# A document's page may load what it names, from its folder or from elsewhere, and run; it reaches nothing of ours.
_FRAME_POLICY = (
    "sandbox allow-scripts; default-src {0} https: data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'none'; "
    "form-action 'none'; object-src 'none'"
)

Answer = Callable[[dict[str, Any]], Awaitable[Any]]


class Preview:
    """The application of one document."""

    def __init__(self, worker: Worker, board: Board, editor: Editor | None) -> None:
        self._worker = worker
        self.frame_address = ""
        self._board = board
        self._editor = editor
        self.frame = Starlette(routes=[Route("/{name:path}", self._framed)])  # under a secret word of its own
        self._files = {path.name: path for path in _PAGE.iterdir() if path.suffix in _TYPES}
        asked = {
            "move": self._move,
            "undo": self._undo,
            "redo": self._redo,
            "open": self._open,
            "find": self._find,
        }
        self.application = Starlette(
            routes=[
                Route("/", self._file),
                Route("/line", self._line),  # before the names of files
                Route("/{name:str}", self._file),
                Route("/now/events", self._events),
                Route("/now/view", self._view),
                Route("/pages/{key:str}/{width:int}.jpg", self._picture),
                *(Route(f"/do/{name}", _answering(do), methods=["POST"]) for name, do in asked.items()),
            ]
        )

    async def _file(self, request: Request) -> Response:
        path = self._files.get(request.path_params.get("name", "index.html"))
        if path is None:
            return _refusal(404, "no such page")
        return Response(path.read_bytes(), media_type=_TYPES[path.suffix])

    async def _framed(self, request: Request) -> Response:
        """Answer the document's own page, and what it names."""
        web, name = self._web, request.path_params["name"]
        path = web.resource(name) if web and name else None
        if web and not name:
            answer: Response = Response(web.page(), media_type="text/html")
        elif path:
            answer = FileResponse(path)
        else:
            return _refusal(404, "no such file")
        address = f"http://{request.headers['host']}/{request.scope['word']}/"
        answer.headers["Content-Security-Policy"] = _FRAME_POLICY.format(address)
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        answer.headers["Access-Control-Allow-Origin"] = "*"  # the page is of no origin, and may have fonts
        return answer

    async def _view(self, request: Request) -> Response:
        shown = self._worker.shown
        frame = self.frame_address if self._web else ""
        told = {"number": shown.number, "editor": self._editor is not None, "frame": frame}
        return JSONResponse({**told, **shown.view.data})

    async def _picture(self, request: Request) -> Response:
        key, width = request.path_params["key"], request.path_params["width"]
        if not 16 <= width <= WIDEST:
            return _refusal(400, f"pictures are 16 to {WIDEST} pixels wide")
        data = await run_in_threadpool(self._worker.shown.pictures.jpeg, key, width)
        if data is None:
            return _refusal(404, "no such page of the document")
        return Response(data, media_type="image/jpeg", headers={"Cache-Control": _FOREVER})

    async def _events(self, request: Request) -> Response:
        """Tell how things are, as long as the window is there (server-sent events)."""
        if self._board.readers >= _MOST_WINDOWS:
            return _refusal(503, "too many windows are open")
        return StreamingResponse(self._told(), media_type="text/event-stream")

    async def _told(self) -> AsyncIterator[str]:
        changes = self._board.changes()
        following = asyncio.ensure_future(anext(changes))
        try:
            while True:
                done, _ = await asyncio.wait([following], timeout=_ALIVE)
                if not done:
                    yield ": still there\n\n"
                    continue
                yield f"data: {json.dumps(following.result().data, ensure_ascii=False)}\n\n"
                following = asyncio.ensure_future(anext(changes))
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            await changes.aclose()

    async def _line(self, request: Request) -> Response:
        """Have the windows show the page that a line of a file is on."""
        file, line = request.query_params.get("file", ""), request.query_params.get("line", "")
        if not line.isdecimal() or len(line) > 9:
            return _refusal(400, "`line` must be a number, counted from 1")
        page = self._worker.shown.page_of(file, int(line))
        if page is None:
            return _refusal(404, f"no slide is known for {file}:{line}")
        self._board.put(goto=(self._board.status.goto[0] + 1, page))
        return JSONResponse({"page": page})

    async def _move(self, asked: dict[str, Any]) -> Any:
        place, wish = wish_of(asked)
        return await self._asked(lambda: self._editing.move(place, wish))

    async def _undo(self, asked: dict[str, Any]) -> Any:
        return {"what": await self._asked(self._editing.undo)}

    async def _redo(self, asked: dict[str, Any]) -> Any:
        return {"what": await self._asked(self._editing.redo)}

    async def _find(self, asked: dict[str, Any]) -> Any:
        """Return where a text of a page of HTML was written."""
        text, title = str(asked.get("text", "")), str(asked.get("title", ""))
        if self._web is None:
            raise ValueError("the document is no page of HTML")
        return {"place": place_of(await run_in_threadpool(self._web.written, text, title))}

    @property
    def _web(self) -> Web | None:
        shown = self._worker.shown
        return shown if isinstance(shown, Web) else None

    @property
    def _editing(self) -> Editing:
        if self._worker.shown.editing is None:
            raise Fault("PM608", "nothing can be moved in HTML", "leave out `--to`, or give `--to beamer`")
        return self._worker.shown.editing

    async def _asked(self, do: Callable[[], Any]) -> Any:
        return await asyncio.wrap_future(self._worker.ask(do))

    async def _open(self, asked: dict[str, Any]) -> Any:
        """Open a line of one of the document's files in the author's editor."""
        if self._editor is None:
            raise Fault("PM608", "no editor is named", "start with `--editor COMMAND`, or set VISUAL")
        path = self._worker.shown.file(str(asked.get("file", "")))
        if path is None:
            raise ValueError("not a file of the document")
        await run_in_threadpool(self._editor.open, path, _count(asked, "line"), _count(asked, "column"))
        return {}


def _count(asked: dict[str, Any], name: str) -> int:
    value = asked.get(name, 1)
    if not isinstance(value, int) or not 1 <= value < 10**9:
        raise ValueError(f"{name} must be a number from 1")
    return value


def _answering(do: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers a window that sends an object, with what is made of it or why that can't be."""

    async def answer(request: Request) -> Response:
        try:
            asked = json.loads(await request.body())
            if not isinstance(asked, dict):
                return _refusal(400, "an object is asked for")
            return JSONResponse(await do(asked))
        except (ValueError, RecursionError) as fault:
            return _refusal(400, f"this makes no sense: {fault}")
        except ClientDisconnect:
            return _refusal(408, "this came too late, or is too much")
        except Fault as fault:
            what = {"message": fault.message, "hints": list(fault.hints), "code": fault.code}
            return JSONResponse(what, 409)

    return answer


def _refusal(status: int, why: str) -> Response:
    return JSONResponse({"message": why, "hints": [], "code": ""}, status)
