"""Three macros in Python: one that gives a text, one that gives an element, and one that looks around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import panflute

if TYPE_CHECKING:
    from pandoc_percent_macros.api import Context

_NUMERALS = {"M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10}
_NUMERALS |= {"IX": 9, "V": 5, "IV": 4, "I": 1}


def roman(number: str, case: str = "upper") -> str:
    """A number in Roman numerals: `%%roman(2014)` is MMXIV."""
    rest = int(number)
    if not 0 < rest < 4000:
        raise ValueError(f"{number} has no Roman numeral")
    numeral = ""
    for sign, value in _NUMERALS.items():
        count, rest = divmod(rest, value)
        numeral += sign * count
    return numeral.lower() if case == "lower" else numeral


def table_of(*rows: str) -> panflute.Table:
    """A table, one argument a row, the first for its head: `%%table_of(Name; Price, Tea; 2.50, Cake; 3.20)`."""
    cells = [
        [panflute.TableCell(panflute.Plain(panflute.Str(text.strip()))) for text in row.split(";")] for row in rows
    ]
    head, *body = [panflute.TableRow(*row) for row in cells]
    return panflute.Table(panflute.TableBody(*body), head=panflute.TableHead(head))


def _cell(text: str) -> panflute.TableCell:
    return panflute.TableCell(panflute.Plain(panflute.Str(text.strip())))


def source_note(context: Context) -> list[panflute.Inline] | str:
    """Where this stands in the author's text, in a draft: for documents with `draft: true` in their metadata."""
    if context.meta("draft") != "true":
        return ""
    place = f"{context.file}:{context.line}"
    if context.format_is("latex"):
        return f"\\marginpar{{\\tiny\\texttt{{\\detokenize{{{place}}}}}}}"
    return [panflute.Superscript(panflute.Code(place, classes=["draft"]))]
