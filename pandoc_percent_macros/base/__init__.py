"""What every other room stands on: it imports nothing of the package.

Others import from here: ``from ..base import Fault, Span``. To read in this order: ``record`` (value classes),
``source`` (texts of an author's file, and places in them), ``fault`` (what is wrong, as data), ``pattern`` (regular
expressions), ``grammar`` (the notation of directives, and Markdown's list marks), ``tex`` (TeX's text), ``stack`` (room
on Python's stack), ``children`` (programs that we start; for itself, since few documents need any).
"""

from .fault import ERROR, NO_MEMORY, WARNING, Diagnostic, Diagnostics, Fault, Unclosed, nearest
from .pattern import pattern
from .record import TYPE_CHECKING, Record
from .source import CONTEXT, Source, Span
from .stack import has_room, on_new_stack, with_room
