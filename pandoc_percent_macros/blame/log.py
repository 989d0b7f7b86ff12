"""LaTeX's log: the first error in it, where TeX was reading, and what the message quotes from the author's text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from os.path import splitext

from ..base import tex

_ERROR = re.compile(
    r"^(?:! |!(?=pdfTeX error)|(?P<file>[^\n:]*\.[A-Za-z0-9]+|[^\n:]*):(?P<line>\d+): )(?P<message>.*)$", re.MULTILINE
)
_BOTTOM = re.compile(r"^l\.(\d+) ?(.*)$")
_LEVEL = re.compile(r"^(<[a-z ]+>|\\[^\s\\]+|\\.|[^\s\\<]) ?(.*)$")
_ENDS = re.compile(r"^(?:Here is how much|No pages of output|Output written|\*\*\*|!  ==> )")
_PACKAGE = re.compile(r"^(?:LaTeX|(?:Package|Class) (?P<name>\S+)) Error: ")
_FATAL = re.compile(r"==> Fatal error occurred|^Emergency stop")
_OVERFULL = re.compile(
    r"^Overfull \\(?P<kind>[hv])box \((?P<by>\d+\.?\d*)pt too (?:wide|high)\) "
    r"(?:in .* at lines? \d+--|detected at line )(?P<line>\d+)\n(?P<shown>.*)$",
    re.MULTILINE,
)
_FONT = re.compile(r"\\[A-Z][A-Z0-9]*/\S+ ?(?:\([^)\s]*\) ?)?|\[\]|\$[^$]*\$")
_BOX = re.compile(r"^Overfull \\hbox \((\d+\.?\d*)pt too wide\)|^percent-macros (begins|ends) (\d+)", re.MULTILINE)
_SMALL = 1.0  # points that nobody sees
_ARROW = "->"
_MORE = "..."
_QUOTED = re.compile(r"[`']([^`']+)'|\"([^\"]+)\"")
_NAMED = re.compile(r"Environment (\S+) undefined|^(?:Package \S+ Error: )?(\S+) undefined|\(U\+([0-9A-F]+)\)")
_COMMAND = re.compile(r"\\(?:begin ?|end ?)?\{?[A-Za-z@]+\}?")
_FILE = re.compile(
    r"(?:beamer(?:(?:color|font|inner|outer)?theme)|tikzlibrary|babel-)?(.+?)(?:\.code\.tex|\.[A-Za-z]+)?"
)
_UNTOLD = (r"\end", r"\begin")  # part of a message that tells nothing of the text
_UNSAID = re.compile(r"Undefined control sequence|Undefined .*command")
# pdfTeX: "pdfTeX error: pdflatex (file ./a.png): libpng: internal error". LuaTeX: "error: (file a.png) (readpng):
# internal error". XeTeX: "Unable to load picture or PDF file 'a.png'."
_UNREADABLE = re.compile(
    r"\(file (?P<file>.+?)\)(?:: | (?=\())(?P<reason>.+)|Unable to load picture or PDF file '(?P<loaded>.+)'"
)


@dataclass(frozen=True)
class Level:
    """A text that TeX was reading: what it had read of it, and what it had not."""

    name: str  # a macro, `<argument>`, …; "" for a line of a file
    before: str
    after: str
    cut_before: bool  # more stood before, or after, than the log shows
    cut_after: bool

    @property
    def is_macro(self) -> bool:
        return self.name.startswith("\\")

    @property
    def last_word(self) -> str:
        r"""The last command that TeX had read, ``\name``, or the last sign."""
        found = re.search(rf"{tex.COMMAND}\s*$|\\.$|\S\s*$", self.before)
        return found[0].strip() if found else ""


@dataclass(frozen=True)
class Box:
    """A box that is too wide."""

    width: float  # by so many points
    stretch: int | None  # the number of the marked stretch that TeX was in, see ``MarkedLatex.reporting``


@dataclass(frozen=True)
class Overfull:
    """A line that is too wide, or a page that is too full, where TeX tells in which line of its text it was."""

    by: float  # points
    line: int  # of the LaTeX, from 1; in a frame of beamer's that of its end
    words: tuple[str, ...]  # of a line that is too wide, the likeliest to be at fault first: what stands at its end

    @property
    def is_page(self) -> bool:
        return not self.words


@dataclass(frozen=True)
class LogError:
    """An error in the log."""

    message: str  # on one line, without TeX's "!"
    file: str | None  # of the line, as TeX names it; None when the log does not say
    line: int | None
    levels: tuple[Level, ...]  # innermost first; the last one is the line of the file

    @property
    def same(self) -> tuple[str, str]:
        """What two runs have alike when they fail for the same reason."""
        return (re.sub(r"\d+", "", self.message), self.levels[0].last_word if self.levels else "")


def first_error(log: str) -> LogError | None:
    """Return the first error of a run, None when the log tells of none."""
    for found in _ERROR.finditer(log):
        if found["line"] is None or _is_error(found):
            if _FATAL.search(found["message"]) and found["message"].startswith(" "):
                return None
            return _read(log, found)
    return None


def _is_error(found: re.Match[str]) -> bool:
    return not found["file"].startswith(("Package ", "LaTeX ", "Class "))


def _read(log: str, found: re.Match[str]) -> LogError:
    lines = log[found.end() :].split("\n")[1:]
    message, rest = _whole_message(found["message"], lines)
    levels: list[Level] = []
    at = 0
    line = int(found["line"]) if found["line"] else None
    while at < len(rest) and not _ENDS.match(rest[at]):
        level = _level(rest, at)
        if level is None:
            at += 1
            continue
        levels.append(level)
        at += 2
        if not level.name:
            bottom = _BOTTOM.match(rest[at - 2])
            line = int(bottom[1]) if bottom else line
            break
    return LogError(message, found["file"], line, tuple(levels))


def _whole_message(message: str, lines: list[str]) -> tuple[str, list[str]]:
    """Return a message with its continuation lines, and the lines after it."""
    package = _PACKAGE.match(message)
    at = 0
    if package:
        sign = re.compile(rf"^\({re.escape(package['name'] or 'LaTeX')}\)\s*(.*)$|^ {{14,}}(\S.*)$")
        while at < len(lines) and (more := sign.match(lines[at])):
            message += " " + (more[1] or more[2] or "").strip()
            at += 1
    return re.sub(r"\s+", " ", message).strip(), lines[at:]


def _level(lines: list[str], at: int) -> Level | None:
    """Return the level that a line and the one below show: what is unread stands there, to the right."""
    first = lines[at]
    second = lines[at + 1] if at + 1 < len(lines) else ""
    if (bottom := _BOTTOM.match(first)) is None and (
        len(second) < len(first.rstrip()) - 1 or second[: len(first) - 1].strip()
    ):
        return None
    if bottom:
        name, before = "", bottom[2]
        if second[: len(first) - 1].strip():
            second = ""
    else:
        found = _LEVEL.match(first)
        if found is None:
            return None
        name, before = found[1], found[2]
        if name[0] not in "<\\" and _ARROW not in before and not before.startswith(_MORE):
            return None  # no active character, but a word of the message
        if _ARROW in before and not before.startswith((_MORE, "<")):
            before = before.split(_ARROW, 1)[1]
    after = second.strip()
    cut_before, cut_after = before.startswith(_MORE), after.endswith(_MORE)
    return Level(
        name,
        before.removeprefix(_MORE) if cut_before else before,
        after.removesuffix(_MORE) if cut_after else after,
        cut_before,
        cut_after,
    )


def too_wide(log: str) -> list[Box]:
    """Return the boxes of a run that are visibly too wide."""
    boxes: list[Box] = []
    inside: list[int] = []
    for found in _BOX.finditer(log):
        if found[2] == "begins":
            inside.append(int(found[3]))
        elif found[2] and int(found[3]) in inside:
            inside.remove(int(found[3]))
        elif found[1] and float(found[1]) > _SMALL:
            boxes.append(Box(float(found[1]), inside[-1] if inside else None))
    return boxes


def overfull(log: str) -> list[Overfull]:
    """Return what is visibly too wide or too full in a run, each thing once however many overlays show it."""
    found: dict[tuple[str, int, str], Overfull] = {}
    for each in _OVERFULL.finditer(log):
        words: tuple[str, ...] = ()
        if each["kind"] == "h":
            shown = [word.strip("-.,;:!?()") for word in _FONT.sub(" ", each["shown"]).split()]
            words = tuple(word for word in reversed(shown) if len(word) > 1) or ("",)
        key = (each["kind"], int(each["line"]), each["shown"])
        if float(each["by"]) > max(_SMALL, found[key].by if key in found else 0):
            found[key] = Overfull(float(each["by"]), int(each["line"]), words)
    return list(found.values())


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


@dataclass(frozen=True)
class Unreadable:
    """A picture that LaTeX found and could not read."""

    file: str  # as the engine names it
    reason: str  # in the engine's words; "" when it gives none

    def is_named(self, name: str) -> bool:
        r"""Whether the argument of an ``\\includegraphics`` names the file: its end, with or without the ending."""
        wanted = "/" + name.strip().strip('"').removeprefix("./")
        whole = "/" + self.file.removeprefix("./")
        return len(wanted) > 1 and (whole.endswith(wanted) or splitext(whole)[0].endswith(wanted))

    def names(self) -> Iterator[str]:
        """Yield what an author may have called it: its path, then less and less of that."""
        parts = self.file.removeprefix("./").split("/")
        for at in range(len(parts)):
            yield "/".join(parts[at:])


def unreadable(error: LogError) -> Unreadable | None:
    """Return the picture that an error says can't be read."""
    found = _UNREADABLE.search(error.message)
    if not found:
        return None
    return Unreadable(found["file"] or found["loaded"], re.sub(r"^\((.*?)\)", r"\1", found["reason"] or ""))
