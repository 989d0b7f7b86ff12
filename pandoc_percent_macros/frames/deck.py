"""A deck's LaTeX, as pandoc writes it: its frames, and the text between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BEGIN = re.compile(r"\\begin\{frame\}")
_END = re.compile(r"\\end\{frame\}\s*\Z")
_BODY = re.compile(r"^\\begin\{document\}", re.MULTILINE)
# Frames that depend on others, or on which others do.
_TANGLED = re.compile(r"\\(?:againframe|includeonlyframes|includeonlylecture)(?![A-Za-z@])|\\(?:begin|end)\{comment\}")
# What writes bookmarks, or files of its own, where it stands.
_BOOKMARKS = re.compile(
    r"\\(?:(?:sub)*section|part|lecture|pdfbookmark|currentpdfbookmark|subpdfbookmark|belowpdfbookmark|bookmark|"
    r"hypersetup|pdfcatalog|pdfinfo|pdfoutline|pdfnames|embedfile|attachfile|textattachfile|Acrobatmenu|movie|"
    r"includemedia|animategraphics|openout|newwrite|usepackage)(?![A-Za-z@])"
)
# What between frames does more than a run tells, where beamer ignores all but a few commands there (its manual, "Text
# outside frames"): pandoc's template asks for that.
_IGNORING = re.compile(r"\\documentclass\s*\[[^\]]*\bignorenonframetext\b", re.DOTALL)
_HEEDED = re.compile(r"\\(?:mode|appendix|lecture|common|presentation|article)(?![A-Za-z@])")
# All that is known where it does not.
_ESCAPED = re.compile(r"\\[^A-Za-z@\s]")
_COMMENT = re.compile(r"%.*")
_GROUP = re.compile(r"\{[^{}]*\}")
_KNOWN = re.compile(
    r"(?:\s|\\(?:(?:sub){0,2}section|part)\*?(?:\[[^\]]*\])?\0|\\(?:protect\s*)?(?:phantomsection|label|frame)\0)*"
)


@dataclass(frozen=True)
class Deck:
    """A text with frames."""

    frames: tuple[str, ...]  # from ``\\begin{frame}`` to ``\\end{frame}``
    between: tuple[str, ...]  # one more: what stands before, between and after them

    def changed(self, other: "Deck") -> list[int] | None:
        """Return the indices of frames that another version of the deck has otherwise; None if more is otherwise."""
        if len(self.frames) != len(other.frames) or self.between != other.between:
            return None
        pairs = enumerate(zip(self.frames, other.frames, strict=True))
        return [index for index, (mine, others) in pairs if mine != others]

    def lines_before(self, index: int) -> int:
        """Return how many lines stand before a frame."""
        parts = (*self.between[: index + 1], *self.frames[:index])
        return sum(part.count("\n") for part in parts)

    def marked(self, definitions: str) -> str:
        """Return the text with marks around each frame, every line where it was.

        Args:
            definitions: code that defines the marks, without the end of a line.
        """
        at = _BODY.search(self.between[0])
        assert at
        text = [self.between[0][: at.start()], definitions, self.between[0][at.start() :]]
        for index, (frame, between) in enumerate(zip(self.frames, self.between[1:], strict=True)):
            # Some frames want nothing behind their end on its line.
            gap = len(between) - len(between.lstrip())
            text += mark("b", index), frame, between[:gap], mark("a", index), between[gap:]
        return "".join(text)

    def unknown_before(self, index: int) -> str:
        """Return what stands between frames, before one of them, and may do more than a run tells; "" if nothing."""
        at = _BODY.search(self.between[0])
        assert at
        preamble, start = self.between[0][: at.start()], self.between[0][at.end() :]
        ignoring = bool(_IGNORING.search(preamble))
        for between in (start, *self.between[1 : index + 1]):
            if _HEEDED.search(between) or not (ignoring or _is_known(between)):
                return between.strip()
        return ""


def mark(name: str, index: int) -> str:
    """Return the mark that stands before (``b``) or after (``a``) a frame."""
    return f"\\mode<all>{{\\PercentMacrosState{{{name}}}{{{index}}}}}"


def deck_of(tex: str) -> Deck | None:
    """Return the frames of a LaTeX text, and what is between them; None for a text whose frames can't be told."""
    body = _BODY.search(tex)
    if not body or _TANGLED.search(tex, body.start()):
        return None
    frames: list[str] = []
    between: list[str] = []
    at, opened = 0, None
    for offset, line in _lines(tex, body.start()):
        if _BEGIN.match(line):
            if opened is not None:
                return None  # one in the other: verbatim text, or an error
            between.append(tex[at:offset])
            opened = offset
        elif opened is not None and (end := _END.search(line)):
            if end.start():
                return None
            at = offset + len("\\end{frame}")
            frames.append(tex[opened:at])
            opened = None
    if opened is not None or not frames:
        return None
    return Deck(tuple(frames), (*between, tex[at:]))


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    for line in text[start:].splitlines(keepends=True):
        yield start, line
        start += len(line)


def reaches_out(frame: str) -> bool:
    """Return whether a frame may write bookmarks, files or the like."""
    return bool(_BOOKMARKS.search(frame))


def _is_known(between: str) -> bool:
    """Return whether text between frames does nothing but what a run tells: sections, labels, the title page."""
    text = _ESCAPED.sub("", _COMMENT.sub("", _ESCAPED.sub("", between)))
    count = 1
    while count:
        text, count = _GROUP.subn("\0", text)
    return bool(_KNOWN.fullmatch(text))
