"""What system calls a command makes, and errors in the place of some of them, by strace."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

WRITING = "openat,write,close,chmod,fchmod,rename,renameat,mkdir,fsync,ftruncate,unlink"
STRACE = shutil.which("strace")
needs_strace = pytest.mark.skipif(
    not STRACE or subprocess.run([STRACE, "-o", os.devnull, "true"], capture_output=True).returncode != 0,
    reason="strace is not installed, or may not trace here",
)


def strace(
    folder: Path, command: list[str], *options: str, calls: str = WRITING, children: bool = True
) -> subprocess.CompletedProcess[bytes]:
    """Run a command under strace; what it saw is in the file ``trace`` beside the folder."""
    assert STRACE
    trace = folder.parent / "trace"
    follow = ["-f"] if children else []
    whole = [STRACE, *follow, "-y", "-s", "0", "-o", os.fspath(trace), "-e", f"trace={calls}", *options, *command]
    return subprocess.run(whole, cwd=folder, capture_output=True, timeout=120)
