"""Tokens of code: from offsets of a text to what the parser reads, without recursion and in linear time.

A token is found in the context of those before it only where Perl does so. After an operand ``x`` repeats, also in
``"ab"x3``, ``/`` divides, ``%`` is a remainder; elsewhere they begin a name, a pattern, a lookup table. A word in
``$name{word}``, or before ``=>``, is a string.
"""

import re
from collections.abc import Iterator

from ...base import Diagnostics, Fault, Source, Span, grammar, pattern

# Kinds of tokens. The kind of an operator or a word that the language knows is its text.
NUMBER, WORD, SCALAR, ARRAY, COUNT, HASH = "number", "name", "$name", "@name", "$#name", "%name"
PLAIN, RICH, WORDS, KEY = "'string'", '"string"', "qw", "key"
PATTERN, SUBSTITUTION, TRANSLITERATION = "/pattern/", "s/pattern/string/", "tr/characters/characters/"
CAPTURE, MACRO = "$1", "&name"
END, DIRECTIVE, OPEN, BAD, NOTHING = "=end", "%%define", "open string", "bad", "nothing"

KEYWORDS = frozenset(
    "my return if elsif else unless for foreach last next and or not x eq ne lt gt le ge cmp undef q qq qw".split()
)
QUOTED = frozenset((PLAIN, RICH, WORDS, PATTERN, SUBSTITUTION, TRANSLITERATION, OPEN))  # run to a closing sign
_LIKE_NAMES = frozenset(("x", "eq", "ne", "lt", "gt", "le", "ge", "cmp", "next", "last"))  # that a macro may have
_OPERANDS = frozenset(
    (NUMBER, SCALAR, ARRAY, HASH, COUNT, CAPTURE, PLAIN, RICH, WORDS, KEY, PATTERN, SUBSTITUTION, TRANSLITERATION)
) | {")", "]", "undef"}
_SUBSCRIPTED = frozenset((SCALAR, ARRAY))  # a brace behind them is a subscript

_TOKEN = pattern(
    rf"""
    (?P<space>(?:[ \t\r\n]+|\#[^\n]*)+)
  | (?P<end>=end(?![\w(]))
  | (?P<number>0[xX][0-9a-fA-F_]+ | 0[bB][01_]+
      | (?:\d[\d_]*(?:\.(?!\.)[\d_]*)? | \.\d[\d_]*)(?:[eE][+-]?\d+)?)
  | (?P<variable>(?P<sigil>\$\#?|@)(?:{grammar.NAME}|\{{[ \t]*{grammar.NAME}[ \t]*\}}))
  | (?P<quote>["'] | q[qw]?(?=[ \t\r\n]*[({{\[<|!/~]))
  | (?P<word>{grammar.NAME})
  | (?P<directive>%%(?:{"|".join(grammar.DEFINING)})\b)
  | (?P<operator><<|>>|(?:\*\*|\|\||//|&&)=?|<=>|\.\.|\+\+|--|[-=]>|[=!]~|[-+*/.%<>!=]=|[-+*/%.<>!?:=,;(){{}}\[\]])
  | (?P<bad>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_REPEAT = pattern(r"x=(?![=~>])|x(?=\d)")
_GROUPS = {"number": NUMBER, "directive": DIRECTIVE, "bad": BAD}
# What few texts have, and begins like something else: these are compiled for them alone.
_NAME = pattern(grammar.NAME)
_CALL = pattern(rf"{grammar.NAME}[ \t]*\(")
_CAPTURE = pattern(r"\$(?:\d+|&)")
_SIGNS = pattern(r"[ \t]*[{(\[<]|[/|!,~:%#^*+.-]")  # that a pattern may stand between
_HEREDOC = pattern(r"<<~?(?:\"([^\"\n]+)\"|'([^'\n]+)'|([A-Za-z_]\w*))")
_WORD_KEY = pattern(rf"(?:-[ \t]*)?({grammar.NAME})(?=[ \t\r\n]*\}})")
_ELSE_MEANT = frozenset(("operator", "number", "bad"))
_SIGILS = {"$": SCALAR, "@": ARRAY, "$#": COUNT}
_CLOSERS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_KINDS = {'"': RICH, "'": PLAIN, "q": PLAIN, "qq": RICH, "qw": WORDS}
_MATCHES = {"m": PATTERN, "s": SUBSTITUTION, "qr": BAD, "tr": TRANSLITERATION, "y": TRANSLITERATION}
_FLAGS = pattern(r"[A-Za-z]*")
_LOOPS = ("while", "until")  # of Perl's
_CONTINUED = frozenset((  # after a brace: the statement goes on
    "elsif", "else", ")", ",", "[", "]", "{", "->", "=>", "=", ".", ".=", "+=", "-=", "*=", "/=", "||=", "//=",
    "++", "--", "==", "!=", "<", ">", "<=", ">=", "||", "&&", "//", "?", ":", "=~", "!~", "..", "+", "*", "/",
))  # fmt: skip


class Token:
    """A token: its kind, and the offsets of its text.

    A string's ``inside`` is what its quotes hold. Of ``s/…/…/`` and ``tr/…/…/`` it is the first part, ``second`` the
    other one; after the last part of a pattern, at ``flags``, stand its flags.
    """

    __slots__ = ("end", "flags", "inside", "kind", "second", "start")

    def __init__(
        self, kind: str, start: int, end: int, inside: tuple[int, int] = (0, 0), second: tuple[int, int] = (0, 0),
        flags: int = 0,
    ) -> None:  # fmt: skip
        self.kind = kind
        self.start = start
        self.end = end
        self.inside = inside
        self.second = second
        self.flags = flags


def tokens(text: str, start: int, stop: int | None = None) -> Iterator[Token]:
    """Yield the tokens of ``text[start:stop]``, the last of kind END, OPEN, or NOTHING."""
    limit = len(text) if stop is None else stop
    match = _TOKEN.match
    before, ended = NOTHING, start
    after_operand = False
    subscripts: list[bool] = []  # of the braces that are open
    at = start
    while at < limit:
        if after_operand and text[at] == "x" and (repeat := _REPEAT.match(text, at, limit)):
            token = Token(repeat[0], at, repeat.end())
        else:
            found = match(text, at, limit)
            assert found is not None
            group = found.lastgroup
            if group == "space":
                at = found.end()
                continue
            if group == "word":
                token = _word(text, at, found.end(), limit)
            elif group in _ELSE_MEANT:
                token = _sign(text, found, limit, after_operand)
            else:
                token = _token(text, found, limit)
        yield token
        kind = token.kind
        if kind in (END, OPEN):
            return
        at = token.end
        after_operand = kind in _OPERANDS
        if kind == "{":
            subscripts.append(before in _SUBSCRIPTED and ended == token.start)
            if subscripts[-1] and (key := _WORD_KEY.match(text, _after_space(text, at, limit), limit)):
                yield Token(KEY, *key.span())
                at = key.end()
        elif kind == "}" and subscripts:
            after_operand = subscripts.pop()
        before, ended = kind, token.end
    yield Token(NOTHING, limit, limit)


def _after_space(text: str, at: int, limit: int) -> int:
    while at < limit and text[at] in " \t\r\n":
        at += 1
    return at


def _token(text: str, found: re.Match[str], limit: int) -> Token:
    group = found.lastgroup
    start, end = found.span()
    if group == "quote":
        return _string(text, start, end, limit)
    if group == "operator" or group == "end":
        return Token(found[0], start, end)
    if group == "variable":
        return Token(_SIGILS[found["sigil"]], start, end)
    assert group is not None
    return Token(_GROUPS[group], start, end)


def _word(text: str, start: int, end: int, limit: int) -> Token:
    word = text[start:end]
    if text.startswith("=>", _after_space(text, end, limit), limit):
        return Token(KEY, start, end)
    if word in _MATCHES and _SIGNS.match(text, end, limit):
        return _match(text, start, end, limit)
    return Token(word if word in KEYWORDS else WORD, start, end)


def _sign(text: str, found: re.Match[str], limit: int, after_operand: bool) -> Token:
    """Return the token of a sign, which may mean something else where an operand is expected."""
    start = found.start()
    sign = text[start]
    if after_operand:
        return (
            Token(".", start, start + 1) if found.lastgroup == "number" and sign == "." else _token(text, found, limit)
        )
    if sign == "/":
        return _match(text, start, start + 1, limit)
    if sign == "%" and (name := _NAME.match(text, start + 1, limit)):
        return Token(HASH, start, name.end())
    if sign == "&" and (call := _CALL.match(text, start + 1, limit)):
        return Token(MACRO, start, start + 1 + len(call[0].rstrip("( \t")))
    if sign == "$" and (capture := _CAPTURE.match(text, start, limit)):
        return Token(CAPTURE, start, capture.end())
    if sign == "<" and (heredoc := _HEREDOC.match(text, start, limit)):  # its text is no code
        word = re.escape(heredoc[1] or heredoc[2] or heredoc[3])
        closing = re.compile(rf"^[ \t]*{word}[ \t\r]*$", re.MULTILINE).search(text, heredoc.end(), limit)
        return Token(BAD, start, closing.end() if closing else heredoc.end())
    if sign == "{" and text[start : start + 2] in ("{{", "{%"):  # then all of the body is text
        ending = re.compile(r"[ \t\r\n]*=end(?![\w(])").search(text, start, limit)
        return Token(BAD, start, ending.start() if ending else limit)
    return _token(text, found, limit)


def _string(text: str, start: int, end: int, limit: int) -> Token:
    opener = text[start:end]
    if opener in "\"'":
        begin, sign = end, opener
    else:
        begin = re.compile(r"[ \t\r\n]*").match(text, end, limit).end() + 1  # type: ignore[union-attr]
        sign = text[begin - 1]
    close = _closing(text, begin, sign, limit)
    if close < 0:
        return Token(OPEN, start, limit)
    return Token(_KINDS[opener], start, close + 1, (begin, close))


def _match(text: str, start: int, end: int, limit: int) -> Token:
    """Return ``/…/flags``, ``m/…/flags``, ``s/…/…/flags`` or ``tr/…/…/flags``, with any signs in the place of ``/``."""
    word = text[start:end]
    kind = _MATCHES.get(word, PATTERN)
    begin = end if word == "/" else _after_space(text, end, limit) + 1
    sign = text[begin - 1]
    inside = begin, _closing(text, begin, sign, limit)
    second = (0, 0)
    parts = 2 if kind in (SUBSTITUTION, TRANSLITERATION) else 1
    if parts == 2 and inside[1] >= 0:
        begin = inside[1] + 1
        if sign in _CLOSERS:
            begin = _after_space(text, begin, limit) + 1
            sign = text[begin - 1 : begin]
        second = begin, _closing(text, begin, sign, limit) if sign.strip() else -1
    if inside[1] < 0 or second[1] < 0:
        return Token(OPEN, start, limit)
    after = (inside if parts == 1 else second)[1] + 1
    flags = _FLAGS.match(text, after, limit)
    assert flags is not None
    return Token(kind, start, flags.end(), inside, second, after)


def _closing(text: str, begin: int, sign: str, limit: int) -> int:
    """Return the offset of the quote mark that closes the one before ``begin``, or -1."""
    closer = _CLOSERS.get(sign, sign)
    depth = 1
    for found in re.compile(rf"\\.|[{re.escape(sign + closer)}]", re.DOTALL).finditer(text, begin, limit):
        if found[0] == closer:
            depth -= 1
            if not depth:
                return found.start()
        elif found[0] == sign:
            depth += 1
    return -1


def variable_name(text: str) -> str:
    """Return the name in ``$name``, ``${ name }``, ``@name``, ``%name``, ``$#name`` or ``&name``."""
    return text.lstrip("$@%&#{ \t").rstrip("} \t")


class Stream:
    """A cursor on tokens. ``token`` is the one to be read next; after the last it stays there."""

    def __init__(self, source: Source, start: int, diagnostics: Diagnostics, nesting: int) -> None:
        self.source = source
        self.text = source.text
        self.diagnostics = diagnostics
        self.faults = 0
        self.lookalikes: list[tuple[int, int]] = []  # places in strings that look like commands of TeX
        self.matches = False  # patterns have been read
        self.deepest = 0
        self._nesting = nesting
        self._depth = 0
        self._braces = 0  # how many are open
        self.begin(start)

    def begin(self, start: int) -> None:
        """Read from an offset on, as from the beginning of code."""
        self._tokens = tokens(self.text, start)
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
            return self._open(token)
        found = self.shown(token)
        hint = hint or self._habit(token, expected)
        named = "the end of the macro" if token.kind in (END, NOTHING) else f"`{found}`"
        return self.fault(f"expected {expected}, found {named}", token.start, token.end, *filter(None, [hint]))

    def _habit(self, token: Token, expected: str) -> str:
        from . import habits  # most code reads

        if token.kind in _LIKE_NAMES and (hint := habits.called(self.text, token.start)):
            return hint
        operand = expected == "an expression"
        return (habits.of_operand if operand else habits.of_operator)(self.text, token.start)

    def _open(self, token: Token) -> Fault:
        from . import habits  # most code reads

        what = "string" if self.text[token.start] in "\"'q" else "pattern"
        hint = habits.of_open_string(self.text, token.start)
        message = f"{what} is never closed"
        return self.fault(message, token.start, token.start + 1, *filter(None, [hint]), code="PM102")

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
            if self._braces != outside:
                continue
            if kind == ";" or (kind == "}" and self.token.kind not in _CONTINUED and self.word() not in _LOOPS):
                return
