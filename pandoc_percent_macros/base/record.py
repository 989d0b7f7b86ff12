"""Frozen, slotted value classes that cost a filter's start-up nothing.

``dataclasses`` and ``typing`` take longer to import than pandoc takes to read a short deck, and the
filter starts anew for every build. A subclass of ``Record`` is what ``dataclass(frozen=True, slots=True)``
makes, as far as this package uses it; type checkers see it as a dataclass. Rooms that the filter loads have
records, all others dataclasses.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Self

    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: object):
        return lambda cls: cls


@dataclass_transform(frozen_default=True)
class _Type(type):
    """Makes value classes: annotations are the fields, in order; a class attribute of the same name is a default.

    The fields of a base class come first, and have no defaults.
    """

    __match_args__: tuple[str, ...]
    _defaults: dict[str, Any]
    _setters: tuple[Any, ...]

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> _Type:
        own = tuple(body.get("__annotations__", ()))
        defaults = {field: body.pop(field) for field in own if field in body}
        fields = (*(field for base in bases for field in getattr(base, "__match_args__", ())), *own)
        made = super().__new__(cls, name, bases, {**body, "__slots__": own, "__match_args__": fields})
        made._defaults = defaults
        made._setters = tuple([getattr(made, field).__set__ for field in fields])
        return made


class Record(metaclass=_Type):
    """An immutable value, which compares and hashes by its fields, and matches positionally in ``case`` patterns."""

    if TYPE_CHECKING:
        _setters: ClassVar[tuple[Any, ...]]  # for classes of which so many are made that they have an initializer
    else:  # a checker would take it for that of every class

        def __init__(self, *args, **kwargs):
            setters = self._setters
            if kwargs or len(args) != len(setters):
                args = self._completed(args, kwargs)
            for setter, value in zip(setters, args):  # noqa: B905  # this is where the package makes all of its values
                setter(self, value)

    def _completed(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
        """Return the values of all fields; raise ``TypeError`` if they are not."""
        kind = type(self)
        fields = kind.__match_args__
        missing = len(fields) - len(args)
        if not kwargs and 0 < missing <= len(kind._defaults):
            return args + tuple(kind._defaults.values())[-missing:]
        if missing < 0:
            raise TypeError(f"{kind.__name__} takes {len(fields)} fields, not {len(args)}")
        values = {**kind._defaults, **dict(zip(fields, args, strict=False)), **kwargs}
        if values.keys() != set(fields):
            wrong = sorted(values.keys() ^ set(fields))
            raise TypeError(f"{kind.__name__}: missing or unknown fields: {', '.join(wrong)}")
        return tuple(values[name] for name in fields)

    def __setattr__(self, name: str, _: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is read-only")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is read-only")

    def replace(self, **changes: Any) -> Self:
        """Return the same value with some of its fields changed, by their names; raise ``TypeError`` for others."""
        values = {name: getattr(self, name) for name in type(self).__match_args__}
        return type(self)(**{**values, **changes})

    def _fields(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in type(self).__match_args__)

    def __eq__(self, other: object) -> Any:
        return self._fields() == other._fields() if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *self._fields()))

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in type(self).__match_args__)
        return f"{type(self).__name__}({inside})"
