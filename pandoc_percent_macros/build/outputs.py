"""Output that is written whole or not at all, and folders that are gone when we are."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..base import Fault


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
    """Put what was written in the place of an output, in one step.

    Raises:
        Fault: PM809 when that can't be done; the old output is then as it was.
    """
    with _writable(shown):
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
