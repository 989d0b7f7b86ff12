"""The commands of the marks, put into the preamble of a LaTeX text."""

from pathlib import Path

_FILES = [Path(__file__).with_name(name) for name in ("marks.tex", "parts.tex")]
_BODY = "\\begin{document}"


def with_definitions(tex: str) -> str:
    """Return a LaTeX text in which the marks' commands are defined, no line of it moved."""
    written = (line for file in _FILES for line in file.read_text("utf-8").splitlines())
    lines = (line for line in written if not line.startswith("%"))
    code = "".join(line.removesuffix("%") if line.endswith("%") else f"{line} " for line in lines)
    preamble, begin, body = tex.partition(f"\n{_BODY}")
    return f"{preamble} {code}{begin}{body}" if begin else tex
