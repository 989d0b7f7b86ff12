r"""Pictures that LaTeX can't read: the file that a message names, and where the text includes it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from os.path import splitext

from .log import LogError

# pdfTeX: "pdfTeX error: pdflatex (file ./a.png): libpng: internal error". LuaTeX: "error: (file a.png) (readpng):
# internal error". XeTeX: "Unable to load picture or PDF file 'a.png'."
_UNREADABLE = re.compile(
    r"\(file (?P<file>.+?)\)(?:: | (?=\())(?P<reason>.+)|Unable to load picture or PDF file '(?P<loaded>.+)'"
)


@dataclass(frozen=True)
class Unreadable:
    """A picture that LaTeX found and could not read."""

    file: str  # as the engine names it
    reason: str  # in the engine's words; "" when it gives none

    def is_named(self, name: str) -> bool:
        r"""Whether the argument of an ``\\includegraphics`` names the file: its end, with or without the ending."""
        wanted = "/" + name.strip().strip('"').removeprefix("./")
        whole = "/" + self.file.removeprefix("./")
        return len(wanted) > 1 and (whole.endswith(wanted) or splitext(whole)[0].endswith(wanted))

    def names(self) -> Iterator[str]:
        """Yield what an author may have called it: its path, then less and less of that."""
        parts = self.file.removeprefix("./").split("/")
        for at in range(len(parts)):
            yield "/".join(parts[at:])


def unreadable(error: LogError) -> Unreadable | None:
    """Return the picture that an error says can't be read."""
    found = _UNREADABLE.search(error.message)
    if not found:
        return None
    return Unreadable(found["file"] or found["loaded"], re.sub(r"^\((.*?)\)", r"\1", found["reason"] or ""))
