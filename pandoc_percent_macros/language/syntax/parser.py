"""The parser of statements. After a fault it goes on with the next statement, so that one reading finds all."""

from __future__ import annotations

from ...base.record import TYPE_CHECKING
from .expressions import CHOICE, ExpressionParser
from .nodes import Array, Assign, Body, Declare, Element, Evaluate, For, If, Invocation, Jump, List, Return, Scalar
from .stream import SyntaxFault
from .tokens import ARRAY, END, NOTHING, OPEN, SCALAR, WORD, Token

if TYPE_CHECKING:
    from .nodes import Expression, Statement

_ASSIGNMENTS = frozenset(("=", "+=", "-=", "*=", "/=", ".=", "%=", "**=", "x=", "||=", "&&=", "//="))
_MODIFIERS = frozenset(("if", "unless", "for", "foreach"))
_LAST = frozenset((END, NOTHING, OPEN))
_ABSENT = {
    "while": "every program ends: loop over a list with `for`",
    "until": "every program ends: loop over a list with `for`",
    "sub": "a macro of its own is a %%define",
    "do": "the language has no `do`",
    "use": "the language has no modules",
    "print": "a macro gives the value of `return`",
    "else": "`else` stands after the `}` of an `if`",
    "our": "write `my`",
    "local": "write `my`",
}


class Parser(ExpressionParser):
    """Reads statements."""

    def body(self) -> Body:
        """Return the statements up to the end of the definition."""
        start = self.token.start
        found: list[Statement] = []
        while True:
            found += self._statements()
            if self.token.kind in _LAST:
                break
            self.report(self.unexpected("a statement"))
            self.advance()
        return Body(start, self.before, tuple(found))

    def _statements(self) -> list[Statement]:
        found: list[Statement] = []
        while self.token.kind not in _LAST and self.token.kind != "}":
            if self.skip(";"):
                continue
            start = self.here()
            try:
                found.append(self._statement())
            except SyntaxFault as fault:
                self.report(fault)
                self.recover(start)
        return found

    def _bracketed(self) -> Body:
        start = self.expect("{").start
        self.enter()
        statements = self._statements()
        self.leave()
        self.expect("}", "`}`")
        return Body(start, self.before, tuple(statements))

    def _statement(self) -> Statement:
        kind = self.token.kind
        if kind == "if" or kind == "unless":
            return self._if()
        if kind == "for" or kind == "foreach":
            return self._for()
        simple = self._simple()
        if self.token.kind in _MODIFIERS:
            simple = self._modified(simple)
        if self.token.kind not in _LAST and self.token.kind != "}":
            self.expect(";", "`;` or an operator")
        return simple

    def _simple(self) -> Statement:
        token = self.token
        if token.kind == "my":
            return self._declare()
        if token.kind == "return":
            return self._return()
        if token.kind in ("last", "next"):
            self.advance()
            return Jump(token.start, token.end, token.kind)
        if token.kind == WORD and self.word() in _ABSENT:
            raise SyntaxFault(f"there is no `{self.word()}` here", token.start, token.end, _ABSENT[self.word()])
        value = self.expression()
        if self.token.kind in _ASSIGNMENTS:
            return self._assign(value)
        return Evaluate(token.start, self.before, value)

    def _declare(self) -> Declare:
        start = self.advance().start
        several = self.skip("(") is not None
        names = [self._declared()]
        while several and self.skip(","):
            names.append(self._declared())
        if several:
            self.expect(")")
        value = self.expression(CHOICE) if self.skip("=") else None
        if self.token.kind in _MODIFIERS:
            raise SyntaxFault(
                "a declaration takes no condition", start, self.token.end, "declare first: `my $v; $v = … if …;`"
            )
        return Declare(start, self.before, tuple(names), several, value)

    def _declared(self) -> Scalar | Array:
        token = self.token
        if token.kind == ARRAY:
            return Array(token.start, self.advance().end, self.name(token))
        self.expect(SCALAR, "a variable")
        return Scalar(token.start, token.end, self.name(token))

    def _return(self) -> Return:
        token = self.advance()
        items = self.items(CHOICE)
        if not items:
            return Return(token.start, token.end, None)
        value = items[0] if len(items) == 1 else List(items[0].start, self.before, items)
        return Return(token.start, self.before, value)

    def _assign(self, target: Expression) -> Assign:
        if not isinstance(target, (Scalar, Array, Element)):
            hint = "write `my ($a, $b) = …`, or one assignment each" if isinstance(target, List) else ""
            hint = "to compare, write `==` or `eq`" if isinstance(target, Invocation) else hint
            raise SyntaxFault("only a variable can be assigned to", target.start, target.end, *filter(None, [hint]))
        operator = self.advance()
        value = self.expression(CHOICE)
        if self.token.kind in _ASSIGNMENTS:
            raise self.unexpected("`;` or an operator")
        return Assign(target.start, self.before, target, operator.kind, value)

    def _modified(self, simple: Statement) -> Statement:
        word = self.advance()
        value = self.expression() if word.kind in ("if", "unless") else self._listed()
        body = Body(simple.start, simple.end, (simple,))
        if word.kind in ("if", "unless"):
            return If(simple.start, self.before, ((value, word.kind == "unless", body),), None)
        return For(simple.start, self.before, Scalar(word.start, word.end, "_"), value, body)

    def _listed(self) -> Expression:
        start = self.token.start
        items = self.items()
        if not items:
            raise self.unexpected("a list")
        return List(start, self.before, items)

    def _if(self) -> If:
        token = self.advance()
        cases = [self._case(token.kind == "unless")]
        otherwise = None
        while self.token.kind == "elsif":
            self.advance()
            cases.append(self._case(False))
        if self.skip("else"):
            if self.token.kind == "if":
                raise SyntaxFault("expected `{`, found `if`", self.token.start, self.token.end, "write `elsif`")
            otherwise = self._bracketed()
        return If(token.start, self.before, tuple(cases), otherwise)

    def _case(self, negated: bool) -> tuple[Expression, bool, Body]:
        self.expect("(")
        self.enter()
        condition = self.expression()
        self.leave()
        self.expect(")", "`)` or an operator")
        return condition, negated, self._bracketed()

    def _counting(self, start: int) -> SyntaxFault:
        """Return the fault of a loop as C has it, and go on to its block."""
        end = self.token.end
        depth = 1
        while depth and self.token.kind not in _LAST:
            kind = self.advance().kind
            depth += (kind == "(") - (kind == ")")
        return SyntaxFault("a loop goes over a list", start, end, "write `for my $i (0 .. 9) { … }`")

    def _for(self) -> For:
        word = self.advance()
        self.skip("my")
        variable = Scalar(word.start, word.end, "_")
        if self.token.kind != "(":
            name: Token = self.expect(SCALAR, "`my $name (list)`")
            variable = Scalar(name.start, name.end, self.name(name))
        start = self.expect("(").start
        if self.token.kind == "my":
            raise self._counting(self.token.start)
        self.enter()
        items = self.items()
        self.leave()
        if self.token.kind in (";", "="):
            raise self._counting(word.start)
        self.expect(")", "`,` or `)`")
        source = List(start, self.before, items)
        return For(word.start, self.before, variable, source, self._bracketed())
