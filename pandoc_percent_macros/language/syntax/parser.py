"""The parser of code: statements, made of expressions.

After a fault it goes on with the next statement, so that one reading finds all.
"""

from __future__ import annotations

from ...base import Fault
from . import nodes
from .expression_parser import CHOICE, COMMAS, Expressions
from .lexer import ARRAY, END, HASH, NOTHING, OPEN, SCALAR, WORD, Token

_DECLARED: dict[str, type[nodes.Scalar | nodes.Array | nodes.Hash]] = {
    ARRAY: nodes.Array, HASH: nodes.Hash, SCALAR: nodes.Scalar,
}  # fmt: skip
_STEPS = ("++", "--")
_ASSIGNMENTS = frozenset(("=", "+=", "-=", "*=", "/=", ".=", "%=", "**=", "x=", "||=", "&&=", "//="))
_MODIFIERS = frozenset(("if", "unless", "for", "foreach"))
_LAST = frozenset((END, NOTHING, OPEN))
# Words that begin statements in Perl and elsewhere, and none here; of the second kind a macro may be called
_ABSENT = frozenset("while until do sub eval switch given".split())
_ABSENT_ALONE = frozenset(
    "use no require import package print say printf echo our local state let var const def function goto redo".split()
)


class Parser(Expressions):
    """Reads statements from a stream of tokens."""

    def body(self) -> nodes.Body:
        """Return the statements up to the end of the definition."""
        start = self.stream.token.start
        found: list[nodes.Statement] = []
        if self.stream.token.kind == "{" and self.stream.text[start : start + 2] not in ("{{", "{%"):
            hint = "the body stands between the head and `=end`, without braces around it"
            self.stream.report(self.stream.fault("expected a statement, found `{`", start, start + 1, hint))
            self.bracketed()
        while True:
            found += self._statements()
            if self.stream.token.kind in _LAST:
                break
            self.stream.report(self.stream.unexpected("a statement"))
            self.stream.advance()
        return nodes.Body(start, self.stream.before, tuple(found))

    def _statements(self) -> list[nodes.Statement]:
        found: list[nodes.Statement] = []
        while self.stream.token.kind not in _LAST and self.stream.token.kind != "}":
            if self.stream.skip(";"):
                continue
            start = self.stream.here()
            try:
                found.append(self._statement())
            except Fault as fault:
                self.stream.report(fault)
                self.stream.recover(start)
        return found

    def bracketed(self) -> nodes.Body:
        start = self.stream.expect("{").start
        self.stream.enter()
        statements = self._statements()
        self.stream.leave()
        self.stream.expect("}", "`}`")
        return nodes.Body(start, self.stream.before, tuple(statements))

    def _statement(self) -> nodes.Statement:
        kind = self.stream.token.kind
        if kind == "if" or kind == "unless":
            return self._if()
        if kind == "for" or kind == "foreach":
            return self._for()
        simple = self._simple()
        if self.stream.token.kind in _MODIFIERS:
            simple = self._modified(simple)
        if self.stream.token.kind not in _LAST and self.stream.token.kind != "}":
            self.stream.expect(";", "`;` or an operator")
        return simple

    def _simple(self) -> nodes.Statement:
        token = self.stream.token
        if token.kind == "my":
            return self._declare()
        if token.kind == "return":
            return self._return()
        if token.kind in ("last", "next"):
            self.stream.advance()
            return nodes.Jump(token.start, token.end, token.kind)
        if token.kind == WORD and self._is_absent(token):
            raise self._absent(token)
        step = self.stream.advance().kind if token.kind in _STEPS else ""
        value = self.expression()
        if step or self.stream.token.kind in _STEPS:
            return self._step(value, token.start, step)
        if self.stream.token.kind in _ASSIGNMENTS:
            return self._assign(value)
        if self.values and self.stream.token.kind in COMMAS:
            value = self._several(value)
        return nodes.Evaluate(token.start, self.stream.before, value)

    def _several(self, first: nodes.Expression) -> nodes.Expression:
        """Return a list without parentheses, which may be the value of a block."""
        self.stream.advance()
        items = (first, *self.items(CHOICE))
        return nodes.List(first.start, self.stream.before, items)

    def _is_absent(self, token: Token) -> bool:
        word = self.stream.word()
        return word in _ABSENT or (word in _ABSENT_ALONE and self.stream.text[token.end : token.end + 1] != "(")

    def _absent(self, token: Token) -> Fault:
        """Return the fault of a word that begins statements elsewhere."""
        from . import habits  # most code reads

        word = self.stream.word()
        return self.stream.fault(f"`{word}` can't stand here", token.start, token.end, habits.of_word(word))

    def _step(self, target: nodes.Expression, start: int, prefix: str) -> nodes.Assign:
        """Return ``$i++`` or, with its sign as a prefix, ``++$i``."""
        if not isinstance(target, (nodes.Scalar, nodes.Element, nodes.Entry)):
            if not prefix:
                raise self.stream.unexpected("`;` or an operator")
            raise self.stream.fault(f"`{prefix}` needs a variable", target.start, target.end)
        sign = prefix or self.stream.advance().kind
        one = nodes.Literal(target.start, target.end, 1)
        return nodes.Assign(start, self.stream.before, target, sign, one, postfix=not prefix)

    def _declare(self) -> nodes.Declare:
        start = self.stream.advance().start
        several = self.stream.skip("(") is not None
        names = [self._declared()]
        while several and self.stream.skip(","):
            names.append(self._declared())
        if several:
            self.stream.expect(")")
        value = self.expression(CHOICE) if self.stream.skip("=") else None
        if self.stream.token.kind == "," and not several:
            raise self.stream.unexpected(
                "`;` or an operator", "several are declared in parentheses: `my ($a, $b) = …;`"
            )
        if self.stream.token.kind in _MODIFIERS:
            raise self.stream.fault(
                "a declaration can't have a condition",
                start,
                self.stream.token.end,
                "declare first: `my $v; $v = … if …;`",
            )
        return nodes.Declare(start, self.stream.before, tuple(names), several, value)

    def _declared(self) -> nodes.Scalar | nodes.Array | nodes.Hash:
        token = self.stream.token
        if token.kind not in _DECLARED:
            raise self.stream.unexpected("a variable")
        self.stream.advance()
        return _DECLARED[token.kind](token.start, token.end, self.stream.name(token), nodes.UNRESOLVED)

    def _return(self) -> nodes.Return:
        token = self.stream.advance()
        items = self.items(CHOICE)
        if not items:
            return nodes.Return(token.start, token.end, None)
        value = items[0] if len(items) == 1 else nodes.List(items[0].start, self.stream.before, items)
        return nodes.Return(token.start, self.stream.before, value)

    def _assign(self, target: nodes.Expression) -> nodes.Assign:
        if not isinstance(target, (nodes.Scalar, nodes.Array, nodes.Hash, nodes.Element, nodes.Entry)):
            hint = "write `my ($a, $b) = …`, or one assignment each" if isinstance(target, nodes.List) else ""
            hint = "to compare, write `==` or `eq`" if isinstance(target, nodes.MacroCall) else hint
            hints = [hint] if hint else []
            raise self.stream.fault("only a variable can be assigned to", target.start, target.end, *hints)
        operator = self.stream.advance()
        value = self.expression(CHOICE)
        if self.stream.token.kind in _ASSIGNMENTS:
            raise self.stream.unexpected("`;` or an operator")
        return nodes.Assign(target.start, self.stream.before, target, operator.kind, value)

    def _modified(self, simple: nodes.Statement) -> nodes.Statement:
        word = self.stream.advance()
        value = self.expression() if word.kind in ("if", "unless") else self._listed()
        body = nodes.Body(simple.start, simple.end, (simple,))
        if word.kind in ("if", "unless"):
            return nodes.If(simple.start, self.stream.before, ((value, word.kind == "unless", body),), None)
        return nodes.For(
            simple.start, self.stream.before, nodes.Scalar(word.start, word.end, "_", nodes.UNRESOLVED), value, body
        )

    def _listed(self) -> nodes.Expression:
        start = self.stream.token.start
        items = self.items()
        if not items:
            raise self.stream.unexpected("a list")
        return nodes.List(start, self.stream.before, items)

    def _if(self) -> nodes.If:
        token = self.stream.advance()
        cases = [self._case(token.kind == "unless")]
        otherwise = None
        while self.stream.token.kind == "elsif":
            self.stream.advance()
            cases.append(self._case(False))
        if self.stream.token.kind == WORD and self.stream.word() in ("elseif", "elif"):
            raise self.stream.unexpected("`elsif`", "write `elsif (…) { … }`")
        if self.stream.skip("else"):
            if self.stream.token.kind == "if":
                raise self.stream.unexpected("`{`", "write `elsif`")
            otherwise = self.bracketed()
        return nodes.If(token.start, self.stream.before, tuple(cases), otherwise)

    def _case(self, negated: bool) -> tuple[nodes.Expression, bool, nodes.Body]:
        if self.stream.token.kind != "(":
            raise self.stream.unexpected("`(`", "a condition stands in parentheses: `if ($x) { … }`")
        self.stream.advance()
        self.stream.enter()
        condition = self.let() if self.stream.token.kind == "my" else self.expression()
        self.stream.leave()
        self.stream.expect(")", "`)` or an operator")
        if self.stream.token.kind != "{" and self.stream.token.kind not in _LAST:
            hint = "write `elsif`" if self.stream.token.kind == "if" else ""
            hint = hint or "a statement after the condition stands in braces, or before it: `return 1 if $x;`"
            raise self.stream.unexpected("`{`", hint)
        return condition, negated, self.bracketed()

    def let(self) -> nodes.Let:
        declaration = self._declare()
        return nodes.Let(declaration.start, declaration.end, declaration)

    def _counting(self, start: int) -> Fault:
        """Return the fault of a loop as C has it, and go on to its block."""
        end = self.stream.token.end
        depth = 1
        while depth and self.stream.token.kind not in _LAST:
            kind = self.stream.advance().kind
            depth += (kind == "(") - (kind == ")")
        return self.stream.fault("a `for` loop needs a list", start, end, "write `for my $i (0 .. 9) { … }`")

    def _for(self) -> nodes.For:
        word = self.stream.advance()
        if self.stream.skip("my") and self.stream.token.kind == "(":
            hint = "take one at a time: `for my $k (keys %h) { my $v = $h{$k}; … }`"
            raise self.stream.unexpected("`$name`", hint)
        variable = nodes.Scalar(word.start, word.end, "_", nodes.UNRESOLVED)
        if self.stream.token.kind != "(":
            name: Token = self.stream.expect(SCALAR, "`my $name (list)`")
            variable = nodes.Scalar(name.start, name.end, self.stream.name(name), nodes.UNRESOLVED)
        start = self.stream.expect("(").start
        if self.stream.token.kind == "my":
            raise self._counting(self.stream.token.start)
        self.stream.enter()
        items = self.items()
        self.stream.leave()
        if self.stream.token.kind in (";", "="):
            raise self._counting(word.start)
        self.stream.expect(")", "`,` or `)`")
        source = nodes.List(start, self.stream.before, items)
        return nodes.For(word.start, self.stream.before, variable, source, self.bracketed())
