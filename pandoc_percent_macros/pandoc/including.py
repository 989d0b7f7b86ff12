"""Lua filters that read further texts, such as those that include files, run again so that macros in these are kept.

Such a filter before ours hands us text that pandoc's parser has been through, and no word of where it was. Run again,
its Markdown goes through ``percent-macros lift`` first, and the document comes out as if all of it had been lifted.
"""

from __future__ import annotations

import os
import re
import sys

from ..base import TYPE_CHECKING
from .command_line import FILES, FILTERS, user_data_directories
from .executable import read, reader_arguments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from .command_line import Option
    from .invocation import Invocation

_READS = re.compile(r"\bpandoc\s*\.\s*read\b")
_LARGEST = 1 << 20  # bytes of a filter that are looked at


class Script:
    """A filter of a command line."""

    def __init__(self, option: Option, invocation: Invocation) -> None:
        self.option = option
        self.path = next(_places(option, invocation), "")
        self.is_lua = option.name == "lua-filter" or option.value.endswith(".lua")

    @property
    def reads(self) -> bool:
        """True for a Lua filter that has pandoc read text."""
        if not self.is_lua or not self.path:
            return False
        with open(self.path, encoding="utf-8", errors="replace") as file:
            return bool(_READS.search(file.read(_LARGEST)))


def _places(option: Option, invocation: Invocation) -> Iterator[str]:
    homes = [data] if (data := invocation.last("data-dir")) else user_data_directories()
    folders = ("", *(os.path.join(home, FILES["filter"]) for home in homes))
    paths = (os.path.join(invocation.process.folder, folder, option.value) for folder in folders)
    return (path for path in paths if option.value and os.path.isfile(path))


def scripts(invocation: Invocation) -> tuple[list[Script], list[Script]]:
    """Return the filters that run before ours, and those that run after it."""
    filters = [Script(each, invocation) for each in invocation.options if each.name in FILTERS]
    before = len(invocation.earlier_filters)
    return filters[:before], filters[before + 1 :]


def read_through(invocation: Invocation, text: str, reader: str, filters: Iterable[Script], target: str) -> Any:
    """Return what pandoc and Lua filters make of a text, in the form that pandoc's JSON has.

    Args:
        invocation: what pandoc was asked to do.
        text: a text that was lifted.
        reader: the dialect that it is in.
        filters: those before ours; each is a Lua filter, or citeproc.
        target: the format that is written, which filters may ask for.

    Raises:
        Fault: PM601 when pandoc can't be started or fails.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix="percent-macros-") as folder:
        arguments = reader_arguments(invocation, folder)
        arguments += [each.argument for each in invocation.options if each.name == "resource-path"]
        for number, each in enumerate(filters):
            if not each.is_lua:
                arguments.append("--citeproc")
                continue
            path = os.path.join(folder, f"{number}.lua")
            with open(path, "w", encoding="utf-8") as file:
                file.write(_wrapper(each.path, target))
            arguments.append(f"--lua-filter={path}")
        return read(invocation.process.program, text, reader, arguments, invocation.process.folder)


def _wrapper(script: str, target: str) -> str:
    lifting = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lifting.lua")
    # -P: the folder that pandoc runs in is no place to import from
    program = ", ".join(map(_lua, (sys.executable, "-P", "-m", __package__.partition(".")[0])))
    return f"return dofile({_lua(lifting)})({_lua(script)}, {{{program}}}, {_lua(target)}, _ENV)\n"


def _lua(text: str) -> str:
    """Return a text as a string of Lua."""
    return '"' + "".join(f"\\{byte:03d}" for byte in os.fsencode(text)) + '"'
