"""The pictures that results name, and whether they are there for LaTeX and pandoc to find."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from ..base import tex
from ..document import elements
from ..latex import kpsewhich
from ..pandoc import Format, Invocation

_FOLDERS = re.compile(r"\\graphicspath\s*\{((?:\s*\{[^{}]*\})*)\s*\}")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)  # of one letter it is a drive
# What pdftex.def, and dvips.def for EPS, try in their order.
EXTENSIONS = (".pdf", ".png", ".jpg", ".mps", ".jpeg", ".jbig2", ".jb2", ".eps", ".ps")


@dataclass(frozen=True)
class Picture:
    """A picture that is named somewhere."""

    name: str  # as it is written
    latex: bool  # by ``\\includegraphics``, which tries extensions


def pictures(value: object, target: Format) -> Iterator[Picture]:
    """Yield the pictures in a document's elements that show in a format.

    A name that a command of TeX makes, and an address on the net, is not looked at.
    """
    if isinstance(value, list):
        for each in value:
            yield from pictures(each, target)
    elif isinstance(value, dict):
        if value.get("t") == "Image":
            yield from _local([value["c"][2][0]], latex=False)
        elif value.get("t") in ("RawBlock", "RawInline"):
            format, text = value["c"]
            yield from _in_raw(format, text, target)
            return
        for each in value.values():
            yield from pictures(each, target)


def _in_raw(format: str, text: str, target: Format) -> Iterator[Picture]:
    if not target.shows(format):
        return
    if format in tex.RAW_FORMATS:
        yield from _local(tex.INCLUDED.findall(tex.without_comments(text)), latex=True)
    elif format.startswith("html"):
        reader = _Images()
        reader.feed(text)
        yield from _local(reader.sources, latex=False)


def _local(names: Iterable[str], *, latex: bool) -> Iterator[Picture]:
    for name in names:
        plain = name.strip().strip('"') if latex else name
        if plain and not _ADDRESS.match(plain) and not (latex and re.search(r"[\\#$]", plain)):
            yield Picture(plain, latex)


class _Images(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.sources += [value for name, value in attributes if name == "src" and value]


class SearchPath:
    """Where pandoc and LaTeX look for pictures."""

    def __init__(self, invocation: Invocation, document: elements.Document) -> None:
        """Take in the places that a document and a command line name.

        Args:
            invocation: what pandoc is asked, with its resource path.
            document: pandoc's elements; their raw TeX may set ``\\graphicspath``.
        """
        latex = "\n".join(elements.raw_texts([*document["meta"].values(), *document["blocks"]]))
        self._named = [folder for group in _FOLDERS.findall(latex) for folder in re.findall(r"\{([^{}]*)\}", group)]
        self._resources = resource_path(invocation)

    def has(self, picture: Picture) -> bool:
        """Return whether a picture is found."""
        extensions = ("", *EXTENSIONS) if picture.latex else ("",)
        folders = [*self._resources, *(self._texinputs if picture.latex else ())]
        folders += [os.path.join(folder, each) for folder in (".", *self._resources) for each in self._named]
        names = [picture.name] if picture.latex else [picture.name, _unquoted(picture.name)]
        return any(
            os.path.isfile(os.path.join(folder, name + extension))
            for folder in folders
            for name in names
            for extension in extensions
        ) or (picture.latex and self._is_of_the_system(picture.name))

    @cached_property
    def _texinputs(self) -> list[str]:
        return [each.rstrip("/") or "." for each in os.environ.get("TEXINPUTS", "").split(os.pathsep) if each]

    @staticmethod
    def _is_of_the_system(name: str) -> bool:
        """Return whether TeX's own search finds a picture, such as ``example-image`` of the package mwe."""
        names = [name] if Path(name).suffix in EXTENSIONS else [name + each for each in EXTENSIONS]
        return kpsewhich("--", *names) != ""


def resource_path(invocation: Invocation) -> Sequence[str]:
    """Return the folders of ``--resource-path`` on a command line and in its defaults files."""
    named = [
        part for each in invocation.options if each.name == "resource-path" for part in each.value.split(os.pathsep)
    ]
    return [os.path.join(invocation.process.folder, each or ".") for each in named] or [invocation.process.folder]


def _unquoted(address: str) -> str:
    from urllib.parse import unquote

    return unquote(address)
