"""Pandoc's command line, as far as it says what is read and how (pandoc's manual, "Options" and "Defaults files").

Taken from ``pandoc --help`` of 2.19 to 3.9. Pandoc parses with GHC's GetOpt, whose rules are those of
GNU getopt: long options may be shortened while they are unambiguous, and files and options may be mixed.
"""

from __future__ import annotations

from ..base.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHORT_WITH_ARGUMENT = {
    "f": "from", "r": "from", "t": "to", "w": "to", "o": "output", "M": "metadata", "d": "defaults", "V": "variable",
    "H": "include-in-header", "B": "include-before-body", "A": "include-after-body", "F": "filter", "L": "lua-filter",
    "T": "title-prefix", "c": "css",
}  # fmt: skip
_SHORT_FLAGS = {
    "s": "standalone", "N": "number-sections", "p": "preserve-tabs", "i": "incremental", "C": "citeproc",
    "v": "version", "h": "help",
}  # fmt: skip
_OTHER_NAMES = {"read": "from", "write": "to"}
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
LONG_NAMES = (*_WITH_ARGUMENT, *_FLAGS)
_SHORT_FLAGS_WITH_VALUE = "sNpi"


class Option(Record):
    """An option of a command line: its long name, and its argument, "" without one."""

    name: str
    value: str


class UnknownOptions(Exception):
    """A command line that does not read as pandoc's."""


def parse(arguments: Sequence[str]) -> tuple[list[Option], list[str]]:
    """Return the options and the input files of pandoc's command line, without the program's name.

    Raise ``UnknownOptions`` for what is not pandoc's.
    """
    options: list[Option] = []
    files: list[str] = []
    words = _without_runtime_options(arguments)
    for word in words:
        if word == "--":
            files += words
        elif word.startswith("--"):
            options.append(_long(word[2:], words))
        elif word.startswith("-") and word != "-":
            options += _short(word[1:], words)
        else:
            files.append(word)
    return options, files


def _without_runtime_options(arguments: Sequence[str]) -> Iterator[str]:
    """Leave out what is GHC's: everything from ``+RTS`` to ``-RTS`` or the end."""
    inside = False
    for argument in arguments:
        if argument in ("+RTS", "-RTS"):
            inside = argument == "+RTS"
        elif not inside:
            yield argument


def _long(text: str, words: Iterator[str]) -> Option:
    """Return the option of a word after its two hyphens. The value of a flag may be missing, and has to be joined."""
    written, equals, value = text.partition("=")
    name = _full_name(written)
    if name in _WITH_ARGUMENT and not equals:
        value = _argument(written, words)
    return Option(_OTHER_NAMES.get(name, name), value)


def _full_name(written: str) -> str:
    known = (*_WITH_ARGUMENT, *_FLAGS)
    names = [written] if written in known else [name for name in known if name.startswith(written)]
    if len(names) != 1:
        raise UnknownOptions(f"--{written} is {'ambiguous' if names else 'unknown'}")
    return names[0]


def _short(letters: str, words: Iterator[str]) -> Iterator[Option]:
    """Yield the options of a word after its hyphen: flags, and at the end one with an argument."""
    if letters[0] in _SHORT_FLAGS_WITH_VALUE and letters[1:] in ("true", "false"):
        yield Option(_SHORT_FLAGS[letters[0]], letters[1:])
        return
    for at, letter in enumerate(letters, 1):
        if letter in _SHORT_WITH_ARGUMENT:
            yield Option(_SHORT_WITH_ARGUMENT[letter], letters[at:] or _argument(letter, words))
            return
        if letter not in _SHORT_FLAGS:
            raise UnknownOptions(f"-{letter} is unknown")
        yield Option(_SHORT_FLAGS[letter], "")


def _argument(option: str, words: Iterator[str]) -> str:
    for word in words:
        return word
    raise UnknownOptions(f"{option} lacks its argument")
