"""What a pandoc was asked to do, as far as it says how the document came about that it hands to us."""

import os
import re
from collections.abc import Sequence

from ..base import Fault, Record
from .command_line import FILTERS, INCLUDED, OF_READER, Defaults, Option, load_defaults, parse
from .parent import Process

_MARKDOWN = frozenset(" .md .markdown .mkd .mkdn .mdown .mdwn .markdn .txt .text .Rmd .rmd .qmd .lhs".split(" "))
_STDIN_NAMES = ("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")


class Invocation(Record):
    """A command line of pandoc's, understood."""

    process: Process
    inputs: tuple[str, ...]  # as the author wrote them; "-" is standard input
    options: tuple[Option, ...]  # in their order, those of each defaults file after the option that names it
    reader: str  # the value of --from, or what pandoc takes without it
    earlier_filters: tuple[str, ...]  # what ran before us
    reader_options: tuple[Option, ...]  # what a second reading of the document must be given
    defaults: tuple[Defaults, ...]  # the same of defaults files
    header: tuple[Option, ...]  # -H and -V header-includes: with any, pandoc ignores what the document says
    file_scope: bool  # several inputs, each parsed for itself

    def last(self, name: str) -> str | None:
        """Return the value that holds of an option; None where it is not given."""
        return next((each.value for each in reversed(self.options) if each.name == name), None)

    @property
    def tab_stop(self) -> int:
        """The columns from one tab stop to the next."""
        value = self.last("tab-stop") or ""
        return int(value) if value.isdecimal() and int(value) else 4


def understood(process: Process) -> Invocation | None:
    """Return what a running pandoc was asked to do; None for options that this package does not know yet."""
    try:
        return understand(process)
    except Fault:
        return None


def understand(process: Process) -> Invocation:
    """Return what a pandoc was asked to do.

    Raises:
        Fault: PM608 for a command line that is not pandoc's.
    """
    given, files = parse(process.arguments)
    data_directory = next((each.value for each in given if each.name == "data-dir"), None)
    options: list[Option] = []
    defaults: list[Defaults] = []
    for_reader: list[Option] = []
    for option in given:
        options.append(option)
        if option.name in OF_READER:
            for_reader.append(option)
        if option.name == "defaults":
            for each in load_defaults(option.value, data_directory, process.folder):
                defaults.append(each.replace(after=len(for_reader)))
                options += each.options
    named = [each.value for each in options if each.name == "input-files"] + files
    inputs = tuple("-" if each in _STDIN_NAMES else each for each in named) or ("-",)
    reader = next((each.value for each in reversed(options) if each.name == "from"), None)
    return Invocation(
        process,
        inputs,
        tuple(options),
        reader or _by_extension(inputs),
        _before_us(options, process.child),
        tuple(for_reader),
        tuple(defaults),
        tuple(each for each in options if _replaces_header_includes(each)),
        len(inputs) > 1 and any(each.name == "file-scope" and each.value != "false" for each in options),
    )


def _by_extension(inputs: Sequence[str]) -> str:
    """Return the format that pandoc takes files without ``--from`` for: Markdown, or what the first one's name says."""
    extension = os.path.splitext(inputs[0])[1]
    return "markdown" if extension in _MARKDOWN else extension.removeprefix(".")


def _before_us(options: Sequence[Option], child: Sequence[str]) -> tuple[str, ...]:
    """Return the filters before ours, which is the one whose name is on the command line of pandoc's child."""
    filters = [each.value or each.name for each in options if each.name in FILTERS]
    names = {os.path.splitext(os.path.basename(word))[0] for word in child}
    ours = (at for at, name in enumerate(filters) if os.path.splitext(os.path.basename(name))[0] in names)
    return tuple(filters[: next(ours, len(filters))])


def _replaces_header_includes(option: Option) -> bool:
    return option.name == INCLUDED[0] or (
        option.name in ("variable", "variable-json") and re.split("[:=]", option.value)[0] == "header-includes"
    )


def metadata(invocation: Invocation, field: str) -> list[str]:
    """Return the values that the command line and its defaults files give a field of the metadata.

    Files of metadata that they name are part of the document, and not looked at.
    """
    pairs = (re.split("[:=]", each.value, maxsplit=1) for each in invocation.options if each.name == "metadata")
    return [pair[1] for pair in pairs if pair[0] == field and len(pair) > 1]


def header_text(invocation: Invocation, options: Sequence[Option]) -> str:
    """Return what options of a command line, ``-H`` and ``-V header-includes``, put into the preamble."""
    texts: list[str] = []
    for option in options:
        path = os.path.join(invocation.process.folder, option.value)
        if option.name != INCLUDED[0]:
            texts.append(option.value)
        elif os.path.isfile(path):
            with open(path, encoding="utf-8", errors="replace") as file:
                texts.append(file.read())
    return "\n".join(texts)
