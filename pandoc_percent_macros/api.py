"""What packages with macros in Python may import, for their annotations."""

from .document.expansion.python_macros import Context

__all__ = ["Context"]
