"""Whether two PDFs of LaTeX's show the same, without drawing them: their pages' commands, and what these use.

Two runs give fonts and pictures other names and numbers, and put other glyphs into a font's file. So a name counts as
what it stands for; a font as its name and, where both have a character, the glyph of that; a colour that the next one
follows at once does not count; all else counts as it is. What is told to be the same shows the same; what is not may do
so nevertheless.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from .exchange import targets

_NAME = re.compile(rb"/([^\s()<>\[\]{}/%]+)")
_SUBSET = re.compile(r"^/[A-Z]{6}\+")
_NOT_SHOWN = frozenset(("/Parent", "/P", "/Length", "/Filter", "/DecodeParms", "/PTEX.FileName", "/PTEX.InfoDict"))
_LINE = re.compile(rb"(?<=/PMBody)\s*<<\s*/L\s+\d+\s*>>")  # of the LaTeX, as pages with marks tell it
_COLOUR = rb"(?:[\d.]+ )+(?:g|rg|k) (?:[\d.]+ )+(?:G|RG|K)\s+"
_NO_COLOUR = re.compile(rb"(?<![^\s])" + _COLOUR + rb"(?=" + _COLOUR + rb")")
Glyphs = dict[int, str]  # of a font, by their codes


def same(one: Path, other: Path) -> bool:
    """Return whether two PDFs have the same pages, links, targets and bookmarks."""
    with pikepdf.open(one) as first, pikepdf.open(other) as second:
        if len(first.pages) != len(second.pages):
            return False
        parts = zip(_Digests(first).parts(), _Digests(second).parts(), strict=True)
        return all(
            mine == others and all(map(_agree, fonts, other_fonts)) for (mine, fonts), (others, other_fonts) in parts
        )


def digests(pdf: Path) -> list[str]:
    """Return a digest of each page of a PDF by what it shows; where in the LaTeX it is from does not count."""
    with pikepdf.open(pdf) as document:
        return [digest for digest, _ in _Digests(document, lines=False).parts()][:-1]


def _agree(one: Glyphs, other: Glyphs) -> bool:
    return all(one[code] == other[code] for code in one.keys() & other.keys())


class _Digests:
    """Digests of a document's parts, by what they show."""

    def __init__(self, document: pikepdf.Pdf, *, lines: bool = True) -> None:
        self._document = document
        self._lines = lines
        self._pages = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        self._known: dict[tuple[int, int], tuple[str, list[Glyphs]]] = {}  # digests, and fonts in their order
        self._fonts: list[Glyphs] = []

    def parts(self) -> Iterator[tuple[str, list[Glyphs]]]:
        """Yield the digest and the fonts of each page, and of the rest."""
        for page in self._document.pages:
            self._fonts = []
            yield self._page(page.obj), self._fonts
        named = targets(self._document)
        rest = [f"{name} {self._of(named[name])}" for name in sorted(named)]
        rest += [self._of(self._document.Root.get(key)) for key in ("/Outlines", "/PageLabels")]
        yield _digest(" ".join(rest).encode()), []

    def _page(self, page: pikepdf.Object) -> str:
        contents = page.get("/Contents", ())
        streams = [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
        commands = b"\n".join(each.read_bytes() for each in streams)
        if not self._lines:
            commands = _LINE.sub(b"", commands)
        others = {key: page[key] for key in page.keys() if key not in ("/Contents", "/Resources", "/Parent")}  # noqa: SIM118
        shown = " ".join(f"{key} {self._of(others[key])}" for key in sorted(others))
        return _digest(self._commands(commands, page.get("/Resources", pikepdf.Dictionary())) + shown.encode())

    def _commands(self, commands: bytes, resources: pikepdf.Object) -> bytes:
        """Return commands with what names stand for in the places of the names."""
        values: dict[bytes, object] = {}
        for kind in resources.keys():  # noqa: SIM118  # no mapping of Python's
            if kind != "/ProcSet":
                values.update((name[1:].encode(), value) for name, value in resources[kind].items())
        meant: dict[bytes, bytes] = {}

        def meaning(found: re.Match[bytes]) -> bytes:
            name = found[1]
            if name in values and name not in meant:
                meant[name] = b"/" + self._of(values[name]).encode()
            return meant.get(name, found[0])

        return _NAME.sub(meaning, _NO_COLOUR.sub(b"", commands))

    def _of(self, value: object) -> str:
        """Return a digest of a value, the same wherever in the file it stands."""
        if not isinstance(value, pikepdf.Object):
            return repr(value)
        number: tuple[int, int] = value.objgen
        if number == (0, 0):
            return _digest(self._content(value).encode())
        if number in self._pages:
            return f"page {self._pages[number]}"
        if number in self._known:
            self._fonts += self._known[number][1]
        else:
            self._known[number] = ("in itself", [])  # until it is known
            before = len(self._fonts)
            digest = _digest(self._content(value).encode())
            self._known[number] = (digest, self._fonts[before:])
        return self._known[number][0]

    def _content(self, value: pikepdf.Object) -> str:
        if isinstance(value, pikepdf.Array):
            return f"[{' '.join(map(self._of, list(value)))}]"
        if isinstance(value, pikepdf.Stream):
            return self._stream(value)
        if not isinstance(value, pikepdf.Dictionary):
            return repr(value)
        if value.get("/Type") == pikepdf.Name.Font and "/FontDescriptor" in value:
            return self._font(value)
        shown = sorted(set(value.keys()) - _NOT_SHOWN)
        return f"<<{' '.join(f'{key} {self._of(value[key])}' for key in shown)}>>"

    def _stream(self, stream: pikepdf.Stream) -> str:
        shown = [f"{key} {self._of(value)}" for key, value in sorted(stream.items()) if key not in _NOT_SHOWN]
        if stream.get("/Subtype") == pikepdf.Name.Form:
            shown = [each for each in shown if not each.startswith("/Resources")]
            data = self._commands(stream.read_bytes(), stream.get("/Resources", pikepdf.Dictionary()))
        else:
            shown += [str(stream.get("/Filter"))]
            data = stream.read_raw_bytes()
        return f"{' '.join(shown)} {_digest(data)}"

    def _font(self, font: pikepdf.Object) -> str:
        """Return the name of a font, of which each document has those glyphs that it needs."""
        encoding = font.get("/Encoding")
        glyphs: Glyphs = {}
        code = 0
        if isinstance(encoding, pikepdf.Dictionary):
            for each in list(encoding.get("/Differences", ())):
                if isinstance(each, pikepdf.Name):
                    glyphs[code] = str(each)
                    code += 1
                else:
                    code = int(each)
        self._fonts.append(glyphs)
        return f"font {font.get('/Subtype')} {_SUBSET.sub('/', str(font.get('/BaseFont')))}"


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
