"""The parser of expressions: Perl's precedence (perlop), one loop for each run of operators that bind alike."""

from __future__ import annotations

from ...base.record import TYPE_CHECKING
from ..functions.signatures import NAMED_UNARY, PROTOTYPES, WITH_BLOCK
from .literals import LiteralFault, lookalikes, number_value, plain_value, rich_parts
from .nodes import (
    Array,
    Block,
    Chain,
    Choice,
    Comparison,
    Count,
    Element,
    Interpolated,
    Invocation,
    List,
    Literal,
    Logic,
    Power,
    Range,
    Scalar,
    Slice,
    Unary,
)
from .stream import Stream, SyntaxFault
from .tokens import ARRAY, COUNT, NUMBER, PLAIN, RICH, SCALAR, WORD, WORDS, Token

if TYPE_CHECKING:
    from .nodes import Expression

OR, AND, NOT, CHOICE, RANGE, DEFAULT, BOTH, EQUAL, ORDER, SUM, PRODUCT, SIGN, POWER = range(1, 14)
LEVELS = {
    "or": OR, "and": AND, "?": CHOICE, "..": RANGE, "||": DEFAULT, "//": DEFAULT, "&&": BOTH,
    "==": EQUAL, "!=": EQUAL, "<=>": EQUAL, "eq": EQUAL, "ne": EQUAL, "cmp": EQUAL,
    "<": ORDER, ">": ORDER, "<=": ORDER, ">=": ORDER, "lt": ORDER, "gt": ORDER, "le": ORDER, "ge": ORDER,
    "+": SUM, "-": SUM, ".": SUM, "*": PRODUCT, "/": PRODUCT, "%": PRODUCT, "x": PRODUCT, "**": POWER,
}  # fmt: skip
_SIGNS = frozenset(("-", "+", "!"))
_STATEMENTS = frozenset(("return", "last", "next"))
_ENDS = frozenset((")", "]", "}", ";", ":", "=end", "nothing", "if", "unless", "for", "foreach", "or", "and"))


class ExpressionParser(Stream):
    """Reads expressions. Recursion goes with the nesting of the text, which ``enter`` limits."""

    def expression(self, level: int = OR) -> Expression:
        """Return the expression that begins here, as far as its operators bind at least at a level."""
        left = self._operand()
        while (found := LEVELS.get(self.token.kind, 0)) >= level and found:
            if found == CHOICE:
                left = self._choice(left)
            elif found == RANGE:
                left = self._range(left)
            elif found in (EQUAL, ORDER):
                left = self._comparison(left, found)
            elif found == POWER:
                left = self._power(left)
            else:
                rest = self._rest(found)
                kind = Chain if found in (SUM, PRODUCT) else Logic
                left = kind(left.start, self.before, left, rest)
        return left

    def _rest(self, level: int) -> tuple[tuple[str, Expression], ...]:
        rest = []
        while LEVELS.get(self.token.kind) == level:
            operator = self.advance().kind
            rest.append((operator, self.expression(level + 1)))
        return tuple(rest)

    def _choice(self, condition: Expression) -> Expression:
        start = condition.start
        cases = []
        while self.skip("?"):
            self.enter()
            value = self.expression(CHOICE)
            self.leave()
            self.expect(":")
            cases.append((condition, value))
            condition = self.expression(RANGE)
        return Choice(start, self.before, tuple(cases), condition)

    def _range(self, low: Expression) -> Expression:
        self.advance()
        high = self.expression(DEFAULT)
        if self.token.kind == "..":
            raise self.unexpected("an operator")
        return Range(low.start, self.before, low, high)

    def _comparison(self, first: Expression, level: int) -> Expression:
        operands = [first]
        operators: list[str] = []
        while LEVELS.get(self.token.kind) == level:
            if operators and ("<=>" in (operators[0], self.token.kind) or "cmp" in (operators[0], self.token.kind)):
                raise self.unexpected("the end of the comparison")
            operators.append(self.advance().kind)
            operands.append(self.expression(level + 1))
        return Comparison(first.start, self.before, tuple(operands), tuple(operators))

    def _power(self, first: Expression) -> Expression:
        operands = [first]
        while self.skip("**"):
            operands.append(self._operand())
        return Power(first.start, self.before, tuple(operands))

    def _operand(self) -> Expression:
        token = self.token
        kind = token.kind
        if kind in _SIGNS or kind == "not":
            return self._unary()
        if kind == SCALAR:
            return self._scalar(self.advance())
        if kind == RICH:
            return self._rich(self.advance())
        if kind == PLAIN:
            delimiters = self.text[token.inside[0] - 1] + self.text[token.inside[1]]
            self.advance()
            return Literal(token.start, token.end, plain_value(self.text[slice(*token.inside)], delimiters))
        if kind == NUMBER:
            return self._number(self.advance())
        if kind == ARRAY:
            return self._array(self.advance())
        if kind == COUNT:
            return Count(token.start, self.advance().end, self.name(token))
        if kind == "undef":
            self.advance()
            if self.skip("("):
                self.expect(")")
            return Literal(token.start, self.before, None)
        if kind in ("(", WORDS):
            return self._list()
        if kind == WORD:
            return self._invocation(self.advance())
        statement = f"`{kind}` is a statement: write `{kind} … if …;`" if kind in _STATEMENTS else ""
        raise self.unexpected("an expression", statement)

    def _unary(self) -> Expression:
        sign = self.advance()
        self.enter()
        if sign.kind != "not":
            operand = self.expression(POWER)
        elif self.token.kind == "(":
            operand = self._list()  # then it is called like a function (perlop)
        else:
            operand = self.expression(NOT)
            if self.token.kind == ",":  # in Perl the comma binds tighter: all of the list is one operand
                raise self.unexpected("the end of the operand of `not`", "write `not(…)`")
        self.leave()
        return Unary(sign.start, self.before, sign.kind, operand)

    def _scalar(self, token: Token) -> Expression:
        if self.token.kind != "[":
            return Scalar(token.start, token.end, self.name(token))
        index = self._brackets()
        if len(index) != 1:
            raise SyntaxFault("expected one index", token.start, self.before, f"a slice is `@{self.name(token)}[…]`")
        return Element(token.start, self.before, self.name(token), index[0])

    def _array(self, token: Token) -> Expression:
        array = Array(token.start, token.end, self.name(token))
        return self._slice(array) if self.token.kind == "[" else array

    def _slice(self, source: Array | List) -> Expression:
        start = self.token.start
        indexes = List(start, self.before, self._brackets())
        return Slice(source.start, self.before, source, indexes)

    def _brackets(self) -> tuple[Expression, ...]:
        self.advance()
        self.enter()
        items = self.items()
        self.leave()
        self.expect("]")
        return items

    def _list(self) -> Expression:
        token = self.advance()
        if token.kind == WORDS:
            inside, at = self.text[slice(*token.inside)], token.inside[0]
            words: tuple[Expression, ...] = tuple(Literal(at, token.inside[1], word) for word in inside.split())
            found = List(token.start, token.end, words)
        else:
            self.enter()
            items = self.items()
            self.leave()
            self.expect(")", "`)` or an operator")
            found = List(token.start, self.before, items)
        return self._slice(found) if self.token.kind == "[" else found

    def items(self, level: int = OR) -> tuple[Expression, ...]:
        """Return the expressions, parted by commas, up to what can't go on with them."""
        found: list[Expression] = []
        while self.token.kind not in _ENDS:
            found.append(self.expression(level))
            if self.token.kind != ",":
                break
            if isinstance(found[-1], Logic) and found[-1].rest[0][0] in ("and", "or"):
                raise self.unexpected("`)`")  # in Perl the comma binds tighter
            self.advance()
            level = CHOICE
        return tuple(found)

    def _invocation(self, token: Token) -> Expression:
        name = self.text[token.start : token.end]
        parenthesis = self.skip("(")
        if not parenthesis and name not in PROTOTYPES:
            hint = f'text stands in quotes: `"{name}"`; a variable is `${name}`, a call `{name}(…)`'
            raise SyntaxFault(f"word `{name}` is no value", token.start, token.end, hint)
        self.enter()
        if name in WITH_BLOCK and self.token.kind == "{":
            return self._block(token, name, parenthesis is not None)
        if parenthesis or name not in NAMED_UNARY:
            arguments = self.items()
        elif self.token.kind in _ENDS or (self.token.kind in LEVELS and self.token.kind not in _SIGNS):
            arguments = ()
        else:
            arguments = (self.expression(SUM),)
        self.leave()
        if parenthesis:
            self.expect(")", "`,` or `)`")
        return Invocation(token.start, self.before, name, token.end, arguments)

    def _block(self, token: Token, name: str, parenthesis: bool) -> Expression:
        self.advance()
        value = self.expression()
        self.expect("}")
        self.skip(",")
        items = List(self.token.start, self.token.start, self.items())
        self.leave()
        if parenthesis:
            self.expect(")", "`,` or `)`")
        return Block(token.start, self.before, name, value, items)

    def _number(self, token: Token) -> Expression:
        following = self.token
        if following.start == token.end and following.kind in (WORD, NUMBER):
            text = self.text[token.start : following.end][:30]
            hint = f'a length is text: write `"{text}"`'
            raise SyntaxFault(f"`{text}` is no number", token.start, following.end, hint)
        try:
            return Literal(token.start, token.end, number_value(self.text[token.start : token.end], token.start))
        except LiteralFault as fault:
            self._report(fault)
            return Literal(token.start, token.end, 0)

    def _rich(self, token: Token) -> Expression:
        self.lookalikes += lookalikes(self.text, *token.inside)
        try:
            parts = tuple(rich_parts(self.text, *token.inside))
        except LiteralFault as fault:
            self._report(fault)
            parts = ()
        if len(parts) == 1 and isinstance(parts[0], Literal):
            return Literal(token.start, token.end, parts[0].value)
        return Interpolated(token.start, token.end, parts) if parts else Literal(token.start, token.end, "")

    def _report(self, fault: LiteralFault) -> None:
        self.report(SyntaxFault(fault.message, fault.start, fault.end, *fault.hints))
