"""Frozen, slotted value classes that cost a filter's start-up nothing.

``dataclasses`` and ``typing`` take longer to import than pandoc takes to read a short deck, and the
filter starts anew for every build. ``record`` gives the part of ``dataclass(frozen=True, slots=True)``
that this package uses; type checkers see it as a dataclass.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from typing_extensions import dataclass_transform

    T = TypeVar("T")

    @dataclass_transform(frozen_default=True)
    def record(cls: type[T]) -> type[T]: ...

else:

    def record(cls):
        """Turn an annotated class into an immutable value class.

        The annotations, in order, are the fields; a class attribute of the same name is a default.
        Instances compare and hash by their fields, and match positionally in ``case`` patterns.
        """
        body = dict(cls.__dict__)
        fields = tuple(body["__annotations__"])
        del body["__dict__"], body["__weakref__"]
        defaults = {name: body.pop(name) for name in fields if name in body}
        made = type(cls.__name__, (_Record,), {**body, "__slots__": fields, "__match_args__": fields})
        made._defaults = defaults
        made._setters = tuple(made.__dict__[name].__set__ for name in fields)
        return made


class _Record:
    """What all value classes do."""

    __slots__: tuple[str, ...] = ()
    _defaults: dict[str, Any]
    _setters: tuple[Any, ...]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        setters = self._setters
        if kwargs or len(args) != len(setters):
            args = self._completed(args, kwargs)
        for setter, value in zip(setters, args):  # noqa: B905  # this is where the package makes all of its values
            setter(self, value)

    def _completed(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
        """Return the values of all fields; raise ``TypeError`` if they are not."""
        fields = self.__slots__
        missing = len(fields) - len(args)
        if not kwargs and 0 < missing <= len(self._defaults):
            return args + tuple(self._defaults.values())[-missing:]
        if missing < 0:
            raise TypeError(f"{type(self).__name__} takes {len(fields)} fields, not {len(args)}")
        values = {**self._defaults, **dict(zip(fields, args, strict=False)), **kwargs}
        if values.keys() != set(fields):
            wrong = sorted(values.keys() ^ set(fields))
            raise TypeError(f"{type(self).__name__}: missing or unknown fields: {', '.join(wrong)}")
        return tuple(values[name] for name in fields)

    def __setattr__(self, name: str, _: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is read-only")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is read-only")

    def _fields(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> Any:
        return self._fields() == other._fields() if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *self._fields()))

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({inside})"
