"""Percent signs of arguments that come out in LaTeX as comments: the rest of their lines is lost, mostly a brace.

Each is replaced by a character of its own, and the call is evaluated again: where that comes out, the sign would.
"""

import re

from ...base import Diagnostics, Fault, Span, tex
from ...language.run.session import Session
from ...language.syntax import Call
from ...language.syntax.texts import texts_in, with_text
from ...language.values.pieces import Raw, every

_FIRST, _PLANE = 0xF0000, 0xFFFE  # of a plane for private use
_SIGN = re.compile(r"\\.|(%)(?!\n)%*", re.DOTALL)  # of several in a row the first
# What TeX reads as it stands; the characters that stand for percent signs; comments.
_TOKEN = re.compile(
    rf"{tex.BEGIN}\{{(?P<name>{tex.VERBATIM_NAME})\}}(?:.*?{tex.END}\{{(?P=name)\}}|.*)|{tex.VERBATIM_COMMAND}"
    rf"|{tex.ADDRESS_COMMAND}"
    rf"|{tex.TOKEN}|{tex.COMMENT}|(?P<sign>[{chr(_FIRST)}-{chr(_FIRST + _PLANE)}])",
    re.DOTALL,
)


def warn(call: Call, session: Session, diagnostics: Diagnostics) -> None:
    """Warn of each percent sign in a call's arguments that LaTeX takes for the beginning of a comment (PM508).

    Args:
        call: a call of the document, bound to its macro.
        session: evaluates it with other arguments.
        diagnostics: takes the warnings.
    """
    for number, (span, text) in enumerate(texts_in(call)):
        signs = [found.start() for found in _SIGN.finditer(text) if found[1]]
        if not signs or len(signs) > _PLANE:
            continue
        planted = list(text)
        for at, offset in enumerate(signs):
            planted[offset] = chr(_FIRST + at)
        written = _written_at(span, text)
        for at in _read_as_comments(with_text(call, number, "".join(planted)), session):
            marked = f"{text[: signs[at]]}{chr(_FIRST)}{text[signs[at] :]}"
            if not _stays(with_text(call, number, marked), session):
                continue  # the macro writes something else for it
            message = "LaTeX takes this for the beginning of a comment: the rest of the line would be lost"
            diagnostics.warning("PM508", message, written[signs[at]], r"write `\%`")


def _read_as_comments(call: Call, session: Session) -> list[int]:
    """Return the numbers of the characters in the place of percent signs that TeX would read."""
    found = set()
    for text in _latex(call, session):
        found |= {ord(each["sign"]) - _FIRST for each in _TOKEN.finditer(text) if each["sign"]}
    return sorted(found)


def _stays(call: Call, session: Session) -> bool:
    """Whether a percent sign comes out as it is, behind the character that is planted before it."""
    return any(f"{chr(_FIRST)}%" in text for text in _latex(call, session))


def _latex(call: Call, session: Session) -> list[str]:
    """Return the raw LaTeX that a call gives."""
    try:
        pieces = session.expand(call).pieces
    except Fault:
        return []  # it does not do for a number, a length, …
    return [piece.text for piece in every(pieces) if isinstance(piece, Raw) and piece.format in tex.RAW_FORMATS]


def _written_at(span: Span, text: str) -> dict[int, Span]:
    """Return where the percent signs of a text are written, by their offsets: quotes and escapes hold none."""
    source = span.source
    written = re.compile("%").finditer(source.text, span.start, span.end)
    return {
        found.start(): Span(source, place.start(), place.end())
        for found, place in zip(re.finditer("%", text), written, strict=False)
    }
