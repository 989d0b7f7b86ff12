"""Text of other tools that begins as a directive does: the fault says how it stays text, and that works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ..conftest import Run
from .test_near_misses import in_all_ways

pytestmark = [pytest.mark.pandoc, pytest.mark.usefixtures("pandoc3")]
LINES = [
    "%%use this later%%",
    "%%use this%%",
    "%%use",
    "%%use /etc/hosts",
    "%%define the term better%%",
    "%%define the user's guide%%",
    '%%define the "term%%',
    "%%template foo%%",
    "%%begin here%%",
    "%%begin the section%%",
    "%%begin note",
    "%%end",
    "%%end of the comment%%",
    "%%end note",
    'printf("%%s(");',
    'printf("%%s(%d)", n);',
    "See %%time(x) and %%bash(",
    "- %%use this%%",
    "> %%begin here%%",
    "# %%time(x)",
]
WORD = r"%%(?=\w)"
NO_DIRECTIVES = [
    "%%define%% this",
    "%%timeit x = 1",
    "%%bash -x",
    "%% a comment %%",
    "%%comment%%",
    "Some %%use this and %%begin that.",
]
NO_DIRECTIVES += ["- the %%define of it", "100%%", "%%x%%"]


def shown(run: Run, text: str) -> str:
    """Return what pandoc alone makes of a text in which the percent signs can't be a title."""
    return run("pandoc", "-t", "native", text=text).out


@pytest.mark.parametrize("line", LINES)
def test_it_is_told_how_it_stays_text(run: Run, tmp_path: Path, line: str) -> None:
    text = f"Text.\n\n{line}\n\nText.\n"
    faults = in_all_ways(run, tmp_path, text, target="native")
    assert faults.status != 0
    for fault in re.findall(r"^a\.md:.*\n(?: .*\n)*", faults.err, re.MULTILINE):
        assert re.match(r"a\.md:3:\d+: error", fault)
        told = re.search(r"hint: .*`\\(%%\w*\(?)`", fault)
        assert told, fault
        assert told[1] in line
    followed = in_all_ways(run, tmp_path, re.sub(WORD, r"\\%%", text), target="native")
    assert (followed.status, followed.err) == (0, "")
    assert followed.out == shown(run, text)


@pytest.mark.parametrize("line", NO_DIRECTIVES)
def test_what_is_text_anyway(run: Run, tmp_path: Path, line: str) -> None:
    text = f"Text.\n\n{line}\n\nText.\n"
    done = in_all_ways(run, tmp_path, text, target="native")
    assert (done.status, done.err, done.out) == (0, "", shown(run, text))


def test_in_code_nothing_is_told(run: Run, tmp_path: Path) -> None:
    lines = "\n".join(line for line in LINES if line[0] == "%" or "printf" in line)
    text = f"Text.\n\n```\n{lines}\n```\n\n    " + lines.replace("\n", "\n    ") + "\n\n`%%use this%%` `%%s(`\n"
    text += f"\n~~~ {{.c}}\n{lines}\n~~~\n\n<!--\n{lines}\n-->\n\n- item\n\n  ```\n  " + lines.replace("\n", "\n  ")
    text += "\n  ```\n"
    done = in_all_ways(run, tmp_path, text, target="native")
    assert (done.status, done.err, done.out) == (0, "", shown(run, text))


@pytest.mark.parametrize(
    ("definition", "place"),
    [
        ('<!-- %%define k() "K" =end -->', "3:6"),
        ('<!--\n%%define k() "K" =end\n-->', "4:1"),
        ("<!--\n\n%%template k()\nK\n=end\n\n-->", "5:1"),
        ('```\n%%define k() "K" =end\n```', "4:1"),
        ('    %%define k() "K" =end', "3:5"),
        ('`%%define k() "K" =end`', "3:2"),
        ('Text %%define k() "K" =end', "3:6"),
    ],
)
def test_a_definition_that_does_not_count_is_found(run: Run, tmp_path: Path, definition: str, place: str) -> None:
    done = in_all_ways(run, tmp_path, f"Text.\n\n{definition}\n\n%%k()\n")
    assert done.status != 0
    fault = re.fullmatch(r"a\.md:\d+:1: error\[PM203\].*\n(?: .*\n)+", done.err.partition("Error running")[0])
    assert fault
    assert f"`%%{'template' if 'template' in definition else 'define'} k` at a.md:{place} does not count" in fault[0]


@pytest.mark.parametrize("rest", ["", "%%define k() 1 =end\n\n%%k()\n"])
def test_a_definition_in_a_comment_does_no_harm(run: Run, tmp_path: Path, rest: str) -> None:
    text = f'<!-- %%define k() "K" =end -->\n\n<!--\n%%define k($x) "K" =end\n-->\n\nText.\n\n{rest}'
    done = in_all_ways(run, tmp_path, text)
    assert (done.status, done.err, done.out) == (0, "", "Text.\n\n1\n" if rest else "Text.\n")
