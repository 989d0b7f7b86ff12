"""What the scanner must know of a Markdown dialect: the reader's format and its extensions."""

from __future__ import annotations

from ...base.pattern import pattern
from ...base.record import Record

_CODE = {"backtick_code_blocks", "fenced_code_blocks"}
_PANDOC = frozenset(
    _CODE
    | {
        "bracketed_spans",
        "fenced_divs",
        "footnotes",
        "pandoc_title_block",
        "raw_attribute",
        "raw_html",
        "raw_tex",
        "smart",
        "tex_math_dollars",
        "yaml_metadata_block",
        "auto_identifiers",
        "citations",
        "grid_tables",
        "inline_notes",
        "latex_macros",
        "markdown_in_html_blocks",
    }
)
# pandoc's defaults, as far as the scanner asks for them (`pandoc --list-extensions=FORMAT`)
DEFAULTS: dict[str, frozenset[str]] = {
    "markdown": _PANDOC,
    "markdown_strict": frozenset({"raw_html"}),
    "markdown_phpextra": frozenset({"fenced_code_blocks", "footnotes", "raw_html", "markdown_attribute"}),
    "markdown_github": frozenset(_CODE | {"raw_html", "autolink_bare_uris", "emoji"}),
    "markdown_mmd": frozenset(
        {"backtick_code_blocks", "footnotes", "raw_html", "markdown_attribute", "raw_attribute", "auto_identifiers"}
        | {"tex_math_double_backslash", "mmd_title_block", "yaml_metadata_block"}
    ),
    "commonmark": frozenset(_CODE | {"raw_html"}),
    "commonmark_x": frozenset(
        _PANDOC - {"raw_tex", "pandoc_title_block", "grid_tables", "citations", "markdown_in_html_blocks"}
    ),
    "gfm": frozenset(
        _CODE
        | {"raw_html", "footnotes", "tex_math_dollars", "yaml_metadata_block", "autolink_bare_uris"}
        | {"emoji", "auto_identifiers"}
    ),
}
DEFAULTS["markdown+lhs"] = _PANDOC
_COMMONMARK = ("commonmark", "commonmark_x", "gfm")
_SWITCH = pattern(r"([+-])([a-z_0-9]+)")


class Syntax(Record):
    """A Markdown dialect of pandoc's: the format's name and the extensions that are on."""

    name: str
    extensions: frozenset[str]

    def has(self, extension: str) -> bool:
        return extension in self.extensions

    @property
    def commonmark(self) -> bool:
        """True for the dialects that pandoc's CommonMark parser reads."""
        return self.name in _COMMONMARK

    @property
    def markdown_in_html(self) -> bool:
        """True when Markdown is read inside of HTML's blocks."""
        return not self.extensions.isdisjoint(("markdown_in_html_blocks", "markdown_attribute"))

    @property
    def divs(self) -> bool:
        """True when a fenced div around a raw block can be written in this dialect."""
        return {"fenced_divs", "raw_attribute"} <= self.extensions


def switches(text: str) -> list[tuple[str, str]]:
    """Return the signs and names of the extensions that a value of pandoc's ``--from`` switches on and off."""
    return _SWITCH.findall(text)


def parse_format(text: str) -> Syntax | None:
    """Return the dialect that a value of pandoc's ``--from`` names, or None if it is no Markdown."""
    name = text.replace("-", "+").partition("+")[0]
    if name not in DEFAULTS:
        return None
    extensions = set(DEFAULTS[name])
    for sign, extension in switches(text):
        (extensions.add if sign == "+" else extensions.discard)(extension)
    return Syntax(name, frozenset(extensions))
