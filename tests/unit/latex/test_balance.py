"""What is opened or closed alone in a piece of LaTeX."""

from __future__ import annotations

import pytest

from pandoc_percent_macros.latex.balance import unbalanced


@pytest.mark.parametrize(
    ("text", "lone"),
    [
        (r"\textbf{a} $b$ \begin{x}\end{x} \left(\right)", []),
        (r"\textbf{a", ["{"]),
        (r"a} b", ["}"]),
        (r"{ \begin{a} } x", [r"\begin{a}"]),
        (r"\begin{a} { \end{a}", ["{"]),
        (r"\begin{a}\end{b}", [r"\begin{a}", r"\end{b}"]),
        (r"\{ \% % {", []),
        (r"\verb|{| {}", []),
        ("\\begin{verbatim}\n{\n\\end{verbatim}", []),
        ("$a\n\nb", ["$"]),
        (r"$$a$$ $b", ["$"]),
        (r"\ifx\a\b c", [r"\ifx"]),
        (r"\ifthenelse{a}{b}{c} \iff \fi", [r"\fi"]),
        (r"\left( a", [r"\left"]),
        (r"\ifnum1=1 a", [r"\ifnum"]),
        (r"\newif\ifdraft \ifdraft a\fi", []),
    ],
)
def test_what_is_open_or_closed_alone(text: str, lone: list[str]) -> None:
    assert [each.sign for each in unbalanced(text)] == lone
