"""``percent-macros explain``: how a call comes to what it gives; odd values, calls that can't be, long chains."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

from ..conftest import Done, Run
from ..support.inspected import write
from ..support.packages import install

pytestmark = pytest.mark.pandoc
VALUES = r"""%%define show(@all) scalar(@all) =end
%%define none() "" =end
%%define pieces() latex("\\a") . text("b & c") . markdown("*d*") =end
%%define undefined() show("x", undef) =end
%%define numbers() show(3, 1 == 2, 2 == 2) =end
%%define contents() show(text("t"), markdown("m"), latex("l") . "s") =end
%%define pair() return ("a", 2) =end
%%define list() join(",", pair()) =end
%%define long() show("ab" x 31) =end
%%define own($body) latex("{") . $body . latex("}") =end
%%define keep($c) $c =end
%%define kept() keep(latex("\\b") . $body) =end
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    write(tmp_path)
    return tmp_path


def test_the_story_of_a_call(run, deck) -> None:
    done = run("percent-macros", "explain", "talk.md:12:18")
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "talk.md:12:18: %%badge(old, colour=red)\n\n"
        'macro: badge($text, $colour = "blue"), defined at talk.md:7:10\n\n'
        'parameters:\n  $text = "old"\n  $colour = "red"\n\n'
        'steps:\n  badge("old", "red") = "\\\\colorbox{red}{\\\\textbf{old}}"\n'
        '    strong("old") = "\\\\textbf{old}"\n\n'
        "result, raw latex:\n  \\colorbox{red}{\\textbf{old}}\n"
    )


def test_all_calls_of_a_line(run, deck) -> None:
    done = run("percent-macros", "explain", "talk.md:12")
    assert done.out.count("macro: badge") == 2
    assert '  $colour = "blue" (the default)\n' in done.out


def test_a_call_with_content_and_one_of_a_library(run, deck) -> None:
    framed = run("percent-macros", "explain", "talk.md:14").out
    assert "result, content:\n  what stands between %%begin and %%end\n" in framed
    square = run("percent-macros", "explain", "talk.md:15").out
    assert "defined at shapes.pmac:2:10\n  A square.\n" in square
    assert "  @more = ()\n" in square


def test_a_call_that_fails_shows_how_far_it_came(run, deck) -> None:
    (deck / "a.md").write_text('%%define in($x) die("no ", $x) =end\n%%define out($x) in("$x!") =end\n\n%%out(y)\n')
    done = run("percent-macros", "explain", "a.md:4")
    assert done.status == 1
    assert '  $x = "y"\n' in done.out
    assert "a.md:1:17: error[PM307]: no y!" in done.err
    assert "in the call of `in` at a.md:2:18" in done.err


def test_a_line_without_a_call(run, deck) -> None:
    done = run("percent-macros", "explain", "talk.md:10")
    assert (done.status, done.err) == (1, "Error: there is no macro call at talk.md:10\n")
    assert run("percent-macros", "explain", "talk.md").status == 2


@pytest.fixture
def site(tmp_path: Path) -> str:
    """A folder with a package of macros in Python."""
    folder = tmp_path / "site"
    folder.mkdir()
    module = (
        "import panflute as pf\n"
        'def shout(text):\n    """Say it loudly.\n\n    To all."""\n    return pf.Strong(pf.Str(text.upper()))\n'
    )
    install(folder, "corner", module, {"shout": "corner:shout"})
    return os.fspath(folder)


def explained(run: Run, folder: Path, call: str, **variables: str) -> Done:
    """Return what is said of a call in the last line of a document."""
    (folder / "a.md").write_text(f"{VALUES}\n{call}\n", "utf-8")
    return run("percent-macros", "explain", f"a.md:{VALUES.count(chr(10)) + 2}", **variables)


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ("none()", ["result: nothing\n"]),
        ("pieces()", ["result, raw latex:\n  \\a\n", "result, text:\n  b & c\n", "result, Markdown:\n  *d*\n"]),
        ("undefined()", ['    show("x", undef) = 2\n']),
        ("numbers()", ['    show(3, "", 1) = 3\n']),
        ("contents()", ['show(text("t"), markdown("m"), ', 'latex("l") . "s") = 3\n']),
        ("list()", ['    pair() = ("a", 2)\n']),
        ("long()", [f'    show("{"ab" * 30}…") = 1\n']),
    ],
)
def test_values_of_all_kinds_in_a_story(run: Run, tmp_path: Path, call: str, shown: list[str]) -> None:
    done = explained(run, tmp_path, f"%%{call}")
    assert (done.status, done.err) == (0, "")
    assert f"macro: {call}, defined at a.md:" in done.out
    assert "parameters:" not in done.out
    for each in shown:
        assert each in done.out


def test_what_stands_between_begin_and_end_in_a_story(run: Run, tmp_path: Path) -> None:
    own = explained(run, tmp_path, "%%begin own()\nText.\n%%end own")
    assert "parameters:\n  $body = what stands between %%begin and %%end\n" in own.out
    kept = explained(run, tmp_path, "%%begin kept()\nText.\n%%end kept").out
    assert re.search(r'^    keep\(.*latex\("\\\\b"\) \. .*\$body.*\) = ', kept, re.MULTILINE)


@pytest.mark.parametrize(
    ("call", "code", "known"), [("nope(1)", "PM203", False), ("keep()", "PM208", True), ("none(1)", "PM208", True)]
)
def test_the_story_of_a_call_that_can_not_be(run: Run, tmp_path: Path, call: str, code: str, known: bool) -> None:
    done = explained(run, tmp_path, f"%%{call}")
    assert done.status == 1
    assert f": error[{code}]: " in done.err
    assert ("macro: " in done.out) is known
    assert "parameters:" not in done.out
    assert "result" not in done.out


def test_the_story_of_a_macro_in_python(run: Run, tmp_path: Path, site: str) -> None:
    done = explained(run, tmp_path, "%%shout(hey)", PYTHONPATH=site)
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith(
        "macro: shout($text), a macro in Python\n  Say it loudly.\n  To all.\n\n"
        'parameters:\n  $text = "hey"\n\n'
        "result, pandoc's elements:\n  what the macro in Python returned\n"
    )


def test_what_a_macro_in_python_gave_to_another(run: Run, tmp_path: Path, site: str) -> None:
    (tmp_path / "a.md").write_text(
        '%%define keep($c) $c =end\n%%define twice($x) keep(shout($x) . "!") =end\n\n%%twice(a)\n'
    )
    done = run("percent-macros", "explain", "a.md:4", PYTHONPATH=site)
    assert re.search(r'^    keep\(.*… \. "!"\) = .*… \. "!"$', done.out, re.MULTILINE)
    assert done.out.endswith("what the macro in Python returned\nresult, text:\n  !\n")


def test_the_story_of_a_long_chain(run: Run, tmp_path: Path) -> None:
    names = [f"m{number}" for number in range(40)]
    macros = [f'%%define {name}($x) {other}($x . "!") =end\n' for name, other in pairwise(names)]
    (tmp_path / "a.md").write_text("".join(macros) + '%%define m39($x) "<$x>" =end\n\n%%m0(a)\n')
    done = run("percent-macros", "explain", "a.md:42")
    assert (done.status, done.err) == (0, "")
    steps = re.findall(r'^( +)(m\d+)\("a(!*)"\) = "<a!{39}>"$', done.out, re.MULTILINE)
    assert steps == [("  " * (number + 1), name, "!" * number) for number, name in enumerate(names)]
