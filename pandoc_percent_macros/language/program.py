"""The face of the language to the rest: a document's macros linked to a program, and the session that runs it."""

from __future__ import annotations

from .check.linker import Program, check_call, link
from .functions.environment import Environment
from .run.session import Session
from .values.budget import Limits

__all__ = ["Environment", "Limits", "Program", "Session", "check_call", "link"]
