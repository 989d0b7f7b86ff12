"""What pandoc's Markdown writer needs to be told, so that its own reader finds in its text what was meant."""

import re
from typing import Any

from ..base import tex
from ..document.elements import Document
from ..document.expansion import HTML_BLOCK
from ..document.source import Syntax, parse_format
from ..pandoc import Invocation

# In no dialect do these mean anything after a backslash; nor does what smart punctuation, emoji or lists are made of.
_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>~^$@#|\"']|&(?=#?\w+;)|(?<=-)-|(?<=\.)\.|:(?=[\w+-]+:)|(?<=%)%|\A%|\A[-+:](?=\Z)"
    r"|(?<=\w)[.)](?=\Z)|://|\Awww\."
)
_ESCAPABLE_EVERYWHERE = frozenset("\\`*_{}[]()>#+-.!")
_ESCAPES_ALL = frozenset(("markdown", "markdown_mmd", "markdown_github"))  # all_symbols_escapable, unless switched off
_PAR = re.compile(r"[ \t]*\n[ \t]*\n\s*")
_SPACE = {"t": "Space"}  # that raw markup began or ended with; at a paragraph's end it is nothing
_COMMENT = {"t": "RawInline", "c": ["html", "<!-- -->"]}
_BETWEEN_LISTS = {"t": "RawBlock", "c": ["markdown", "<!-- -->\n"]}
_LISTS = ("BulletList", "OrderedList", "DefinitionList")


def with_raw_attribute(dialect: str) -> str:
    """Return a dialect with the form in which raw markup of any format can be written, which some have to switch on."""
    syntax = _syntax(dialect)
    needed = ["raw_attribute"] if syntax.commonmark else ["raw_attribute", "backtick_code_blocks"]
    return dialect + "".join(f"+{each}" for each in needed if not syntax.has(each))


def writer_dialect(dialect: str, *, bare: bool = False) -> str:
    """Return a dialect in which raw markup is written with the name of its format: bare, it may be read otherwise.

    Each heading has its identifier written: it may not be the one that would be made from its text.

    Args:
        dialect: of the text.
        bare: write raw markup as it is all the same, which is shorter: a pipe table is another if it has a long line.
    """
    if _syntax(dialect).commonmark:
        return f"{dialect}-raw_html"
    return f"{dialect}-auto_identifiers" + ("-raw_attribute" if bare else "-raw_html-raw_tex")


def tab_stop(invocation: Invocation) -> list[str]:
    """Return the option that has the writer indent code and items as the reader of its text wants them."""
    given = invocation.last("tab-stop")
    return [f"--tab-stop={given}"] if given else []


def protected(document: Document, dialect: str) -> Document:
    """Return elements that pandoc's writer writes so that its reader finds the same in the text.

    Args:
        document: pandoc's elements.
        dialect: that the text will be read as.
    """
    protection = _Protection(_syntax(dialect))
    return {name: protection.elements(each) for name, each in document.items()}


def _syntax(dialect: str) -> Syntax:
    syntax = parse_format(dialect)
    assert syntax is not None, "a document without Markdown has no macros"
    return syntax


class _Protection:
    """What is done to elements before a writer has them, for one dialect."""

    def __init__(self, syntax: Syntax) -> None:
        self._escapes_all = syntax.commonmark or syntax.name in _ESCAPES_ALL
        self._has_comments = syntax.has("raw_html")

    def elements(self, value: object) -> Any:
        """Return elements whose strings hold nothing that the writer leaves unescaped and the reader takes for more."""
        if isinstance(value, list):
            return self._members(value)
        if not isinstance(value, dict):
            return value
        if value.get("t") == "Str" and _SPECIAL.search(value["c"]):
            return {"t": "RawInline", "c": ["markdown", _SPECIAL.sub(self._escaped, value["c"])]}
        if value.get("t") == "RawBlock":
            return _raw_block(*value["c"])
        return {name: self.elements(each) for name, each in value.items()}

    def _members(self, members: list[Any]) -> list[Any]:
        if self._has_comments:
            members = _parted_lists(members)
        parts = [part for each in members for part in self._parts(each)]
        words = [at for at, part in enumerate(parts) if isinstance(part, dict) and part.get("t") != "RawInline"]
        end = max((at for at in words if parts[at] is not _SPACE), default=-1)
        return [part for at, part in enumerate(parts) if at < end or part is not _SPACE]

    def _parts(self, member: Any) -> list[Any]:
        if isinstance(member, dict) and member.get("t") == "RawInline":
            format, text = member["c"]
            return _raw_inline(format, text)
        return [self.elements(member)]

    def _escaped(self, found: re.Match[str]) -> str:
        sign = found[0]
        if self._escapes_all or sign in _ESCAPABLE_EVERYWHERE:
            return f"\\{sign}"
        return f"&#{ord(sign[0])};{sign[1:]}"


def _parted_lists(members: list[Any]) -> list[Any]:
    """Return blocks with a comment between lists that would be read as one, where the writer puts a blank paragraph."""
    parted: list[Any] = []
    for each in members:
        before = _kind(parted[-1]) if parted else ""
        if before in _LISTS and _kind(each) in (before, "CodeBlock"):
            parted.append(_BETWEEN_LISTS)
        parted.append(each)
    return parted


def _kind(member: Any) -> str:
    return str(member.get("t")) if isinstance(member, dict) else ""


def _raw_block(format: str, text: str) -> dict[str, Any]:
    """Return a raw block such that it is read as one: HTML that is not a block, or has a blank line, needs a fence."""
    if not format.startswith("html") or (HTML_BLOCK.match(text) and not _PAR.search(text)):
        return {"t": "RawBlock", "c": [format, text]}
    fence = "`" * max((3, *(len(each) + 1 for each in re.findall("`+", text))))
    return {"t": "RawBlock", "c": ["markdown", f"{fence}{{={format}}}\n{text}\n{fence}\n"]}


def _raw_inline(format: str, text: str) -> list[Any]:
    """Return raw markup as it can stand in a code span, which has one line, and no space at its ends."""
    if format in tex.RAW_FORMATS:
        text = _PAR.sub(r"\\par ", tex.without_comments(text))
    text = text.replace("\n", " ")
    raw = [{"t": "RawInline", "c": [format, text.strip()]}] if text.strip() else []
    return [*([_SPACE] if text[:1].isspace() else []), *raw, *([_SPACE] if raw and text[-1:].isspace() else [])]


def in_line(inlines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return inlines that stay in their line: a picture alone in its paragraph would become a figure."""
    return [*inlines, _COMMENT] if len(inlines) == 1 and inlines[0]["t"] == "Image" else inlines
