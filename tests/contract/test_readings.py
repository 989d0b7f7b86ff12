"""How often a document is read: once, where the filter finds all directives in what pandoc has read; else why not."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from pandoc_percent_macros.document.source.dialect import parse_format
from pandoc_percent_macros.document.source.manuscript import Manuscript, read_input
from pandoc_percent_macros.document.source.scanner import scan
from pandoc_percent_macros.document.transport.lift import Lifted
from pandoc_percent_macros.document.transport.matching import reason

from ..support import readings
from ..support.ways import Document

pytestmark = pytest.mark.pandoc
# Why a document has to be read again; "" where it is for another question (what macros give to `markdown()`, say).
REASONS = """\
a call after TeX in its paragraph
a call beside signs of Markdown's
a call in a line with what Markdown has signs for
a call over lines above a line that may make something of it
a definition that is no paragraph of its own
a definition that what is above or below it may be joined without
a line of it that may begin another block, or an empty one
a note, a link, mathematics or HTML that may reach beyond it
an error in it
beside a space that does not break
in TeX, not alone on its line
in a heading, a link, a picture or a citation
in an address
in attributes
in mathematics, or a tag of HTML
in metadata
pandoc has made something else of it
the first line is taken for a title
TeX that may reach beyond it
two that look alike
what comes after definitions may be a title block without them
what is around it has to be asked first
""".splitlines()


def why(path: Path) -> str:
    """Return why a document can't be read once; "" where it can."""
    dialect = parse_format(readings.document(path).reader)
    assert dialect
    manuscript = Manuscript([read_input(str(path))])
    directives = scan(manuscript, dialect)
    lifted = Lifted(manuscript, directives)
    if any(each.doubtful for each in lifted.directives.values()):
        return "what is around it has to be asked first"
    command = ["pandoc", "-f", readings.document(path).reader, "-t", "json", path]
    read = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return reason(read, lifted, dialect)


def test_each_document_that_is_read_again_has_its_reason(record_property) -> None:
    version, expected = readings.expected()
    if version != readings.pandoc():
        pytest.skip("the numbers are those of another pandoc")
    reasons = Counter(why(path) for path in readings.documents() if expected[readings.name(path)])
    assert set(reasons) - {""} <= set(REASONS)
    record_property("readings", json.dumps(reasons))


TEMPLATE = """\
%%template at($x, $y, $path)
\\begin{tikzpicture}[remember picture,overlay]
\\node at ($x,$y) {\\includegraphics[width=3cm]{$path}};
\\end{tikzpicture}
=end
"""
CALL = "%%at(1cm, 2cm, images/a.png)\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{TEMPLATE}\n{CALL}\nWords.\n",
        f"% Title\n% Author\n\n{TEMPLATE}\n{CALL}\nWords.\n",
        f"---\ntitle: A\n---\n\n{TEMPLATE}\n# Heading\n\n{CALL}",
        f"Words.\n\n{TEMPLATE}\n## Heading\n\n{CALL}\nWords.\n",
        f"Words.\n\n{TEMPLATE}{CALL}\nWords.\n",
        f"{TEMPLATE}{CALL}\nWords.\n",
        "%%template small($a) {\\footnotesize $a} =end\n\nWords.\n\n%%small(these)\n",
        "%%define f($x)\nreturn latex('\\emph{' . $x . '}')\n=end\n%%f(a)\n",
    ],
)
def test_macros_that_need_no_second_reading(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(text)
    outcome, count = readings.counted(Document(path, "markdown"))
    assert (outcome.status, count) == (0, 0)


@pytest.mark.parametrize("line", ["\\foo{", "\\foo[", "\\begin{foo}", "\\newcommand{\\foo}{Z}", "\\textbf{ % }"])
def test_tex_that_may_reach_beyond_its_definition(tmp_path: Path, run, line: str) -> None:
    """Pandoc alone is the judge: of the text without the definition."""
    rest = "Words \\emph{x} and \\foo.\n\n* one } ]\n\n\\end{foo}\n\n~~~\n}\n~~~\n"
    (tmp_path / "a.md").write_text(f"Start.\n\n%%template t($a)\n{line}\n=end\n\n{rest}")
    (tmp_path / "b.md").write_text(f"Start.\n\n{rest}")
    ours = run("pandoc", "-F", "percent-macros", "a.md", "-t", "native")
    assert (ours.status, ours.out) == (0, run("pandoc", "b.md", "-t", "native").out)
