"""What the LaTeX of macros needs in the preamble: packages and TikZ libraries, each once."""

from ...base import pattern, tex
from .. import elements

_TIKZ = pattern(r"\\begin\{tikzpicture\}|\\tikz(?:set|style)?\b|\\usetikzlibrary\b|\\node\b")
_LOADED = pattern(r"\\(?:usepackage|RequirePackage)\s*(?:\[[^\]]*\])?\s*\{([^}]*)\}")
_LIBRARIES = pattern(r"\\usetikzlibrary\s*\{([^}]*)\}")
FIELD = "header-includes"


class Preamble:
    """Packages and TikZ libraries that macros ask for, in the order in which they did."""

    def __init__(self) -> None:
        self._packages: dict[str, str] = {}  # name -> options
        self._libraries: dict[str, None] = {}
        self._markup: dict[tuple[str, str], None] = {}  # formats and texts

    def use_package(self, name: str, options: str) -> None:
        if not self._packages.get(name):
            self._packages[name] = options

    def use_tikz_library(self, name: str) -> None:
        self.use_package("tikz", "")
        self._libraries[name] = None

    def add(self, format: str, text: str) -> None:
        """Ask for a text of raw markup as it stands."""
        self._markup[format, text.strip("\n")] = None

    def see(self, latex: str) -> None:
        """Ask for what some LaTeX of a macro's shows that it needs."""
        if "tikz" not in self._packages and "tikz" in latex and _TIKZ.search(latex):
            self.use_package("tikz", "")

    def others(self, said: str) -> list[tuple[str, str]]:
        """Return formats and texts of the raw markup that a preamble lacks, without LaTeX."""
        return [(format, text) for format, text in self._markup if format not in tex.RAW_FORMATS and text not in said]

    def lines(self, said: str) -> list[str]:
        """Return the lines of LaTeX that a preamble lacks, given what is in it already."""
        written = [text for format, text in self._markup if format in tex.RAW_FORMATS and text not in said]
        return self._loading("\n".join([said, *written])) + written

    def _loading(self, said: str) -> list[str]:
        there = {name.strip() for names in _LOADED.findall(said) for name in names.split(",")}
        libraries = {name.strip() for names in _LIBRARIES.findall(said) for name in names.split(",")}
        return [
            f"\\usepackage[{options}]{{{name}}}" if options else f"\\usepackage{{{name}}}"
            for name, options in self._packages.items()
            if name not in there
        ] + [f"\\usetikzlibrary{{{name}}}" for name in self._libraries if name not in libraries]


def add(meta: elements.Meta, format: str, lines: list[str]) -> None:
    """Put lines of a format into the preamble of a document, after what its metadata already puts there."""
    ours = {"t": "MetaBlocks", "c": [elements.raw_block(format, "\n".join(lines))]}
    theirs = meta.get(FIELD)
    if theirs is None:
        meta[FIELD] = ours
    elif theirs["t"] == "MetaList":
        theirs["c"].append(ours)
    else:
        meta[FIELD] = {"t": "MetaList", "c": [theirs, ours]}


def of_metadata(meta: elements.Meta) -> str:
    """Return what a document's metadata puts into its preamble."""
    return "\n".join(elements.raw_texts(meta.get(FIELD)))
