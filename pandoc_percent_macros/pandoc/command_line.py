"""Pandoc's command line and its defaults files, as far as they say what is read and how.

The options are those of pandoc's manual, section "Options", of 2.19 to 3.9; defaults files are its section "Defaults
files". Pandoc parses with GHC's GetOpt, whose rules are those of GNU getopt: long options may be shortened while they
are unambiguous, and files and options may be mixed.
"""

from __future__ import annotations

import os

from ..base import TYPE_CHECKING, Fault, Record, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

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
FILTERS = frozenset(("filter", "lua-filter", "citeproc"))
INCLUDED = ("include-in-header", "include-before-body", "include-after-body")  # files that become part of the output
_IN_METADATA = ("bibliography", "csl", "citation-abbreviations")  # names that become fields of it, as they are written
# What a second reading of the document must be given to find the same in it.
OF_READER = frozenset(
    "metadata metadata-file tab-stop preserve-tabs abbreviations indented-code-classes default-image-extension "
    "strip-comments shift-heading-level-by base-header-level columns file-scope id-prefix data-dir sandbox".split()
).union(_IN_METADATA)
# Whose argument is a file, and in which folder of the data directory pandoc looks for that, too.
FILES = {
    "defaults": "defaults",
    "template": "templates",
    "metadata-file": "metadata",
    "lua-filter": "filters",
    "filter": "filters",
    "csl": "csl",
    **dict.fromkeys(
        "bibliography css reference-doc abbreviations syntax-definition highlight-style syntax-highlighting "
        "citation-abbreviations epub-cover-image epub-metadata epub-embed-font".split(),
        "",
    ),
    **dict.fromkeys(INCLUDED, ""),
}
_SHORT_FLAGS_WITH_VALUE = "sNpi"
_DEPTH = 16  # of defaults files that name defaults files
_OPTIONS_OF_FIELDS = {  # the fields whose option has another name
    "reader": "from",
    "writer": "to",
    "input-file": "input-files",
    "output-file": "output",
    "metadata-files": "metadata-file",
}


class Option(Record):
    """An option of a command line: its long name, and its argument, "" without one."""

    name: str
    value: str

    @property
    def argument(self) -> str:
        """The option as a word of a command line."""
        return f"--{self.name}={self.value}" if self.value else f"--{self.name}"

    def from_folder(self, folder: str) -> Option:
        """Return the option as it has to be given in another folder: a file's name in full."""
        if self.value and self.name not in _IN_METADATA and (self.name in FILES or self.name == "data-dir"):
            return Option(self.name, os.path.join(folder, self.value))
        return self


def parse(arguments: Sequence[str]) -> tuple[list[Option], list[str]]:
    """Return the options and the input files of pandoc's command line, without the program's name.

    Raises:
        Fault: PM608 for what is not pandoc's.
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


def writer_of(value: str) -> str:
    """Return the format that ``--to`` names, without its extensions; ``latex`` for ``pdf``, made by way of it."""
    name = value.replace("-", "+").partition("+")[0]
    return "latex" if name == "pdf" else name


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
        value = _argument(f"--{written}", words)
    return Option(_OTHER_NAMES.get(name, name), value)


def _full_name(written: str) -> str:
    names = [written] if written in LONG_NAMES else [name for name in LONG_NAMES if name.startswith(written)]
    if len(names) == 1:
        return names[0]
    if names:
        every = ", ".join(f"`--{name}`" for name in names)
        raise Fault("PM608", f"`--{written}` is short for several options of pandoc", f"write one of {every}")
    close = nearest(written, LONG_NAMES)
    raise Fault("PM608", f"pandoc has no option `--{written}`", *([f"did you mean `--{close}`?"] if close else []))


def _short(letters: str, words: Iterator[str]) -> Iterator[Option]:
    """Yield the options of a word after its hyphen: flags, and at the end one with an argument."""
    if letters[0] in _SHORT_FLAGS_WITH_VALUE and letters[1:] in ("true", "false"):
        yield Option(_SHORT_FLAGS[letters[0]], letters[1:])
        return
    for at, letter in enumerate(letters, 1):
        if letter in _SHORT_WITH_ARGUMENT:
            yield Option(_SHORT_WITH_ARGUMENT[letter], letters[at:] or _argument(f"-{letter}", words))
            return
        if letter not in _SHORT_FLAGS:
            raise Fault("PM608", f"pandoc has no option `-{letter}`")
        yield Option(_SHORT_FLAGS[letter], "")


def _argument(option: str, words: Iterator[str]) -> str:
    for word in words:
        return word
    raise Fault("PM608", f"`{option}` lacks its argument")


class Defaults(Record):
    """A defaults file: what it says as options, and the fields that a second reading needs."""

    options: tuple[Option, ...]
    for_reader: dict[str, Any]  # by the names of fields, as YAML has them
    after: int = 0  # how many options for the reader stand before it on the command line


def load_defaults(name: str, data_directory: str | None, folder: str, depth: int = 0) -> Iterator[Defaults]:
    """Yield what ``--defaults NAME`` means: the file's own defaults files, and the file.

    A file that is missing, or that can't be parsed, yields nothing: pandoc has read it, or we would not run.

    Args:
        name: the option's argument; ``.yaml`` may be left out.
        data_directory: the argument of ``--data-dir``; None for the user's.
        folder: pandoc's working directory.
        depth: how many defaults files have led to this one.
    """
    path = _find(name, data_directory, folder)
    if path is None or depth > _DEPTH:
        return
    import yaml  # costs start-up time, and most command lines name no defaults file

    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        written = yaml.safe_load(text)
        fields = yaml.safe_load(text.replace("${.}", os.path.dirname(path) or ".")) if "${.}" in text else written
    except yaml.YAMLError:
        return
    if not isinstance(fields, dict):
        return
    named = fields.get("defaults") or []
    for each in [named] if isinstance(named, str) else named:
        yield from load_defaults(str(each), data_directory, folder, depth + 1)
    for_reader = dict(_for_reader(fields, folder))
    if "metadata" in for_reader:
        for_reader["metadata"] = written["metadata"]  # where `${.}` means nothing to pandoc
    yield Defaults(tuple(_options(fields)), for_reader)


def _for_reader(fields: dict[str, Any], folder: str) -> Iterator[tuple[str, Any]]:
    """Yield the fields that a second reading needs, names of files in full: it may run in another folder."""
    for key, value in fields.items():
        name = _OPTIONS_OF_FIELDS.get(key, key)
        if name not in OF_READER:
            continue
        if isinstance(value, list):
            value = [Option(name, str(each)).from_folder(folder).value for each in value]
        elif isinstance(value, str):
            value = Option(name, value).from_folder(folder).value
        yield key, value


def _find(name: str, data_directory: str | None, folder: str) -> str | None:
    named = name if os.path.splitext(name)[1] else name + ".yaml"
    homes = [data_directory] if data_directory else user_data_directories()
    places = [os.path.join(folder, named)] + [os.path.join(home, "defaults", named) for home in homes]
    return next((place for place in places if os.path.isfile(place)), None)


def user_data_directories() -> list[str]:
    """Return the folders that pandoc takes for the user's data directory (manual, ``--data-dir``)."""
    home = os.path.expanduser("~")
    if os.name == "nt":
        return [os.path.join(os.environ.get("APPDATA", home), "pandoc")]
    share = os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
    return [os.path.join(share, "pandoc"), os.path.join(home, ".pandoc")]


def _options(fields: dict[str, Any]) -> Iterator[Option]:
    for key, value in fields.items():
        name = _OPTIONS_OF_FIELDS.get(key, key)
        if key == "filters":
            for each in value or ():
                yield _filter(each)
        elif key == "variables":
            yield from _pairs("variable", value)
        elif key == "metadata":
            yield from _pairs("metadata", value)
        elif key == "citeproc":
            if value:
                yield Option("citeproc", "")
        elif isinstance(value, list):
            yield from (Option(name, str(each)) for each in value)
        elif isinstance(value, bool):
            yield Option(name, "true" if value else "false")
        elif value is not None and not isinstance(value, dict):
            yield Option(name, str(value))


def _pairs(option: str, fields: Any) -> Iterator[Option]:
    """Yield ``metadata`` or ``variables`` of a defaults file as options: one for each member of a list."""
    for name, value in fields.items() if isinstance(fields, dict) else ():
        for each in value if isinstance(value, list) else [value]:
            yield Option(option, f"{name}={each}")


def _filter(value: object) -> Option:
    """Return an entry of ``filters`` as an option: a program, a Lua script, or ``citeproc``."""
    kind, path = None, str(value)
    if isinstance(value, dict):
        kind, path = value.get("type"), str(value.get("path", ""))
    if "citeproc" in (kind, path):
        return Option("citeproc", "")
    return Option("lua-filter" if kind == "lua" or path.endswith(".lua") else "filter", path)
