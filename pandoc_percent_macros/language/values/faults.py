"""Faults of operations on values. They have no place: the evaluator adds it."""

from __future__ import annotations


class OperationFault(Exception):
    """An operation can't be done with these values."""

    def __init__(self, code: str, message: str, *hints: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hints = hints
