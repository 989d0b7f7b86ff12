"""Where the verbatim parts of a Markdown text end: code, math, comments, tags, YAML, link destinations, raw TeX.

Each function takes the offset of what opens such a part and returns the offset behind what closes it,
or None when nothing does: then the opener is text. The rules are those of pandoc's manual.
"""

from __future__ import annotations

import re

from ...base.pattern import pattern

BLANK = pattern(r"\n[ \t\r>]*(?:\n|\Z)")  # the end of a paragraph, in a block quote too
_CONTAINER_MARKS = (
    r"(?:[ \t]*(?:>|[-*+][ \t]|\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdm]+|#|@[\w-]*)[.)][ \t]|\[\^[^\]\s]+\]:|[:~][ \t]))*[ \t]*"
)
MARKS = pattern(_CONTAINER_MARKS)
_INFO = pattern(r"[ \t]*(?:\{[^\n]*\}|[^\s`{]*(?:[ \t]*\{[^\n]*\})?)[ \t\r]*(?:\n|\Z)")
_YAML_KEY = pattern(r"(?:[ \t\r]*(?:#[^\n]*)?\n)*(?:[\w\"'][^\n]*:(?:\s|\Z)|\{|\.\.\.|---)")
_YAML_END = pattern(r"^(?:---|\.\.\.)[ \t\r]*$", re.MULTILINE)
_TAG = pattern(
    r"</?[A-Za-z][\w:-]*"
    r"(?:\s+[\w:@.-]+(?:\s*=\s*(?:\"[^\"]{0,4096}\"|'[^']{0,4096}'|[^\s\"'=<>`]+))?)*\s*/?>"
)
_AUTOLINK = pattern(r"<[A-Za-z][\w+.-]*[:@][^\s<>]*>")
# What may close anywhere further down, for pandoc's Markdown reader and for its CommonMark reader.
_COMMENT, _ELEMENT = r"!--(?!-?>)", r"((?i:pre|script|style|textarea))(?=[\s/>])"
FAR = pattern(rf"<(?:{_COMMENT}|\?(?=[^\W\d_])|{_ELEMENT})")
FAR_COMMONMARK = pattern(rf"<(?:{_COMMENT}|\?|![A-Za-z]|!\[CDATA\[|{_ELEMENT})")
_CLOSERS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}
_DESTINATION = pattern(r"(?:[^()\\\n]|\\.|\n(?![ \t\r>]*\n)|\((?:[^()\\\n]|\\.)*\))*\)")
_ATTRIBUTES = pattern(r"\{[^{}\n]*\}")
_ENVIRONMENT = pattern(r"\\(begin|end)[ \t]*\{([^{}\n]*)\}")
_BRACES = pattern(r"\\.|%[^\n]*|[{}]", re.DOTALL)


def paragraph_end(text: str, start: int) -> int:
    """Return the offset of the blank line, or the end of the text, that ends a paragraph."""
    blank = BLANK.search(text, start)
    return blank.start() if blank else len(text)


def fence_body(text: str, start: int) -> int | None:
    """The start of a fenced code block's first line, from behind its opening fence."""
    info = _INFO.match(text, start)
    return info.end() if info else None


def fence_end(text: str, start: int, mark: str, length: int, limit: int) -> int | None:
    """The end of a fenced code block, from the start of its first line."""
    closing = re.compile(rf"^[ \t>]*{mark}{{{length},}}[ \t\r]*$", re.MULTILINE)
    found = closing.search(text, start, limit)
    return found.end() if found else None


def leaves_fence_open(text: str, mark: str) -> bool:
    """True if a fence of these marks may still be open at the end of the text."""
    opening = re.compile(rf"^[^\n]*?({mark}{{3,}})", re.MULTILINE)
    at = 0
    while found := opening.search(text, at):
        body = fence_body(text, found.end()) if MARKS.fullmatch(text, found.start(), found.start(1)) else None
        at = found.end()
        if body is not None:
            end = fence_end(text, body, mark, len(found[1]), len(text))
            if end is None:
                return True
            at = end
    return False


def code_span(text: str, start: int, length: int, limit: int) -> int | None:
    """Inline code, from its opening backquotes, in a paragraph that ends at ``limit``."""
    closing = re.compile(rf"(?<!`)`{{{length}}}(?!`)")
    found = closing.search(text, start + length, limit)
    if not found:
        return None
    attributes = _ATTRIBUTES.match(text, found.end())
    return attributes.end() if attributes else found.end()


def math(text: str, start: int, limit: int) -> int | None:
    """TeX math between dollars (extension ``tex_math_dollars``): the next dollar closes it, or nothing does."""
    mark = "$$" if text.startswith("$$", start) else "$"
    inside = start + len(mark)
    if mark == "$" and text[inside : inside + 1].isspace():
        return None
    at = text.find(mark, inside, limit)
    while at >= 0 and _escaped(text, at):
        at = text.find(mark, at + 1, limit)
    if at < 0 or (mark == "$" and (text[at - 1].isspace() or text[at + 1 : at + 2].isdigit())):
        return None
    return at + len(mark)


def delimited_math(text: str, start: int, opener: str, limit: int) -> int | None:
    r"""TeX math between ``\(`` and ``\)``, ``\[`` and ``\]``, or the same with two backslashes."""
    closer = opener[:-1] + {"(": ")", "[": "]"}[opener[-1]]
    found = text.find(closer, start + len(opener), limit)
    return found + len(closer) if found >= 0 else None


def _escaped(text: str, at: int) -> bool:
    backslashes = 0
    while text[at - 1 - backslashes : at - backslashes] == "\\":
        backslashes += 1
    return backslashes % 2 == 1


def far_html(text: str, opener: re.Match[str], limit: int, *, commonmark: bool) -> int | None:
    """A comment, an instruction, a declaration or an element of verbatim text, from what a pattern ``FAR`` matches."""
    if opener[1]:
        closing = re.compile(rf"</{opener[1]}\s*>", re.IGNORECASE).search(text, opener.end(), limit)
        return closing.end() if closing else None
    closer = _CLOSERS.get(opener[0], ">")
    if closer == "?>" and not commonmark:
        closer = ">"  # an instruction is a tag to pandoc's Markdown reader
    found = text.find(closer, opener.end(), limit)
    return found + len(closer) if found >= 0 else None


def tag(text: str, start: int, limit: int) -> int | None:
    """A tag with its attributes, or an address in angle brackets."""
    found = _TAG.match(text, start, limit)
    return found.end() if found else autolink(text, start)


def autolink(text: str, start: int) -> int | None:
    """An address in angle brackets."""
    found = _AUTOLINK.match(text, start)
    return found.end() if found else None


def destination(text: str, start: int, limit: int) -> int | None:
    """A link's destination and title, from its opening parenthesis."""
    found = _DESTINATION.match(text, start + 1, limit)
    return found.end() if found else None


def yaml(text: str, start: int) -> int | None:
    """A YAML metadata block, from its first line of three hyphens."""
    body = text.find("\n", start) + 1
    if not body or not _YAML_KEY.match(text, body):
        return None
    found = _YAML_END.search(text, body)
    return found.end() if found else None


class RawTex:
    """The environments and brace groups of a text, each kind matched once, when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._groups: dict[int, int] | None = None
        self._environments: dict[int, int] | None = None

    def group(self, start: int) -> int | None:
        """Return the offset behind the brace that closes the one at ``start``."""
        if self._groups is None:
            self._groups = self._match_groups()
        return self._groups.get(start)

    def environment(self, start: int) -> int | None:
        r"""Return the offset behind the ``\end{…}`` of the ``\begin{…}`` at ``start``."""
        if self._environments is None:
            self._environments = self._match_environments()
        return self._environments.get(start)

    def _match_groups(self) -> dict[int, int]:
        closing: dict[int, int] = {}
        opened: list[int] = []
        for found in _BRACES.finditer(self._text):
            if found[0] == "{":
                opened.append(found.start())
            elif found[0] == "}" and opened:
                closing[opened.pop()] = found.end()
        return closing

    def _match_environments(self) -> dict[int, int]:
        closing: dict[int, int] = {}
        opened: dict[str, list[int]] = {}
        for found in _ENVIRONMENT.finditer(self._text):
            if found[1] == "begin":
                opened.setdefault(found[2], []).append(found.start())
            elif opened.get(found[2]):
                closing[opened[found[2]].pop()] = found.end()
        return closing
