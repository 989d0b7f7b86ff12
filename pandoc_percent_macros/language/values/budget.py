"""What the evaluation of a document may use: limits, and one account for all of its calls.

Work is charged before it is done.
"""

from ...base import Fault, Record

_CHARACTERS_A_STEP = 64
_COMPARISONS_A_STEP = 512  # of two characters
_NAIVE_TEXT, _NAIVE_PART = 2_500, 100  # characters: of shorter ones each place is tried
_TWO_WAY = 64  # comparisons a character, and what is prepared


class Limits(Record):
    """The limits of section 7, each with its default."""

    steps: int = 1_000_000
    steps_a_call: int = 10_000
    steps_in_all: int = 100_000_000
    depth: int = 64
    iterations: int = 100_000
    string: int = 1 << 20
    output: int = 1 << 20
    output_in_all: int = 64 << 20
    nesting: int = 100
    width: int = 1_000
    definition: int = 1 << 20


DEFAULTS = Limits()


class Budget:
    """The account of one document."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.steps = limits.steps  # left
        self.output = limits.output_in_all  # left
        self._spare = max(0, limits.steps_in_all - limits.steps)
        self.iterations = limits.iterations
        self.string = limits.string
        self.cheap = min(limits.string, 1024)  # a text up to this length needs no look at the account

    def allow_call(self) -> None:
        """Add the steps of one more call of the document; none once they were used up."""
        if self.steps < 0:
            return
        more = min(self.limits.steps_a_call, self._spare)
        self._spare -= more
        self.steps += more

    def charge(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            self.steps = -1  # nothing runs from now on
            raise Fault("PM401", "the macros of this document take too many steps", _RAISE)

    def text(self, length: int) -> None:
        """Charge for a text of this length that is about to be made."""
        if length > self.string:
            raise Fault("PM402", f"a text of {length:,} characters is over the limit of {self.string:,}")
        if length > _CHARACTERS_A_STEP:
            self.charge(length // _CHARACTERS_A_STEP)

    def search(self, text: str, part: str) -> None:
        """Charge for looking for a text in another.

        CPython compares the part at every place where the text is short, or the part; otherwise its time is linear
        (the two-way algorithm: Objects/stringlib/fastsearch.h since 3.10).
        """
        length, wanted = len(text), len(part)
        naive = length * wanted
        if length >= _NAIVE_TEXT and wanted >= _NAIVE_PART:
            naive = min(naive, _TWO_WAY * (length + wanted))
        if naive >= _COMPARISONS_A_STEP:
            self.charge(naive // _COMPARISONS_A_STEP)

    def items(self, count: int) -> None:
        """Charge for a list of so many elements that is about to be made."""
        if count > self.iterations:
            message = f"a list of {count:,} elements is over the limit of {self.iterations:,}"
            raise Fault("PM403", message)
        self.charge(count >> 3)

    def loop(self, count: int) -> None:
        if count > self.iterations:
            message = f"a loop of {count:,} rounds is over the limit of {self.iterations:,}"
            raise Fault("PM403", message)

    def result(self, length: int) -> None:
        """Charge for the result of a call of the document, of this many characters."""
        if length > self.limits.output:
            message = f"the result has {length:,} characters, over the limit of {self.limits.output:,}"
            raise Fault("PM405", message)
        self.output -= length
        if self.output < 0:
            self.output = -1
            raise Fault("PM406", "the results of all calls together are over the limit")


_RAISE = "whoever runs pandoc can raise the limit, a document can't"
