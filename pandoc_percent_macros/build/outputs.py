"""Output that is written whole or not at all, and folders that are gone when we are."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..base import Fault

_MINDED = frozenset('~#%{}^"\\')  # signs that TeX does not take for part of a file's name
_ELSEWHERE = ("/tmp", "/var/tmp")  # noqa: S108  # a folder of our own is made there, for this user alone


@contextmanager
def temporary() -> Iterator[Path]:
    """Give a folder for temporary files, which is removed, whatever happens.

    It is where the user wants it (TMPDIR), unless that has a name with signs that TeX minds, or with other letters
    than ASCII's: from a precompiled preamble, LaTeX does not find a file on its command line whose path has them.
    """
    places = (tempfile.gettempdir(), *_ELSEWHERE, os.getcwd())
    plain = (each for each in places if each.isascii() and not _MINDED.intersection(each) and os.access(each, os.W_OK))
    with tempfile.TemporaryDirectory(prefix="percent-macros-", dir=next(plain, None)) as folder:
        yield Path(folder)


@contextmanager
def staged(output: Path, shown: str) -> Iterator[Path]:
    """Give a path to write an output to, of the same name, in a folder beside it; ``publish`` puts it in its place.

    The folder is removed, whatever happens.

    Args:
        output: where the output is to be.
        shown: its name for messages.

    Raises:
        Fault: PM809 when nothing can be written there.
    """
    with _writable(shown):
        folder = Path(tempfile.mkdtemp(dir=output.parent, prefix=f".{output.name}."))
    try:
        yield folder / output.name
    finally:
        _remove(folder, output.name)


def _remove(folder: Path, name: str) -> None:
    """Remove a folder in which there is mostly one file, or none: with the fewest operations that could fail."""
    try:
        (folder / name).unlink(missing_ok=True)
        folder.rmdir()
    except OSError:  # there is more in it, or it did not work
        shutil.rmtree(folder)


def publish(staged: Path, output: Path, shown: str) -> None:
    """Put what was written in the place of an output, in one step, with the permissions of the file that was there.

    Raises:
        Fault: PM809 when that can't be done; the old output is then as it was.
    """
    with _writable(shown):
        with suppress(FileNotFoundError):
            staged.chmod(stat.S_IMODE(output.stat().st_mode))
        os.replace(staged, output)


def copied(source: Path, staged: Path, shown: str) -> None:
    """Copy a file to where an output is written. Raise ``Fault`` (PM809) when that can't be done."""
    with _writable(shown):
        shutil.copyfile(source, staged)


def write_whole(path: Path, text: str) -> None:
    """Write a text file whole or not at all. Raise ``Fault`` (PM809) when that can't be done."""
    shown = os.fspath(path)
    with staged(path, shown) as beside:
        with _writable(shown):
            beside.write_text(text, "utf-8", "surrogateescape")
        publish(beside, path, shown)


@contextmanager
def _writable(shown: str) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Fault("PM809", f"can't write {shown}: {fault.strerror}") from None
