"""Pandoc's defaults files, as far as they say what is read and how (pandoc's manual, "Defaults files")."""

from __future__ import annotations

import os

from ..base.record import TYPE_CHECKING, Record
from .options import Option

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_DEPTH = 16  # of defaults files that name defaults files
_OPTIONS = {  # the fields whose option has another name
    "reader": "from",
    "writer": "to",
    "input-file": "input-files",
    "output-file": "output",
    "metadata-files": "metadata-file",
}
_OF_READER = (
    "metadata metadata-file metadata-files tab-stop preserve-tabs abbreviations "
    "indented-code-classes default-image-extension strip-comments shift-heading-level-by columns "
    "file-scope id-prefix data-dir"
).split()
_NAME_FILES = ("metadata-file", "metadata-files", "abbreviations", "data-dir")


class Defaults(Record):
    """A defaults file: what it says as options, and the fields that a second reading needs."""

    options: tuple[Option, ...]
    for_reader: dict[str, Any]


def load(name: str, data_directory: str | None, folder: str, depth: int = 0) -> Iterator[Defaults]:
    """Yield what ``--defaults NAME`` means: the file's own defaults files, and the file.

    A file that is missing or does not read yields nothing: pandoc has read it, or we would not run.
    """
    path = _find(name, data_directory, folder)
    if path is None or depth > _DEPTH:
        return
    import yaml  # costs start-up time, and most command lines name no defaults file

    with open(path, encoding="utf-8") as file:
        try:
            fields = yaml.safe_load(file.read().replace("${.}", os.path.dirname(path) or "."))
        except yaml.YAMLError:
            return
    if not isinstance(fields, dict):
        return
    named = fields.get("defaults") or []
    for each in [named] if isinstance(named, str) else named:
        yield from load(str(each), data_directory, folder, depth + 1)
    yield Defaults(tuple(_options(fields)), dict(_for_reader(fields, folder)))


def _for_reader(fields: dict[str, Any], folder: str) -> Iterator[tuple[str, Any]]:
    """Yield the fields that a second reading needs, names of files in full: it may run in another folder."""
    for key, value in fields.items():
        if key not in _OF_READER:
            continue
        if key in _NAME_FILES and isinstance(value, list):
            value = [os.path.join(folder, str(each)) for each in value]
        elif key in _NAME_FILES:
            value = os.path.join(folder, str(value))
        yield key, value


def _find(name: str, data_directory: str | None, folder: str) -> str | None:
    named = name if os.path.splitext(name)[1] else name + ".yaml"
    homes = [data_directory] if data_directory else user_data_directories()
    places = [os.path.join(folder, named)] + [os.path.join(home, "defaults", named) for home in homes]
    return next((place for place in places if os.path.isfile(place)), None)


def user_data_directories() -> list[str]:
    """Return the folders that pandoc takes for the user's data directory (manual, ``--data-dir``)."""
    home = os.path.expanduser("~")
    if os.name == "nt":
        return [os.path.join(os.environ.get("APPDATA", home), "pandoc")]
    share = os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
    return [os.path.join(share, "pandoc"), os.path.join(home, ".pandoc")]


def _options(fields: dict[str, Any]) -> Iterator[Option]:
    for key, value in fields.items():
        name = _OPTIONS.get(key, key)
        if key == "filters":
            for each in value or ():
                yield _filter(each)
        elif key == "variables":
            yield from (Option("variable", str(name)) for name in value or ())
        elif key == "citeproc":
            if value:
                yield Option("citeproc", "")
        elif isinstance(value, list):
            yield from (Option(name, str(each)) for each in value)
        elif isinstance(value, bool):
            yield Option(name, "true" if value else "false")
        elif value is not None and not isinstance(value, dict):
            yield Option(name, str(value))


def _filter(value: Any) -> Option:
    """Return an entry of ``filters`` as an option: a program, a Lua script, or ``citeproc``."""
    kind, path = None, str(value)
    if isinstance(value, dict):
        kind, path = value.get("type"), str(value.get("path", ""))
    if "citeproc" in (kind, path):
        return Option("citeproc", "")
    return Option("lua-filter" if kind == "lua" or path.endswith(".lua") else "filter", path)
