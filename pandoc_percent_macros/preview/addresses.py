"""Where previews that run are, for programs of the same user: an editor asks for the slide of a line."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import ProxyHandler, build_opener

from platformdirs import user_cache_path

from ..base import Fault

_PATIENCE = 5  # seconds


@contextmanager
def told(address: str, files: Iterable[Path]) -> Iterator[None]:
    """Let ``show`` find a preview of some files, as long as it runs; only this user can read of it."""
    records = [_record(each) for each in files]
    for each in records:
        with suppress(OSError):  # then nobody finds it
            each.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = each.with_suffix(f".{os.getpid()}")
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump({"address": address}, file)
            beside.replace(each)
    try:
        yield
    finally:
        for each in records:
            if _address(each) == address:
                with suppress(OSError):
                    each.unlink()


def show(name: str, line: int) -> int:
    """Have the preview of a file show the slide of a line, counted from 1; return the page.

    Raises:
        Fault: PM623 where none runs, or it knows of no slide there.
    """
    address = _address(_record(Path(name)))
    none = Fault("PM623", f"no preview of {name} runs", f"start one: `percent-macros preview {name}`")
    if address is None:
        raise none
    query = f"file={quote(os.path.abspath(name))}&line={line}"
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(f"{address}line?{query}", timeout=_PATIENCE) as answer:
            page = json.load(answer)["page"]
            assert isinstance(page, int)
            return page
    except HTTPError as fault:
        with fault:
            if fault.code != 404 or b"{" not in (body := fault.read()):
                raise none from None
            raise Fault("PM623", str(json.loads(body)["message"])) from None
    except (URLError, TimeoutError, ValueError):
        raise none from None


def _record(file: Path) -> Path:
    key = hashlib.sha256(os.fsencode(os.path.realpath(file))).hexdigest()
    return user_cache_path("percent-macros") / "previews" / f"{key[:32]}.json"


def _address(record: Path) -> str | None:
    try:
        found = json.loads(record.read_text("utf-8"))["address"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) and found.startswith("http://127.0.0.1:") else None
