"""Each operation on files failing once, by strace in the kernel's place: nothing half written, and it is said.

A command runs once to see which system calls it makes on the files that it reads and writes, then once for each of
these with an error in its place.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ..conftest import Run
from ..support.tracing import WRITING, needs_strace, strace

ERRORS = {"openat": "EACCES", "mkdir": "EACCES", "chmod": "EPERM", "rename": "EXDEV", "close": "EIO"}
OLD = "# the old file\n"
SAID = re.compile(rb"(?:Error|percent-macros): .*(No space|denied|permitted|device|output error)")
_WORKING_FOLDER = re.compile(r"AT_FDCWD<[^>]*>")


def touching(
    folder: Path, command: list[str], calls: str = WRITING, *, children: bool = True
) -> Iterator[tuple[str, int]]:
    """Yield the calls that a command makes on files in a folder, each with its number among those of its name."""
    done = strace(folder, command, calls=calls, children=children)
    assert done.returncode == 0, done.stderr
    counts: dict[str, int] = {}
    for line in (folder.parent / "trace").read_text().splitlines():
        name = re.split(r"\(", line.split(maxsplit=1)[1] if children else line)[0]
        counts[name] = counts.get(name, 0) + 1
        if os.fspath(folder) in _WORKING_FOLDER.sub("", line):
            yield name, counts[name]


@needs_strace
def test_setup_with_each_operation_failing(tmp_path: Path) -> None:
    """Files of an earlier setup, ours and unchanged, are replaced whole or not at all."""
    target = tmp_path / "files" / "data"
    command = ["percent-macros", "setup", "--data-dir", os.fspath(target)]
    target.mkdir(parents=True)
    faults = list(touching(target, command))
    assert {"openat", "write", "rename", "mkdir"} <= {name for name, _ in faults}
    whole = _files(target)
    for name, number in faults:
        shutil.rmtree(target)
        target.mkdir()
        done = strace(target, command, "-e", f"inject={name}:error={ERRORS.get(name, 'ENOSPC')}:when={number}")
        there = _files(target)
        assert not there.items() - whole.items(), (name, number, there.keys())
        if done.returncode == 0:
            assert there == whole, (name, number)
        else:
            assert b"Traceback" not in done.stderr, (name, number, done.stderr)
            assert SAID.search(done.stderr), (name, number, done.stderr)


def _files(folder: Path) -> dict[str, bytes]:
    return {os.fspath(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@needs_strace
def test_setup_interrupted_at_each_operation(tmp_path: Path) -> None:
    target = tmp_path / "files" / "data"
    command = ["percent-macros", "setup", "--data-dir", os.fspath(target)]
    target.mkdir(parents=True)
    faults = [each for each in touching(target, command) if each[0] in ("write", "rename", "mkdir")]
    whole = _files(target)
    for name, number in faults:
        shutil.rmtree(target)
        target.mkdir()
        done = strace(target, command, "-e", f"inject={name}:signal=INT:when={number}")
        assert not _files(target).items() - whole.items(), (name, number)
        assert b"Traceback" not in done.stderr, (name, number, done.stderr)
        assert done.returncode in (0, 130)


@needs_strace
def test_lift_with_each_operation_failing(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.md").write_text("%%define f() 1 =end\n\n%%f()\n" * 100)
    calls = "openat,read,fstat,newfstatat"
    command = ["percent-macros", "lift", os.fspath(folder / "a.md")]
    faults = list(touching(folder, command, calls))
    assert {"openat", "read"} <= {name for name, _ in faults}
    for name, number in faults:
        done = strace(folder, command, "-e", f"inject={name}:error=EIO:when={number}", calls=calls)
        assert b"Traceback" not in done.stderr, (name, number, done.stderr)
        assert done.returncode == 0 or (done.stdout == b"" and b"error[PM801]" in done.stderr), (
            name,
            number,
            done.stderr,
        )


@needs_strace
@pytest.mark.pandoc
def test_build_with_each_operation_failing(tmp_path: Path) -> None:
    """The output is the old one or the new one, and nothing else is left; pandoc's own operations succeed."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.md").write_text("%%define f() 'new' =end\n\n%%f()\n")
    output = folder / "a.html"
    command = ["percent-macros", "build", "a.md", "-o", os.fspath(output), "--quiet"]
    faults = list(touching(folder, command, children=False))
    assert {"rename", "mkdir", "unlink"} <= {name for name, _ in faults}
    new = output.read_bytes()
    for name, number in faults:
        output.write_text(OLD)
        fault = f"inject={name}:error={ERRORS.get(name, 'ENOSPC')}:when={number}"
        done = strace(folder, command, "-e", fault, children=False)
        assert sorted(path.name for path in folder.iterdir()) == ["a.html", "a.md"], (name, number)
        assert b"Traceback" not in done.stderr, (name, number, done.stderr)
        assert output.read_bytes() == (OLD.encode() if done.returncode else new), (name, number, done)


@needs_strace
@pytest.mark.pandoc
@pytest.mark.parametrize("command", ["check", "list", "expand"])
def test_a_document_that_can_t_be_read(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    document = folder / "a.md"
    document.write_text("%%define f() 'new' =end\n\n%%f()\n")
    for name in ("openat", "read"):
        options = ("-P", os.fspath(document), "-e", f"inject={name}:error=EIO")
        done = strace(folder, ["percent-macros", command, os.fspath(document)], *options, calls=name, children=False)
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
        assert b"error[PM801]" in (done.stdout if command == "check" else done.stderr)


@needs_strace
@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EPIPE"])
def test_lift_that_can_t_write(tmp_path: Path, error: str) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.md").write_text("%%define f() 1 =end\n\n%%f()\n")
    done = strace(folder, ["percent-macros", "lift", "a.md"], "-e", f"inject=write:error={error}:when=1")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@needs_strace
@pytest.mark.pandoc
@pytest.mark.parametrize("name", ["openat", "read", "fstat,newfstatat", "readlink", "lseek", "ioctl", "close"])
def test_the_filter_with_an_operation_on_a_library_failing(run: Run, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    library = folder / "lib.pmac"
    library.write_text("%%define f() 'a' =end\n")
    (folder / "a.md").write_text("%%use lib\n\n%%f()\n")
    lifted = run("percent-macros", "lift", os.fspath(folder / "a.md")).out
    (folder / "a.json").write_text(run("pandoc", "-t", "json", text=lifted).out)
    command = ["sh", "-c", "PANDOC_VERSION=3 exec percent-macros latex < a.json"]
    done = strace(folder, command, "-P", os.fspath(library), "-e", f"inject={name}:error=EIO", calls=name)
    assert b"Traceback" not in done.stderr, done.stderr
    if done.returncode:
        assert done.stdout == b""
        assert re.search(rb"a\.md:1:1: error\[PM80[145]\]", done.stderr), done.stderr
    else:
        assert b'"c": "a"' in done.stdout
    assert done.returncode == 1 or name not in ("openat", "read")


SLOW = "%%define f($x) my $n = 0; for my $i (1 .. 90000) { $n += $i } markdown('*a*') . $n . $x =end\n\n" + "".join(
    f"%%f({each})\n\n" for each in range(5_000)
)


@pytest.mark.pandoc
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_pandoc_is_ended_while_the_filter_works(tmp_path: Path, number: int) -> None:
    """The whole group, as Ctrl-C in a terminal does it, or a build server: no process is left, nothing is written."""
    (tmp_path / "a.md").write_text(SLOW)
    variables = {**os.environ, "PERCENT_MACROS_LIMITS": f"steps={10**15},steps_in_all={10**15}"}
    command = ["pandoc", "-F", "percent-macros", "a.md", "-t", "latex", "-o", "out"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=variables, stderr=subprocess.PIPE, start_new_session=True
    ) as pandoc:
        assert pandoc.stderr
        _until(lambda: len(_members(pandoc.pid)) > 1)
        time.sleep(0.5)
        os.killpg(pandoc.pid, number)
        said = pandoc.stderr.read()
    assert pandoc.returncode != 0
    _until(lambda: not _members(pandoc.pid))
    assert b"Traceback" not in said
    assert not (tmp_path / "out").exists()


def _members(group: int) -> list[int]:
    """Return the processes of a group that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(path.parent.name))
    return found


def _until(holds: Callable[[], object]) -> None:
    """Wait for something that happens soon."""
    for _ in range(3_000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it never happened")
