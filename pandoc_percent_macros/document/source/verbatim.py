"""Where the parts of a Markdown text end that go on over blank lines and hold no Markdown, by a rough reading.

Fenced code, comments and elements of HTML, YAML, environments of TeX. What is found here only tells which directives
are doubtful: pandoc has the last word. Each function takes the offset of what opens such a part and returns the offset
after what closes it, or None when nothing does. The rules are those of pandoc's manual.
"""

import re

from ...base import grammar, pattern

MARKS = pattern(
    rf"(?:[ \t]*(?:>|{grammar.LIST_MARK}[ \t]|{grammar.NOTE_MARK}|{grammar.DEFINITION_MARK}))*[ \t]*",
)
_INFO = pattern(r"[ \t]*(?:\{[^\n]*\}|[^\s`{]*(?:[ \t]*\{[^\n]*\})?)[ \t\r]*(?:\n|\Z)")
_YAML_KEY = pattern(r"(?:[ \t\r]*(?:#[^\n]*)?\n)*(?:[\w\"'][^\n]*:(?:\s|\Z)|\{|\.\.\.|---)")
_YAML_END = pattern(r"^(?:---|\.\.\.)[ \t\r]*$", re.MULTILINE)
_FAR = pattern(r"<(?:!--(?!-?>)|\?|!\[CDATA\[|((?i:pre|script|style|textarea))(?=[\s/>]))")
_CLOSERS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}
_ENVIRONMENT = pattern(r"\\begin[ \t]*\{([^{}\n]*)\}")


def fence_body(text: str, start: int) -> int | None:
    """The start of a fenced code block's first line, from after its opening fence."""
    info = _INFO.match(text, start)
    return info.end() if info else None


def fence_end(text: str, start: int, mark: str, length: int, indent: int = 0) -> int | None:
    """The end of a fenced code block, from the start of its first line.

    Args:
        text: the text.
        start: where the first line of the code starts.
        mark: the sign that the fence is made of.
        length: how many of them.
        indent: the column of the opening fence; the closing one may stand up to three columns further right.
    """
    closing = re.compile(rf"^([ \t>]*){mark}{{{length},}}[ \t\r]*$", re.MULTILINE)
    for found in closing.finditer(text, start):
        if len(found[1].expandtabs(4)) <= indent + 3:
            return found.end()
    return None


def html(text: str, start: int) -> int | None:
    """A comment, an instruction, or an element of verbatim text. None, too, for any other tag."""
    opener = _FAR.match(text, start)
    if not opener:
        return None
    if opener[1]:
        closing = re.compile(rf"</{opener[1]}\s*>", re.IGNORECASE).search(text, opener.end())
        return closing.end() if closing else len(text)
    closer = _CLOSERS[opener[0]]
    found = text.find(closer, opener.end())
    return found + len(closer) if found >= 0 else len(text)


def environment(text: str, start: int) -> int | None:
    r"""An environment of TeX, from its ``\begin``, without a look at what it holds."""
    opener = _ENVIRONMENT.match(text, start)
    if not opener:
        return None
    closing = re.compile(rf"\\end[ \t]*\{{{re.escape(opener[1])}\}}").search(text, opener.end())
    return closing.end() if closing else None


def yaml(text: str, start: int) -> int | None:
    """A YAML metadata block, from its first line of three hyphens."""
    body = text.find("\n", start) + 1
    if not body or not _YAML_KEY.match(text, body):
        return None
    found = _YAML_END.search(text, body)
    return found.end() if found else None
