"""Attacks by files and processes: cases 30 to 40 of the list. A test's number is its case's."""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from ..conftest import ROOT, Run
from ..support.tracing import needs_strace, strace
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
    texts = [f"%%use {target}\n\nx\n"]
    if target and "\0" not in target:  # which YAML does not have
        texts.append(f"---\npercent-macros-use: '{target}'\n---\n\n%%define f() 1 =end\n\n%%f()\n")
    for text in texts:
        done = expand(text)
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


# What a stranger's document may name: a file, a link to one, this process itself, what never ends.
READABLE = ["secret", "../secret", "{}/secret", "link", "/proc/self/environ", "fifo", "/dev/zero", "a.md, secret"]
IN_METADATA = ["---\n{}: [{}]\n---\n\n", "---\n{}: {}\n---\n\n", "---\ntitle: T\n{}: '{}'\n...\n\n"]


def _secrets(folder: Path) -> None:
    for each in (folder, folder.parent):
        (each / "secret").write_text(SECRET + "%%define g() 'the secret macro' =end\n\n%%nothing(the secret call)\n")
    (folder / "link").symlink_to("/etc/passwd")
    os.mkfifo(folder / "fifo")


@pytest.mark.parametrize("options", [[], ["--sandbox"], ["-M", "title=secret"]], ids=["", "sandbox", "title"])
@pytest.mark.parametrize("head", IN_METADATA, ids=["list", "text", "quoted"])
@pytest.mark.parametrize("target", READABLE)
def test_38_sources_that_a_document_names(
    expand: Expand, tmp_path: Path, target: str, head: str, options: list[str]
) -> None:
    """The files on the command line are read, and nothing else; it is said that the field is ignored."""
    _secrets(tmp_path)
    named = head.format("percent-macros-sources", target.format(tmp_path))
    done = expand(f"{named}%%define f() 'b' =end\n\na %%f()\n", *options, PERCENT_SECRET="the secret value")
    assert (done.status, done.out) == (0, "a b\n")
    assert "warning[PM611]" in done.err
    assert "secret " not in done.err
    assert "root:" not in done.err


def test_38_a_file_of_metadata_is_part_of_the_document(expand: Expand, tmp_path: Path) -> None:
    _secrets(tmp_path)
    (tmp_path / "m.yaml").write_text("percent-macros-sources: secret\n")
    done = expand("%%define f() 'b' =end\n\na %%f()\n", "--metadata-file=m.yaml", "-M", "title=T")
    assert (done.status, done.out) == (0, "a b\n")
    assert "warning[PM611]" in done.err


def test_38_the_command_line_names_other_sources(expand: Expand, tmp_path: Path) -> None:
    """What the document says does not count beside it."""
    _secrets(tmp_path)
    (tmp_path / "b.md").write_text("%%define f() 'b' =end\n")
    document = "---\npercent-macros-sources: secret\n---\n\na %%f()\n"
    options = ["-M", "percent-macros-sources=b.md", "-M", "percent-macros-sources=a.md"]
    assert_gives(expand(document, *options), "a b\n")


def test_38_no_command_line_to_see(run: Run, tmp_path: Path) -> None:
    """The environment counts, and the document's own word does not."""
    _secrets(tmp_path)
    (tmp_path / "a.md").write_text("---\npercent-macros-sources: secret\n---\n\n%%define f() 'b' =end\n\na %%f()\n")
    document = run("pandoc", "-t", "json", "a.md").out
    done = run("percent-macros", "latex", text=document, PANDOC_VERSION="3")
    assert (done.status, done.out) == (1, "")
    assert "warning[PM611]" in done.err
    assert "error[PM605]" in done.err
    assert "secret " not in done.err
    done = run("percent-macros", "latex", text=document, PANDOC_VERSION="3", PERCENT_MACROS_SOURCES="a.md")
    assert (done.status, done.err) == (0, "")
    assert '{"t": "Str", "c": "b"}' in done.out


INNOCENT = "---\ntitle: T\n---\n\n%%use lib\n\n%%define f($x) latex($x) =end\n\n%%f(a)\n\n%%g()\n"
TORN = "%%define t($x)\n\nreturn $x\n\n    . '';\n=end\n\n%%t(a)\n\n%%define m($x) markdown($x) =end\n\n%%m('*a*')\n"
MARKER = (
    '::: {{.percent-macro kind="{}" line="1" column="1" source="SECRET" before="SECRET"}}\n'
    "```{{=tex}}\n{}\n```\n:::\n\n"
)
FIELDS = (
    "percent-macros-sources percent-macros-format percent-macros-path percent-macros-limits percent-macros-marks "
    "percent-macros bibliography csl citation-abbreviations template input-files metadata-files defaults filters "
    "data-dir resource-path include-before abbreviations header-includes"
).split()
TRIES_TEXT = r"""
\input{SECRET}

\include{SECRET} ![x](SECRET) [x](SECRET) [@x]

```{include=SECRET}
x
```

%%image(SECRET)

%%f("\\input{SECRET}")

%%f(SECRET)

"""
TRIES_MARKDOWN = r"""
%%m('![x](SECRET)')

%%m('\\input{SECRET}')

%%m('<img src=SECRET><!-- #include SECRET -->')

%%m("---\npercent-macros-sources: SECRET\nbibliography: SECRET\n---\n\nx")

"""
TRIES = (
    "".join(f"{field}: SECRET\n" for field in FIELDS),
    TRIES_TEXT,
    TRIES_MARKDOWN,
    MARKER.format("call", "%%image(a)") + MARKER.format("define", "%%define x() =end"),
)


@needs_strace
@pytest.mark.parametrize("options", [[], ["--sandbox"], ["-s"]], ids=["", "sandbox", "s"])
@pytest.mark.parametrize("torn", ["", TORN], ids=["once", "again"])
@pytest.mark.parametrize("secret", ["secret", "link", "/etc/passwd", "/proc/self/environ", "fifo"])
def test_38_what_a_document_makes_the_filter_open(
    run: Run, tmp_path: Path, options: list[str], torn: str, secret: str
) -> None:
    """All that pandoc, the filter and a pandoc below it open is what they open for a harmless document of this kind."""
    folder = tmp_path / "files"
    folder.mkdir()
    _secrets(folder)
    (folder / "lib.pmac").write_text("%%define g() 'a' =end\n")
    harmless = INNOCENT + torn + ("" if torn else "%%image(a)\n")
    fields, body, markdown, markers = (each.replace("SECRET", secret) for each in TRIES)
    hostile = INNOCENT.replace("title: T\n", f"title: T\n{fields}") + torn + body + (markdown if torn else "")
    command = ["pandoc", "-F", "percent-macros", "a.md", "-t", "latex", "-o", os.devnull, *options]
    expected = _opened(folder, harmless, command) | {"a.md", "lib.pmac"}
    assert _opened(folder, hostile, command) <= expected
    assert _opened(folder, hostile + markers, command) <= expected


def _opened(folder: Path, document: str, command: list[str]) -> set[str]:
    """Return the files that a command opens for a document, but those of programs and libraries."""
    (folder / "a.md").write_text(document)
    done = strace(folder, command, calls="open,openat,openat2,execve")
    assert b"Traceback" not in done.stderr
    assert b"secret " not in done.stderr
    found = re.findall(r"\bopen(?:at2?)?\(.*\) = \d+<(.*)>$", (folder.parent / "trace").read_text(), re.MULTILINE)
    assert found
    programs = ("/usr/", "/lib", "/etc/ld.so", sys.prefix, sys.base_prefix, os.fspath(ROOT), "/dev/null", "pipe:")
    names = {name.removeprefix(f"{folder}/") for name in found if not name.startswith(programs)}
    own = re.compile(rf"^/proc/\d+/|^{re.escape(tempfile.gettempdir())}/[^/]+$|percent-macros-[^/]*")
    return {own.sub("N", name) for name in names}


@needs_strace
@pytest.mark.parametrize("option", ["--sandbox", "--defaults=d"])
def test_38_a_second_reading_is_in_the_sandbox_too(tmp_path: Path, option: str) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.md").write_text(TORN)
    (folder / "d.yaml").write_text("sandbox: true\n")
    command = ["pandoc", "-F", "percent-macros", "a.md", "-t", "plain", option]
    assert strace(folder, command, "-s", "300", calls="execve,write").returncode == 0
    trace = (folder.parent / "trace").read_text()
    again = re.findall(r'execve\(.*"--from", "markdown", "--to", "json", "--quiet", "(.*)"\], ', trace)
    assert len(again) == 1
    assert again == ["--sandbox"] or r"\"sandbox\": true" in trace, again


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
    """Behind a shell, too, the filter ends at once, and leaves nothing."""
    (tmp_path / "a.md").write_text(SLOW)
    (tmp_path / "noted.sh").write_text('#!/bin/sh\nexec 3<&0\npercent-macros "$@" <&3 &\necho $! > pid\nwait\n')
    (tmp_path / "noted.sh").chmod(0o755)
    with _pandoc(tmp_path, "./noted.sh") as pandoc:
        _until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip())
        pid = int((tmp_path / "pid").read_text())
        _until(lambda: _seconds(pid) > 0.3)
        pandoc.kill()
        assert pandoc.stderr
        assert b"Traceback" not in pandoc.stderr.read()
    assert not (tmp_path / "out").exists()


# A text that pandoc reads in seconds, and a definition that makes the filter have it read once more.
LONG = TORN + '*a **b [c](d) "e" `f` $g$* h** i\n\n' * 5_000
READS = {
    "again": LONG,
    "markdown": "%%define m($n) markdown('*a **b [c](d) \"e\" `f` $g$* h** i ' x $n) =end\n\n" + "%%m(8000)\n\n" * 3,
}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere this was never tried")
@pytest.mark.parametrize("killed", ["pandoc", "percent-macros"])
@pytest.mark.parametrize("reads", READS)
def test_40_one_is_killed_while_the_filter_has_pandoc_read(tmp_path: Path, reads: str, killed: str) -> None:
    """The filter and the pandoc that it started end; the filter removes its temporary files, if it still can."""
    (tmp_path / "a.md").write_text(READS[reads])
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with _pandoc(tmp_path, TMPDIR=os.fspath(temporary)) as pandoc:
        _until(lambda: _named(pandoc.pid, "--quiet"))
        victim = pandoc.pid if killed == "pandoc" else _named(pandoc.pid, "percent-macros latex")[0]
        os.kill(victim, signal.SIGKILL)
        assert pandoc.stderr
        assert b"Traceback" not in pandoc.stderr.read()
    assert killed != "pandoc" or not list(temporary.iterdir())
    assert not (tmp_path / "out").exists()


@pytest.mark.tex
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere this was never tried")
@pytest.mark.parametrize("command", ["build", "watch"])
@pytest.mark.parametrize("busy", ["percent-macros latex", "--quiet", "pdflatex "])
def test_40_build_is_killed(tmp_path: Path, busy: str, command: str) -> None:
    """Pandoc, the filter below it and LaTeX end."""
    endless = "```{=latex}\n\\loop\\iftrue\\repeat\n```\n"
    (tmp_path / "a.md").write_text({"--quiet": LONG, "pdflatex ": endless}.get(busy, SLOW))
    command_line = ["percent-macros", command, "a.md", "-o", "a.pdf"]
    builder = subprocess.Popen(
        command_line, cwd=tmp_path, stderr=subprocess.DEVNULL, env={**os.environ, **UNLIMITED}, start_new_session=True
    )
    _until(lambda: _below(builder.pid, busy))
    began = _below(builder.pid, "")
    builder.kill()
    builder.wait()
    try:
        assert began
        _until(lambda: not [each for each in began if _is_running(each)])
    finally:
        _kill(began)


def _kill(processes: Sequence[int]) -> None:
    """Leave nothing that runs on, where a test fails."""
    for each in processes:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def test_40_what_is_stopped_goes_on(tmp_path: Path) -> None:
    """Pandoc, the filter, and the pandoc below it; nor do a hang-up under nohup, or what a shell writes, do harm."""
    (tmp_path / "a.md").write_text(LONG)
    (tmp_path / "noisy.sh").write_text('#!/bin/sh\necho\npercent-macros "$@"\nexit $?\n')
    (tmp_path / "noisy.sh").chmod(0o755)
    with _pandoc(tmp_path, "./noisy.sh", before=("nohup",)) as pandoc:
        _until(lambda: _named(pandoc.pid, "--quiet"))
        for signals in ((signal.SIGSTOP, signal.SIGCONT), (signal.SIGHUP,)):
            for number in signals:
                for each in _running(pandoc.pid) if number != signal.SIGHUP else [pandoc.pid]:
                    os.kill(each, number)
        assert pandoc.stderr
        said = pandoc.stderr.read()
    assert (pandoc.returncode, said) == (0, b"")
    assert (tmp_path / "out").read_text().startswith("a\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["lift", "latex"])
def test_40_what_is_stopped_while_it_writes_goes_on(run: Run, tmp_path: Path, command: str, unbuffered: str) -> None:
    text = "%%define f() 'b' =end\n\na %%f()\n\n" + "text\n\n" * 15_000
    variables = {"PYTHONUNBUFFERED": unbuffered}
    if command == "latex":
        text = run("pandoc", "-t", "json", text=run("percent-macros", "lift", text=text).out).out
        variables["PANDOC_VERSION"] = "3"
    expected = run("percent-macros", command, text=text, **variables).out
    (tmp_path / "text").write_text(text)
    with (
        (tmp_path / "text").open("rb") as file,
        subprocess.Popen(
            ["percent-macros", command], stdin=file, stdout=subprocess.PIPE, env={**os.environ, **variables}
        ) as process,
    ):
        out = process.stdout
        assert out
        _until(lambda: _bytes_waiting(out.fileno()) >= 1 << 16)
        process.send_signal(signal.SIGSTOP)
        _until(lambda: _stat(process.pid)[0] == "T")
        process.send_signal(signal.SIGCONT)
        assert out.read().decode() == expected
    assert process.returncode == 0


def _bytes_waiting(pipe: int) -> int:
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


@contextmanager
def _pandoc(
    folder: Path, program: str = "percent-macros", before: Sequence[str] = (), **variables: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run pandoc on a document, and wait until that has ended and all that it started; with no limits on steps."""
    with subprocess.Popen(
        [*before, "pandoc", "-F", program, "a.md", "-t", "latex", "-o", "out"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **UNLIMITED, **variables},
        start_new_session=True,
    ) as pandoc:
        try:
            yield pandoc
            _until(lambda: not _running(pandoc.pid))
        finally:
            _kill(_running(pandoc.pid))


def _stat(pid: int) -> list[str]:
    """Return what the system says of a process that runs, from its state on; nothing of one that has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
    return [] if fields[0] == "Z" else fields


def _is_running(pid: int) -> bool:
    return bool(_stat(pid))


def _all_running() -> list[int]:
    return [pid for path in Path("/proc").iterdir() if path.name.isdecimal() and _is_running(pid := int(path.name))]


def _running(session: int) -> list[int]:
    """Return the processes of a session that run."""
    return [pid for pid in _all_running() if (fields := _stat(pid)) and int(fields[3]) == session]


def _below(pid: int, words: str) -> list[int]:
    """Return the processes that a process has started, and they, if one of them has these words on its command line."""
    parents = {each: int(fields[1]) for each in _all_running() if (fields := _stat(each))}
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found[1:] if any(words in _command_line(each) for each in found[1:]) else []


def _named(session: int, words: str) -> list[int]:
    """Return the processes of a session that have these words on their command lines."""
    return [each for each in _running(session) if words in _command_line(each)]


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


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
