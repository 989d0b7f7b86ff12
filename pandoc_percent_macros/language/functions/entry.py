"""What a function of the language is, one entry of the table; and what it may ask of the document."""

from __future__ import annotations

from ...base import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from ..values import Budget, Value

Frame: TypeAlias = "list[Any]"  # of a running macro: see check/checker.py
Run: TypeAlias = "Callable[[Frame], Any]"  # the closure of an expression: see run/closures.py
Operation: TypeAlias = "Callable[..., Any]"  # on values and lists

# Contexts, as Perl has them (perldata, "Context"). What goes into the document is taken in the one that its form calls
# for; of a condition only its truth is wanted.
SCALAR, LIST, RESULT, TRUTH = "scalar", "list", "result", "truth"


class Code:
    """The code of a block, ready to run for one element after the other."""

    __slots__ = ("frame", "run", "slots", "weight")

    def __init__(self, frame: Frame, slots: tuple[int, ...], run: Run, weight: int) -> None:
        self.frame = frame  # in which the block's variables are set before it runs
        self.slots = slots  # of the block's variables
        self.run = run  # gets the frame
        self.weight = weight  # steps to charge each time it runs


class Block(Record):
    """How a function uses a block: ``map { … } LIST``."""

    variables: tuple[str, ...]  # that it sets for the block, without their signs
    context: str  # of the block's value: SCALAR, LIST or TRUTH
    run: Callable[[list[Value], Code, Budget], list[Value]]  # gets the list, the block, and what to charge


class Function:
    """An entry of the table of functions (``FUNCTIONS``).

    Args:
        name: as it is called.
        prototype: Perl's (perlsub, "Prototypes"): ``$`` is one value, ``@`` all that follow, ``\\@`` an array variable;
            what stands after ``;`` may be left out.
        run: gets the ``World`` and the arguments: single values, an array as its list, and what ``@`` takes as one
            list; raises ``Fault``, without a place. None if the function can't be called without a block.
        named_unary: without parentheses it takes one operand that binds tighter than a comparison (perlop, "Named
            Unary Operators"); all others take everything up to the end of the list.
        gives_list: ``run`` returns a list, whose length is its value in scalar context.
        scalar: runs in the place of ``run`` in scalar context; then ``run`` is for arguments that are lists.
        block: how it uses a block, if it may have one.
        pays: it charges for its work itself; for all others the texts and lists that they read are charged.
        wants_span: it gets the place of the call, too, as ``span``.
        inline: makes the closure of a call from that of its only argument, where a call of ``run`` would cost more
            than what it does.
    """

    __slots__ = (
        "block",
        "gives_list",
        "inline",
        "name",
        "named_unary",
        "pays",
        "prototype",
        "run",
        "scalar",
        "wants_span",
    )

    def __init__(
        self,
        name: str,
        prototype: str,
        run: Operation | None,
        *,
        named_unary: bool = False,
        gives_list: bool = False,
        scalar: Operation | None = None,
        block: Block | None = None,
        pays: bool = False,
        wants_span: bool = False,
        inline: Callable[[Run], Run] | None = None,
    ) -> None:
        self.name = name
        self.prototype = prototype
        self.run = run
        self.named_unary = named_unary
        self.gives_list = gives_list
        self.scalar = scalar
        self.block = block
        self.pays = pays
        self.wants_span = wants_span
        self.inline = inline

    @property
    def kinds(self) -> str:
        """What it takes, a sign for each argument: ``$``, ``@`` for all that follow, a backslash for an array."""
        return self.prototype.replace("\\@", "\\").replace(";", "")

    @property
    def arity(self) -> tuple[int, int | None]:
        """How many arguments it takes at least and at most; None: any number."""
        needed, _, optional = self.prototype.replace("\\@", "\\").partition(";")
        if needed.endswith("@"):
            return len(needed) - 1, None
        return len(needed), len(needed) + len(optional)


class Environment:
    """The document and the format that is being written. This one knows of nothing; a host overrides it."""

    def format_is(self, name: str) -> bool:
        """Whether this format, or one of its family, is being written."""
        return False

    def meta(self, key: str) -> str | None:
        """A metadata value of the document as text."""
        return None

    def use_package(self, name: str, options: str) -> None:
        """Have a LaTeX package loaded in the preamble."""

    def use_tikz_library(self, name: str) -> None:
        """Have a TikZ library loaded in the preamble."""


class World:
    """What functions are given besides their arguments."""

    __slots__ = ("budget", "environment")

    def __init__(self, budget: Budget, environment: Environment) -> None:
        self.budget = budget
        self.environment = environment
