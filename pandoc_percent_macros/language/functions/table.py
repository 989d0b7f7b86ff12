"""The table of functions: each name of signatures.PROTOTYPES with what does it.

A function gets the world (budget and environment), its single values, and last, if its prototype ends in
``@``, a list of all others. Those that change a variable, take a block, or depend on how many values are wanted
(``push``, ``map``, ``sort``, ``reverse``, ``scalar``, ``defined``, …) are the compiler's.
"""

from __future__ import annotations

from ...base.record import TYPE_CHECKING
from .content import CONTENT
from .numeric import NUMBERS
from .text import TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

FUNCTIONS: dict[str, Callable[..., Any]] = {**TEXTS, **NUMBERS, **CONTENT}
