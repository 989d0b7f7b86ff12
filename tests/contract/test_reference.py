"""The reference holds: its examples and values are run, all that the language has is in it, and pages are not stale.

`docs/reference/language.md` tells how an example is written (section 1). Two things are taken from it: numbered
examples, fenced blocks of class ``example``; and values, ``EXPRESSION`` → ``VALUE`` in code marks, in text and tables.
"""

from __future__ import annotations

import dataclasses
import importlib.util
import itertools
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from pandoc_percent_macros.base.fault import Diagnostics, Unclosed
from pandoc_percent_macros.base.source import Source
from pandoc_percent_macros.language.functions import FUNCTIONS
from pandoc_percent_macros.language.syntax import nodes
from pandoc_percent_macros.language.syntax.definitions import end_of_definition, parse_definition
from pandoc_percent_macros.language.syntax.expression_parser import _SIGNS, LEVELS
from pandoc_percent_macros.language.syntax.lexer import KEYWORDS, tokens
from pandoc_percent_macros.language.syntax.parser import _ASSIGNMENTS
from pandoc_percent_macros.language.values.budget import DEFAULTS
from pandoc_percent_macros.report.codes import RULES

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
PAGE = REFERENCE / "language.md"
TEXT = PAGE.read_text("utf-8")

# Codes that no document alone brings about in a short example: the test that does, or why there is none.
ELSEWHERE = {
    "PM113": "tests/contract/test_calls_in_yaml.py::test_it_is_told_where_and_how_to_write_it",
    "PM213": "tests/unit/language/run/test_machine.py::test_a_program_with_faults_runs_what_has_none",
    "PM218": "tests/programs/test_check.py",
    "PM321": "tests/contract/test_patterns.py::test_without_the_engine",
    "PM314": "tests/contract/test_content.py::test_a_library_that_the_lifted_text_does_not_name",
    "PM309": "tests/contract/test_python_macros.py",
    "PM310": "tests/contract/test_python_macros.py",
    "PM404": "tests/contract/test_language_limits.py::test_depth_of_calls",
    "PM406": "tests/contract/test_language_limits.py::test_output_of_a_call_and_of_all",
    "PM408": "tests/contract/test_language_limits.py::test_size_of_a_definition",
    "PM410": "tests/programs/test_filter_settings.py",
    "PM612": "tests/contract/test_places.py::test_what_pandoc_would_have_to_read_too_often",
    "PM501": "tests/programs/test_build_blame.py",
    "PM502": "tests/programs/test_check.py",
    "PM503": "tests/programs/test_check.py",
    "PM504": "tests/programs/test_build_blame.py",
    "PM505": "tests/programs/test_build_blame.py",
    "PM506": "tests/programs/test_build.py::test_references_that_never_settle",
    "PM507": "tests/programs/test_build.py::test_a_document_that_shows_nothing",
    "PM510": "tests/programs/test_build_blame.py",
    **dict.fromkeys((f"PM55{number}" for number in range(1, 10)), "tests/programs/test_slide_lint.py"),
    "PM560": "tests/programs/test_slide_lint.py::test_settings_that_are_none",
    "PM601": "tests/contract/test_reference.py::test_pandoc_that_fails",
    "PM602": "tests/programs/test_filter.py",
    "PM603": "tests/contract/test_other_filters.py",
    "PM605": "tests/contract/test_reference.py::test_text_from_a_pipe",
    "PM607": "tests/programs/test_filter.py",
    "PM608": "tests/programs/test_check.py",
    "PM609": "tests/programs/test_expand.py",
    "PM610": "tests/attacks/test_scanner.py",
    "PM611": "tests/attacks/test_files.py",
    "PM618": "tests/programs/test_boxes.py::test_without_the_packages",
    "PM619": "tests/programs/test_move.py::test_what_is_no_call_to_move",
    "PM620": "tests/programs/test_move.py::test_what_can_not_be_moved_so",
    "PM621": "tests/programs/test_move.py::test_a_file_that_changes_meanwhile",
    "PM622": "tests/programs/test_preview.py::test_a_port_that_is_taken",
    "PM623": "tests/programs/test_preview.py::test_no_preview_runs",
    "PM616": "tests/contract/test_several_files.py::test_a_filter_that_is_no_lua",
    "PM617": "tests/contract/test_several_files.py::test_a_filter_that_includes_too_late",
    "PM613": "tests/programs/test_divs.py",
    "PM614": "tests/programs/test_divs.py",
    "PM615": "tests/programs/test_divs.py",
    "PM801": "tests/contract/test_reference.py::test_library_that_may_not_be_read",
    "PM802": "tests/contract/test_reference.py::test_library_in_another_encoding",
    "PM803": "tests/contract/test_reference.py::test_library_over_the_limit",
    "PM807": "tests/contract/test_reference.py::test_libraries_in_libraries",
    "PM808": "tests/contract/test_python_macros.py",
    "PM809": "tests/programs/test_build.py::test_an_output_that_can_not_be_written",
    "PM901": "a fault of the program itself: no document is known that brings it about",
}

# What the lexer reads as one operator and no grammar has: Perl's, met with a hint.
REFUSED = {"++", "--", "->", "<<", ">>"}

_HEADING = re.compile(r"^## (\d+)\. ", re.MULTILINE)
_EXAMPLE = re.compile(
    r"^(?:\*\*Example (?P<number>\d+\.\d+)\*\*[^\n]*(?:\n[^\n]+)?\n\n)?"
    r"(?P<fence>````*) ?example\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_SECTION = re.compile(r"^--- (\w.*)\n", re.MULTILINE)
_VALUE = re.compile(r"(?<!`)`(?P<code>[^`\n]+)` → (?:`(?P<value>[^`\n]*)`|error (?P<error>PM\d{3}))")
_SHOWN = re.compile(r"^(?P<file>[^\s:]+):(?P<place>\d+:\d+): (?P<severity>error|warning)\[(?P<code>PM\d{3})\]")
_NOWHERE = re.compile(r"^percent-macros: (?P<severity>error|warning)\[(?P<code>PM\d{3})\]")


@dataclass
class Outcome:
    """What one run of pandoc is to give: the text, and diagnostics such as ``warning PM701 3:1``."""

    arguments: list[str]
    output: str = ""
    diagnostics: list[str] = field(default_factory=list)
    shown: str | None = None  # all of standard error

    @property
    def fails(self) -> bool:
        return any(each.startswith("error") for each in self.diagnostics) or "error[" in (self.shown or "")


@dataclass
class Example:
    number: str
    line: int
    document: str
    files: dict[str, str]
    outcomes: list[Outcome]


def parse_example(number: str, line: int, text: str) -> Example:
    document, *rest = _SECTION.split(text)
    example = Example(number, line, document, {}, [])
    for head, body in zip(rest[::2], rest[1::2], strict=True):
        kind, *words = head.split()
        if kind == "file":
            example.files[words[0]] = body
        elif kind in ("error", "warning", "stderr"):
            if not example.outcomes:
                example.outcomes.append(Outcome(["-t", "latex"]))
            if kind == "stderr":
                example.outcomes[-1].shown = body
                continue
            assert not body, f"Example {number}: text after `{head}`"
            example.outcomes[-1].diagnostics.append(head)
        else:
            example.outcomes.append(Outcome(["-t", kind, *words], body))
    return example


def examples() -> Iterator[Example]:
    for found in _EXAMPLE.finditer(TEXT):
        line = TEXT.count("\n", 0, found.start("text"))
        yield parse_example(found["number"] or f"at line {line}", line, found["text"])


EXAMPLES = list(examples())
PROSE = _EXAMPLE.sub("", TEXT)
VALUES = [(found["code"].replace(r"\|", "|"), found["value"], found["error"]) for found in _VALUE.finditer(PROSE)]


def definitions(document: str) -> Iterator[str]:
    """Yield the definitions of a document whose end can be found."""
    for found in re.finditer(r"^[ >]*(%%(?:define|template|markdown)\b)", document, re.MULTILINE):
        try:
            yield document[found.start(1) : end_of_definition(document, found.start(1))]
        except Unclosed:
            continue


def value_macro(at: int, code: str) -> str:
    return f'%%define value{at}() html("<v>" . join(", ", {code}) . "</v>") =end'


@cache
def programs() -> tuple[str, ...]:
    """Return the definitions of all examples that are to run, and of all values."""
    texts = [
        text
        for example in EXAMPLES
        if not any(outcome.fails for outcome in example.outcomes)
        for document in (example.document, *example.files.values())
        for text in definitions(document)
    ]
    return (*texts, *(value_macro(at, code) for at, (code, _, error) in enumerate(VALUES) if not error))


@cache
def trees() -> tuple[nodes.Body, ...]:
    found = []
    for text in programs():
        if text.startswith("%%define"):
            macro = parse_definition(Source("reference", text), Diagnostics())
            assert macro is not None
            assert macro.sound, text
            found.append(macro.body)
            found += [each.default for each in macro.parameters if each.default is not None]
    return tuple(found)


def walk(node: object) -> Iterator[object]:
    if isinstance(node, tuple):
        for each in node:
            yield from walk(each)
    elif dataclasses.is_dataclass(node) or hasattr(type(node), "__slots__"):
        yield node
        for name in getattr(type(node), "__match_args__", ()) or getattr(type(node), "__slots__", ()):
            yield from walk(getattr(node, name))


@cache
def written_tokens() -> frozenset[str]:
    """Return the kinds of all tokens in code of examples that run."""
    return frozenset(
        token.kind for text in programs() if text.startswith("%%define") for token in tokens(text, len("%%define"))
    )


# Examples.


def test_examples_are_numbered_in_their_sections() -> None:
    assert len(EXAMPLES) > 120
    sections = {int(found[1]): found.start() for found in _HEADING.finditer(TEXT)}
    assert list(sections) == list(range(1, len(sections) + 1))
    starts = [*sections.values(), len(TEXT)]
    expected = []
    for section, (start, end) in enumerate(itertools.pairwise(starts), 1):
        count = len(_EXAMPLE.findall(TEXT, start, end))
        expected += [f"{section}.{at}" for at in range(1, count + 1)]
    assert [each.number for each in EXAMPLES] == expected
    assert len(re.findall(r"^\s*```+ ?example", TEXT, re.MULTILINE)) == len(EXAMPLES)
    assert all(each.outcomes for each in EXAMPLES)


OUTCOMES = [
    pytest.param(example, outcome, id=f"{example.number} {outcome.arguments[1]}")
    for example in EXAMPLES
    for outcome in example.outcomes
]


def said(text: str) -> list[str]:
    """Return the diagnostics on standard error as examples write them."""
    found = []
    for line in text.splitlines():
        if shown := _SHOWN.match(line):
            file = "" if shown["file"] == "talk.md" else f"{shown['file']}:"
            found.append(f"{shown['severity']} {shown['code']} {file}{shown['place']}")
        elif shown := _NOWHERE.match(line):
            found.append(f"{shown['severity']} {shown['code']}")
    return found


def run_example(run, tmp_path: Path, example: Example, outcome: Outcome):
    for name, text in {"talk.md": example.document, **example.files}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return run("pandoc", "-F", "percent-macros", *outcome.arguments, "talk.md")


@pytest.mark.pandoc
@pytest.mark.parametrize(("example", "outcome"), OUTCOMES)
def test_example(run, tmp_path, pandoc_version, example: Example, outcome: Outcome) -> None:
    done = run_example(run, tmp_path, example, outcome)
    where = f"{PAGE.name}:{example.line}: Example {example.number}\n{done.err}"
    if outcome.shown is None:
        assert said(done.err) == outcome.diagnostics, where
    else:
        assert done.err.partition("Error running filter")[0] == outcome.shown, where
    assert done.status == (83 if outcome.fails else 0), where
    if outcome.fails or pandoc_version >= (3,):  # the writers of older ones lay lists and notes out in another way
        assert done.out == ("" if outcome.fails else outcome.output), where


# Values.


@pytest.fixture(scope="module")
def values_given(tmp_path_factory) -> tuple[dict[int, str], dict[int, str]]:
    """What pandoc gives for all values, and the codes of all faults: three runs serve for all."""
    folder = tmp_path_factory.mktemp("values")
    given: dict[int, str] = {}
    codes: dict[int, str] = {}
    kinds = [error and ("known before it runs" if error < "PM3" else "found when it runs") for _, _, error in VALUES]
    for kind in {*kinds}:
        chosen = [at for at in range(len(VALUES)) if kinds[at] == kind]
        lines = [f"{value_macro(at, VALUES[at][0])}\n\n%%value{at}()\n" for at in chosen]
        (folder / "talk.md").write_text("\n".join(lines), "utf-8")
        command = ["pandoc", "-F", "percent-macros", "-t", "html", "talk.md"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        assert bool(done.returncode) == bool(kind), done.stderr
        if not kind:
            texts = re.findall(r"<v>(.*?)</v>", done.stdout, re.DOTALL)
            given = dict(zip(chosen, texts, strict=True))
        for each in said(done.stderr):
            _, code, place = each.split()
            codes[chosen[(int(place.split(":")[0]) - 1) // 4]] = code
    return given, codes


@pytest.mark.pandoc
@pytest.mark.parametrize("at", range(len(VALUES)), ids=lambda at: VALUES[at][0])
def test_value(values_given, at: int) -> None:
    _, value, error = VALUES[at]
    given, codes = values_given
    assert codes.get(at) == error
    assert given.get(at) == value


# Values of functions that Perl has not, or not so: section 14 tells why.
NOT_PERLS = re.compile(r'trim|repeat|replace|looks_like|contains|starts_with|ends_with|escape_\w+|split\("[|.]"| x -1')


def test_values_are_those_of_perl() -> None:
    if not shutil.which("perl"):
        assert not os.environ.get("CI"), "the continuous integration needs perl"
        pytest.skip("there is no perl")
    compared = [(code, value) for code, value, error in VALUES if not error and not NOT_PERLS.search(code)]
    programs = [f'join(", ", map {{ $_ // "" }} {code})' for code, _ in compared]
    judge = ROOT / "tests" / "contract" / "perl_judge.pl"
    done = subprocess.run(["perl", judge], input=json.dumps(programs).encode(), capture_output=True)
    verdicts = json.loads(done.stdout)
    found = [(code, *verdict) for (code, _), verdict in zip(compared, verdicts, strict=True)]
    assert found == [(code, "gives", value) for code, value in compared]
    assert len(found) > 100


# Nothing is left out.


def test_every_kind_of_statement_and_expression_has_an_example() -> None:
    kinds = {each for name in ("Expression", "Statement") for each in _kinds(name)}
    assert len(kinds) > 20
    met = {type(each).__name__ for body in trees() for each in walk(body)}
    assert kinds <= met, kinds - met


def _kinds(alias: str) -> list[str]:
    return [each for each in re.findall(r"\w+", getattr(nodes, alias)) if each != "Call"]  # of templates and arguments


def test_every_word_and_operator_has_an_example() -> None:
    quotes = {"q", "qq", "qw"}
    wanted = (KEYWORDS - quotes) | set(LEVELS) | _SIGNS | _ASSIGNMENTS
    missing = wanted - written_tokens()
    assert not missing
    code = "\n".join(programs())
    assert all(re.search(rf"\b{word}[{{(\[<|!/~]", code) for word in quotes)


def test_every_function_has_an_example() -> None:
    met = {
        each.name
        for body in trees()
        for each in walk(body)
        if isinstance(each, (nodes.FunctionCall, nodes.MacroCall, nodes.Block))
    }
    assert FUNCTIONS.keys() <= met | {"die"}, FUNCTIONS.keys() - met
    faulty = "".join(each.document for each in EXAMPLES)
    assert "die(" in faulty


def test_every_function_has_an_entry() -> None:
    entries = re.findall(r"^\| `(\w+)[ (`]", TEXT, re.MULTILINE)
    assert FUNCTIONS.keys() <= set(entries), FUNCTIONS.keys() - set(entries)


@pytest.mark.parametrize("directive", ["%%define ", "%%template ", "%%markdown ", "%%begin ", "%%end ", "%%use "])
def test_every_directive_has_an_example(directive: str) -> None:
    runs = [each for each in EXAMPLES if not any(outcome.fails for outcome in each.outcomes)]
    assert any(re.search(rf"^{directive}", each.document, re.MULTILINE) for each in runs)


def test_every_code_has_an_example() -> None:
    outcomes = [outcome for example in EXAMPLES for outcome in example.outcomes]
    shown = {each.split()[1] for outcome in outcomes for each in (*outcome.diagnostics, *said(outcome.shown or ""))}
    shown |= {error for _, _, error in VALUES if error}
    missing = RULES.keys() - shown - ELSEWHERE.keys()
    assert not missing
    assert not shown - RULES.keys()
    assert not shown & ELSEWHERE.keys()
    assert not ELSEWHERE.keys() - RULES.keys()


@pytest.mark.parametrize(("code", "where"), ELSEWHERE.items())
def test_codes_without_an_example_are_tested_elsewhere(code: str, where: str) -> None:
    if where.startswith("tests/"):
        file, _, name = where.partition("::")
        text = (ROOT / file).read_text("utf-8")
        assert f"def {name}" in text
        assert code in text


# Codes that need more than a document.


@pytest.mark.pandoc
def test_pandoc_that_fails(run, tmp_path) -> None:
    """The pandoc that is to read the Markdown that a macro gave."""
    (tmp_path / "talk.md").write_text('%%define f() markdown("*a*") =end\n\n%%f()\n', "utf-8")
    document = run("pandoc", "-t", "json", text=run("percent-macros", "lift", "talk.md").out).out
    fake = tmp_path / "pandoc"
    fake.write_text("#!/bin/sh\nexit 9\n", "utf-8")
    fake.chmod(0o755)
    variables = {"PANDOC_VERSION": "3.9", "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = run("percent-macros", "latex", text=document, **variables)
    assert said(done.err) == ["error PM601"]
    assert (done.status, done.out) == (1, "")


@pytest.mark.pandoc
def test_text_from_a_pipe(run) -> None:
    done = run(
        "pandoc", "-F", "percent-macros", "-t", "latex", text="%%image(my_pic.png) and `%%image(a)`\n\n%%nothing(\n"
    )
    assert "error[PM605]" in done.err
    assert done.status == 83


@pytest.fixture
def with_library(run, tmp_path):
    """Expand a document that uses a library with this text, and return what is said."""

    def with_library(library: bytes) -> str:
        (tmp_path / "talk.md").write_text("%%use library\n\nText.\n", "utf-8")
        (tmp_path / "library.pmac").write_bytes(library)
        done = run("pandoc", "-F", "percent-macros", "-t", "latex", "talk.md")
        assert done.status == 83
        return done.err

    return with_library


@pytest.mark.pandoc
def test_library_in_another_encoding(with_library) -> None:
    assert "error[PM802]" in with_library("%%define f() 'é' =end\n".encode("latin-1"))


@pytest.mark.pandoc
def test_library_over_the_limit(with_library) -> None:
    assert "error[PM803]" in with_library(b"x" * (64 * 1024 * 1024 + 1))


@pytest.mark.pandoc
@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_library_that_may_not_be_read(run, tmp_path) -> None:
    (tmp_path / "talk.md").write_text("%%use library\n\nText.\n", "utf-8")
    (tmp_path / "library.pmac").touch(0o000)
    assert "error[PM801]" in run("pandoc", "-F", "percent-macros", "-t", "latex", "talk.md").err


@pytest.mark.pandoc
@pytest.mark.parametrize(("depth", "expected"), [(16, False), (17, True)])
def test_libraries_in_libraries(run, tmp_path, depth: int, expected: bool) -> None:
    (tmp_path / "talk.md").write_text("%%use m1\n\nText.\n", "utf-8")
    for at in range(1, depth + 1):
        (tmp_path / f"m{at}.pmac").write_text(f"%%use m{at + 1}\n" if at < depth else "", "utf-8")
    done = run("pandoc", "-F", "percent-macros", "-t", "latex", "talk.md")
    assert ("error[PM807]" in done.err) == expected


# The grammar, the limits, and pages that are made.


def grammar() -> str:
    found = re.search(r"^```ebnf\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def terminals() -> set[str]:
    """Return what stands in quotes in the grammar."""
    return set(re.findall(r'"([^"\n]+)"', re.sub(r"\(\*.*?\*\)|\?[^?\n]+\?", "", grammar())))


def test_grammar_has_the_words_of_the_lexer() -> None:
    words = {each for each in terminals() if re.fullmatch(r"[a-z]+", each)}
    functions = {"map", "grep", "sort"}
    assert words - functions - {"m", "s", "tr", "y"} == KEYWORDS


def test_grammar_has_the_operators_of_the_lexer() -> None:
    signs = {each for each in terminals() if re.fullmatch(r"[^\w\s$@%\"'\\#]+|%=?|x=|[$@]", each)}
    known = (set(LEVELS) | _SIGNS | _ASSIGNMENTS | {"++", "--", "=>"}) - KEYWORDS
    assert known <= signs, known - signs
    assert signs - known <= set("(){}[],;:=$@.&"), signs - known
    assert known | {"x=", *"(){}[],;:=", *REFUSED} >= lexed(), lexed()


def lexed() -> set[str]:
    """Return every sign, or run of signs, that the lexer reads as one operator."""
    found = set()
    for length in (1, 2, 3):
        for signs in itertools.product("*|/&<=>!.+-%?:,;(){}[]~", repeat=length):
            text = "".join(signs)
            first = next(tokens(text, 0))
            if first.kind == text:
                found.add(text)
    return found


@pytest.mark.parametrize("sign", sorted(REFUSED))
def test_operators_that_the_grammar_has_not_are_refused(sign: str) -> None:
    diagnostics = Diagnostics()
    parse_definition(Source("a", f"%%define f($x, $y) return $x {sign} $y; =end"), diagnostics)
    assert [each.code for each in diagnostics][:1] == ["PM104"]


def test_grammar_defines_what_it_uses() -> None:
    rules = re.findall(r"^([a-z-]+) +=", grammar(), re.MULTILINE)
    assert len(rules) == len(set(rules)) > 20
    plain = re.sub(r""""[^"\n]*"|'[^'\n]*'|\(\*.*?\*\)|\?[^?\n]*\?""", " ", grammar())
    used = set(re.findall(r"[a-z][a-z-]+", plain))
    assert used == set(rules), used ^ set(rules)


def test_limits_are_those_of_the_program() -> None:
    from pandoc_percent_macros.document.expansion import libraries
    from pandoc_percent_macros.document.source import manuscript
    from pandoc_percent_macros.report.terminal import SHOWN

    rows = re.findall(r"^\|[^|\n]*\| ([\d,]+) \| `?(\w*)`?\s*\|[^|\n]*\|$", limits_section(), re.MULTILINE)
    said = [(name, int(number.replace(",", ""))) for number, name in rows]
    assert {name: number for name, number in said if name} == {
        name: getattr(DEFAULTS, name) for name in type(DEFAULTS).__match_args__
    }
    others = sorted(number for name, number in said if not name)
    assert others == sorted([manuscript.LARGEST, libraries.DEPTH, libraries.FILES, SHOWN])


def limits_section() -> str:
    return re.split(r"^## ", TEXT.partition(". Limits\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def test_page_of_diagnostics_is_what_the_tool_writes() -> None:
    path = ROOT / "tools" / "generate-diagnostics.py"
    spec = importlib.util.spec_from_file_location("generate_diagnostics", path)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    page = REFERENCE / "diagnostics.md"
    assert page.read_text("utf-8") == tool.page(), f"run `python {path.relative_to(ROOT)}`"


def test_links_lead_somewhere() -> None:
    named = set(re.findall(r"\[example (\d+\.\d+)\]", PROSE))
    assert named
    assert named <= {each.number for each in EXAMPLES}
    headings = {
        re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-")
        for each in re.findall(r"^#+ (.+)$", PROSE, re.MULTILINE)
    }
    for text, folder in ((PROSE, REFERENCE), ((REFERENCE / "README.md").read_text("utf-8"), REFERENCE)):
        for target in re.findall(r"\]\(([^)\s:]+)\)", text):
            file, _, fragment = target.partition("#")
            assert not file or (folder / file).exists(), target
            assert not fragment or file or fragment in headings, target
