"""The face of the language to the rest: a document's macros linked to a program, and the session that runs it."""

from __future__ import annotations

from .budget import Limits
from .linker import Program, check_call, link
from .session import Session
from .world import Environment

__all__ = ["Environment", "Limits", "Program", "Session", "check_call", "link"]
