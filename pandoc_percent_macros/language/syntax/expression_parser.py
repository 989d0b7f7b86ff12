"""The parser of expressions, by recursive descent, with Perl's precedence (perlop)."""

from __future__ import annotations

from ...base import TYPE_CHECKING, Fault, Span
from ..functions import FUNCTIONS
from . import nodes
from .lexer import (
    ARRAY,
    CAPTURE,
    COUNT,
    HASH,
    KEY,
    MACRO,
    NUMBER,
    PATTERN,
    PLAIN,
    RICH,
    SCALAR,
    SUBSTITUTION,
    TRANSLITERATION,
    WORD,
    WORDS,
    Stream,
    Token,
)  # fmt: skip
from .literals import lookalikes, number_value, pattern_parts, plain_value, rich_parts, words_of

if TYPE_CHECKING:
    from ..functions import Function

OR, AND, NOT, CHOICE, RANGE, DEFAULT, BOTH, EQUAL, ORDER, SUM, PRODUCT, BIND, SIGN, POWER = range(1, 15)
LEVELS = {
    "or": OR, "and": AND, "?": CHOICE, "..": RANGE, "||": DEFAULT, "//": DEFAULT, "&&": BOTH,
    "==": EQUAL, "!=": EQUAL, "<=>": EQUAL, "eq": EQUAL, "ne": EQUAL, "cmp": EQUAL,
    "<": ORDER, ">": ORDER, "<=": ORDER, ">=": ORDER, "lt": ORDER, "gt": ORDER, "le": ORDER, "ge": ORDER,
    "+": SUM, "-": SUM, ".": SUM, "*": PRODUCT, "/": PRODUCT, "%": PRODUCT, "x": PRODUCT, "=~": BIND, "!~": BIND,
    "**": POWER,
}  # fmt: skip
_UNCHAINED = frozenset(("<=>", "cmp"))
_SIGNS = frozenset(("-", "+", "!"))
_STATEMENTS = frozenset(("return", "last", "next"))
_ENDS = frozenset((")", "]", "}", ";", ":", "=end", "nothing", "if", "unless", "for", "foreach", "or", "and"))
COMMAS = (",", "=>")
_PATTERNS = (PATTERN, SUBSTITUTION, TRANSLITERATION)
_FLAGS = {PATTERN: frozenset("gimsx"), SUBSTITUTION: frozenset("gimsxr"), TRANSLITERATION: frozenset("cdsr")}
_NO_OPERANDS = _ENDS | LEVELS.keys() - _SIGNS  # a function without parentheses has no argument before these


class Expressions:
    """Reads expressions from a stream of tokens. What stands in blocks is read by whoever reads statements.

    Recursion goes with the nesting of the text, which the stream's ``enter`` limits.
    """

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.values = 0  # blocks around, whose value counts

    def bracketed(self) -> nodes.Body:
        """Return the statements that stand in braces here."""
        raise NotImplementedError

    def let(self) -> nodes.Let:
        """Return the declaration that begins here."""
        raise NotImplementedError

    # One loop for each run of operators that bind alike

    def expression(self, level: int = OR) -> nodes.Expression:
        """Return the expression that begins here, as far as its operators bind at least at a level."""
        stream = self.stream
        left = self._operand()
        while (found := LEVELS.get(stream.token.kind, 0)) >= level and found:
            if found == CHOICE:
                left = self._choice(left)
            elif found == RANGE:
                left = self._range(left)
            elif found in (EQUAL, ORDER):
                left = self._comparison(left, found)
            elif found == POWER:
                left = self._power(left)
            elif found == BIND:
                left = self._bind(left)
            else:
                rest = self._rest(found)
                kind = nodes.Chain if found in (SUM, PRODUCT) else nodes.Logic
                left = kind(left.start, stream.before, left, rest)
        return left

    def _rest(self, level: int) -> tuple[tuple[str, nodes.Expression], ...]:
        rest = []
        while LEVELS.get(self.stream.token.kind) == level:
            operator = self.stream.advance().kind
            rest.append((operator, self.expression(level + 1)))
        return tuple(rest)

    def _choice(self, condition: nodes.Expression) -> nodes.Expression:
        start = condition.start
        cases = []
        while self.stream.skip("?"):
            self.stream.enter()
            value = self.expression(CHOICE)
            self.stream.leave()
            self.stream.expect(":")
            cases.append((condition, value))
            condition = self.expression(RANGE)
        return nodes.Choice(start, self.stream.before, tuple(cases), condition)

    def _range(self, low: nodes.Expression) -> nodes.Expression:
        self.stream.advance()
        high = self.expression(DEFAULT)
        if self.stream.token.kind == "..":
            raise self.stream.unexpected("an operator")
        return nodes.Range(low.start, self.stream.before, low, high)

    def _comparison(self, first: nodes.Expression, level: int) -> nodes.Expression:
        operands = [first]
        operators: list[str] = []
        while LEVELS.get(self.stream.token.kind) == level:
            if operators and not _UNCHAINED.isdisjoint((operators[0], self.stream.token.kind)):
                raise self.stream.unexpected("the end of the comparison")
            operators.append(self.stream.advance().kind)
            operands.append(self.expression(level + 1))
        return nodes.Comparison(first.start, self.stream.before, tuple(operands), tuple(operators))

    def _power(self, first: nodes.Expression) -> nodes.Expression:
        operands = [first]
        while self.stream.skip("**"):
            operands.append(self._operand())
        return nodes.Power(first.start, self.stream.before, tuple(operands))

    def _bind(self, target: nodes.Expression) -> nodes.Expression:
        sign = self.stream.advance()
        if self.stream.token.kind in _PATTERNS:
            return self._pattern(self.stream.advance(), target, sign.kind == "!~")
        value = self.expression(SIGN)  # in Perl any value is a pattern there
        self.stream.matches = True
        pattern = nodes.Pattern(value.start, value.end, (value,), "")
        return nodes.Match(target.start, self.stream.before, target, sign.kind == "!~", pattern, nodes.UNRESOLVED)

    def _pattern(self, token: Token, target: nodes.Expression | None = None, negated: bool = False) -> nodes.Expression:
        """Return what a pattern does to a target, ``$_`` if it has none."""
        stream = self.stream
        flags = stream.text[token.flags : token.end]
        if unknown := sorted({*flags} - _FLAGS[token.kind]) or ["xx"] * (flags.count("x") > 1):
            from . import habits  # most code reads

            hint = habits.of_flag("e" if "e" in unknown else unknown[0])
            message = f"unknown flag `{unknown[0]}`"
            stream.report(stream.fault(message, token.flags, token.end, *filter(None, [hint])))
        start = target.start if target else token.start
        target = target or nodes.Scalar(token.start, token.start + 1, "_", nodes.UNRESOLVED)
        if negated and token.kind != PATTERN:
            raise stream.fault("`!~` needs a pattern", token.start, token.end)
        if token.kind == TRANSLITERATION:
            searched, replacement = stream.text[slice(*token.inside)], stream.text[slice(*token.second)]
            return nodes.Transliteration(start, token.end, target, searched, replacement, flags)
        stream.matches = True
        pattern = self._regular(token, flags)
        if token.kind == PATTERN:
            return nodes.Match(start, token.end, target, negated, pattern, nodes.UNRESOLVED)
        parts = self._interpolated(*token.second)
        by = nodes.Interpolated(*token.second, parts) if parts else nodes.Literal(*token.second, "")
        return nodes.Substitution(start, token.end, target, pattern, by, nodes.UNRESOLVED)

    def _regular(self, token: Token, flags: str) -> nodes.Pattern:
        parts = tuple(pattern_parts(self.stream.text, *token.inside))
        return nodes.Pattern(*token.inside, parts, flags)

    def _operand(self) -> nodes.Expression:  # noqa: C901 — one case a kind of token
        token = self.stream.token
        kind = token.kind
        if kind in _SIGNS or kind == "not":
            return self._unary()
        if kind == SCALAR:
            return self._scalar(self.stream.advance())
        if kind == RICH:
            return self._rich(self.stream.advance())
        if kind == PLAIN:
            delimiters = self.stream.text[token.inside[0] - 1] + self.stream.text[token.inside[1]]
            self.stream.advance()
            return nodes.Literal(
                token.start, token.end, plain_value(self.stream.text[slice(*token.inside)], delimiters)
            )
        if kind == NUMBER:
            return self._number(self.stream.advance())
        if kind == ARRAY:
            return self._array(self.stream.advance())
        if kind == HASH:
            return nodes.Hash(token.start, self.stream.advance().end, self.stream.name(token), nodes.UNRESOLVED)
        if kind == CAPTURE:
            number = int(self.stream.word()[1:].replace("&", "0")[:9])
            return nodes.Capture(token.start, self.stream.advance().end, number, nodes.UNRESOLVED)
        if kind == KEY:
            self.stream.advance()
            return nodes.Literal(token.start, token.end, "".join(self.stream.text[token.start : token.end].split()))
        if kind in _PATTERNS:
            return self._pattern(self.stream.advance())
        if kind == COUNT:
            return nodes.Count(token.start, self.stream.advance().end, self.stream.name(token), nodes.UNRESOLVED)
        if kind == "undef":
            self.stream.advance()
            if self.stream.skip("("):
                self.stream.expect(")")
            return nodes.Literal(token.start, self.stream.before, None)
        if kind in ("(", WORDS):
            return self._list()
        if kind == WORD:
            return self._invocation(self.stream.advance())
        if kind == MACRO:
            return self._macro_call(self.stream.advance())
        statement = f"`{kind}` is a statement: write `{kind} … if …;`" if kind in _STATEMENTS else ""
        raise self.stream.unexpected("an expression", statement)

    def _unary(self) -> nodes.Expression:
        sign = self.stream.advance()
        self.stream.enter()
        if sign.kind != "not":
            operand = self.expression(POWER)
        elif self.stream.token.kind == "(":
            operand = self._list()  # then it is called like a function (perlop)
        else:
            operand = self.expression(NOT)
            if self.stream.token.kind == ",":  # in Perl the comma binds tighter: all of the list is one operand
                raise self.stream.unexpected("the end of the operand of `not`", "write `not(…)`")
        self.stream.leave()
        return nodes.Unary(sign.start, self.stream.before, sign.kind, operand)

    def _scalar(self, token: Token) -> nodes.Expression:
        name = self.stream.name(token)
        if self._subscript(token):
            key = self._brackets("}")
            if len(key) != 1:
                raise self.stream.fault(
                    "expected one key", token.start, self.stream.before, f"`@{name}{{…}}` takes several"
                )
            return nodes.Entry(token.start, self.stream.before, name, key[0], nodes.UNRESOLVED)
        if self.stream.token.kind != "[":
            return nodes.Scalar(token.start, token.end, name, nodes.UNRESOLVED)
        index = self._brackets("]")
        if len(index) != 1:
            hint = f"a slice is `@{name}[…]`"
            raise self.stream.fault("expected one index", token.start, self.stream.before, hint)
        return nodes.Element(token.start, self.stream.before, name, index[0], nodes.UNRESOLVED)

    def _subscript(self, token: Token) -> bool:
        """Whether a key follows a name: its brace stands right behind it."""
        return self.stream.token.kind == "{" and self.stream.token.start == token.end

    def _array(self, token: Token) -> nodes.Expression:
        name = self.stream.name(token)
        if self._subscript(token):
            return self._slice(nodes.Hash(token.start, token.end, name, nodes.UNRESOLVED), "}")
        array = nodes.Array(token.start, token.end, name, nodes.UNRESOLVED)
        return self._slice(array) if self.stream.token.kind == "[" else array

    def _slice(self, source: nodes.Array | nodes.List | nodes.Hash, close: str = "]") -> nodes.Expression:
        start = self.stream.token.start
        indexes = nodes.List(start, self.stream.before, self._brackets(close))
        return nodes.Slice(source.start, self.stream.before, source, indexes)

    def _brackets(self, close: str) -> tuple[nodes.Expression, ...]:
        self.stream.advance()
        self.stream.enter()
        items = self.items()
        self.stream.leave()
        self.stream.expect(close)
        return items

    def _list(self) -> nodes.Expression:
        token = self.stream.advance()
        if token.kind == WORDS:
            inside, at = self.stream.text[slice(*token.inside)], token.inside[0]
            words: tuple[nodes.Expression, ...] = tuple(
                nodes.Literal(at, token.inside[1], word) for word in words_of(inside)
            )
            found = nodes.List(token.start, token.end, words)
        else:
            self.stream.enter()
            items = (self.let(),) if self.stream.token.kind == "my" else self.items()
            self.stream.leave()
            self.stream.expect(")", "`)` or an operator")
            found = nodes.List(token.start, self.stream.before, items)
        return self._slice(found) if self.stream.token.kind == "[" else found

    def items(self, level: int = OR) -> tuple[nodes.Expression, ...]:
        """Return the expressions, parted by commas, up to what can't go on with them."""
        found: list[nodes.Expression] = []
        while self.stream.token.kind not in _ENDS:
            found.append(self.expression(level))
            if self.stream.token.kind not in COMMAS:
                break
            if isinstance(found[-1], nodes.Logic) and found[-1].rest[0][0] in ("and", "or"):
                raise self.stream.unexpected("`)`")  # in Perl the comma binds tighter
            self.stream.advance()
            level = CHOICE
        return tuple(found)

    def _invocation(self, token: Token) -> nodes.Expression:
        name = self.stream.text[token.start : token.end]
        function = FUNCTIONS.get(name)
        if function is None:
            if self.stream.token.kind != "(":
                from . import habits  # most code reads

                usual = f'text stands in quotes: `"{name}"`; a variable is `${name}`, a call `{name}(…)`'
                hint = habits.of_word(name) or usual
                raise self.stream.fault(f"`{name}` is not a value", token.start, token.end, hint)
            return self._macro_call(token)
        parenthesis = self.stream.skip("(") is not None
        self.stream.enter()
        if function.block:
            call = self._block(token, function.block.variables, function.run is None)
        else:
            call = nodes.FunctionCall(
                token.start, token.end, name, token.end, self._operands(token, function, parenthesis)
            )
        self.stream.leave()
        if parenthesis:
            self.stream.expect(")", "`,` or `)`")
        return call.replace(end=self.stream.before)

    def _operands(self, token: Token, function: Function, parenthesis: bool) -> tuple[nodes.Expression, ...]:
        """Return the arguments of a function; one that takes one value is given ``$_`` if there is none."""
        stream = self.stream
        items: tuple[nodes.Expression, ...]
        if function.prototype == "\\%" and stream.token.kind == "%":
            raise stream.unexpected("an expression")
        if function.pattern and stream.token.kind == PATTERN:
            items = self._separator()
        elif parenthesis or not function.named_unary:
            items = self.items()
        elif stream.token.kind in _NO_OPERANDS:
            items = ()
        else:
            items = (self.expression(SUM),)
        if items or not function.topic:
            return items
        return (nodes.Scalar(token.start, token.end, "_", nodes.UNRESOLVED),)

    def _separator(self) -> tuple[nodes.Expression, ...]:
        """Return the arguments of ``split /…/, …``: its pattern is not matched here."""
        token = self.stream.advance()
        self.stream.matches = True
        pattern = self._regular(token, self.stream.text[token.flags : token.end])
        return (pattern, *(self.items(CHOICE) if self.stream.skip(",") else ()))

    def _macro_call(self, token: Token) -> nodes.Expression:
        """Return a call of a macro: values, and then values by the names of parameters."""
        self.stream.advance()
        self.stream.enter()
        values: list[nodes.Expression] = []
        named: list[nodes.Named] = []
        while self.stream.token.kind not in _ENDS:
            if self.stream.token.kind == KEY:
                named.append(self._named())
            elif named:
                raise self.stream.unexpected("`name => value`", "arguments without a name come first")
            else:
                values.append(self.expression(CHOICE))
            if not self.stream.skip(","):
                break
        self.stream.leave()
        self.stream.expect(")", "`,` or `)`")
        name = self.stream.name(token)
        return nodes.MacroCall(token.start, self.stream.before, name, token.end, tuple(values), tuple(named))

    def _named(self) -> nodes.Named:
        token = self.stream.advance()
        self.stream.expect("=>")
        value = self.expression(CHOICE)
        return nodes.Named(token.start, self.stream.before, self.stream.text[token.start : token.end], value)

    def _block(self, token: Token, variables: tuple[str, ...], needed: bool) -> nodes.Expression:
        """Return ``map { … } list``, ``map value, list``, or, where no block is needed, ``sort list``."""
        scalars = tuple(nodes.Scalar(token.start, token.end, each, nodes.UNRESOLVED) for each in variables)
        name = self.stream.name(token)
        if self.stream.token.kind == "{":
            self.values += 1
            faults = self.stream.faults
            body = self.bracketed()
            self.values -= 1
            if not body.statements and self.stream.faults == faults:
                raise self.stream.fault(f"the block of `{name}` gives no value", body.start, body.end)
            self.stream.skip(",")
        elif needed:
            value = self.expression(CHOICE)
            body = nodes.Body(value.start, value.end, (nodes.Evaluate(value.start, value.end, value),))
            if not self.stream.skip(","):
                raise self.stream.unexpected("`,`", f"`{name} {{ … }} @list`, or `{name} EXPRESSION, @list`")
        else:
            return nodes.FunctionCall(token.start, self.stream.before, name, token.end, self.items())
        items = nodes.List(self.stream.token.start, self.stream.token.start, self.items())
        return nodes.Block(token.start, self.stream.before, name, scalars, body, items)

    def _number(self, token: Token) -> nodes.Expression:
        following = self.stream.token
        if following.start == token.end and following.kind in (WORD, NUMBER):
            text = self.stream.text[token.start : following.end][:30]
            hint = f'a length is text: write `"{text}"`'
            raise self.stream.fault(f"`{text}` is not a number", token.start, following.end, hint)
        try:
            return nodes.Literal(token.start, token.end, number_value(self.stream.text[token.start : token.end]))
        except Fault as fault:
            self.stream.report(fault.at(Span(self.stream.source, token.start, token.end)))
            return nodes.Literal(token.start, token.end, 0)

    def _rich(self, token: Token) -> nodes.Expression:
        parts = self._interpolated(*token.inside)
        if len(parts) == 1 and isinstance(parts[0], nodes.Literal):
            return nodes.Literal(token.start, token.end, parts[0].value)
        return nodes.Interpolated(token.start, token.end, parts) if parts else nodes.Literal(token.start, token.end, "")

    def _interpolated(self, start: int, end: int) -> tuple[nodes.Part, ...]:
        """Return the parts of the string that stands there."""
        self.stream.lookalikes += lookalikes(self.stream.text, start, end)
        try:
            return tuple(rich_parts(self.stream.source, start, end))
        except Fault as fault:
            self.stream.report(fault)
            return ()
