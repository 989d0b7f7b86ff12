"""Pandoc's dialects of Markdown: what a value of ``--from`` names, and which extensions are on."""

from ...base import Record, pattern

# What is on by itself (`pandoc --list-extensions=FORMAT`, version 3.9); the CommonMark reader has both kinds of fences
# built in, and no name for them.
DEFAULTS: dict[str, frozenset[str]] = {
    name: frozenset(extensions.split())
    for name, extensions in {
        "markdown": "all_symbols_escapable auto_identifiers backtick_code_blocks blank_before_blockquote "
        "blank_before_header bracketed_spans citations definition_lists escaped_line_breaks example_lists "
        "fancy_lists fenced_code_attributes fenced_code_blocks fenced_divs footnotes grid_tables "
        "header_attributes table_attributes implicit_figures implicit_header_references "
        "inline_code_attributes inline_notes intraword_underscores latex_macros line_blocks link_attributes "
        "markdown_in_html_blocks multiline_tables native_divs native_spans pandoc_title_block pipe_tables "
        "raw_attribute raw_html raw_tex shortcut_reference_links simple_tables smart space_in_atx_header "
        "startnum strikeout subscript superscript task_lists table_captions tex_math_dollars "
        "yaml_metadata_block",
        "markdown_strict": "raw_html shortcut_reference_links spaced_reference_links",
        "markdown_phpextra": "abbreviations definition_lists fenced_code_blocks footnotes header_attributes "
        "intraword_underscores link_attributes markdown_attribute pipe_tables raw_html shortcut_reference_links "
        "spaced_reference_links",
        "markdown_github": "alerts all_symbols_escapable auto_identifiers autolink_bare_uris backtick_code_blocks "
        "emoji fenced_code_blocks footnotes gfm_auto_identifiers intraword_underscores "
        "lists_without_preceding_blankline pipe_tables raw_html shortcut_reference_links space_in_atx_header "
        "strikeout task_lists",
        "markdown_mmd": "all_symbols_escapable auto_identifiers backtick_code_blocks definition_lists footnotes "
        "implicit_figures implicit_header_references intraword_underscores markdown_attribute "
        "mmd_header_identifiers mmd_link_attributes mmd_title_block pipe_tables raw_attribute raw_html "
        "short_subsuperscripts shortcut_reference_links spaced_reference_links subscript superscript "
        "tex_math_dollars tex_math_double_backslash",
        "commonmark": "backtick_code_blocks fenced_code_blocks raw_html",
        "commonmark_x": "backtick_code_blocks fenced_code_blocks alerts attributes bracketed_spans definition_lists "
        "emoji fancy_lists fenced_divs footnotes gfm_auto_identifiers implicit_header_references pipe_tables "
        "raw_attribute raw_html smart strikeout subscript superscript task_lists tex_math_dollars "
        "yaml_metadata_block",
        "gfm": "backtick_code_blocks fenced_code_blocks alerts autolink_bare_uris emoji footnotes "
        "gfm_auto_identifiers pipe_tables raw_html strikeout task_lists tex_math_dollars tex_math_gfm "
        "yaml_metadata_block",
    }.items()
}
DEFAULTS["markdown+lhs"] = DEFAULTS["markdown"]
_COMMONMARK = ("commonmark", "commonmark_x", "gfm")
_SWITCHES = pattern(r"(?:[+-][a-z_0-9]+)+$")
_SWITCH = pattern(r"([+-])([a-z_0-9]+)")


class Syntax(Record):
    """A Markdown dialect of pandoc's: the format's name and the extensions that are on."""

    name: str
    extensions: frozenset[str]

    def has(self, extension: str) -> bool:
        return extension in self.extensions

    @property
    def option(self) -> str:
        """The dialect as ``--from`` takes it."""
        known = DEFAULTS.get(self.name, frozenset())
        on = "".join(f"+{each}" for each in sorted(self.extensions - known))
        return self.name + on + "".join(f"-{each}" for each in sorted(known - self.extensions))

    @property
    def commonmark(self) -> bool:
        """True for the dialects that pandoc's CommonMark parser reads."""
        return self.name in _COMMONMARK

    @property
    def divs(self) -> bool:
        """True when a fenced div around a raw block can be written in this dialect."""
        return {"fenced_divs", "raw_attribute"} <= self.extensions


def is_script(reader: str) -> bool:
    """Return whether a value of pandoc's ``--from`` names a reader in Lua (manual, "Custom Readers and Writers")."""
    return _SWITCHES.sub("", reader).endswith(".lua")


def switches(text: str) -> list[tuple[str, str]]:
    """Return the signs and names of the extensions that a value of pandoc's ``--from`` switches on and off."""
    return _SWITCH.findall(text)


def parse_format(text: str) -> Syntax | None:
    """Return the dialect that a value of pandoc's ``--from`` names, or None if it is not Markdown."""
    name = text.replace("-", "+").partition("+")[0]
    if name not in DEFAULTS:
        return None
    extensions = set(DEFAULTS[name])
    for sign, extension in switches(text):
        (extensions.add if sign == "+" else extensions.discard)(extension)
    return Syntax(name, frozenset(extensions))
