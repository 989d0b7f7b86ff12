"""What pandoc writes of a document."""

from __future__ import annotations

import json
import subprocess

from ..base.fault import Fault
from ..base.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


def write(program: str, document: Any, target: str, arguments: Sequence[str] = ()) -> str:
    """Return a document in a format whose files are text; else as ``write_bytes`` does."""
    return write_bytes(program, document, target, arguments).decode()


def write_bytes(program: str, document: Any, target: str, arguments: Sequence[str] = ()) -> bytes:
    """Return a document in a format.

    Args:
        program: pandoc's executable.
        document: pandoc's elements.
        target: the format, as for ``--to``.
        arguments: further options.

    Raises:
        Fault: PM601 when pandoc can't be started or fails, with what it said.
    """
    command = [program, "--from=json", f"--to={target}", "--output=-", "--quiet", *arguments]
    try:
        done = subprocess.run(command, input=json.dumps(document).encode(), capture_output=True, check=False)
    except OSError as fault:
        raise Fault("PM601", f"can't start {program}: {fault.strerror}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise Fault("PM601", f"pandoc failed to write {target}: {said or done.returncode}")
    return done.stdout
