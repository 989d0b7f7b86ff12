"""Patterns and lookup tables: Perl is the judge of what matches; the steps tell what a match may cost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from pandoc_percent_macros.base.fault import Fault
from pandoc_percent_macros.language.values.budget import Limits
from tests.support import macros

JUDGE = Path(__file__).parent / "perl_judge.pl"
PROGRAMS = [each for each in (Path(__file__).parent / "patterns.txt").read_text("utf-8").splitlines() if each]


@pytest.fixture(scope="module")
def verdicts() -> dict[str, list[str]]:
    if not shutil.which("perl"):
        assert not os.environ.get("CI"), "the continuous integration needs perl"
        pytest.skip("there is no perl")
    done = subprocess.run(["perl", JUDGE], input=json.dumps(PROGRAMS).encode(), capture_output=True, check=True)
    return dict(zip(PROGRAMS, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("program", PROGRAMS)
def test_perl_gives_the_same(verdicts, program: str) -> None:
    assert verdicts[program] == ["gives", macros.gives(f"%%define f($n = 5, $s = 'text') {program}\n=end")]


@pytest.mark.parametrize(
    ("pattern", "construct", "hint"),
    [
        (r"(a)\1", r"\1", "compare"),
        (r"(?<q>a)\k<q>", r"\k", "compare"),
        (r"a(?=b)", "(?=", "groups"),
        (r"a(?!b)", "(?!", "groups"),
        (r"(?<=a)b", "(?<=", "groups"),
        (r"(?<!a)b", "(?<!", "groups"),
        (r"(?>a)b", "(?>", ""),
        (r"a++", "++", "leave out"),
        (r"a{2}+", "{2}+", "leave out"),
        (r"a\Kb", r"\K", "groups"),
        (r"(?|a|b)", "(?|", ""),
        (r"(?R)", "(?R", ""),
        (r"(a", "(", r"\("),
        (r"a)", ")", r"\)"),
        (r"[a", "[", r"\["),
        (r"*a", "*", r"\*"),
        (r"a**", "*", ""),
        (r"a{2000}", "{2000}", ""),
        (r"[z-a]", "z-a", ""),
        (r"\y", r"\y", r"\\y"),
    ],
)
def test_what_the_engine_lacks_is_an_error_where_it_stands(pattern: str, construct: str, hint: str) -> None:
    text = f"%%define f($x) $x =~ /{pattern}/ =end"
    _, found = macros.linked(text)
    assert [each.code for each in found] == ["PM120"]
    assert found[0].span is not None
    assert construct in found[0].span.text or found[0].span.text in construct
    assert hint in " ".join(found[0].hints)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (r"$x =~ /caf\b/", "café"),
        (r"$x =~ /\Bx/", "éx"),
        (r"$x =~ /STRASSE/i", "straße"),
        (r"$x =~ /ß/i", "ss"),
        (r"my @l = $x =~ /a??/g; 1", "aaa"),
    ],
)
def test_where_the_engine_would_differ_from_perl_is_an_error(code: str, text: str) -> None:
    with pytest.raises(Fault) as caught:
        macros.gives(f"%%define f($x) {code} =end", f"%%f({text})")
    assert caught.value.code == "PM320"


PATHOLOGICAL = [r"(a+)+$", r"(a|aa)+$", r"(?:a*)*b", r"(x+x+)+y", r"^(([a-z])+.)+[A-Z]([a-z])+$", r"(.*)(.*)(.*)(.*)z"]


@pytest.mark.parametrize("pattern", PATHOLOGICAL)
def test_the_steps_of_a_match_grow_with_the_text(pattern: str) -> None:
    def steps(length: int) -> int:
        session = macros.session(f"%%define f($n) my $t = 'a' x $n . '!'; $t =~ /{pattern}/ ? 1 : 0 =end")
        before = session.budget.steps
        session.expand(macros.call(f"%%f({length})"))
        return before - session.budget.steps

    few, more, most = steps(25_000), steps(50_000), steps(100_000)
    assert most - more <= 2.1 * (more - few)
    assert most < 200_000


def test_a_match_is_charged_before_it_runs() -> None:
    text = "%%define f() my $t = 'a' x 100000; my @l = map { $t =~ /(a|b|ab)*c/ ? 1 : 0 } 1 .. 1000; scalar(@l) =end"
    session = macros.session(text, limits=Limits(steps=100_000, steps_a_call=0))
    with pytest.raises(Fault) as caught:
        session.expand(macros.call("%%f()"))
    assert caught.value.code == "PM401"


@pytest.mark.pandoc
def test_without_the_engine(run, tmp_path: Path) -> None:
    """A document with patterns says what to install, PM321; one without never loads the engine."""
    (tmp_path / "re2.py").write_text("raise ImportError('no wheel')", "utf-8")
    where = os.pathsep.join([str(tmp_path), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    (tmp_path / "talk.md").write_text("%%define f($x) $x =~ /a/ ? 1 : 0 =end\n\n%%f(a)\n", "utf-8")
    done = run("pandoc", "-F", "percent-macros", "talk.md", cwd=tmp_path, PYTHONPATH=where)
    assert done.status == 83
    assert "talk.md:1:23: error[PM321]" in done.err
    assert "pip install google-re2" in done.err
    (tmp_path / "talk.md").write_text("%%define f($x) uc($x) =end\n\n%%f(a)\n", "utf-8")
    done = run("pandoc", "-F", "percent-macros", "talk.md", cwd=tmp_path, PYTHONPATH=where)
    assert done.status == 0, done.err
    assert "A" in done.out
