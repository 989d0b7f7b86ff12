"""The limits of a document as a whole, each at N and at N + 1; those of the language: ../language/test_limits.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandoc_percent_macros.base.fault import Diagnostics, Fault
from pandoc_percent_macros.document.expansion.libraries import DEPTH, FILES
from pandoc_percent_macros.document.source.manuscript import LARGEST, read_input, text_of
from pandoc_percent_macros.report.terminal import SHOWN, render

pytestmark = pytest.mark.pandoc


@pytest.mark.parametrize(("count", "expected"), [(FILES, 0), (FILES + 1, 83)])
def test_libraries_of_a_document(run, tmp_path: Path, count: int, expected: int) -> None:
    for each in range(count):
        (tmp_path / f"m{each}.pmac").write_text(f"%%define f{each}() {each} =end\n")
    (tmp_path / "a.md").write_text("".join(f"%%use m{each}\n" for each in range(count)) + f"\n%%f{count - 1}()\n")
    done = run("pandoc", "-F", "percent-macros", "-t", "latex", "a.md")
    assert done.status == expected, done.err
    assert done.err.count("error[PM807]") == bool(expected)
    if not expected:
        assert done.out == f"{count - 1}\n"


@pytest.mark.parametrize(("depth", "expected"), [(DEPTH, 0), (DEPTH + 1, 83)])
def test_libraries_in_libraries(run, tmp_path: Path, depth: int, expected: int) -> None:
    for each in range(1, depth + 1):
        (tmp_path / f"m{each}.pmac").write_text(f"%%use m{each + 1}\n" if each < depth else "%%define f() 1 =end\n")
    (tmp_path / "a.md").write_text("%%use m1\n\n%%f()\n")
    done = run("pandoc", "-F", "percent-macros", "-t", "latex", "a.md")
    assert done.status == expected, done.err
    assert done.err.count("error[PM807]") == bool(expected)


def test_bytes_of_a_document(tmp_path: Path) -> None:
    for size in (LARGEST, LARGEST + 1):
        with open(tmp_path / f"{size}.md", "wb") as file:
            file.truncate(size)
    assert len(read_input(str(tmp_path / f"{LARGEST}.md")).text) == LARGEST
    with pytest.raises(Fault) as caught:
        read_input(str(tmp_path / f"{LARGEST + 1}.md"))
    assert caught.value.diagnostic.code == "PM803"
    with pytest.raises(Fault):
        text_of("a.md", b"x" * (LARGEST + 1))


@pytest.mark.parametrize(("count", "more"), [(SHOWN, ""), (SHOWN + 1, "… and 1 more\n")])
def test_diagnostics_shown(count: int, more: str) -> None:
    found = Diagnostics()
    for each in range(count):
        found.error("PM203", f"unknown macro `f{each}`", None)
    shown = render(found)
    assert shown.count("error[PM203]") == SHOWN
    assert shown.endswith(more or f"`f{SHOWN - 1}`\n")


@pytest.mark.parametrize(("count", "status"), [(64, 0), (65, 83)])
def test_results_of_all_calls(run, tmp_path: Path, count: int, status: int) -> None:
    """64 results of 1 MiB are all that there may be; fewer characters here, by the user's leave."""
    calls = "".join(f"%%f({each % 10})\n\n" for each in range(count))
    (tmp_path / "a.md").write_text(f"%%define f($x) 'x' x 99 . $x =end\n\n{calls}")
    done = run("pandoc", "-F", "percent-macros", "a.md", PERCENT_MACROS_LIMITS="output=100,output_in_all=6400")
    assert done.status == status, done.err
    assert ("error[PM406]" in done.err) == bool(status)
