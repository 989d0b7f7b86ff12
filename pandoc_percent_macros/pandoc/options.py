"""Pandoc's command line, as far as it says what is read and how (pandoc's manual, "Options" and "Defaults files").

Taken from ``pandoc --help`` of 2.19 to 3.9. Pandoc parses with GHC's GetOpt, whose rules are those of
GNU getopt: long options may be shortened while they are unambiguous, and files and options may be mixed.
"""

from __future__ import annotations

import getopt
import re

from ..records import TYPE_CHECKING, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHORT = "f:r:t:w:o:M:d:sV:NH:B:A:pF:L:iT:c:Cvh"
_WITH_ARGUMENT = (
    "from read to write output data-dir metadata metadata-file defaults template variable variable-json wrap "
    "toc-depth number-offset top-level-division extract-media resource-path include-in-header "
    "include-before-body include-after-body highlight-style syntax-definition syntax-highlighting dpi eol "
    "columns tab-stop pdf-engine pdf-engine-opt reference-doc request-header abbreviations "
    "indented-code-classes default-image-extension filter lua-filter shift-heading-level-by "
    "base-header-level track-changes reference-location figure-caption-position table-caption-position "
    "markdown-headings slide-level email-obfuscation id-prefix title-prefix css epub-subdirectory "
    "epub-cover-image epub-metadata epub-embed-font split-level chunk-template epub-chapter-level "
    "ipynb-output bibliography csl citation-abbreviations log print-default-template "
    "print-default-data-file print-highlight-style"
).split()
_FLAGS = (
    "file-scope sandbox standalone ascii toc table-of-contents lof list-of-figures lot list-of-tables "
    "number-sections no-highlight preserve-tabs self-contained embed-resources link-images "
    "no-check-certificate strip-comments reference-links list-tables listings incremental section-divs "
    "html-q-tags epub-title-page citeproc natbib biblatex mathml webtex mathjax katex gladtex trace "
    "dump-args ignore-args verbose quiet fail-if-warnings bash-completion list-input-formats "
    "list-output-formats list-extensions list-highlight-languages list-highlight-styles atx-headers "
    "strip-empty-paragraphs version help"
).split()
_LONG = [f"{name}=" for name in _WITH_ARGUMENT] + _FLAGS
_FULL_NAMES = {
    "-f": "from", "-r": "from", "-t": "to", "-w": "to", "-o": "output", "-M": "metadata", "-d": "defaults",
    "-H": "include-in-header", "-F": "filter", "-L": "lua-filter", "-C": "citeproc", "-V": "variable",
    "-p": "preserve-tabs", "read": "from", "write": "to",
}  # fmt: skip
_FLAG_WITH_VALUE = re.compile(r"--([a-z-]+)=(.*)", re.DOTALL)
_SHORT_FLAG_WITH_VALUE = re.compile(r"-[sNpi](true|false)")


@record
class Option:
    """An option of a command line: its long name, and its argument, "" without one."""

    name: str
    value: str


class UnknownOptions(Exception):
    """A command line that does not read as pandoc's."""


def parse(arguments: Sequence[str]) -> tuple[list[Option], list[str]]:
    """Return the options and the input files of pandoc's command line, without the program's name.

    Raise ``UnknownOptions`` for what is not pandoc's.
    """
    plain, flags = _without_flag_values(_without_runtime_options(arguments))
    try:
        found, files = getopt.gnu_getopt(plain, _SHORT, _LONG)
    except getopt.GetoptError as fault:
        raise UnknownOptions(str(fault)) from None
    options = []
    for name, value in found:
        long = _FULL_NAMES.get(name.removeprefix("--"), _FULL_NAMES.get(name, name.removeprefix("--")))
        if long in flags:
            value = flags[long]
        options.append(Option(long, value))
    return options, files


def _without_runtime_options(arguments: Sequence[str]) -> Iterator[str]:
    """Leave out what is GHC's: everything from ``+RTS`` to ``-RTS`` or the end."""
    inside = False
    for argument in arguments:
        if argument in ("+RTS", "-RTS"):
            inside = argument == "+RTS"
        elif not inside:
            yield argument


def _without_flag_values(arguments: Iterator[str]) -> tuple[list[str], dict[str, str]]:
    """Return the arguments with flags such as ``--standalone=false`` bare, and the values they had.

    Python's getopt has no options whose argument may be missing.
    """
    plain: list[str] = []
    values: dict[str, str] = {}
    for argument in arguments:
        long = _FLAG_WITH_VALUE.fullmatch(argument)
        names = [name for name in _FLAGS if long and name.startswith(long[1])]
        if long and names and not any(name.startswith(long[1]) for name in _WITH_ARGUMENT):
            values[names[0]] = long[2]
            plain.append(f"--{names[0]}")
        elif _SHORT_FLAG_WITH_VALUE.fullmatch(argument):
            plain.append(argument[:2])
        else:
            plain.append(argument)
    return plain, values
