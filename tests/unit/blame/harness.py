"""Logs of LaTeX, as short as the tests need them."""

from __future__ import annotations

from pandoc_percent_macros.blame.log import LogError, first_error


def error(message: str, *levels: tuple[str, str, str], file: str = "input.tex") -> LogError:
    """Return the first error of a log: levels are a name, or the number of a line, what was read, and what was not."""
    as_logged = ""
    for name, before, after in levels:
        first = f"l.{name} {before}" if name.isdecimal() else f"{name} {before}"
        as_logged += f"{first}\n{' ' * len(first)}{after}\n"
    found = first_error(
        f"This is pdfTeX\n{file}:1: {message}\n{as_logged}\nHere is how much of TeX's memory you used:\n"
    )
    assert found
    return found
