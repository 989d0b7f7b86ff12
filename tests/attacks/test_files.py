"""Attacks by files and processes: cases 30 to 37 of the list. A test's number is its case's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from ..conftest import Run
from .conftest import OLD, Expand, assert_gives

pytestmark = pytest.mark.pandoc

SECRET = "the secret line\n"
SLOW = "%%define f($x) my $n = 0; for my $i (1 .. 90000) { $n += $i } $n . $x =end\n\n" + "".join(
    f"%%f({each})\n\n" for each in range(5_000)
)  # minutes of work, and more than the budget allows
UNLIMITED = {"PERCENT_MACROS_LIMITS": f"steps={10**15},steps_in_all={10**15}"}


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("../../etc/passwd", "PM804"),
        ("../secret", "PM804"),
        ("/etc/passwd", "PM805"),
        ("//etc/passwd.pmac", "PM805"),
        ("~root/x", "PM805"),
        ("file:///etc/passwd", "PM805"),
        ("https://example.org/x.pmac", "PM805"),
        ("C:\\x.pmac", "PM805"),
        ("/dev/zero", "PM805"),
        ("zero", "PM805"),
        ("fifo", "PM805"),
        ("folder", "PM805"),
        ("folder/", "PM804"),
        (".", "PM804"),
        ("socket", "PM805"),
        ("\0", "PM805"),
        ("a\0b", "PM805"),
        ("x" * 5000, "PM804"),
        ("../" * 3000 + "x", "PM804"),
        ("", "PM805"),
    ],
)
def test_30_what_is_no_library(expand: Expand, tmp_path: Path, target: str, code: str) -> None:
    _hostile_files(tmp_path)
    done = expand(f"%%use {target}\n\nx\n")
    assert f"error[{code}]" in done.err, done.err
    assert (done.status, done.out) == (83, OLD)
    assert "secret line" not in done.err
    assert "root:" not in done.err


def _hostile_files(folder: Path) -> None:
    (folder / "folder.pmac").mkdir()
    (folder.parent / "secret").write_text(SECRET)
    (folder / "secret.txt").write_text(SECRET)
    (folder / "zero.pmac").symlink_to("/dev/zero")
    os.mkfifo(folder / "fifo.pmac")
    os.mknod(folder / "socket.pmac", 0o140600)


@pytest.mark.parametrize(
    ("target", "code"),
    [("link", "PM805"), ("far", "PM805"), ("loop", "PM805"), ("loop1", "PM805"), ("gone", "PM805"), ("self", "PM806")],
)
def test_31_links(expand: Expand, tmp_path: Path, target: str, code: str) -> None:
    (tmp_path / "secret").write_text(SECRET)
    links = {"link": "secret", "far": "/etc/passwd", "loop": "loop.pmac", "loop1": "loop2.pmac", "loop2": "loop1.pmac"}
    for name, to in {**links, "gone": "nowhere.pmac", "self": "a.pmac"}.items():
        (tmp_path / f"{name}.pmac").symlink_to(to)
    (tmp_path / "a.pmac").write_text("%%use b\n")
    (tmp_path / "b.pmac").write_text("%%use self\n")
    done = expand(f"%%use {target}\n\nx\n")
    assert f"error[{code}]" in done.err, done.err
    assert (done.status, done.out) == (83, OLD)
    assert "secret line" not in done.err
    assert "root:" not in done.err


def test_31_a_link_to_a_library_is_one(expand: Expand, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a.pmac").write_text("%%define f() 1 =end\n")
    (tmp_path / "link.pmac").symlink_to("there/a.pmac")
    assert_gives(expand("%%use link\n%%use there/a\n\n%%f()\n"), "1\n")


# Case 32, and more of case 33, is in test_failures.py.


def test_32_the_disk_is_full(run: Run, expand: Expand, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("%%image(a)\n" * 2000)
    done = run("sh", "-c", "percent-macros lift a.md > /dev/full")
    assert done.status != 0
    assert "No space left" in done.err
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("command", ["lift a.md", "lift < a.md", "check a.md", "list b.md", "--help", "list --help"])
def test_33_standard_output_is_closed(run: Run, tmp_path: Path, command: str) -> None:
    """Much more is written than a pipe takes."""
    (tmp_path / "a.md").write_text("".join(f"%%nothing{each}(1)\n\n" for each in range(5_000)))
    (tmp_path / "b.md").write_text("".join(f"%%define f{each}() {each} =end\n" for each in range(5_000)))
    done = run("bash", "-c", f"percent-macros {command} | true")
    assert done.err == "", done.err


def test_33_pandoc_reads_no_more(run: Run, tmp_path: Path) -> None:
    """The filter's own output: a pipe whose reader is gone."""
    (tmp_path / "a.md").write_text("%%define f() 'x' x 100000 =end\n\n" + "%%f()\n\n" * 20)
    lifted = run("percent-macros", "lift", "a.md").out
    document = run("pandoc", "-t", "json", text=lifted).out
    (tmp_path / "a.json").write_text(document)
    done = run("bash", "-c", "PANDOC_VERSION=3 percent-macros latex < a.json | head -c 1 > /dev/null")
    assert done.err == "", done.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_33_signals(run: Run, tmp_path: Path, number: int) -> None:
    (tmp_path / "a.md").write_text(SLOW)
    document = run("pandoc", "-t", "json", text=run("percent-macros", "lift", "a.md").out).out
    process = _filter(tmp_path, document)
    _until(lambda: _seconds(process.pid) > 0.4)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (-number, 128 + number), said
    assert "Traceback" not in said.decode()


def test_34_pandoc_is_killed(run: Run, tmp_path: Path) -> None:
    """The filter goes on to its end, which the budget sees to, or ends because nobody reads."""
    (tmp_path / "a.md").write_text(SLOW)
    (tmp_path / "noted.sh").write_text('#!/bin/sh\npercent-macros "$@" &\necho $! > pid\nwait\n')
    (tmp_path / "noted.sh").chmod(0o755)
    pandoc = subprocess.Popen(
        ["pandoc", "-F", "./noted.sh", "a.md", "-t", "latex", "-o", "out"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
    )
    _until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip())
    pid = int((tmp_path / "pid").read_text())
    pandoc.kill()
    pandoc.wait()
    assert pandoc.stderr
    _until(lambda: not os.path.exists(f"/proc/{pid}"))
    with pandoc.stderr as said:
        assert b"Traceback" not in said.read()
    assert not (tmp_path / "out").exists()


def _filter(folder: Path, document: str) -> subprocess.Popen[bytes]:
    # Interrupted in the midst of its own work, coverage may wait for itself for ever.
    variables = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    process = subprocess.Popen(
        ["percent-macros", "latex"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**variables, "PANDOC_VERSION": "3", **UNLIMITED},
    )
    assert process.stdin
    process.stdin.write(document.encode())
    process.stdin.close()
    process.stdin = None
    return process


def _seconds(pid: int) -> float:
    """Return the processor time that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _until(holds) -> None:
    """Wait for something that happens soon."""
    for _ in range(6_000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it never happened")


NONSENSE = {
    "nothing": "exit 0",
    "no JSON": "echo hello",
    "half a document": 'printf \'{"pandoc-api-version":[1,23],"meta":{},"blo\'',
    "another document": 'echo \'{"pandoc-api-version":[1,23],"meta":{},"blocks":[]}\'',
    "other JSON": "echo '[1, 2]'",
    "too old": "echo 'pandoc: unrecognized option `--quiet'\\''' >&2; exit 2",
    "bytes": "printf '\\377\\376'",
}


@pytest.mark.parametrize("name", NONSENSE)
def test_35_a_pandoc_that_answers_nonsense(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.md").write_text("%%define f() markdown('*a*') =end\n\n%%f()\n\n%%f()\n")
    document = run("pandoc", "-t", "json", text=run("percent-macros", "lift", "a.md").out).out
    fake = tmp_path / "bin" / "pandoc"
    fake.parent.mkdir()
    fake.write_text(f"#!/bin/sh\n{NONSENSE[name]}\n")
    fake.chmod(0o755)
    path = f"{fake.parent}{os.pathsep}{os.environ['PATH']}"
    done = run("percent-macros", "latex", text=document, PANDOC_VERSION="3", PATH=path)
    assert (done.status, done.out) == (1, "")
    assert "error[PM601]" in done.err
    assert "hint: " in done.err
    assert "Traceback" not in done.err


def test_35_no_pandoc(run: Run, tmp_path: Path) -> None:
    """Where pypandoc brings one, that is taken: the test hides it."""
    document = run("pandoc", "-t", "json", text="%%define f() markdown('*a*') =end\n\n%%f()\n").out
    (tmp_path / "a.md").write_text("%%define f() markdown('*a*') =end\n\n%%f()\n")
    document = run("pandoc", "-t", "json", text=run("percent-macros", "lift", "a.md").out).out
    (tmp_path / "pypandoc.py").write_text("def get_pandoc_path():\n    raise OSError('no pandoc')\n")
    program = subprocess.run(["which", "percent-macros"], capture_output=True, text=True).stdout.strip()
    variables = {"PANDOC_VERSION": "3", "PATH": os.fspath(tmp_path), "PYTHONPATH": os.fspath(tmp_path)}
    done = run(program, "latex", text=document, **variables)
    assert (done.status, done.out) == (1, "")
    assert "error[PM601]: pandoc was not found" in done.err
    assert "hint: " in done.err


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"Para","c":[{"t":"Str","c":"%%f("',
        b"%%f(",
        b"\xff%%f(",
        b'[["%%f("]]',
        b'{"pandoc-api-version":[9,9],"meta":{},"blocks":[{"t":"Para","c":[{"t":"Str","c":"%%f("}]}]}',
        b'{"pandoc-api-version":[1,17],"meta":{},"blocks":[{"t":"Para","c":[{"t":"Str","c":"%%f("}]}]}',
        b'{"pandoc-api-version":"%%f(","meta":{},"blocks":[]}',
        b'{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"Para","c":"%%f("}]}',
        b'{"pandoc-api-version":[1,23],"meta":{},"blocks":"%%f("}',
        b'{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"Para","c":[{"t":"Str","c":["%%f("]}]}]}',
        b'{"pandoc-api-version":[1,23],"meta":["%%f("],"blocks":[]}',
        b'{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"Table","c":["%%f("]}]}',
        b"[" * 100_000 + b"%%f(",
    ],
)
def test_36_input_that_is_no_document(held_run: Run, data: bytes) -> None:
    done = held_run("percent-macros", "latex", text=data + b" " * (b"%%" not in data), PANDOC_VERSION="3")
    assert (done.status, done.out) == ((1, "") if data else (0, " ")), done.err
    assert "Traceback" not in done.err
    assert not data or done.err.startswith("percent-macros: error[PM60")


def test_36_what_pandoc_has_from_now_on(run: Run) -> None:
    """A later API of the same kind is no reason to refuse a document."""
    document = json.loads(run("pandoc", "-t", "json", text=run("percent-macros", "lift", text="%%image(a)\n").out).out)
    document["pandoc-api-version"] = [1, 99]
    done = run("percent-macros", "latex", text=json.dumps(document), PANDOC_VERSION="9")
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize(
    "name",
    [
        "-shell-escape.md",
        "$(touch pwned).md",
        "`touch pwned`.md",
        "a b.md",
        "é.md",
        "a;touch pwned;.md",
        "a|b.md",
        "*.md",
        "a'b.md",
        'a"b.md',
        "a\\b.md",
        "%d.md",
        "{0}.md",
        "--help.md",
        "a&b.md",
    ],
)
def test_37_names_of_files(run: Run, tmp_path: Path, name: str) -> None:
    text = (
        "%%define f($x)\n\nreturn '\\\\f{' . $x  # a\n\n    . '}';\n=end\n\n"
        "# A %%f(1)\n\n%%define g() markdown('*a*') =end\n\n%%g()\n"
    )
    (tmp_path / name).write_text(text, "utf-8")
    done = run("pandoc", "-F", "percent-macros", "-t", "latex", "--", name)
    assert (done.status, done.err) == (0, "")
    assert "\\f{1}" in done.out
    assert "\\emph{a}" in done.out
    (tmp_path / name).write_text(text + "\n%%nothing()\n", "utf-8")
    for command in (["pandoc", "-F", "percent-macros", "--", name], ["percent-macros", "check", "--", name]):
        done = run(*command)
        assert f"{name}:14:1: error[PM203]" in done.out + done.err
    assert sorted(os.listdir(tmp_path)) == [name]
