"""The commands of the marks, put into the preamble of a LaTeX text."""

from pathlib import Path

_FILE = Path(__file__).with_name("marks.tex")
_BODY = "\\begin{document}"


def with_definitions(tex: str) -> str:
    """Return a LaTeX text in which the marks' commands are defined, no line of it moved."""
    lines = (line for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("%"))
    code = "".join(line.removesuffix("%") if line.endswith("%") else f"{line} " for line in lines)
    preamble, begin, body = tex.partition(f"\n{_BODY}")
    return f"{preamble} {code}{begin}{body}" if begin else tex
