"""From Perl's patterns to those of RE2 (perlre, perlrecharclass; RE2's syntax page).

RE2 matches in time that is linear in the text, and so has no backreferences and no look-around. On what both have, a
letter, a digit and a space are ASCII's to RE2 and Unicode's to Perl, and ``$`` matches before a last line feed in Perl
alone: the translation says what Perl means, and refuses what can't be said.
"""

from __future__ import annotations

import re

from ...base import TYPE_CHECKING, Fault, Record, pattern

if TYPE_CHECKING:
    from typing import NoReturn

END = r"(?:(\n)?\z)"  # `$`: the group holds the line feed that it matches before
_REPEATS = 1000  # at most, of one quantifier: RE2's limit
_DEEPEST = 100  # groups inside of each other

# Perl's classes for Unicode strings, as ranges inside of brackets
_SPACE = r"\t-\r \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
_BLANK = r"\t \x{a0}\x{1680}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}"
_VERTICAL = r"\n-\r\x{85}\x{2028}\x{2029}"
_CIRCLED = (
    r"\x{24b6}-\x{24e9}\x{1f130}-\x{1f149}\x{1f150}-\x{1f169}\x{1f170}-\x{1f189}"  # symbols that are letters, too
)
_LETTER = r"\p{L}\p{Nl}" + _CIRCLED
_WORD_PARTS = {"letters": _LETTER + r"\p{M}\x{200c}\x{200d}", "d": r"\p{Nd}", "_": "_",
               "connectors": r"\x{203f}\x{2040}\x{2054}\x{fe33}\x{fe34}\x{fe4d}-\x{fe4f}\x{ff3f}"}  # fmt: skip
_WORD = "".join(_WORD_PARTS.values())
_CLASSES = {"d": r"\p{Nd}", "w": _WORD, "s": _SPACE, "h": _BLANK, "v": _VERTICAL}
_POSIX = {
    "alpha": _LETTER, "digit": r"\p{Nd}", "alnum": _LETTER + r"\p{Nd}", "word": _WORD, "space": _SPACE, "blank": _BLANK,
    "upper": r"\p{Lu}\x{2160}-\x{216f}\x{24b6}-\x{24cf}", "lower": r"\p{Ll}\x{aa}\x{ba}", "cntrl": r"\p{Cc}",
    "xdigit": r"0-9A-Fa-f\x{ff10}-\x{ff19}\x{ff21}-\x{ff26}\x{ff41}-\x{ff46}", "ascii": r"\x{0}-\x{7f}",
    "punct": r"\p{P}$+<=>\^`|~",
}  # fmt: skip
_NEWLINE_CLASSES = frozenset(("s", "v", "space", "cntrl", "ascii"))
# Long names of categories and common properties (perluniprops), by their letters alone
_PROPERTIES = {
    "letter": r"\p{L}", "l": r"\p{L}", "uppercaseletter": r"\p{Lu}", "lowercaseletter": r"\p{Ll}",
    "titlecaseletter": r"\p{Lt}", "modifierletter": r"\p{Lm}", "otherletter": r"\p{Lo}", "mark": r"\p{M}",
    "nonspacingmark": r"\p{Mn}", "number": r"\p{N}", "decimalnumber": r"\p{Nd}", "letternumber": r"\p{Nl}",
    "punctuation": r"\p{P}", "symbol": r"\p{S}", "mathsymbol": r"\p{Sm}", "currencysymbol": r"\p{Sc}",
    "l&": r"\p{Lu}\p{Ll}\p{Lt}", "casedletter": r"\p{Lu}\p{Ll}\p{Lt}",
    "separator": r"\p{Z}", "spaceseparator": r"\p{Zs}", "control": r"\p{Cc}",
    "alphabetic": _LETTER, "alpha": _LETTER, "alnum": _LETTER + r"\p{Nd}", "digit": r"\p{Nd}", "word": _WORD,
    "space": _SPACE, "whitespace": _SPACE, "xposixspace": _SPACE, "blank": _BLANK, "horizspace": _BLANK,
    "vertspace": _VERTICAL, "any": r"\x{0}-\x{10ffff}", "ascii": r"\x{0}-\x{7f}",
    "uppercase": _POSIX["upper"], "upper": _POSIX["upper"], "lowercase": _POSIX["lower"], "lower": _POSIX["lower"],
}  # fmt: skip
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "e": "\x1b", "a": "\x07"}
_SPECIAL = frozenset("\\.+*?()|[]{}^$")

_ATOM = pattern(
    r"""
    (?P<group>\((?:\?(?:\#[^)]*\) | <(?![=!])\w*> | P<\w*> | '\w*' | \^?[a-z]*(?:-[a-z]*)?:? | .?[=!]? )? | \*)?)
  | (?P<close>\))
  | (?P<branch>\|)
  | (?P<class>\[)
  | (?P<repeat>[*+?] | \{[ ]*(?:\d+[ ]*(?:,[ ]*\d*)? | ,[ ]*\d+)[ ]*\})
  | (?P<start>\^)
  | (?P<end>\$)
  | (?P<dot>\.)
  | (?P<code>\\(?:x\{[ ]*[0-9a-fA-F]+[ ]*\} | x[0-9a-fA-F]{0,2} | o\{[0-7]+\} | 0[0-7]{0,2} | [1-3][0-7]{2} | c.
        | N\{[ ]*U\+[0-9a-fA-F]+[ ]*\}))
  | (?P<property>\\[pP](?:\{\^?[^}]*\} | \w))
  | (?P<escape>\\.)
  | (?P<literal>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_MEMBER = pattern(
    r"""
    (?P<posix>\[:\^?\w+:\])
  | (?P<code>\\(?:x\{[ ]*[0-9a-fA-F]+[ ]*\} | x[0-9a-fA-F]{0,2} | o\{[0-7]+\} | [0-7]{1,3} | c.
        | N\{[ ]*U\+[0-9a-fA-F]+[ ]*\}))
  | (?P<property>\\[pP](?:\{\^?[^}]*\} | \w))
  | (?P<escape>\\.)
  | (?P<literal>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_SUFFIX = pattern(r"[?+]?")
_FLAGS = pattern(r"\(\?(\^?)([a-z]*)(?:-([a-z]*))?(:?)")
_LACKS = {
    "(?=": "look-ahead", "(?!": "look-ahead", "(?<=": "look-behind", "(?<!": "look-behind", "(?>": "atomic groups",
    "(*": "verbs",
}  # fmt: skip
_NO_LOOK = "match more, and take what you want of it by groups: `$1`"


class Translated(Record):
    """A pattern as RE2 takes it, and what of its meaning is left to whoever matches."""

    text: str
    groups: tuple[int, ...]  # the engine's number of each of the author's groups
    ends: tuple[int, ...]  # groups of the engine that hold the last line feed, where `$` has matched before it
    boundary: bool  # it has `\b`, which the engine has for ASCII alone
    starts: tuple[int, ...]  # groups of the engine where `^` of lines matched, in Perl never behind a last line feed
    rescans: bool  # a search may look at text behind what it finds
    folds: bool  # large and small letters are one


def translate(text: str, flags: str) -> Translated:
    """Return a pattern as the engine takes it.

    Args:
        text: the pattern, with what is put into it.
        flags: of ``imsx``; others are no matter of the pattern.

    Raises:
        Fault: PM120 with the offset of the construct in ``text`` as ``offset``, if it is none or the engine lacks it.
    """
    return _Translation(text, frozenset(flags)).run()


class Unfit(Fault):
    """A construct that is no pattern, or that the engine lacks; it stands at ``offset`` to ``stop`` of the pattern."""

    def __init__(self, message: str, offset: int, stop: int, *hints: str) -> None:
        super().__init__("PM120", message, *hints)
        self.offset = offset
        self.stop = stop


class _Group:
    """A group that is open: what held before it."""

    __slots__ = ("after_end", "ended", "filled", "flags", "groups", "lazy", "nothing", "start")

    def __init__(self, start: int, before: _Translation) -> None:
        self.start = start
        self.flags = before.flags
        self.after_end = before.after_end
        self.filled = before.filled
        self.groups, self.lazy = len(before.groups), before.lazy
        self.ended = False  # a branch of it ends with `$`
        self.nothing = False  # a branch of it, but for the last, may match nothing


class _Translation:
    def __init__(self, text: str, flags: frozenset[str]) -> None:
        self.source = text
        self.flags = flags
        self.out: list[str] = []
        self.open: list[_Group] = []
        self.number = 0  # of the engine's groups
        self.groups: list[int] = []
        self.ends: list[int] = []
        self.starts: list[int] = []
        self.boundary = False
        self.folds = "i" in flags
        self.after_end = False  # `$` has matched: only a line feed can follow
        self.broken = False  # the last atom is `\R`
        self.filled = False  # the branch takes a character at least
        self.before = False  # the same, before the last atom
        self.uncertain = False  # the last atom is a group that, repeated, finds something else than in Perl
        self.lazy = 0  # quantifiers that take as little as they can
        self.loops = self.branches = self.repeated_groups = False
        self.repeatable = False  # there is something that a quantifier can repeat
        self.at = 0

    def run(self) -> Translated:
        at = 0
        match = _ATOM.match
        while at < len(self.source):
            if "x" in self.flags and (skipped := self.skipped(at)) != at:
                at = skipped
                continue
            found = match(self.source, at)
            assert found is not None
            at = self.atom(found)
        if self.open:
            start = self.open[-1].start
            raise Unfit("the group is never closed", start, start + 1, "for the sign itself write `\\(`")
        rescans = self.loops and (self.branches or self.repeated_groups)
        return Translated(
            "".join(self.out),
            tuple(self.groups),
            tuple(self.ends),
            self.boundary,
            tuple(self.starts),
            rescans,
            self.folds,
        )

    def skipped(self, at: int) -> int:
        """Return where the pattern goes on behind white space and a comment, which ``/x`` has."""
        while at < len(self.source):
            if self.source[at] == "#":
                end = self.source.find("\n", at)
                at = len(self.source) if end < 0 else end
            elif self.source[at] not in " \t\n\r\f\v\x85\u200e\u200f\u2028\u2029":
                break
            else:
                at += 1
        return at

    def atom(self, found: re.Match[str]) -> int:
        kind, text = found.lastgroup, found[0]
        self.at = found.start()
        if kind == "group":
            return self.group(found)
        if kind == "class":
            return self.bracketed(found.start())
        if kind == "repeat":
            return self.repeat(found)
        if kind == "close":
            self.close(found)
        elif kind == "branch":
            self.branch()
        elif kind == "start":
            self.start(lines="m" in self.flags)
        elif kind == "end":
            self.end(lines="m" in self.flags)
        elif kind == "dot":
            self.emit(r"[\x{0}-\x{10ffff}]" if "s" in self.flags else r"[^\n]", newline="s" in self.flags)
        elif kind == "code":
            self.literal(_character(found))
        elif kind == "property":
            inside, negated = _property(found)
            self.emit(f"[{'^' if negated else ''}{inside}]", newline=negated)
        elif kind == "escape":
            self.escape(found)
        else:
            self.literal(text)
        return found.end()

    def emit(self, text: str, zero: bool = False, newline: bool = False) -> None:
        """Add an atom: ``zero`` is its width, or it may match a line feed."""
        if newline and self.broken:
            message = "what may be a line feed stands behind `\\R`, which here would part a carriage return from it"
            raise Unfit(message, self.at, self.at + 1, "write `\\r?\\n`")
        self.broken = self.broken and zero
        if newline and self.after_end:
            message = "this can't stand behind `$` or `\\Z`, which match before a last line feed"
            raise Unfit(message, self.at, self.at + 1, "write `\\z` for the end of the text")
        self.out.append(text)
        self.repeatable = not zero
        self.uncertain = False
        self.before = self.filled
        self.filled = self.filled or not zero

    def literal(self, text: str) -> None:
        quoted = "\\" + text if text in _SPECIAL else text
        self.emit(quoted if text.isprintable() else f"\\x{{{ord(text):x}}}", newline=text == "\n")

    def start(self, lines: bool) -> None:
        if not lines:
            self.emit(r"\A", zero=True, newline=True)
            return
        self.number += 1
        self.starts.append(self.number)
        self.emit("(?:(?m:^)())", zero=True, newline=True)

    def end(self, lines: bool = False) -> None:
        if lines:
            self.emit("(?m:$)", zero=True)
            return
        self.number += 1
        self.ends.append(self.number)
        self.emit(END, zero=True)
        self.after_end = True

    def escape(self, found: re.Match[str]) -> None:
        sign = found[0][1]
        lower = sign.lower()
        if lower in _CLASSES:
            negated = sign != lower
            self.emit(f"[{'^' if negated else ''}{_CLASSES[lower]}]", newline=(lower in "sv") != negated)
        elif sign in _ESCAPES:
            self.literal(_ESCAPES[sign])
        elif sign == "N":
            self.emit(r"[^\n]")
        elif sign == "R":
            self.emit(rf"(?:\r\n|[{_VERTICAL}])", newline=True)
            self.broken = True
        elif sign in "bB":
            self.boundary = True
            if self.source.startswith("{", found.end()):
                raise Unfit(f"`\\{sign}{{…}}` is not matched here", found.start(), found.end())
            self.emit(found[0], zero=True, newline=True)
        elif sign in "Az":
            self.emit(found[0], zero=True, newline=True)
        elif sign == "Z":
            self.end()
        elif sign.isalnum():
            self.refuse_escape(found)
        else:
            self.literal(sign)

    def refuse_escape(self, found: re.Match[str]) -> NoReturn:
        sign = found[0][1]
        if sign.isdigit() or sign in "gk":
            message = f"`{found[0]}` refers back to what a group found: patterns here can't"
            raise Unfit(message, *found.span(), "compare `$1` and `$2` after the match")
        known = {"K": _NO_LOOK, "G": "", "X": "", "U": "", "L": "", "u": "", "l": "", "F": ""}
        if sign in known:
            raise Unfit(f"patterns here have no `{found[0]}`", *found.span(), *filter(None, [known[sign]]))
        raise Unfit(f"unknown escape `{found[0]}` in a pattern", *found.span(), f"write `\\\\{sign}` for a backslash")

    # Groups

    def group(self, found: re.Match[str]) -> int:
        text = found[0]
        if text.startswith("(?#") and text.endswith(")"):
            return found.end()
        lacked = next((each for each in _LACKS if self.source.startswith(each, found.start())), None)
        if lacked:
            hints = [_NO_LOOK] if "look" in _LACKS[lacked] else []
            raise Unfit(f"`{lacked}`: patterns here have no {_LACKS[lacked]}", found.start(), found.end(), *hints)
        if len(self.open) >= _DEEPEST:
            raise Unfit(f"more than {_DEEPEST} groups inside of each other", *found.span())
        named = text[:3] in ("(?<", "(?P", "(?'") and text[-1] in ">'"
        if text == "(" or named:
            self.push(found.start())
            self.number += 1
            self.groups.append(self.number)
            self.out.append("(")
            return found.end()
        flags = _FLAGS.fullmatch(text)
        if flags is None or {*flags[2], *(flags[3] or "")} - {*"imsx"}:
            raise self.no_group(found)
        return self.flagged(flags, found)

    def flagged(self, flags: re.Match[str], found: re.Match[str]) -> int:
        """Open ``(?i:…)``, or set the flags of ``(?i)`` for what is left of the group."""
        base = frozenset() if flags[1] else self.flags
        now = (base | {*flags[2]}) - {*(flags[3] or "")}
        self.folds = self.folds or "i" in now
        if flags[4]:
            self.push(found.start())
            self.flags = now
            self.out.append(f"(?{'i' if 'i' in now else '-i'}:")
            return found.end()
        if not self.source.startswith(")", found.end()):
            raise self.no_group(found)
        self.flags = now
        self.out.append(f"(?{'i' if 'i' in now else '-i'})")
        self.repeatable = False
        return found.end() + 1

    def no_group(self, found: re.Match[str]) -> Unfit:
        shown = self.source[found.start() : max(found.end(), found.start() + 3)]
        return Unfit(f"`{shown}`: patterns here have no such group", found.start(), found.start() + len(shown))

    def push(self, start: int) -> None:
        self.open.append(_Group(start, self))
        self.repeatable = self.filled = False

    def branch(self) -> None:
        self.branches = True
        self.out.append("|")
        self.repeatable = False
        if self.open:
            self.open[-1].nothing = self.open[-1].nothing or not self.filled
            self.open[-1].ended = self.open[-1].ended or self.after_end
            self.after_end = self.open[-1].after_end
        else:
            self.after_end = False
        self.filled = False

    def close(self, found: re.Match[str]) -> None:
        if not self.open:
            raise Unfit("`)` closes no group", *found.span(), "for the sign itself write `\\)`")
        group = self.open.pop()
        self.out.append(")")
        self.flags = group.flags
        self.after_end = self.after_end or group.ended
        self.repeatable = True
        nothing = group.nothing or not self.filled
        self.uncertain = nothing and (len(self.groups), self.lazy, group.nothing) != (group.groups, group.lazy, False)
        self.uncertain = self.uncertain or (self.after_end and not group.after_end)  # a line feed may follow, then
        self.before = group.filled
        self.filled = group.filled or not nothing

    # Quantifiers

    def repeat(self, found: re.Match[str]) -> int:
        text = found[0]
        if not self.repeatable:
            if text[0] == "{":
                raise Unfit(f"`{text}` repeats nothing", *found.span(), "for the sign itself write `\\{`")
            raise Unfit(f"`{text}` repeats nothing", *found.span(), f"for the sign itself write `\\{text}`")
        numbers = [int(each or 0) for each in text.strip("{} ").split(",")] if text[0] == "{" else []
        if numbers and max(numbers) > _REPEATS:
            raise Unfit(f"`{text}` repeats more than {_REPEATS:,} times", *found.span())
        if text[0] == "{":
            low, comma, high = text.strip("{} ").partition(",")
            if high.strip() and int(high) < int(low or 0):
                raise Unfit(f"`{text}` ends before it begins", *found.span())
            written = f"{{{low.strip() or '0'}{comma}{high.strip()}}}"
        else:
            written = text
        if self.uncertain and text[0] != "?" and (not numbers or max(numbers[-1], 0) != 1):
            message = "a group that may match nothing, or that ends a line, is repeated: Perl matches it otherwise"
            raise Unfit(message, *found.span(), "let each of its branches match something")
        if text[0] in "*?" or (numbers and numbers[0] == 0):
            self.filled = self.before
        at = found.end()
        suffix = _SUFFIX.match(self.source, at)
        assert suffix is not None
        if suffix[0] == "+":
            message = f"`{text}+`: patterns here have no possessive quantifiers"
            raise Unfit(message, found.start(), suffix.end(), "leave out the `+`: a match takes no longer here")
        if text in "*+" or written.endswith(",}"):
            self.loops = True
        if self.out[-1] == ")":
            self.repeated_groups = True
        self.lazy += suffix[0] == "?"
        self.out.append(written + suffix[0])
        self.repeatable = False
        return suffix.end()

    # Classes

    def bracketed(self, start: int) -> int:
        """Read ``[…]``, and return where the pattern goes on."""
        at = start + 1
        negated = self.source.startswith("^", at)
        at += negated
        out: list[str] = []
        apart: list[str] = []  # classes that can't stand inside of this one
        newline = False
        low = ""  # a single character, which a range may begin with
        while not out + apart or not self.source.startswith("]", at):
            found = _MEMBER.match(self.source, at)
            if found is None:
                raise Unfit("the class is never closed", start, start + 1, "for the sign itself write `\\[`")
            at = found.end()
            if found[0] == "-" and low and not self.source.startswith("]", at):
                high, at = self.end_of_range(low, at)
                out[-1] = f"{_single(low)}-{_single(high)}"
                newline = newline or low <= "\n" <= high
                low = ""
                continue
            text, low, lines = self.member(found)
            (apart if text[0] == "^" else out).append(text)
            newline = newline or lines
        self.emit(_class(out, apart, negated, (start, at + 1)), newline=newline != negated)
        return at + 1

    def end_of_range(self, low: str, at: int) -> tuple[str, int]:
        found = _MEMBER.match(self.source, at)
        assert found is not None
        _, high, _ = self.member(found)
        if not high:
            raise Unfit("a range ends with a single character", at - 2, found.end(), "for the sign itself write `\\-`")
        if low > high:
            raise Unfit("the range ends before it begins", at - 2, found.end())
        return high, found.end()

    def member(self, found: re.Match[str]) -> tuple[str, str, bool]:
        """Return a member of a class as the engine has it, the single character that it is, and if it is a line feed.

        With ``^`` before it, it is what another class does not hold.
        """
        kind, text = found.lastgroup, found[0]
        if kind == "posix":
            name = text[2:-2].lstrip("^")
            if name not in _POSIX:
                raise Unfit(f"patterns here have no class `{text}`", *found.span())
            negated = text[2] == "^"
            return "^" * negated + _POSIX[name], "", (name in _NEWLINE_CLASSES) != negated
        if kind == "property":
            inside, negated = _property(found)
            return "^" * negated + inside, "", negated
        if kind == "escape" and text[1].lower() in _CLASSES:
            lower = text[1].lower()
            negated = text[1] != lower
            return "^" * negated + _CLASSES[lower], "", (lower in "sv") != negated
        sign = text if kind == "literal" else _character(found) if kind == "code" else self.escaped(found)
        return _single(sign), sign, sign == "\n"

    def escaped(self, found: re.Match[str]) -> str:
        text = found[0]
        if text[1] == "b":
            return "\b"
        if text[1].isalnum() and text[1] not in _ESCAPES:
            hint = f"write `\\\\{text[1]}` for a backslash"
            raise Unfit(f"unknown escape `{text}` in a class", *found.span(), hint)
        return _ESCAPES.get(text[1], text[1])


def _single(sign: str) -> str:
    """Return a character as a member of a class."""
    return sign if sign.isalnum() else f"\\x{{{ord(sign):x}}}"


def _class(inside: list[str], apart: list[str], negated: bool, place: tuple[int, int]) -> str:
    """Return a class that holds some members, and what other classes do not hold."""
    if not apart:
        return f"[{'^' if negated else ''}{''.join(inside)}]"
    if not negated:
        return "(?:" + "|".join(f"[{each}]" for each in ["".join(inside), *apart] if each) + ")"
    # What is in none of them: what is in the one class, and not among the others.
    if len(apart) == 1 and not inside:
        return f"[{apart[0][1:]}]"
    left = dict(_WORD_PARTS)
    if apart == ["^" + _WORD] and all(left.pop(_PARTS.get(each, ""), None) for each in inside):
        return f"[{''.join(left.values())}]"
    raise Unfit("such a class is not matched here", *place, "`[^\\W\\d_]` is a letter, and so is `\\p{L}`")


_PARTS = {_CLASSES["d"]: "d", _single("_"): "_"}


def _character(found: re.Match[str]) -> str:
    """Return the character of ``\\x41``, ``\\x{263a}``, ``\\o{12}``, ``\\012``, ``\\cA`` or ``\\N{U+41}``."""
    text = found[0][1:]
    if text[0] == "c":
        return chr(ord(text[1].upper()) ^ 64)
    if text == "x" and found.string.startswith("{", found.end()):
        raise Unfit("`\\x{…}` takes a code in base 16", *found.span())
    if text[0] == "x":
        code = int(text[1:].strip("{ }") or "0", 16)
    elif text[0] == "N":
        code = int(text[text.index("+") + 1 :].strip(" }"), 16)
    else:
        code = int(text.strip("o{}"), 8)
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        raise Unfit("no character has this code", *found.span())
    return chr(code)


def _property(found: re.Match[str]) -> tuple[str, bool]:
    """Return the inside of a class for ``\\p{…}``, and whether it is negated."""
    text = found[0]
    name = text[2:].strip("{}")
    negated = (text[1] == "P") != name.startswith("^")
    name = name.lstrip("^").strip()
    plain = re.sub(r"[\s_-]", "", name.lower().replace("l_", "l&") if len(name) < 3 else name.lower())
    for prefix in ("generalcategory=", "gc=", "script=", "sc=", "is"):
        plain = plain.removeprefix(prefix)
    if plain in _PROPERTIES:
        return _PROPERTIES[plain], negated
    if len(plain) <= 2 and plain.isalpha():
        return f"\\p{{{plain.capitalize()}}}", negated
    script = re.split(r"[=:]", name)[-1].strip().removeprefix("Is")
    return f"\\p{{{'_'.join(part.capitalize() for part in re.split(r'[ _-]', script))}}}", negated
