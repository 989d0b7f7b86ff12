"""What a function of the language is, one entry of the table; and what it may ask of the document."""

from __future__ import annotations

from ...base import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
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
        prototype: Perl's (perlsub, "Prototypes"): ``$`` is one value, ``@`` all that follow, ``\\@`` an array
            variable, ``\\%`` a lookup table, ``\\$`` a value of one, which ``run`` gets as the table and the key;
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
        pattern: its first argument may be a pattern, ``/…/``, for which ``run`` gets a ``Compiled``.
        inline: makes the closure of a call from that of its only argument, where a call of ``run`` would cost more
            than what it does.
    """

    __slots__ = (
        "block",
        "gives_list",
        "inline",
        "name",
        "named_unary",
        "pattern",
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
        pattern: bool = False,
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
        self.pattern = pattern
        self.inline = inline

    @property
    def topic(self) -> bool:
        """Whether it takes ``$_`` where it is given nothing, as Perl's functions of one value do."""
        return self.named_unary and self.prototype == "$" and self.name != "scalar"

    @property
    def kinds(self) -> str:
        """What it takes, a sign for each argument.

        ``$`` is a value, ``@`` all that follow, a backslash an array, ``%`` a lookup table, ``{`` a value of one.
        """
        return self._signs.replace(";", "")

    @property
    def _signs(self) -> str:
        return self.prototype.replace("\\@", "\\").replace("\\%", "%").replace("\\$", "{")

    @property
    def arity(self) -> tuple[int, int | None]:
        """How many arguments it takes at least and at most; None: any number."""
        needed, _, optional = self._signs.partition(";")
        if needed.endswith("@"):
            return len(needed) - 1, None
        return len(needed), len(needed) + len(optional)


class Environment:
    """The document and the format that is being written. This one knows of nothing; a host overrides it."""

    def format_is(self, name: str) -> bool:
        """Whether this format, or one of its family, is being written."""
        return False

    def meta(self, key: str) -> str | None:
        """A metadata value of the document as text; with dots in the key, one inside another."""
        return None

    def meta_list(self, key: str) -> list[str]:
        """The elements of such a value, as texts."""
        return []

    def meta_content(self, key: str) -> Value:
        """Such a value with its markup."""
        return None

    def source(self, handle: object) -> str | None:
        """The author's text of what stands between ``%%begin`` and ``%%end``; None if it is not known."""
        return None

    def warn(self, message: str) -> None:
        """Warn at the call of the document that is being evaluated."""

    def use_package(self, name: str, options: str) -> None:
        """Have a LaTeX package loaded in the preamble."""

    def use_tikz_library(self, name: str) -> None:
        """Have a TikZ library loaded in the preamble."""

    def add_to_preamble(self, format: str, text: str) -> None:
        """Have markup of a format put into the preamble."""

    def silent(self) -> Environment:
        """Return the same, which is asked in vain for anything: a call is evaluated to find something out about it."""
        return self


class Counters:
    """The counters of a document, and how far each of them is."""

    __slots__ = ("_counted", "_values", "asked")

    def __init__(self, counted: Iterable[str] = ()) -> None:
        """Begin where these have been counted, in this order."""
        self._counted: list[str] = []
        self._values: dict[str, int] = {}
        self.asked = False  # whether a macro has asked for any
        for name in counted:
            self.count(name)

    def value(self, name: str) -> int:
        return self._values.get(name, 0)

    def count(self, name: str) -> int:
        """Go on with a counter, and return its value."""
        self._counted.append(name)
        self._values[name] = self.value(name) + 1
        return self._values[name]

    @property
    def position(self) -> int:
        """How often something has been counted."""
        return len(self._counted)

    def before(self, position: int) -> Counters:
        """Return the counters as they were at a position."""
        return Counters(self._counted[:position])


class World:
    """What functions are given besides their arguments."""

    __slots__ = ("budget", "counters", "environment", "unique")

    def __init__(self, budget: Budget, environment: Environment, counters: Counters) -> None:
        self.budget = budget
        self.environment = environment
        self.counters = counters
        self.unique = False  # set where an equal call may give something else, or do something
