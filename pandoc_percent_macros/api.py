"""What packages with macros in Python may import, for their annotations."""

from __future__ import annotations

from .document.natives import Context

__all__ = ["Context"]
