"""The tokens of a definition, read one by one: what parsers of heads, statements and expressions share."""

from __future__ import annotations

from ...base.fault import Diagnostics, Fault
from ...base.source import Source, Span
from .tokens import COUNT, END, NOTHING, OPEN, Token, tokens, variable_name

_CONTINUED = frozenset(("elsif", "else", ")", ",", "]", "."))  # after a brace: the statement goes on
_HINTS = {
    "=~": "the language has no regular expressions: see `contains`, `replace`, `split`, `index`",
    "!~": "the language has no regular expressions: see `contains`, `replace`, `split`, `index`",
    "++": "write `+= 1`",
    "--": "write `-= 1`",
    "=": "`=` assigns; to compare, write `==` for numbers or `eq` for text",
    "->": "the language has no references",
    "=>": "write a comma",
    "\\": 'TeX stands in a string: `"\\\\textbf"`, or in a %%template, without doubled backslashes',
    "or": "put parentheses around the whole, or write `||`",
    "and": "put parentheses around the whole, or write `&&`",
    COUNT: "assign the list as a whole",
}


class Stream:
    """A cursor on tokens. ``token`` is the one to be read next; after the last it stays there."""

    def __init__(self, source: Source, start: int, diagnostics: Diagnostics, nesting: int) -> None:
        self.source = source
        self.text = source.text
        self.diagnostics = diagnostics
        self.faults = 0
        self.lookalikes: list[tuple[int, int]] = []  # places in strings that look like commands of TeX
        self.deepest = 0
        self._nesting = nesting
        self._depth = 0
        self._braces = 0  # how many are open
        self._tokens = tokens(source.text, start)
        self.before = start  # where the last token ended
        self.token: Token = next(self._tokens)

    def advance(self) -> Token:
        token = self.token
        if token.kind not in (END, NOTHING, OPEN):
            self.before = token.end
            self._braces += (token.kind == "{") - (token.kind == "}")
            self.token = next(self._tokens)
        return token

    def skip(self, kind: str) -> Token | None:
        """Read the next token if it is of this kind."""
        return self.advance() if self.token.kind == kind else None

    def expect(self, kind: str, what: str = "") -> Token:
        if self.token.kind != kind:
            raise self.unexpected(what or f"`{kind}`")
        return self.advance()

    def unexpected(self, expected: str, hint: str = "") -> Fault:
        token = self.token
        if token.kind == OPEN:
            return self.fault("string is never closed", token.start, token.start + 1, code="PM102")
        found = self.shown(token)
        hint = hint or _HINTS.get(found) or _HINTS.get(token.kind, "")
        named = "the end of the macro" if token.kind in (END, NOTHING) else f"`{found}`"
        return self.fault(f"expected {expected}, found {named}", token.start, token.end, *filter(None, [hint]))

    def fault(self, message: str, start: int, end: int, *hints: str, code: str = "PM104") -> Fault:
        """Return a fault at a stretch of the text."""
        return Fault(code, message, *hints).at(Span(self.source, start, end))

    def shown(self, token: Token) -> str:
        text = self.text[token.start : token.end]
        return text if len(text) <= 24 and "\n" not in text else text.split("\n")[0][:20] + "…"

    def word(self) -> str:
        """Return the text of the next token."""
        return self.text[self.token.start : self.token.end]

    def name(self, token: Token) -> str:
        return variable_name(self.text[token.start : token.end])

    def enter(self) -> None:
        """Go one level deeper, up to the limit that keeps Python's own stack safe."""
        self._depth += 1
        self.deepest = max(self.deepest, self._depth)
        if self._depth > self._nesting:
            message = f"more than {self._nesting} levels of nesting"
            raise self.fault(message, self.token.start, self.token.end, code="PM407")

    def leave(self) -> None:
        self._depth -= 1

    def here(self) -> tuple[int, int]:
        """Return what ``recover`` needs to know of the place where a statement begins."""
        return self._depth, self._braces

    def report(self, fault: Fault) -> None:
        """Note a fault, to go on after it."""
        self.faults += 1
        self.diagnostics.add(fault.diagnostic)

    def recover(self, start: tuple[int, int]) -> None:
        """After a fault: go on after the statement that began there, or before the brace that closes its block."""
        self._depth, outside = start
        while self.token.kind not in (END, NOTHING, OPEN):
            if self.token.kind == "}" and self._braces == outside:
                return
            kind = self.advance().kind
            if self._braces == outside and (kind == ";" or (kind == "}" and self.token.kind not in _CONTINUED)):
                return
