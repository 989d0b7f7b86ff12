"""Tokens: words of private-use characters that stand where a directive stood.

To pandoc a token is a word like any other, so whatever surrounds it is parsed as it would be around
a word: lists stay tight, a paragraph is not interrupted, raw TeX stays whole. It is as wide as the call
that it stands for, because the columns of pandoc's tables are counted. It means nothing without the
directive that the document's markers hold for it.
"""

from __future__ import annotations

from ...base.pattern import pattern
from ...base.record import TYPE_CHECKING

if TYPE_CHECKING:
    import re

START = "\U0010f000"
_FILL = "\U0010f001"
ESCAPE = "\U0010f002"
_BASE = 0x8000  # so many digits, from U+F0000
_ZERO = 0xF0000
TOKEN = pattern(f"{START}([\U000f0000-\U000f7fff]{{4}}){_FILL}*")
WIDTH = 5  # columns of the shortest token, and of the shortest call: %%f()
_ESCAPED = pattern(f"{ESCAPE}([0-9a-f]{{1,2}}|10f00[0-2]){ESCAPE}")
_PRIVATE = START + _FILL + ESCAPE
_DELICATE = pattern(f"[\x00-\x09\x0b-\x1f{_PRIVATE}>]")

# In an attribute's value every sign that may mean something there, in any dialect; no value begins with a space.
_DELICATE_IN_ATTRIBUTE = pattern(rf"[\x00-\x1f{_PRIVATE}\"\\&<>`$*_\[\]{{}}^~@#!']|\A ")


def salt(*texts: str) -> str:
    """Return two digits that tell the tokens of one text from those of another."""
    joined = "\0".join(texts).encode("utf-8", "surrogatepass")
    return _digits(hash(int.from_bytes(joined, "little")))  # of a number: its rest by a large prime, in every run


def key(salt: str, index: int) -> str:
    """Return the four digits that name the directive number ``index`` of a text."""
    return salt + _digits(index)


def token(key: str, width: int = WIDTH) -> str:
    """Return the token of a key, as many columns wide as asked for, or as wide as the shortest one."""
    return START + key + _FILL * (width - WIDTH)


def _digits(number: int) -> str:
    return chr(_ZERO + number // _BASE % _BASE) + chr(_ZERO + number % _BASE)


def display_width(text: str) -> int:
    """Return the columns that pandoc counts for a text: 2 for a wide character, 0 for a combining one."""
    if text.isascii():
        return len(text)
    import unicodedata  # most calls are plain

    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text
    )


def armour(text: str, *, attribute: bool = False) -> str:
    """Return the text with the characters spelled out that pandoc's readers drop or change, or end a tag at.

    In the value of an attribute those are more.
    """
    return (_DELICATE_IN_ATTRIBUTE if attribute else _DELICATE).sub(_spell, text)


def _spell(found: re.Match[str]) -> str:
    return f"{ESCAPE}{ord(found[0]):x}{ESCAPE}"


def disarm(text: str) -> str:
    """Return the text that ``armour`` was given."""
    return _ESCAPED.sub(lambda each: chr(int(each[1], 16)), text) if ESCAPE in text else text
