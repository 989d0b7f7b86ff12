"""Lines that begin as a directive and go on as none: each is an error at its place, with a hint that helps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ..conftest import Run

pytestmark = pytest.mark.pandoc

BOX = '%%define box($t = "d") "[" . $t . $body . "]" =end\n\n'
BEGINS = [
    *("Note", " Note two", "\tNote", '"a, b"', "a, b", "'it'", "12", "`x`", "$x$", "{.note}", "#id", "猫", "%%box"),
    *("{Note}", "[Note]", ": Note", ", Note", "= Note", "\u00a0Note", "\u2028Note", "a) (b", r"\(x", 'a "b" (c'),
    *("\\", '"', "\u3000", "\u00a0", "x" * 300, "(a) b", "(a)b", "(a) %%end box", "a %%end box"),
]
NAMELESS = ["", " ", " \t", " 12", " (x)", ' "box"', " 'box'", " %%box(a)", " box-x", " box.x", " box% c", " {box}"]
ENDS = ["Note", "(Note)", "()", " %%box(a)", "\u00a0x", "{}", "\u3000"]
HEADS = [
    *("", " ", " 12()", " 'f'()", " (x)", " %%f()", " $f()", " f", " f 1", " f-g()", " f{$x}", " f g()", " \u00a0f()"),
    *(" f($)", " f(x)", " f(,)", " f(@)", " f($x $y)", " f(", " f($x", " f(猫)"),
]
_ERROR = re.compile(r"^(a\.md:\d+):\d+: error\[(PM\d+)\]: (.*)((?:\n .*)*)", re.MULTILINE)
_WRITE = re.compile(r"hint: write `(%%begin box\(.*\))`$", re.MULTILINE)
WAYS = {
    "filter": ["pandoc", "-F", "percent-macros", "-t", "html", "a.md"],
    "check": ["percent-macros", "check", "-t", "html", "a.md"],
    "expand": ["percent-macros", "expand", "-t", "html", "a.md"],
    "lift": ["bash", "-c", "percent-macros lift a.md 2>/dev/null | pandoc -F percent-macros -t html"],
}


def document(folder: Path, blocks: list[str]) -> list[int]:
    """Write ``a.md`` with these blocks, each of three lines, and return the line that each begins in."""
    (folder / "a.md").write_text(BOX + "\n\n".join(blocks) + "\n", "utf-8", newline="")
    return [3 + 2 * at + sum(block.count("\n") for block in blocks[:at]) for at in range(len(blocks))]


def separated(text: str) -> str:
    return text if text[:1] in tuple("{[:,=\u00a0\u2028\u3000(") else f" {text}"


@pytest.mark.parametrize("way", WAYS)
def test_text_behind_a_begin(run: Run, tmp_path: Path, way: str) -> None:
    blocks = [f"%%begin box{separated(each)}\n\ntext\n\n%%end box" for each in BEGINS]
    places = [f"a.md:{line}" for line in document(tmp_path, blocks)]
    done = run(*WAYS[way])
    assert done.status != 0
    found = _ERROR.findall(done.out + done.err)
    assert [(place, code) for place, code, _, _ in found] == [(place, "PM106") for place in places]
    assert all("hint: " in hints for *_, hints in found)
    assert "Traceback" not in done.err + done.out


def test_what_the_hint_says_is_right(run: Run, tmp_path: Path) -> None:
    document(tmp_path, [f"%%begin box{separated(each)}\n\ntext\n\n%%end box" for each in BEGINS])
    told = _WRITE.findall(run(*WAYS["filter"]).err)
    assert len(told) > 15
    document(tmp_path, [f"{each}\n\ntext\n\n%%end box" for each in told])
    done = run(*WAYS["filter"])
    assert (done.status, done.err) == (0, "")
    assert "[Notetext]" in done.out
    assert "[a, btext]" in done.out


@pytest.mark.parametrize("word", ["begin", "end"])
@pytest.mark.parametrize("way", WAYS)
def test_a_begin_or_an_end_without_a_name(run: Run, tmp_path: Path, way: str, word: str) -> None:
    places = [f"a.md:{line}" for line in document(tmp_path, [f"%%{word}{each}" for each in NAMELESS])]
    done = run(*WAYS[way])
    assert done.status != 0
    found = _ERROR.findall(done.out + done.err)
    assert [(place, code) for place, code, _, _ in found] == [(place, "PM104") for place in places]
    assert all(f"hint: write `%%{word} NAME" in hints and rf"`\%%{word}`" in hints for *_, hints in found)


def test_the_text_itself(run: Run, tmp_path: Path) -> None:
    document(tmp_path, [r"\%%begin 12", r"\%%end", r"\%%begin box Note"])
    done = run(*WAYS["filter"])
    assert (done.status, done.out) == (0, "<p>%%begin 12</p>\n<p>%%end</p>\n<p>%%begin box Note</p>\n")


@pytest.mark.parametrize("way", WAYS)
def test_text_behind_an_end(run: Run, tmp_path: Path, way: str) -> None:
    blocks = [f"%%begin box\n\ntext\n\n%%end box{separated(each)}" for each in ENDS]
    places = [f"a.md:{line + 4}" for line in document(tmp_path, blocks)]
    done = run(*WAYS[way])
    assert done.status != 0
    found = _ERROR.findall(done.out + done.err)
    assert [(place, code) for place, code, _, _ in found] == [(place, "PM106") for place in places]
    assert all("hint: " in hints for *_, hints in found)


def test_a_call_that_begins_behind_a_space(run: Run, tmp_path: Path) -> None:
    document(tmp_path, ["%%begin box (a\n  b)\n\ntext\n\n%%end box"])
    done = run(*WAYS["filter"])
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize("word", ["define", "template", "markdown"])
@pytest.mark.parametrize("way", WAYS)
def test_a_head_that_is_none(run: Run, tmp_path: Path, way: str, word: str) -> None:
    places = [f"a.md:{line}" for line in document(tmp_path, [f"%%{word}{each}\n1\n=end" for each in HEADS])]
    done = run(*WAYS[way])
    assert done.status != 0
    found = [each for each in _ERROR.findall(done.out + done.err) if each[1] == "PM104"]
    lines = {int(place.split(":")[1]) for place, *_ in found}
    for place in places:
        first = int(place.split(":")[1])
        assert lines & {first, first + 1, first + 2}, place
    assert all("hint: " in hints for *_, hints in found)
    assert "Traceback" not in done.err + done.out
