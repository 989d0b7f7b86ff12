"""Small changes of an author's file: none is lost that was made meanwhile, and nothing else is touched."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..base import Fault
from ..build.outputs import publish, staged
from ..document.source import Input, input_of

_HINT = "the file was left as it is: try again"


@dataclass(frozen=True)
class Edit:
    """A piece of one line, and what takes its place."""

    line: int  # from 1
    column: int  # from 1, in characters
    old: str
    new: str


@dataclass(frozen=True)
class AuthorsFile:
    """A file as it was when it was read."""

    name: str  # as the author has it
    path: Path  # links followed
    data: bytes

    @property
    def input(self) -> Input:
        """The text of it, or raise ``Fault`` (PM802, PM803)."""
        return input_of(self.name, self.data)


def read(name: str, folder: Path) -> AuthorsFile:
    """Return a file whose name counts from a folder, or raise ``Fault`` (PM801)."""
    path = Path(os.path.realpath(folder / name))
    try:
        return AuthorsFile(name, path, path.read_bytes())
    except OSError as fault:
        raise Fault("PM801", f"can't read {name}: {fault.strerror}") from None


def edited(file: AuthorsFile, edits: Iterable[Edit]) -> AuthorsFile:
    """Return a file with some pieces changed; all else of it, its line ends and its byte order mark stay.

    Raises:
        Fault: PM621 where a piece is not what stands there.
    """
    known = file.input
    lines = known.text.split("\n")
    for each in sorted(edits, key=lambda each: (each.line, each.column), reverse=True):
        line = lines[each.line - 1] if each.line <= len(lines) else ""
        at = each.column - 1
        if line[at : at + len(each.old)] != each.old:
            message = f"`{each.old}` does not stand in {file.name} at line {each.line}, column {each.column}"
            raise Fault("PM621", message, "what pandoc is given must be the text of this file")
        lines[each.line - 1] = line[:at] + each.new + line[at + len(each.old) :]
    return AuthorsFile(file.name, file.path, (known.mark + "\n".join(lines)).encode())


def replace(old: AuthorsFile, new: AuthorsFile) -> None:
    """Write a file, in one step, with the permissions and the owner that it has.

    Raises:
        Fault: PM621 when the file is not what it was; PM809 when it can't be written. It is then left as it is.
    """
    if not os.access(old.path, os.W_OK):
        raise Fault("PM809", f"can't write {old.name}: it may not be written to")
    with staged(old.path, old.name) as beside:
        try:
            with beside.open("wb") as file:
                file.write(new.data)
                file.flush()
                os.fsync(file.fileno())
            status = old.path.stat()
            with suppress(OSError, AttributeError):  # only root may give a file away; Windows has no owners
                os.chown(beside, status.st_uid, status.st_gid)
            same = old.path.read_bytes() == old.data
        except OSError as fault:
            raise Fault("PM809", f"can't write {old.name}: {fault.strerror}") from None
        if not same:
            raise Fault("PM621", f"{old.name} has changed since it was read", _HINT)
        publish(beside, old.path, old.name)
