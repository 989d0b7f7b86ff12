"""Pandoc's output formats: their families, and which raw markup each shows (manual, "Generic raw attribute")."""

from ..base import Record, tex

USUAL = "beamer"  # what macros are asked for where nobody names a format
_HTML_SLIDES = frozenset(("s5", "slidy", "slideous", "dzslides", "revealjs"))
_HTML = frozenset(("html", "html4", "html5", "chunkedhtml")) | _HTML_SLIDES
_EPUB = frozenset(("epub", "epub2", "epub3"))
_MARKDOWN = frozenset(
    "markdown markdown_strict markdown_phpextra markdown_github markdown_mmd markua commonmark commonmark_x gfm".split()
)
# These keep raw markup of every format. The other Markdown dialects have no way to write it, HTML aside.
_CARRIERS = frozenset(("json", "native", "markdown", "markdown_mmd", "commonmark_x", "muse"))
BINARY = _EPUB | {"docx", "odt", "pptx"}  # packed files
FAMILIES = {"latex": tex.WRITERS, "html": _HTML, "epub": _EPUB, "markdown": _MARKDOWN}
_SHOWN = {  # raw formats that a format shows beside its own name and its family's
    **dict.fromkeys(tex.WRITERS, tex.RAW_FORMATS - tex.WRITERS),
    **dict.fromkeys(_EPUB, _HTML),
    **dict.fromkeys(_MARKDOWN - _CARRIERS, _HTML),
    "ipynb": _HTML,
    "rst": tex.RAW_FORMATS,  # of other formats blocks alone
    "texinfo": tex.RAW_FORMATS,
    "docx": frozenset(("openxml",)),
    "pptx": frozenset(("openxml",)),
    "odt": frozenset(("opendocument",)),
    "context": frozenset(("tex",)),
    "textile": _HTML,
    "mediawiki": _HTML,
    "org": tex.RAW_FORMATS | _HTML,
    "pdf": tex.RAW_FORMATS,
}


class Format(Record):
    """The format that a document is written in."""

    name: str  # as pandoc tells a filter; "" when not known

    @property
    def carries(self) -> bool:
        """True when the document goes on to some other format: any raw markup may be meant for that."""
        return self.name in _CARRIERS or not self.name

    @property
    def goes_on(self) -> bool:
        """True when a document in this format may be meant for another one."""
        return self.carries or self.name in _MARKDOWN

    @property
    def markup(self) -> str:
        """The format of a part of a document, and of raw markup in it: ``latex`` for ``beamer``, and so on."""
        return next((family for family in ("latex", "html") if self.belongs_to(family)), self.name)

    def belongs_to(self, name: str) -> bool:
        """True when this is the named format, or of the family that has that name."""
        return name == self.name or self.name in FAMILIES.get(name, ())

    def shows(self, raw: str) -> bool:
        """True when pandoc's writer puts raw markup of a format into the output."""
        if self.carries or raw == self.name or raw in _SHOWN.get(self.name, ()):
            return True
        family = next((names for names in FAMILIES.values() if self.name in names), frozenset())
        return raw in family


def switch_of(raw: str) -> str | None:
    """Return the reader's extension that lets raw markup of a format into a document, None if there is none."""
    if raw in tex.RAW_FORMATS:
        return "raw_tex"
    return "raw_html" if raw in _HTML else None
