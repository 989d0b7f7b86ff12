"""``percent-macros call``: what a call gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..support.inspected import write

pytestmark = pytest.mark.pandoc


@pytest.fixture(autouse=True)
def deck(tmp_path: Path) -> Path:
    write(tmp_path)
    return tmp_path


@pytest.mark.parametrize("written", ["badge(new)", "%%badge(new)", " badge(text=new) "])
def test_what_a_call_gives(run, written) -> None:
    done = run("percent-macros", "call", "talk.md", written)
    assert (done.status, done.out, done.err) == (0, "\\colorbox{blue}{\\textbf{new}}\n", "")


def test_what_a_call_gives_in_a_format(run, deck) -> None:
    assert run("percent-macros", "call", "talk.md", "image(a.png)", "-t", "html").out == (
        '<div style="text-align:center">\n<p><img src="a.png" style="width:100.0%" /></p>\n</div>\n'
    )
    (deck / "b.md").write_text('%%define b() text("a & b") =end\n')
    assert run("percent-macros", "call", "b.md", "b()").out == "a \\& b\n"


@pytest.mark.parametrize(
    ("written", "code"),
    [("badge", "PM104"), ("badge(", "PM103"), ("badge(a) b", "PM104"), ("bagde(a)", "PM203"), ("badge()", "PM208")],
)
def test_what_is_no_call(run, written, code) -> None:
    done = run("percent-macros", "call", "talk.md", written)
    assert (done.status, done.out) == (1, "")
    assert f"error[{code}]" in done.err
