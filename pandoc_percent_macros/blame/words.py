"""What a message of LaTeX's quotes from the author's text: names of commands, files, environments, keys, colours."""

from __future__ import annotations

import re

from .log import LogError

_QUOTED = re.compile(r"[`']([^`']+)'|\"([^\"]+)\"")
_NAMED = re.compile(r"Environment (\S+) undefined|^(?:Package \S+ Error: )?(\S+) undefined|\(U\+([0-9A-F]+)\)")
_COMMAND = re.compile(r"\\(?:begin ?|end ?)?\{?[A-Za-z@]+\}?")
_FILE = re.compile(
    r"(?:beamer(?:(?:color|font|inner|outer)?theme)|tikzlibrary|babel-)?(.+?)(?:\.code\.tex|\.[A-Za-z]+)?"
)
_UNTOLD = (r"\end", r"\begin")  # part of a message that tells nothing of the text
_UNSAID = re.compile(r"Undefined control sequence|Undefined .*command")


def quoted(error: LogError) -> list[str]:
    """Return the words of an error's message that may stand in the text, the likeliest first."""
    words: list[str] = []
    message = error.message
    if _UNSAID.match(message) and error.levels:
        words.append(error.levels[0].last_word)
    named = _NAMED.finditer(message)
    words += [chr(int(found[3], 16)) if found[3] else found[1] or found[2] for found in named]
    for found in _QUOTED.finditer(message):
        words += _variants(found[1] or found[2])
    words += [re.sub(r"\s", "", found[0]) for found in _COMMAND.finditer(message) if found[0] not in _UNTOLD]
    return list(dict.fromkeys(word for word in words if word and not word.isspace()))


def _variants(word: str) -> list[str]:
    """Return a quoted word, and what of it the author may have written: a key without its path, a file's bare name."""
    word = word.strip()
    found = [word]
    if word.startswith("/"):
        found.append(word.rsplit("/", 1)[1].split("=")[0].strip())
    if file := _FILE.fullmatch(word):
        found.append(file[1])
    if "." in word:
        found.append(word.rsplit(".", 1)[0])
    return [each for each in found if len(each) > 1]


def occurrences(word: str, text: str, start: int, end: int) -> list[int]:
    """Return the offsets in ``text[start:end]`` at which a word stands, not as a part of a longer one."""
    before = r"(?<![A-Za-z0-9])" if word[0].isalnum() else ""
    behind = r"(?![A-Za-z@])" if word[-1].isalpha() else r"(?![0-9])" if word[-1].isdigit() else ""
    pattern = re.compile(before + re.escape(word) + behind)
    return [found.start() for found in pattern.finditer(text, start, end)]
