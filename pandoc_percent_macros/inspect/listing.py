"""The macros that a document can call."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..base import Diagnostics, Source
from ..document.expansion import PRELUDE, DocumentEnvironment, Preamble, named_libraries, prelude, used
from ..document.expansion.python_macros import installed
from ..document.source import DEFINE
from ..language.syntax import Macro, NativeMacro, Template, calls_in
from ..pandoc import Format, Process, find_pandoc, understand
from .loading import load

_COMMENT = re.compile(r"(?<=\n)(?:[ \t]*#.*(?:\n|\Z))+")
DOCUMENT = "document"
LIBRARY = "library"
OF_PRELUDE = "prelude"
PYTHON = "python"
_ORDER = (DOCUMENT, LIBRARY, PYTHON, OF_PRELUDE)


@dataclass(frozen=True)
class ListedMacro:
    """A macro, and where it comes from."""

    name: str
    signature: str
    doc: str | None
    kind: str  # DOCUMENT, LIBRARY, OF_PRELUDE or PYTHON
    file: str | None  # or the Python package; None for the prelude
    line: int | None
    calls: int  # in the document's text

    @property
    def where(self) -> str:
        """Where it comes from, in a few characters."""
        if self.kind == OF_PRELUDE:
            return OF_PRELUDE
        return f"{self.file}:{self.line}" if self.line else f"Python, {self.file}"


def listing(arguments: Sequence[str], file: str | None) -> tuple[list[ListedMacro], Diagnostics]:
    """Return the macros that a document can call, the document's own first, and what is wrong with them.

    Args:
        arguments: pandoc's options for reading it.
        file: the document; without one, what every document can call.

    Raises:
        Fault: what ``load`` raises.
    """
    diagnostics = Diagnostics()
    environment = DocumentEnvironment({}, Format(""), Preamble(), Diagnostics())
    natives = installed(environment, diagnostics)
    macros = {macro.name: macro for macro in prelude(diagnostics) if not _is_inner(macro)}
    own: list[Source] = []
    calls: Counter[str] = Counter()
    if file is None and arguments:
        asked = understand(Process(find_pandoc(), tuple(arguments), os.getcwd()))
        macros |= {macro.name: macro for macro in used((), diagnostics, named_libraries.of_command_line(asked))}
    elif file is not None:
        loaded = load([*arguments, "--", file])
        expanded = loaded.expanded()
        for each in expanded.diagnostics:
            diagnostics.add(each)
        known = expanded.processed.program.macros
        macros |= {name: macro for name, macro in known.items() if isinstance(macro, Macro) and not _is_inner(macro)}
        own = [each.source for each in loaded.directives.values() if each.kind == DEFINE]
        calls = Counter(inner.name for call in expanded.processed.calls.values() for inner in calls_in(call))
    owned = {id(source) for source in own}
    listed = [_listed(macro, id(macro.source) in owned, calls[name]) for name, macro in macros.items()]
    listed += [_native(macro, owner, calls[name]) for name, (macro, owner) in natives.items() if name not in macros]
    return sorted(listed, key=lambda each: (_ORDER.index(each.kind), each.file or "", each.line or 0)), diagnostics


def _is_inner(macro: Macro) -> bool:
    """True for what is for the prelude's other macros alone."""
    return macro.source.name.startswith(PRELUDE) and macro.name.startswith("_")


def _listed(macro: Macro, is_own: bool, calls: int) -> ListedMacro:
    line, _ = macro.source.position(macro.span.start)
    file = macro.source.name
    if file.startswith(PRELUDE):
        return ListedMacro(macro.name, macro.signature(), macro.doc, OF_PRELUDE, None, None, calls)
    return ListedMacro(
        macro.name, macro.signature(), comment_of(macro), DOCUMENT if is_own else LIBRARY, file, line, calls
    )


def comment_of(macro: Macro) -> str | None:
    """Return what stands above a macro's definition in a library, or else the comment that its body begins with."""
    head = macro.source.text.find("\n", macro.name_span.end) + 1
    found = _COMMENT.match(macro.source.text, head)
    if macro.doc or not found or isinstance(macro.body, Template):
        return macro.doc
    return "\n".join(line.strip().lstrip("#").strip() for line in found[0].strip().split("\n"))


def _native(macro: NativeMacro, owner: str, calls: int) -> ListedMacro:
    return ListedMacro(macro.name, macro.signature(), macro.doc, PYTHON, owner, None, calls)
