"""Find the directives of a text in what pandoc's parser made of that same text, where that is simple.

The text says exactly what each directive is; here it is only found again among the elements. Simple are a
directive in a paragraph of its own, whatever the parser did to it, and a call whose characters the parser
leaves alone. For all else ``match`` says None, and the text must be read again with tokens in it. The rules
are strict: what is found gives the document that the text with tokens would give.
"""

from __future__ import annotations

import re
from itertools import accumulate

from ...base import CONTEXT, TYPE_CHECKING, Unclosed, grammar, pattern, tex
from ...language.syntax import scan_call
from .. import elements
from ..source import CALL, FAULT, Directive, Syntax
from . import lazy_json, tokens

if TYPE_CHECKING:
    from typing import Any

    from .lift import Lifted

_SPACE = pattern(r"\s+")
_WORD = pattern(r"[\W_]+")
# A paragraph of its own stays one unless a line of it starts another block, or something in it reaches beyond it.
_STARTS_BLOCK = pattern(r"\n[ \t]*(?:[^\w\s$\"'(.=\\,;}&)%]|\d|=+[ \t]*(?:\n|\Z))|\n[ \t\r]*\n")
_REACHES_OUT = pattern(r"<[A-Za-z/!?]|\$\$|\^\[|\[\^|@|\\\n|!\[")
# TeX within a paragraph ends there, unless something is open, or it holds for what follows, or is read otherwise.
_COMMAND = pattern(r"(?<!\\)(?:\\\\)*\\[A-Za-z]")
_HOLDS_ON = pattern(
    r"(?<!\\)(?:\\\\)*\\(?:[A-Za-z]*def|let|futurelet|[A-Za-z]*newcommand|[A-Za-z]*command|[A-Za-z]*environment|newtheorem|"
    r"Declare[A-Za-z]*|(?:New|Renew|Provide)[A-Za-z]*|usepackage|RequirePackage|input|include|subfile|verb|lstinline|mintinline|"
    r"if[A-Za-z]*|else|fi|start[A-Za-z]*|stop[A-Za-z]*|makeat[A-Za-z]*|catcode|char|csname|endcsname)(?![A-Za-z])"
)
_TEX_SIGN = pattern(r"\\(?P<word>begin|end)[ ]?\{(?P<name>[^{}\n]*)\}|\\.|[][{}%]", re.DOTALL)
_CLOSED_BY = {"{": "}", "[": "]"}
_VERBATIM_NAME = pattern(r"(?i).*(?:verb|listing|minted|comment|code|document)|")
_HARMLESS_NEXT = pattern(r"(?!Table:|table:)(?:[^\W\d_]{2}|#{1,6} |%[% ]|\Z)")
# At the start of the text nothing stands above definitions that what is below might be joined to.
_HARMLESS_FIRST = pattern(r"(?!---[ \t\r]*(?:\n|\Z)|[:~][ \t]|Table:|table:)")
_BLANK_ABOVE = pattern(r"\n[ \t\r]*\n[ \t\r]*\Z")
# A blank line, but not one before a definition: the paragraph would be its term.
_ENDS_PARAGRAPH = pattern(
    r"[ \t\r]*(?:\Z|\n(?:[ \t\r]*\n)*[ \t\r]*\Z|\n(?:[ \t\r]*\n)+(?![ \t\r]*\n|[ ]{0,3}[:~][ \t]))"
)
_BLANK_BELOW = pattern(r"[ \t\r]*\n")
_SPACES = pattern(r"\s*")
_NEAR = 200  # characters: how far a blank line is looked for
# The characters of a call that Markdown leaves alone, and what may stand on either side of it.
_UNTOUCHED = pattern(r"(?:[^\W_]|[ \n,./()=+:;!?%-]|(?<=[^\W_])['_](?=[^\W_]))*")
_TOUCHED = pattern(r"--|\.\.\.|:/|:\w+:|==|www\.|\(@|\s\s\n")
_BESIDE_LEFT = pattern(r"(?:^|[\s(]|[^\W\d_])\Z", re.MULTILINE)
_BESIDE_RIGHT = pattern(r"[\s.,;:!?)]|\Z|[^\W\d_]")
# A line that makes something of the line above it: that is another one when a call over lines is a token.
_UNDER = pattern(r"[^\n]*\n[ \t>]*[-=:~|+]")
_ADDRESS = pattern(
    r"\](?::[ \t]*|\([ \t]*)<?[^\s()]*\Z"
)  # before an address, in which a call may have spaces, and a token has none
_BEGINS_NONE = pattern(r"[A-Za-z\"$]|=end|\\[A-Za-z]")  # of the lines below a first one that pandoc takes for a title
_TITLE_LINE = pattern(r"%[ \t]+(?:[^\W_]|[ ,:!?()/.]|(?<=[^\W_])['-](?=[^\W_]))+")
_OCCURRENCE = pattern(rf"%%(?:begin +|end +)?{grammar.NAME}\(?")
_HEAD = pattern(r"%%\w+\(?")
_TAG = pattern(r"</?[A-Za-z]")
_ANY = pattern(r"(?<![%\\])%%(?:#|\w+\(?)")  # how a directive begins where nothing is read as Markdown
_HIDDEN = "\0"  # in a flattened text: what is no text
_SHOWN = {"Space": " ", "SoftBreak": " "}
_UNSAFE_CONTEXTS = frozenset(("Header", "Link", "Image", "Figure", "Cite"))


def match(document: elements.Document, lifted: Lifted, syntax: Syntax) -> Any:
    """Replace the directives in a document by their tokens, and return it; None, the document spoilt, if not simple.

    Args:
        document: what pandoc read from the text.
        lifted: the text and its directives.
        syntax: the dialect of the text.
    """
    return None if _Matcher(lifted, syntax).run(document) else document


def reason(document: elements.Document, lifted: Lifted, syntax: Syntax) -> str:
    """Return why ``match`` says None, in a few words; "" where it does not. The document is spoilt."""
    return _Matcher(lifted, syntax).run(document)


class _Matcher:
    def __init__(self, lifted: Lifted, syntax: Syntax) -> None:
        self._text = lifted.manuscript.text
        self._directives = lifted.directives
        self._literal = lifted.literal
        self._syntax = syntax
        self._paragraphs: dict[str, list[str]] = {}  # the skeletons of paragraphs of their own -> keys
        self._calls: dict[str, list[str]] = {}  # the flattened texts of other calls -> keys
        # How those begin that a letter holds off, with that letter -> keys, and how many of them stand in code.
        self._held_off: dict[str, list[str]] = {}
        self._in_code: dict[str, int] = {}
        self._lifted = lifted
        self._heads: dict[str, list[str]] = {}  # how they begin -> keys of all that may stand in code
        self._found: set[str] = set()
        self._spoilt = ""  # why it is not simple
        self._unexpected: dict[str, str] = {}  # why directives can't be expected, by their keys
        self._lead = 0  # up to here the text is definitions and empty lines only
        for directive in self._directives.values():
            if directive.places or self._text[self._lead : directive.start].strip():
                break
            self._lead = directive.end

    def run(self, document: elements.Document) -> str:
        """Replace the directives by their tokens; return why that is not simple, "" where it is."""
        if self._text.startswith("%%") and self._syntax.has("mmd_title_block"):
            return "what comes after definitions may be a title block without them"
        groups = _groups(self._directives, self._text)
        title = self._title_block(document, groups)
        if title is None:
            return "the first line is taken for a title"
        if _is_mentioned(document["meta"]):
            return "in metadata"
        if any(each.held_off and self._in_address(each.start) for each in self._literal.values()):
            return "in an address"
        for group in groups:
            if why := self._expect(group):
                self._unexpected[group[0]] = why
        for key, directive in self._literal.items():
            if directive.held_off:
                self._held_off.setdefault(f"{directive.source.before[-1]}{directive.head}(", []).append(key)
            else:
                self._heads.setdefault(directive.head, []).append(key)
        document["blocks"] = title + self._blocks(document["blocks"])
        expected = {key: None for group in groups for key in group}
        expected.update({key: None for key, each in self._literal.items() if not each.held_off})
        if self._spoilt:
            return self._spoilt
        if missing := next((key for key in expected if key not in self._found), None):
            return self._unexpected.get(missing, "pandoc has made something else of it")
        return "" if self._tell_held_off() else "some in code, some not, are held off by the same letter"

    def _spoil(self, why: str, *, when: bool) -> None:
        if when and not self._spoilt:
            self._spoilt = why

    def _tell_held_off(self) -> bool:
        """Tell which calls that a letter holds off stand in text; return False where that is not simple."""
        for head, keys in self._held_off.items():
            in_code = self._in_code.get(head, 0)
            if in_code not in (0, len(keys)):
                return False
            self._lifted.held_off.update(keys if not in_code else ())
        return True

    def _is_held_off(self, text: str, head: re.Match[str], *, in_code: bool) -> bool:
        """Return whether a letter holds off the call that begins here, and count it if it stands in code."""
        begin = text[max(0, head.start() - 1) : head.end()]
        if begin not in self._held_off:
            return False
        if in_code:
            self._in_code[begin] = self._in_code.get(begin, 0) + 1
        return True

    def _expect(self, group: list[str]) -> str:
        """Take directives among those to be found: in text if they are simple ones, in code whatever they are.

        Return why they can't be found in text; "" where they can.
        """
        key = group[0]
        directive = self._directives[key]
        text = self._text_of(group)
        if directive.places:
            head = _ANY.match(directive.original)
            self._heads.setdefault(head[0] if head else directive.head, []).append(key)
        if directive.kind == FAULT:
            return "an error in it"
        if self._is_own_paragraph(group):
            placed = self._directives[group[-1]].places
            why = self._reaching_out(text)
            if not why and not placed and not self._is_removable(group):
                why = "a definition that what is above or below it may be joined without"
            if not why:
                self._paragraphs.setdefault(_signature(text), []).append(group[-1] if placed else key)
                self._spoil("two that look alike", when=_flat(text) in self._calls)
                self._found.update(group[:-1] if placed else group[1:])
                return ""
            if not directive.places:
                return why
        if not directive.places:
            return "a definition that is no paragraph of its own"
        why = self._touching(directive, text)
        if not why:
            self._spoil("two that look alike", when=_signature(text) in self._paragraphs)
            self._calls.setdefault(_flat(text), []).append(key)
        return why

    def _touching(self, directive: Directive, text: str) -> str:
        """Return why a call in a line may come out otherwise than as its characters; "" where it can't."""
        if not _UNTOUCHED.fullmatch(text) or _TOUCHED.search(text):
            return "a call in a line with what Markdown has signs for"
        left = _BESIDE_LEFT.search(self._text[max(0, directive.start - 1) : directive.start])
        if not left or not _BESIDE_RIGHT.match(self._text, directive.end):
            return "a call beside signs of Markdown's"
        if self._in_tex(directive.start):
            return "a call after TeX in its paragraph"
        if self._in_address(directive.start):
            return "in an address"
        if "\n" in directive.original and _UNDER.match(self._text, directive.end):
            return "a call over lines above a line that may make something of it"
        return ""

    def _text_of(self, group: list[str]) -> str:
        if len(group) == 1:
            return self._directives[group[0]].source.text
        return "\n".join(self._directives[key].source.text for key in group)

    def _is_own_paragraph(self, group: list[str]) -> bool:
        first, last = self._directives[group[0]], self._directives[group[-1]]
        if first.places:
            return first.standalone and self._is_isolated(first)
        above = self._text[max(0, first.start - _NEAR) : first.start]
        if above and not _BLANK_ABOVE.search(above):
            return False
        if any(self._directives[key].source.before or self._directives[key].source.after for key in group):
            return False
        if last.places:
            return bool(_ENDS_PARAGRAPH.match(self._text, last.end))
        below = self._text[last.end : last.end + _NEAR]
        ended = _BLANK_ABOVE.search(self._text, max(0, last.end - _NEAR), last.end)
        return bool(ended or not below.strip() or _BLANK_BELOW.match(below))

    def _is_isolated(self, directive: Directive) -> bool:
        """True at the left edge, between blank lines."""
        start = directive.start
        above = self._text[max(0, start - _NEAR) : start]
        return (not above or (bool(_BLANK_ABOVE.search(above)) and above.endswith("\n"))) and bool(
            _ENDS_PARAGRAPH.match(self._text, directive.end)
        )

    def _in_address(self, start: int) -> bool:
        return bool(_ADDRESS.search(self._text, self._text.rfind("\n", 0, start) + 1, start))

    def _in_tex(self, start: int) -> bool:
        """True when a TeX command before a call in its paragraph may take the call for a part of its argument."""
        paragraph = self._text.rfind("\n\n", 0, start) + 1
        return self._text.find("\\", paragraph, start) >= 0

    def _reaching_out(self, text: str) -> str:
        """Return why a paragraph may not be one, or reach beyond itself; "" where it can't."""
        if _STARTS_BLOCK.search(text):
            return "a line of it that may begin another block, or an empty one"
        if _REACHES_OUT.search(text):
            return "a note, a link, mathematics or HTML that may reach beyond it"
        return "" if self._tex_ends(text) else "TeX that may reach beyond it"

    def _tex_ends(self, text: str) -> bool:
        """True when whatever pandoc takes for TeX in a paragraph ends in it."""
        found = _COMMAND.search(text)
        if not found:
            return True
        if _HOLDS_ON.search(text):
            return False
        if not self._syntax.has("raw_tex"):
            return True
        opened: list[str] = []  # signs and names of environments
        for sign in _TEX_SIGN.finditer(text):
            if sign["word"] and (_VERBATIM_NAME.fullmatch(sign["name"]) or "$" in sign["name"]):
                return False
            if sign["word"] == "begin" or sign[0] in _CLOSED_BY:
                opened.append(sign["name"] or _CLOSED_BY[sign[0]])
            elif sign["word"] or sign[0] in ("}", "]"):
                if not opened or opened.pop() != (sign["name"] or sign[0]):
                    return False
            elif sign[0] == "%" and opened:
                return False  # a comment hides what closes it
        return not opened

    def _is_removable(self, group: list[str]) -> bool:
        """True when what is above and below definitions is parsed alike with them between and without."""
        following = _SPACES.match(self._text, self._directives[group[-1]].end)
        leads = self._directives[group[0]].start < self._lead and not self._syntax.has("mmd_title_block")
        harmless = _HARMLESS_FIRST if leads else _HARMLESS_NEXT
        return bool(following and harmless.match(self._text, following.end()))

    # A first line that begins with a percent sign: pandoc takes it for the title of a title block.

    def _title_block(self, document: elements.Document, groups: list[list[str]]) -> elements.Blocks | None:
        """Undo what pandoc did to a directive on the first line; return the blocks to put at the start.

        Takes the directive out of ``groups``. None when that isn't simple.
        """
        if not self._text.startswith("%%") or not self._syntax.has("pandoc_title_block"):
            return []
        group = groups.pop(0)
        directive = self._directives[group[0]]
        text = self._text_of(group)
        if directive.start != 0 or not self._is_own_paragraph(group):
            return None
        first, _, others = text.partition("\n")
        title = document["meta"].get("title")
        simple = (
            not self._reaching_out(text)
            and (not others or bool(_BEGINS_NONE.match(others)))
            and isinstance(title, dict)
            and title["t"] == "MetaInlines"
            and _skeleton(_everything(title["c"])) == _skeleton(first)
            and not {"author", "date"} & set(document["meta"])
        )
        if not simple:
            return None
        del document["meta"]["title"]
        blocks = document["blocks"]
        count = _count_of(blocks, others)
        if count is None:
            return None
        blocks[:] = blocks[count:]
        if self._directives[group[-1]].places:
            return [_paragraph(group[-1])]
        return [] if self._restore_title(document) else None

    def _restore_title(self, document: elements.Document) -> bool:
        """Put title, authors and date, which pandoc took for a paragraph, where they belong."""
        at = self._lead
        call = next((each for each in self._directives.values() if each.places), None)
        if call and not self._text[at : call.start].strip():
            return True
        lines = re.compile(r"(?:%.*(?:\n|\Z))*").match(self._text, at)
        assert lines is not None
        if not lines[0]:
            return bool(_HARMLESS_FIRST.match(self._text, _SPACES.match(self._text, at).end()))  # type: ignore[union-attr]
        if self._text[lines.end() : lines.end() + 1] not in ("\n", ""):
            return False
        titles = lines[0].rstrip("\n").replace("\r", "").split("\n")
        number = next((at for at, block in enumerate(document["blocks"]) if _is_paragraph(block, lines[0])), None)
        if number is None or not all(_is_title_line(line) for line in titles) or len(titles) > 3:
            return False
        split = _lines(document["blocks"].pop(number)["c"])
        for name, inlines in zip(("title", "author", "date"), split, strict=False):
            value: Any = {"t": "MetaInlines", "c": inlines[2:]}
            document["meta"][name] = {"t": "MetaList", "c": [value]} if name == "author" else value
        return True

    # The document's elements.

    def _blocks(self, blocks: elements.Blocks) -> elements.Blocks:
        kept: elements.Blocks = []
        for block in blocks:
            key = self._own_paragraph(block)
            if key is None:
                self._inside(block)
                kept.append(block)
            elif self._directives[key].places:
                kept.append(_paragraph(key))
        return kept

    def _own_paragraph(self, block: elements.Element) -> str | None:
        """Return the key of the directive that a paragraph is."""
        if block["t"] != "Para" or not block["c"] or block["c"][0]["t"] != "Str":
            return None
        if not block["c"][0]["c"].startswith("%%"):
            return None
        return self._take(self._paragraphs, _signature(_everything(block["c"])))

    def _take(self, expected: dict[str, list[str]], text: str) -> str | None:
        """Return the next key that a text is expected for; one text too many may be any of them."""
        keys = expected.get(text)
        if keys is None:
            return None
        key = next((each for each in keys if each not in self._found), None)
        self._spoil("two that look alike", when=key is None)
        if key is not None:
            self._found.add(key)
        return key

    def _inside(self, element: elements.Element) -> None:
        tag = element["t"]
        if tag in elements.VERBATIM:
            content = element["c"]
            if "%%" in content[1]:
                self._verbatim(tag, content)
            self._spoil("in attributes", when=isinstance(content[0], list) and _is_mentioned(content[0]))
        elif tag in _UNSAFE_CONTEXTS and _is_mentioned(element):
            self._spoil("in a heading, a link, a picture or a citation", when=True)
        else:
            elements.each_list(element, self._blocks, self._inlines)
            if tag in ("Div", "Span", "Table"):
                self._spoil("in attributes", when=_is_mentioned(element["c"][0]))

    def _verbatim(self, tag: str, content: list[Any]) -> None:
        """Find what stands in code, where it stays, and in raw TeX."""
        if tag == "Math" or (tag.startswith("Raw") and content[0] == "html" and _TAG.match(content[1])):
            self._spoil("in mathematics, or a tag of HTML", when=bool(_ANY.search(content[1])))
        elif tag.startswith("Raw") and content[0] == "tex":
            content[1] = self._in_raw_tex(content[1])
        else:
            at = 0
            for found in _ANY.finditer(content[1]):
                if found.start() < at or (self._held_off and self._is_held_off(content[1], found, in_code=True)):
                    continue
                if key := self._found_in(content[1], found):
                    at = found.start() + len(self._original(key))

    def _original(self, key: str) -> str:
        directive = self._directives.get(key)
        return self._literal[key].head if directive is None else directive.original

    def _found_in(self, text: str, head: re.Match[str]) -> str | None:
        """Return the key of the next directive that stands here as its author wrote it."""
        for key in self._heads.get(head[0], self._heads.get(head[0].rstrip("("), ())):
            if key not in self._found and text.startswith(self._original(key), head.start()):
                self._found.add(key)
                return key
        return None

    def _in_raw_tex(self, text: str) -> str:
        pieces: list[str] = []
        at = 0
        for head in _ANY.finditer(text):
            start = head.start()
            if start >= at and self._held_off:
                line = max(text.rfind("\n", 0, start) + 1, start - CONTEXT)
                commented = bool(tex.COMMENTED.search(text, line, start))
                if self._is_held_off(text, head, in_code=commented):
                    continue
            key = self._found_in(text, head) if start >= at else None
            directive = self._directives.get(key) if key else None
            if key is None or directive is None:
                continue
            end = start + len(directive.original)
            if directive.kind == CALL:
                line = text.rfind("\n", 0, start) + 1
                alone = directive.standalone and "\t" not in directive.original and not text[line:start].strip(" \t>")
                self._spoil("in TeX, not alone on its line", when=not alone)
                pieces += text[at:start], tokens.token(key)
                at = end
        return "".join(pieces) + text[at:]

    def _end(self, text: str, head: re.Match[str]) -> int:
        """Return where a directive ends whose head, up to an opening parenthesis if it has one, was found."""
        if not head[0].endswith("("):
            return head.end()
        try:
            return scan_call(text, head.end() - 1)
        except Unclosed:
            return head.start()

    def _inlines(self, inlines: elements.Inlines) -> elements.Inlines:
        for inline in inlines:
            if inline["t"] not in ("Str", "Space", "SoftBreak"):
                self._inside(inline)
        if not any(inline["t"] == "Str" and "%%" in inline["c"] for inline in inlines):
            return inlines
        return self._replace(inlines)

    def _replace(self, inlines: elements.Inlines) -> elements.Inlines:
        self._spoil(
            "beside a space that does not break",
            when=any(inline["t"] == "Str" and "\u00a0" in inline["c"] for inline in inlines),
        )
        flat, starts = _flatten(inlines)
        replaced: elements.Inlines = []
        at = 0
        for head in _OCCURRENCE.finditer(flat):
            start, end = head.start(), self._end(flat, head)
            key = self._take(self._calls, flat[start:end]) if start >= at else None
            if key:
                replaced += _stretch(inlines, starts, at, start)
                replaced.append(elements.string(tokens.token(key)))
                at = end
        return replaced + _stretch(inlines, starts, at, len(flat))


def _is_mentioned(value: object) -> bool:
    """True where a string of elements, or of a part of them, seems to hold a directive."""
    return any("%%" in holder[at] for _, holder, at in elements.strings(value))


def _groups(directives: dict[str, Directive], text: str) -> list[list[str]]:
    """Return the keys of directives, those of definitions on lines that follow one another together.

    So are those of definitions and of a call that is alone on the line right behind: all are one paragraph.
    """
    groups: list[list[str]] = []
    end = -1
    for key, directive in directives.items():
        follows = directive.start == end and not _BLANK_ABOVE.search(text, max(0, end - _NEAR), end)
        if groups and follows and (not directive.places or (directive.kind == CALL and directive.standalone)):
            groups[-1].append(key)
        else:
            groups.append([key])
        end = -1 if directive.places else directive.end
    return groups


def _stretch(inlines: elements.Inlines, starts: list[int], start: int, end: int) -> elements.Inlines:
    """Return the inlines of a stretch of their flattened text."""
    stretch: elements.Inlines = []
    from bisect import bisect_right  # only for calls inside a line

    at = bisect_right(starts, start) - 1
    while at < len(inlines) and starts[at] < end:
        inline = inlines[at]
        if inline["t"] == "Str":
            inline = elements.string(inline["c"][max(0, start - starts[at]) : end - starts[at]])
        stretch.append(inline)
        at += 1
    return stretch


def _flatten(inlines: elements.Inlines) -> tuple[str, list[int]]:
    """Return the text of inlines, other than strings and spaces hidden, and where each starts in it, and its end."""
    texts = [_flat(inline["c"]) if inline["t"] == "Str" else _SHOWN.get(inline["t"], _HIDDEN) for inline in inlines]
    return "".join(texts), [0, *accumulate(map(len, texts))]


def _flat(text: str) -> str:
    """Return a text as pandoc's smart typography and its white space would have it, both undone."""
    return _SPACE.sub(" ", text.replace("’", "'").replace("\u00a0", " "))


def _signature(text: str) -> str:
    """Return what tells a directive in a paragraph of its own from others, whatever a parser did to it."""
    head = _HEAD.match(text)
    return (head[0] if head else "") + " " + _skeleton(text)


def _skeleton(text: str) -> str:
    """Return the letters and digits of a text, which no parser changes."""
    return _WORD.sub("", text)


def _everything(value: object) -> str:
    """Return all text that is in elements, that of math, code and raw TeX too."""
    texts: list[str] = []
    _gather(value, texts)
    return "".join(texts)


def _gather(value: object, texts: list[str]) -> None:
    if isinstance(value, list):
        for each in value:
            _gather(each, texts)
        return
    if not isinstance(value, dict):
        return
    tag, content = value.get("t"), value.get("c")
    if tag == "Str":
        texts.append(str(content))
    elif tag in elements.SPACES:
        texts.append(" ")
    elif tag in elements.VERBATIM and isinstance(content, list):
        texts.append(str(content[1]))
    else:
        _gather(content, texts)


def _paragraph(key: str) -> elements.Element:
    return {"t": "Para", "c": [elements.string(tokens.token(key))]}


def _is_paragraph(block: elements.Element, text: str) -> bool:
    return block["t"] == "Para" and _skeleton(_everything(block["c"])) == _skeleton(text)


def _count_of(blocks: elements.Blocks, text: str) -> int | None:
    """Return of how many blocks a text is that the document begins with: TeX, and a paragraph; None if of none."""
    expected = _skeleton(text)
    found = ""
    count = 0
    while found != expected:
        if not expected.startswith(found) or count == len(blocks):
            return None
        blocks[count : count + 1] = lazy_json.touched(blocks[count : count + 1])
        block = blocks[count]
        if block["t"] not in ("Para", "RawBlock"):
            return None
        found += _skeleton(_everything(block["c"] if block["t"] == "Para" else block))
        count += 1
    return count


def _is_title_line(line: str) -> bool:
    return bool(_TITLE_LINE.fullmatch(line.replace("’", "'"))) and not _TOUCHED.search(line)


def _lines(inlines: elements.Inlines) -> list[elements.Inlines]:
    lines: list[elements.Inlines] = [[]]
    for inline in inlines:
        if inline["t"] == "SoftBreak":
            lines.append([])
        else:
            lines[-1].append(inline)
    return lines
