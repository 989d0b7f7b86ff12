"""From patterns in the code of a checked macro to closures. Loaded for macros that match something."""

from __future__ import annotations

from ...base import TYPE_CHECKING, Fault, Span, pattern
from ..patterns import searching, transliteration
from ..patterns.translation import Unfit
from ..syntax import nodes
from ..values import concatenate, element, entry, operators, set_entry, text_of
from . import closures
from .closures import variable

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..functions import Frame, Run
    from ..patterns.searching import Captures, Compiled
    from ..values import Value
    from .expressions import Expressions


_CODE = pattern(r"\(\?\??\{")


class Matching:
    """Compiles what patterns do in the code of one macro.

    Args:
        expressions: compiles the macro's expressions.
    """

    def __init__(self, expressions: Expressions) -> None:
        self.expressions = expressions
        self.budget = expressions.budget

    def pattern(self, node: nodes.Pattern) -> Run:
        """Return the closure of a pattern: it returns one that is ready to be matched."""
        budget, flags = self.budget, node.flags
        if all(isinstance(part, nodes.Literal) for part in node.parts) and len(node.parts) <= 1:
            source = str(node.parts[0].value) if node.parts else ""  # type: ignore[union-attr]
            return self.placed(lambda frame: searching.compiled(source, flags, budget), node)
        literals = (str(part.value) for part in node.parts if isinstance(part, nodes.Literal))
        code = next(filter(_CODE.search, literals), None)
        if code is not None:  # a fault, whatever the variables hold that are put in
            return self.placed(lambda frame: searching.compiled(code, flags, budget), node)
        parts = [self.part(each) for each in node.parts]

        def run(frame: Frame) -> Compiled:
            source = text_of(concatenate([part(frame) for part in parts], budget))
            return searching.compiled(source, flags, budget)

        return self.placed(run, node)

    def placed(self, run: Run, node: nodes.Pattern) -> Run:
        """Return a closure whose faults stand in the pattern, as near as can be told."""
        source, start, end = self.expressions.source, node.start, node.end
        exact = len(node.parts) == 1

        def placed(frame: Frame) -> Any:
            try:
                return run(frame)
            except Unfit as fault:
                span = (start + fault.offset, start + fault.stop) if exact else (start, end)
                raise fault.at(Span(source, *span)) from None
            except Fault as fault:
                raise fault.at(Span(source, start, end)) from None

        return placed

    def part(self, node: Any) -> Run:
        if isinstance(node, nodes.Quoted):
            inside = self.expressions.joined(node.parts, node)
            return lambda frame: searching.quotemeta(text_of(inside(frame)))
        return self.expressions.joined((node,), node) if not isinstance(node, nodes.Literal) else self.literal(node)

    def literal(self, node: nodes.Literal) -> Run:
        return closures.constant(node.value)

    def match(self, node: nodes.Match) -> Run:
        """Return the closure that tells whether a pattern matches."""
        target, pattern = self.expressions.in_scalar(node.target), self.pattern(node.pattern)
        budget, slot, negated = self.budget, node.slot, node.negated

        def run(frame: Frame) -> bool:
            value = target(frame)
            subject = searching.Subject(pattern(frame), value, budget)
            spans = subject.first()
            if spans is not None:
                frame[slot] = subject.captures(spans)
            return (spans is not None) != negated

        return closures.placed(run, self.expressions.place(node))

    def matches(self, node: nodes.Match) -> Run:
        """Return the closure of a match as a list: what the groups found, or all matches."""
        target, pattern = self.expressions.in_scalar(node.target), self.pattern(node.pattern)
        budget, slot = self.budget, node.slot

        def once(frame: Frame) -> list[Value]:
            value = target(frame)
            subject = searching.Subject(pattern(frame), value, budget)
            spans = subject.first()
            if spans is None:
                return []
            captures = frame[slot] = subject.captures(spans)
            return [*captures[1:]] or [1]

        def every(frame: Frame) -> list[Value]:
            value = target(frame)
            found, captures = searching.all_matches(pattern(frame), value, budget)
            if captures is not None:
                frame[slot] = captures
            return found

        return closures.placed(every if "g" in node.pattern.flags else once, self.expressions.place(node))

    def split(self, node: nodes.FunctionCall) -> Run:
        """Return the closure of ``split /…/, …``."""
        separator, text, *limit = node.arguments
        assert isinstance(separator, nodes.Pattern)
        if separator.parts and separator.parts[0] == nodes.Literal(separator.start, separator.end, "^"):
            separator = separator.replace(flags=separator.flags + "m")  # perlfunc, "split"
        pattern, value = self.pattern(separator), self.expressions.in_scalar(text)
        most = self.expressions.in_scalar(limit[0]) if limit else closures.constant(0)
        budget = self.budget
        return closures.placed(
            lambda frame: searching.split(pattern(frame), value(frame), most(frame), budget),
            self.expressions.place(node),
        )

    def substitution(self, node: nodes.Substitution) -> Run:
        """Return the closure of ``s/…/…/``: how often it replaced something, or with ``r`` the new text."""
        flags, slot, budget = node.pattern.flags, node.slot, self.budget
        pattern, replacement = self.pattern(node.pattern), self.expressions.in_scalar(node.replacement)
        get, put = self.variable(node.target, changes="r" not in flags)
        every = "g" in flags

        def replaced(frame: Frame) -> tuple[Any, int, Any]:
            key, value = get(frame)

            def replace(captures: Captures) -> Value:
                frame[slot] = captures
                return replacement(frame)  # type: ignore[no-any-return]

            return (*searching.substituted(pattern(frame), value, every, replace, budget), key)

        def changed(frame: Frame) -> Any:
            text, count, key = replaced(frame)
            if count:
                put(frame, key, text)
            return count or False

        run: Run = (lambda frame: replaced(frame)[0]) if "r" in flags else changed
        return closures.placed(run, self.expressions.place(node))

    def transliteration(self, node: nodes.Transliteration) -> Run:
        """Return the closure of ``tr/…/…/``: how many characters were found, or with ``r`` the new text."""
        table = transliteration.table(node.searched, node.replacement, node.flags)
        gives, budget = "r" in node.flags, self.budget
        get, put = self.variable(node.target, changes=table.changes and not gives)

        def run(frame: Frame) -> Any:
            key, value = get(frame)
            text, count = transliteration.transliterated(table, text_of(value), budget)
            if gives:
                return text
            if table.changes:
                put(frame, key, text)
            return count

        return closures.placed(run, self.expressions.place(node))

    def variable(
        self, target: nodes.Expression, changes: bool
    ) -> tuple[Callable[[Frame], tuple[Any, Any]], Callable[[Frame, Any, Any], None]]:
        """Return how a target is read, as what tells where it is and its value, and how it is changed there."""
        while isinstance(target, nodes.List) and len(target.items) == 1:
            target = target.items[0]
        budget = self.budget
        if isinstance(target, nodes.Let):
            declare = self.expressions.in_scalar(target)
            slot = target.declaration.names[0].slot
            return lambda frame: (slot, declare(frame)), lambda frame, key, value: frame.__setitem__(key, value)
        if isinstance(target, nodes.Scalar) or not changes:
            slot = getattr(target, "slot", nodes.UNRESOLVED)
            value = self.expressions.in_scalar(target)
            return lambda frame: (slot, value(frame)), lambda frame, key, new: frame.__setitem__(key, new)
        assert isinstance(target, (nodes.Element, nodes.Entry))
        holder = variable(target.slot)
        if isinstance(target, nodes.Element):
            index = self.expressions.in_scalar(target.index)
            return (
                lambda frame: (at := index(frame), element(holder(frame), at)),
                lambda frame, at, new: operators.store(holder(frame), at, new, budget),
            )
        key = self.expressions.in_scalar(target.key)
        return (
            lambda frame: (at := key(frame), entry(holder(frame), at)),
            lambda frame, at, new: set_entry(holder(frame), at, new, budget),
        )
