"""What is right for a document, as pandoc alone says: a plain word stands in the place of each call.

Where the word lands says what becomes of the call. What the document must look like is what pandoc made of the one with
words, with what each call gives in the place of its word, or the call's own text where it stays. The rules beside that
are those of the language: what holds a call off, comments of raw TeX, and that a call on a line of its own parts its
paragraph. A call for which they don't say what is right is replaced by a word of the author's, and counted by reason.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from . import alone
from .alone import Text
from .generator import CALL, Document

WORD = re.compile(r"([Qq][Zz])(\d{3})j+")
FILLER = "wort"
PROBE = "QZ999jjj"
_NO_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")  # scripts without them
_PERCENT = re.compile(r"(?<!\\)%")
_LINE = re.compile(r"^[ >\t]*$")
_EMOJI = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff]|:\w+:")
_WIDE_LINE_END = re.compile(r"[\u1100-\uffef\U0001f000-\U0003ffff] *\n *[\u1100-\uffef\U0001f000-\U0003ffff]")
_DASHES = re.compile(r"[ \t>]*-+[ \t]*")
_MARKS_ONLY = re.compile(
    r"[ >\t]*(?:(?:[-+*:~]|\(?(?:\d+|[ivxlcdmIVXLCDM]+|[A-Za-z]|\#|@[\w-]*)[.)]"
    r"|\[[ xX]\]|\[\^\w+\]:)[ \t]+[ >\t]*)*"
)
# What may open a block at the start of a line: how it goes on after a call is a matter of the rules on blocks.
_OPENER = re.compile(
    r"#|[-+*_][ \t-]|[-+*]$|\*\*\*|___|\(?[\w#@]{1,6}[.)](?:[ \t]|$)|\(@|>|\||```|~~~|:::|<|\\[A-Za-z\[(]|\$\$|\["
    r"|[:~][ \t]|\+[-=:]|=+ *$|-+ *$|%|\*\[|\t|    |@|Table:|table:|!\["
)
# Those that the rules name, and under which a blank line above changes nothing else.
_NAMED = re.compile(r"#|[-+*][ \t]+\S|\(?\d{1,3}[.)][ \t]+\S|>|\||```|~~~|:::|\* \* \*")
_KEPT = re.compile(r"    |\t|=+[ \t]*$|[:~][ \t]")
_SETEXT_OR_TABLE = re.compile(r"[ >]*(?:=+|-[- ]*|[|:+][-|:+= ]*|[-:| ]*-[-:| ]*)[ \t]*$")

TEXT, HEADING, TABLE, METADATA = "text", "heading", "table", "metadata"
IDENTIFIER = "identifier of a heading"
CODE, RAW, COMMENT, HTML, TEX = "code", "raw markup", "comment", "raw HTML", "raw TeX"
MATHS, ADDRESS, TITLE, VALUE, PLAIN_META = "mathematics", "address", "title", "attribute value", "plain metadata"
NAME = "name"  # identifiers, classes, citation keys
TEXTS = {TEXT, HEADING, TABLE, METADATA, IDENTIFIER}
STAYS = {CODE, RAW, COMMENT, HTML}

Place = tuple[int, str, str]  # number of the call, kind of place, containers that matter


@dataclass
class Verdict:
    """What is right for a document, which may have lost calls that nobody can judge."""

    document: Document
    expected: Any = None  # pandoc's document, None if it can't be judged at all
    places: list[tuple[int, str, str]] = field(default_factory=list)  # number, kind, "value", "call" or "lost"
    unjudged: Counter[str] = field(default_factory=Counter)


@dataclass
class _Case:
    verdict: Verdict
    forms: dict[int, str] = field(default_factory=dict)  # numbers of calls to "own" text; others are words
    parted: frozenset[int] = frozenset()  # numbers of calls after which a line is empty
    doc: Any = None
    done: bool = False

    @property
    def document(self) -> Document:
        return self.verdict.document


def judge(documents: Sequence[Document]) -> list[Verdict]:
    """Return what is right for each document."""
    cases = [_Case(Verdict(each)) for each in documents]
    _place_definitions(cases)
    for _ in range(16):
        waiting = [each for each in cases if not each.done]
        texts = [_with_words(each) for each in waiting]
        for case, document in zip(
            waiting,
            alone.read([Text(text, *_reader(case)) for case, text in zip(waiting, texts, strict=True)]),
            strict=True,
        ):
            _decide(case, document)
    for case in cases:
        if not case.done:
            case.verdict.unjudged["does not settle"] += 1
        elif case.doc is not None:
            _expect(case)
    return [each.verdict for each in cases]


def _reader(case: _Case) -> tuple[str, int]:
    return case.document.reader, case.document.tab_stop


def _place_definitions(cases: list[_Case]) -> None:
    """Move a definition to the start that would stand at the end in code, in an element or in a container."""
    last = [case for case in cases if not case.document.defined_first]
    texts = [Text(_with_words(case), *_reader(case)) for case in last]
    probed = [Text(f"{each.text.rstrip()}\n\n{PROBE}\n", each.reader, each.tab_stop) for each in texts]
    for case, alone_, together in zip(last, alone.read(texts), alone.read(probed), strict=True):
        probe = {"t": "Para", "c": [{"t": "Str", "c": PROBE}]}
        if alone_ is None or together is None or together["blocks"] != [*alone_["blocks"], probe]:
            case.verdict.document = replace(case.document, defined_first=True)


def _with_words(case: _Case) -> str:
    """Return a document's text with a word in the place of each call."""

    def word(found: re.Match[str]) -> str:
        text = _word(case, found)
        if text is None:
            return found[0]
        return text + _blank_line(found) if int(found[1]) in case.parted else text

    return CALL.sub(word, case.document.text)


def _word(case: _Case, found: re.Match[str]) -> str | None:
    """Return the word for a call, None for one that stands for itself."""
    if case.forms.get(int(found[1])) == "own" or found.string[: found.start()].endswith(("\\", "%")):
        return None
    return f"QZ{found[1]}".ljust(8 if "\n" in found[0] else len(found[0]), "j")


def _blank_line(found: re.Match[str]) -> str:
    return "\n" + _prefix(found).rstrip()


def _prefix(found: re.Match[str]) -> str:
    return found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]


def _held(found: re.Match[str]) -> str:
    """Return what holds a call off: "sign", "letter" or nothing."""
    before = found.string[found.start() - 1 : found.start()] if found.start() else ""
    if before and before in "\\%":
        return "sign"
    if before.isalnum() and not unicodedata.name(before, "").startswith(_NO_SPACES):
        return "letter"
    return ""


def _hopeless(case: _Case, document: Any) -> str:
    """Return why nobody can judge a document, or nothing."""
    if document is None:
        return "refused by pandoc, or too slow"
    if has(case.document.reader, "east_asian_line_breaks") and _WIDE_LINE_END.search(case.document.text):
        return "line breaks that pandoc drops, and its reader does not"
    return ""


def _decide(case: _Case, document: Any) -> None:
    if reason := _hopeless(case, document):
        case.done = True
        case.verdict.unjudged[reason] += 1
        return
    fillers: Counter[str] = Counter()
    places: dict[int, list[tuple[str, str]]] = {}
    for number, kind, around in places_of(document, WORD):
        places.setdefault(number, []).append((kind, around))
    written = json.dumps(document, ensure_ascii=False).lower()
    alone_in, lines = set(_alone(document)), _lone_anywhere(document)
    changed = False
    first = -1  # of the calls to be parted: what that changes is seen before the next one is looked at
    text = case.document.text
    for found in list(CALL.finditer(text))[::-1]:
        number, held = int(found[1]), _held(found)
        kinds = {kind for kind, _ in places.get(number, ())}
        reason = _reason(case, found, held, places.get(number, ())) or (
            "torn" if _is_torn(case, found, written) else ""
        )
        part = False
        if not reason and TEXT in kinds and _is_line(found, _LINE) and number not in lines:
            reason = "a line of its own for its author alone"
        if not reason and number not in case.parted and kinds & {TEXT, HEADING}:
            if number in alone_in and _is_line(found, _MARKS_ONLY):
                reason, part = _beside(case, found, places[number][0][1])
            else:
                reason, part = _above_dashes(found)
        first = number if part else first
        if reason:
            fillers[reason] += 1
            text = text[: found.start()] + FILLER + text[found.end() :]
        elif held == "letter" and kinds & TEXTS and case.forms.get(number) != "own":
            case.forms[number] = "own"
            changed = True
    if first >= 0:
        case.parted |= {first}
        changed = True
    if fillers:
        case.verdict.unjudged += fillers
        case.verdict.document = replace(case.document, text=text)
    elif not changed:
        case.doc, case.done = document, True


def _reason(case: _Case, found: re.Match[str], held: str, places: Sequence[tuple[str, str]]) -> str:
    """Return why nobody can judge a call, or nothing."""
    kinds = {kind for kind, _ in places}
    if held == "sign":
        before = found.string[: found.start()]
        if before.endswith(("\\\\", "%")):
            return "after a backslash of a backslash, or a percent sign"
        if not _escapes(case.document.reader):
            return "after a backslash that escapes nothing in the dialect"
        return ""
    if case.forms.get(int(found[1])) == "own":
        return ""
    if name := _named(case, found, kinds):
        return name
    if held == "letter" and TEX in kinds:
        return "after a letter in raw TeX"
    if held == "letter" and ADDRESS in kinds and " " in found[0]:
        return "after a letter in an address, with spaces"
    if held == "letter" and TEXT in kinds and kinds - {TEXT}:
        return "after a letter, in text and elsewhere"
    quotes = {0, *(around.count("q") for _, around in places)}
    if re.search(r"\n    +>", found[0]) or not quotes.issuperset(
        each.count(">") for each in re.findall(r"\n([ >]*)", found[0])
    ):
        return "over lines with the mark of a quote that is none"
    if "\n" in found[0] and kinds - TEXTS | kinds & {TABLE}:
        return "over lines outside of text, or in a table"
    if TEX in kinds and re.search(r"\\(?:verb|begin\{(?:verb|lst))", found.string):
        return "beside verbatim TeX"
    return ""


def _named(case: _Case, found: re.Match[str], kinds: set[str]) -> str:
    """Return why nobody can judge what a call becomes in a name, or nothing."""
    if NAME in kinds:
        return "in a name"
    if IDENTIFIER in kinds and kinds & STAYS:
        return "in code of a heading"
    if HEADING in kinds and has(case.document.reader, "ascii_identifiers") and _EMOJI.search(found.string):
        return "in a heading with an emoji, whose identifier is to be ASCII"
    return ""


def _escapes(reader: str) -> bool:
    name = re.split("[+-]", reader)[0]
    if name in ("gfm", "commonmark", "commonmark_x"):
        return True
    return has(reader, "all_symbols_escapable")


def has(reader: str, extension: str) -> bool:
    """Return whether an extension is on."""
    name = re.split("[+-]", reader)[0]
    switched = re.findall(rf"([+-]){extension}(?![a-z_])", reader)
    return switched[-1] == "+" if switched else extension in alone.defaults(name)


def _is_line(found: re.Match[str], before: re.Pattern[str]) -> bool:
    """Return whether a call is alone on its line, after what a pattern says."""
    rest = found.string[found.end() :].partition("\n")[0]
    return bool(not rest.strip(" \t") and before.fullmatch(_prefix(found)))


def _is_torn(case: _Case, found: re.Match[str], written: str) -> bool:
    """Return whether an edge of a table's columns, or the end of a TeX command's name, may part the word of a call."""
    word = _word(case, found)
    if word is None or word.lower() in written:
        return False
    return '{"t": "table"' in written or bool(re.search(r"qz(?!\d{3}j)", written))


def _beside(case: _Case, found: re.Match[str], around: str) -> tuple[str, bool]:
    """Judge the lines beside a call that is alone on its line, directly in a paragraph.

    Returns:
        Why nobody can judge it, or nothing; and whether an empty line below it gives what is right.
    """
    text = found.string
    if any(has(case.document.reader, each) for each in ("ignore_line_breaks", "east_asian_line_breaks")):
        return "line breaks vanish in the dialect", False
    rest, *below = text[found.end() :].split("\n")
    above = text[: found.start()].split("\n")
    if rest.strip():
        return "", False
    if len(above) > 1 and re.search(r"\\$|  $", above[-2]) and not _LINE.match(above[-2]):
        return "below a hard line break", False
    prefix = _prefix(found)
    depth = prefix.count(">")
    if not below or (_LINE.match(below[0]) and below[0].count(">") <= depth):
        return "", False
    first = below[0].expandtabs(case.document.tab_stop or 4)
    margin = re.match(rf"(?: {{0,3}}> ?){{0,{depth}}}", first)
    assert margin
    line, same = first[margin.end() :], margin[0].count(">") == depth
    open_ = not around.strip("q") and _LINE.match(prefix) and same
    if _DASHES.fullmatch(below[0]):
        return _above_dashes(found)
    if line.strip() == "\\":
        return "above a lone backslash", False
    if _KEPT.match(line) or line.startswith(" " * (case.document.tab_stop or 4)):
        return ("" if open_ else "what stays under a word, in a container"), False
    parts = open_ and around.count("q") == depth and not prefix.startswith("    ")
    if parts and (not _OPENER.match(line.lstrip(" ")) or _NAMED.match(line)):
        return "", True
    if _OPENER.match(line.lstrip(" ")) or (len(below) > 1 and _SETEXT_OR_TABLE.match(below[1])):
        return "above what may open a block, in a container or unnamed by the rules", False
    return "", False


def _above_dashes(found: re.Match[str]) -> tuple[str, bool]:
    """Judge a call above a line of dashes, which would make a word a heading: below a call they are a rule."""
    prefix = _prefix(found)
    rest, *below = found.string[found.end() :].split("\n")
    above = found.string[: found.start() - len(prefix)].split("\n")
    if rest.strip() or not below or not _DASHES.fullmatch(below[0]) or not _MARKS_ONLY.fullmatch(prefix):
        return "", False
    free = not prefix and all(not each.strip() for each in (*above[-2:-1], *below[1:2]))
    return ("", True) if free and re.match("---", below[0]) else ("above dashes, beside text or in a container", False)


# Places in pandoc's documents.


def places_of(document: Any, pattern: re.Pattern[str]) -> list[Place]:
    """Return where in a document the pattern is found, whose last group is a number."""
    found: list[Place] = []

    def see(text: str, kind: str, around: str) -> str:
        each = pattern.finditer(text)
        found.extend((int(one[one.lastindex or 0]), _of_html(text, one, kind), around) for one in each)
        return text

    _Walk(see).document(document)
    return found


def _of_html(text: str, found: re.Match[str], kind: str) -> str:
    """Tell comments, and names of tags and attributes, from other raw HTML."""
    if kind != HTML:
        return kind
    if text.rfind("<!--", 0, found.start()) > text.rfind("-->", 0, found.start()):
        return COMMENT
    tag = re.search(r"</?[A-Za-z]?[^<>]*\Z", text[: found.start()])
    return NAME if tag and tag[0].count('"') % 2 == tag[0].count("'") % 2 == 0 else HTML


class _Walk:
    """Puts every text of a document through a function of the text, its kind and the containers around it."""

    def __init__(self, see: Any) -> None:
        self._see = see

    def document(self, document: Any) -> Any:
        meta = {key: self._any(value, "m") for key, value in document["meta"].items()}
        return {**document, "meta": meta, "blocks": self._any(document["blocks"], "")}

    def _any(self, node: Any, around: str) -> Any:
        if isinstance(node, list):
            if len(node) == 3 and isinstance(node[0], str) and isinstance(node[1], list) and isinstance(node[2], list):
                return self._attributes(node, around, header=False)
            nodes = merged(node) if node and all(isinstance(each, dict) and "t" in each for each in node) else node
            return [self._any(each, around) for each in nodes]
        if isinstance(node, dict):
            return (
                self._element(node, around)
                if "t" in node
                else {key: self._keyed(key, value, around) for key, value in node.items()}
            )
        return node

    def _keyed(self, key: str, value: Any, around: str) -> Any:
        return self._see(value, NAME, around) if key == "citationId" else self._any(value, around)

    def _attributes(self, node: Any, around: str, *, header: bool) -> Any:
        name = (
            self._see(node[0], IDENTIFIER if header and not re.search("QZ", node[0]) else NAME, around)
            if node[0]
            else ""
        )
        classes = [self._see(each, NAME, around) for each in node[1]]
        return [
            name,
            classes,
            [[self._see(key, NAME, around), self._see(value, VALUE, around)] for key, value in node[2]],
        ]

    def _element(self, node: Any, around: str) -> Any:
        tag, content = node["t"], node.get("c")
        if tag == "Str":
            return {"t": tag, "c": self._see(content, _text(around), around)}
        if tag in ("Code", "CodeBlock"):
            return {"t": tag, "c": [self._any(content[0], around), self._see(content[1], CODE, around)]}
        if tag in ("RawInline", "RawBlock"):
            kind = {"tex": TEX, "html": HTML}.get(content[0], RAW)
            return {"t": tag, "c": [content[0], self._see(content[1], kind, around)]}
        if tag == "Math":
            return {"t": tag, "c": [content[0], self._see(content[1], MATHS, around)]}
        if tag in ("Link", "Image"):
            address = [self._see(content[2][0], ADDRESS, around), self._see(content[2][1], TITLE, around)]
            return {"t": tag, "c": [self._any(content[0], around), self._any(content[1], around), address]}
        if tag == "Header":
            return {
                "t": tag,
                "c": [
                    content[0],
                    self._attributes(content[1], around, header=True),
                    self._any(content[2], around + "h"),
                ],
            }
        if tag == "MetaString":
            return {"t": tag, "c": self._see(content, PLAIN_META, around)}
        if tag == "MetaMap":
            return {"t": tag, "c": {key: self._any(value, around) for key, value in content.items()}}
        inside = around + {
            "BulletList": "l",
            "OrderedList": "l",
            "DefinitionList": "l",
            "Note": "l",
            "BlockQuote": "q",
            "Table": "t",
        }.get(tag, "")
        return node if content is None else {"t": tag, "c": self._any(content, inside)}


def _text(around: str) -> str:
    marks = {"m": METADATA, "h": HEADING, "t": TABLE}
    return next((kind for mark, kind in marks.items() if mark in around), TEXT)


def merged(inlines: list[Any]) -> list[Any]:
    """Return inlines in which no two texts stand side by side."""
    new: list[Any] = []
    for each in inlines:
        if new and each["t"] == new[-1]["t"] == "Str":
            new[-1] = {"t": "Str", "c": new[-1]["c"] + each["c"]}
        else:
            new.append(each)
    return new


def _lone_anywhere(node: Any) -> set[int]:
    """Return the numbers of the words that are lines of any text."""
    if isinstance(node, dict):
        node = list(node.values())
    if not isinstance(node, list):
        return set()
    is_text = node and all(isinstance(each, dict) and "t" in each for each in node)
    here = {int(number) for number in _lone_words(node)} if is_text else set()
    return here.union(*map(_lone_anywhere, node))


def _alone(document: Any) -> list[int]:
    """Return the numbers of the words that are lines of a paragraph."""
    found: list[int] = []

    def look(node: Any) -> None:
        if isinstance(node, list):
            for each in node:
                look(each)
        elif isinstance(node, dict):
            if node.get("t") in ("Para", "Plain"):
                found.extend(map(int, _lone_words(node["c"])))
            for each in node.values():
                look(each)

    look(document["blocks"])
    return found


def _lines(inlines: list[Any]) -> list[list[Any]]:
    lines: list[list[Any]] = [[]]
    for each in merged(inlines):
        if each["t"] in ("SoftBreak", "LineBreak"):
            lines.append([])
        lines[-1].append(each)
    return lines


def _lone_words(inlines: list[Any]) -> list[str]:
    texts = [
        [each for each in line if each["t"] not in ("SoftBreak", "LineBreak", "Space")] for line in _lines(inlines)
    ]
    lone = [line[0]["c"] for line in texts if len(line) == 1 and line[0]["t"] == "Str"]
    return [found[2] for found in map(WORD.fullmatch, lone) if found]


def _parted(blocks: list[Any], numbers: set[int], *, compact: bool) -> list[Any]:
    """Return blocks with a paragraph of its own for each word, of those numbered, that is a line of one.

    Outside of what is compact, lists and tables, all but the last are whole paragraphs, whatever comes after that.
    """
    new: list[Any] = []
    for block in blocks:
        if block.get("t") not in ("Para", "Plain"):
            new.append(block)
            continue
        parts: list[list[Any]] = [[]]
        for line in _lines(block["c"]):
            if numbers.intersection(map(int, _lone_words(line))):
                parts += [[each for each in line if each["t"] == "Str"], []]
            else:
                parts[-1] += line
        for part in parts if len(parts) > 1 else ():
            while part and part is not parts[0] and part[0]["t"] in ("SoftBreak", "LineBreak", "Space"):
                del part[0]
            if part:
                new.append({"t": block["t"] if compact or part is parts[-1] else "Para", "c": part})
        if len(parts) == 1:
            new.append(block)
    return new


def _part_all(node: Any, numbers: set[int], *, compact: bool = False) -> Any:
    if isinstance(node, list):
        nodes = [_part_all(each, numbers, compact=compact) for each in node]
        are_elements = nodes and all(isinstance(each, dict) and "t" in each for each in nodes)
        return _parted(nodes, numbers, compact=compact) if are_elements else nodes
    if not isinstance(node, dict):
        return node
    inside = compact or str(node.get("t")) in ("BulletList", "OrderedList", "DefinitionList", "Table")
    return {key: _part_all(value, numbers, compact=inside) for key, value in node.items()}


def _expect(case: _Case) -> None:
    """Put what calls give, or their own text, in the places of the words."""
    own = {int(found[1]): found[0] for found in CALL.finditer(case.document.text)}
    places: list[tuple[int, str, str]] = []

    def see(text: str, kind: str, around: str) -> str:
        def put(found: re.Match[str]) -> str:
            number, where = int(found[2]), _of_html(text, found, kind)
            stays = where in STAYS or (where == TEX and _is_comment(text, found.start()))
            if where == TEX and stays:
                where = "comment of raw TeX"
            places.append((number, where, "call" if stays else "value"))
            return own[number] if stays else found[1] + found[2]

        return WORD.sub(put, text)

    lines = {int(each[1]) for each in CALL.finditer(case.document.text) if _is_line(each, _MARKS_ONLY)}
    document = {**case.doc, "blocks": _part_all(case.doc["blocks"], lines)}
    case.verdict.expected = _Walk(see).document(document)
    for number, kind, _ in places_of(case.doc, CALL):
        places.append((number, kind, "call"))
    case.verdict.places = places


def _is_comment(text: str, at: int) -> bool:
    return bool(_PERCENT.search(text, text.rfind("\n", 0, at) + 1, at))


def normal(document: Any) -> Any:
    """Return a document in the form in which documents are compared."""
    return _Walk(lambda text, kind, around: text).document(document)
