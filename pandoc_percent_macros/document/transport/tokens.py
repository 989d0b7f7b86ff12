"""Tokens: words that stand where a directive stood while pandoc reads the text.

A token is made of letters of historic scripts, so that to pandoc it is a word like any other, and whatever surrounds
it is parsed as it would be around a word: emphasis, quotes, lists, tables, raw TeX. It is as wide as the call that it
stands for, because the columns of pandoc's tables are counted. It means nothing without the directive that the
document's markers hold for it.

Four letters are a token's key. They exist in upper and lower case: the letters themselves tell one text of a call from
another, the case of each tells one occurrence of that text from another. Pandoc compares references with headings and
labels without looking at case, so ``[The %%v()]`` finds the heading ``# The %%v()``.
"""

import re

from ...base import Record, pattern

# Upper-case letters whose lower case pandoc knows since version 2.19, one column wide: Deseret, Osage, Warang Citi
# and Glagolitic. Two of them are kept for the ends.
_RANGES = ((0x10402, 38), (0x104B0, 36), (0x118A0, 32), (0x2C00, 46))
_LETTERS = "".join(chr(first + at) for first, count in _RANGES for at in range(count))
_BASE = len(_LETTERS)
_KEY = 4  # letters
_SPREAD = 2654435761  # makes numbers that are far apart of texts that are nearly alike
OCCURRENCES = 1 << _KEY  # of one text, whose tokens differ in case alone
_ROOM: int = _BASE**_KEY  # different texts
START = "\U00010400"
_FILL = "\U00010401"
ESCAPE = "\U0010f002"
_START_LOWER = START.lower()
_UPPER = "".join(f"{chr(first)}-{chr(first + count - 1)}" for first, count in _RANGES)
_DIGIT = f"[{_UPPER}{_UPPER.lower()}]"
TOKEN = pattern(f"{START}({_DIGIT}{{{_KEY}}}){_FILL}*")
# In identifiers, which pandoc makes of the text of headings, in lower case
LOWERED = pattern(f"{_START_LOWER}({_DIGIT}{{{_KEY}}}){_FILL.lower()}*")
WIDTH = 1 + _KEY  # columns of the shortest token, and of the shortest call: %%f()
_ESCAPED = pattern(f"{ESCAPE}([0-9a-f]{{1,6}}){ESCAPE}")
_PRIVATE = START + _FILL + ESCAPE
_DELICATE = pattern(f"[\x00-\x09\x0b-\x1f{_PRIVATE}>]")

# In an attribute's value every sign that may mean something there, in any dialect, and every other space; no
# value begins with a space.
_DELICATE_IN_ATTRIBUTE = pattern(rf"[\x00-\x1f{_PRIVATE}\"\\&<>`$*_\[\]{{}}^~@#!']|[^\S ]|\A ")


class Gap(Record):
    """Empty lines around a directive, so that what stands on the lines beside it is read as after an empty line."""

    before: str  # lines to put before its line
    after: str  # and after it
    tight: tuple[bool, ...]  # for the lists that it stands in, from the outside in: were they without empty lines?


def salt(*texts: str) -> int:
    """Return a number that tells the keys of one text from those of another."""
    joined = "\0".join(texts).encode("utf-8", "surrogatepass")
    number = hash(int.from_bytes(joined, "little"))  # of a number: its rest by a large prime, in every run
    return number * _SPREAD % _ROOM


def key(salt: int, number: int, occurrence: int = 0) -> str:
    """Return the key of an occurrence, below ``OCCURRENCES``, of the text of a directive that has this number."""
    number = (salt + number) % _ROOM
    letters = []
    for at in range(_KEY):
        number, digit = divmod(number, _BASE)
        letter = _LETTERS[digit]
        letters.append(letter.lower() if occurrence >> at & 1 else letter)
    return "".join(letters)


def token(key: str, width: int = WIDTH) -> str:
    """Return the token of a key, as many columns wide as asked for, or as wide as the shortest one."""
    return START + key + _FILL * (width - WIDTH)


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
    return _ESCAPED.sub(_spelled, text) if ESCAPE in text else text


def _spelled(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    sign = chr(code) if code <= 0x10FFFF else ""
    return sign if sign == " " or _DELICATE.match(sign) or _DELICATE_IN_ATTRIBUTE.match(sign) else found[0]
