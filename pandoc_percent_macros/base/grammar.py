"""Facts of the notation that several rooms must agree on: names, the words of directives, and Markdown's list marks."""

from .pattern import pattern

NAME = r"[^\W\d]\w*"
# The words of directives, which no macro may have for a name
DEFINING = ("define", "template", "markdown")
LINE_WORDS = ("use",)  # of those that go to the end of their line, and leave nothing in the document
OPENING = (*DEFINING, *LINE_WORDS, "begin")
WORDS = (*OPENING, "end")
CALL_HEAD = pattern(rf"%%({NAME})\(")
LINE_HEAD = pattern(rf"%%({'|'.join(WORDS)})(?=[ \t\r\n]|\Z)[ \t]*|%%(#)")
BEGIN_CALL = pattern(rf"%%begin[ \t]+({NAME})[ \t]*\(")
WORD_HEAD = pattern(rf"%%({NAME})(?!\w)")  # of what may have been meant as a call
DEFINITION_HEAD = pattern(rf"%%({'|'.join(DEFINING)})\b")
DEFINED = pattern(rf"%%(?:{'|'.join(DEFINING)})[ \t]+({NAME})")

# What may stand before the text of a list item (pandoc's manual, "Lists"). Roman numbers, letters, `#` and `@label`
# are pandoc's own; every dialect has bullets and numbers.
_NUMERAL = r"\d{1,9}|[ivxlcdmIVXLCDM]+|[A-Za-z]|\#|@[\w-]*"
LIST_MARK = rf"(?:[-*+]|\(?(?:{_NUMERAL})[.)])"
COMMON_LIST_MARK = r"(?:[-*+]|\d{1,9}\.)"
NOTE_MARK = r"\[\^[^\]\s]+\]:"
DEFINITION_MARK = r"[:~](?=[ \t])"

# Letters of scripts that do not part words by spaces: beside them a word begins.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u0f00-\u0fff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\u3005-\u3007\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_HOLDS_OFF = pattern(rf"(?![{_UNSPACED}])[^\W_]")
# What holds a call off that follows it where Markdown is not read.
ESCAPES = pattern(r"[%\\]")


def holds_off(before: str) -> bool:
    """Return whether a character holds off a call that follows it in text."""
    if before.isascii():  # the pattern takes a millisecond to compile
        return before.isalnum() or before in "%\\"
    return bool(_HOLDS_OFF.match(before))
