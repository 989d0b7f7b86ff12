"""What a document of pandoc's looks like in a format: what pandoc writes of it, but for what nobody sees."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from ..document import elements
from ..document.expansion.formats import BINARY, Format
from ..document.expansion.preamble import FIELD
from ..pandoc.executable import write, write_bytes

_PARAGRAPH = re.compile(r"\s*\n\s*\n\s*")
# Between an environment's edge and its content a paragraph's end does nothing.
_AT_EDGES = re.compile(r"(\\begin\{\w+\*?\}(?:\{[^{}\n]*\}|\[[^\]\n]*\])*)\s*\n\s*\n\s*|\s*\n\s*\n\s*(?=\\end\{)")
# In HTML, a comment, and space at a paragraph's edges.
_UNSEEN = re.compile(r"<!-- -->\s*|(?<=<p>)\s+|(?<=<li>)\s+|\s+(?=</(?:p|li)>)")
_LEFT = ' style="text-align: left;"'  # what a cell has that says nothing of it
_CHANGES_ALWAYS = re.compile(r"(?:.*/)?(?:core\.xml|meta\.xml|content\.opf|toc\.ncx)")  # a date, an identifier


def looks(document: Any, target: Format, program: str) -> object:
    """Return what a document looks like: equal for two that look the same.

    Args:
        document: pandoc's elements.
        target: the format to write it in.
        program: pandoc's executable.

    Raises:
        Fault: PM601 when pandoc fails.
    """
    return _header(document) if target.belongs_to("latex") else "", _seen(document, target, program)


def _header(document: Any) -> str:
    return " ".join(" ".join(elements.raw_texts(document["meta"].get(FIELD))).split())


def _seen(document: Any, target: Format, program: str) -> object:
    meta = {name: value for name, value in document["meta"].items() if name != FIELD}
    document = {**document, "meta": meta}
    if target.name not in BINARY:
        text = write(program, document, target.name, ["--standalone", "--wrap=none"])
        if target.belongs_to("latex"):
            text = _AT_EDGES.sub(r"\1 ", text)
        text = text.replace(_LEFT, "")
        if target.belongs_to("html"):
            return _UNSEEN.sub("", text).split()
        return [" ".join(paragraph.split()) for paragraph in _PARAGRAPH.split(text.strip())]
    with zipfile.ZipFile(io.BytesIO(write_bytes(program, document, target.name))) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not _CHANGES_ALWAYS.fullmatch(name)}
