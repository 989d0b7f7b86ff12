"""Functions of texts: Perl's, and a few plain ones in the place of regular expressions."""

from collections.abc import Callable

from ...base import Fault
from ..values import SPACE, Content, Number, Value, concatenate, number_of, repeat, signed, text_of
from .entry import Function, World


def _index_of(value: Value) -> int:
    return signed(number_of(value))


def _offset_of(value: Value) -> int:
    """Return a place, or a length, for ``substr``: it alone knows those from 2**63 on."""
    number: Number = number_of(value)
    return number if type(number) is int else signed(number)


def _length(world: World, text: Value) -> Value:
    return None if text is None else len(text_of(text))


def _substr(world: World, value: Value, offset: Value, length: Value = None) -> Value:
    """Perl's: negative offsets and lengths count from the end; None for a place outside of the text."""
    text = text_of(value)
    start = _offset_of(offset)
    start = len(text) + start if start < 0 else start
    if start > len(text):
        raise Fault("PM305", f"`substr` begins outside of the text, which has {len(text)} characters")
    end = len(text)
    if length is not None:
        wanted = _offset_of(length)
        end = len(text) + wanted if wanted < 0 else start + wanted
    if start < 0 and end < 0:
        raise Fault("PM305", f"`substr` lies outside of the text, which has {len(text)} characters")
    return text[max(0, start) : max(0, start, end)]


def _index(world: World, text: Value, part: Value, start: Value = 0) -> Value:
    where, what = text_of(text), text_of(part)
    world.budget.search(where, what)
    return where.find(what, max(0, min(_index_of(start), len(where))))


def _rindex(world: World, text: Value, part: Value, start: Value = None) -> Value:
    where, what = text_of(text), text_of(part)
    last = len(where) if start is None else _index_of(start)
    if last < 0 or last + len(what) >= 1 << 63:  # Perl adds the two
        return -1 if what else 0
    world.budget.search(where, what)
    end = min(last + len(what), len(where))
    found = where[:end][::-1].find(what[::-1])  # str.rfind has no linear algorithm
    return end - found - len(what) if found >= 0 else -1


def _join(world: World, separator: Value, values: list[Value]) -> str | Content:
    """Return the values with the separator between them; content among them stays content."""
    if not values:
        return ""
    between: list[Value] = [separator] * (2 * len(values) - 1)
    between[::2] = values
    return concatenate(between, world.budget)


def _split(world: World, separator: Value, value: Value, limit: Value = 0) -> list[Value]:
    """Perl's ``split`` with a separator that is not a pattern: empty, one space (any white space), or a text."""
    between, text = text_of(separator), text_of(value)
    most = min(_index_of(limit), len(text) + 2)  # more fields there are in no text
    if between == " ":
        text = text.lstrip(SPACE)
    if not text:
        return []
    world.budget.text(len(text))
    world.budget.search(text, between)
    count = min(len(text), most) if most > 0 else (text.count(between) if between else len(text)) + 1
    world.budget.items(min(count, len(text) + 1))
    fields = _fields(text, between, most)
    if most == 0:
        while fields and not fields[-1]:
            fields.pop()
    return [*fields]


def _fields(text: str, between: str, most: int) -> list[str]:
    if between == "":
        fields = [*text[: most - 1], text[most - 1 :]] if 0 < most < len(text) else [*text]
        return [*fields, ""] if most < 0 or most > len(text) else fields
    if between == " ":
        return _words(text, most)
    return text.split(between, most - 1 if most > 0 else -1)


def _words(text: str, most: int) -> list[str]:
    import re  # already loaded; its cache holds the pattern

    return re.split(rf"[{SPACE}]+", text, maxsplit=max(0, most - 1)) if most != 1 else [text]


def _replace(world: World, value: Value, old: Value, new: Value) -> str:
    """Return the text with every place of one text replaced by another; an empty one has no places."""
    text, part, other = text_of(value), text_of(old), text_of(new)
    if not part:
        return text
    world.budget.search(text, part)
    world.budget.text(len(text) + text.count(part) * (len(other) - len(part)))
    return text.replace(part, other)


def _contains(world: World, text: Value, part: Value) -> bool:
    where, what = text_of(text), text_of(part)
    world.budget.search(where, what)
    return what in where


def _lower(text: str) -> str:
    """Return a text in small letters, each by itself: to Perl, a sigma at the end of a word is one like any other."""
    return text.replace("Σ", "σ").lower()


def _case(change: Callable[[str], str]) -> Callable[..., str]:
    def changed(world: World, value: Value) -> str:
        text = text_of(value)
        world.budget.text(len(text) * 3)  # a letter may become three: "ΐ"
        return change(text)

    return changed


def _sprintf(world: World, template: Value, values: list[Value]) -> str:
    from ..values.sprintf import sprintf  # few documents have formats

    return sprintf(text_of(template), values, world.budget)


def _chr(world: World, code: Value) -> str:
    from ..values.sprintf import character

    return character(number_of(code))


def _quotemeta(world: World, value: Value) -> str:
    from ..patterns.searching import quotemeta  # few macros match

    text = text_of(value)
    world.budget.text(2 * len(text))
    return quotemeta(text)


def _ord(world: World, value: Value) -> int:
    text = text_of(value)
    return ord(text[0]) if text else 0


TEXTS = (
    Function("length", "$", _length, named_unary=True),
    Function("substr", "$$;$", _substr),
    Function("index", "$$;$", _index),
    Function("rindex", "$$;$", _rindex),
    Function("uc", "$", _case(str.upper), named_unary=True),
    Function("lc", "$", _case(_lower), named_unary=True),
    Function("ucfirst", "$", _case(lambda text: text[:1].title() + text[1:]), named_unary=True),
    Function("lcfirst", "$", _case(lambda text: _lower(text[:1]) + text[1:]), named_unary=True),
    Function("join", "$@", _join),
    Function("split", "$$;$", _split, gives_list=True, pattern=True),
    Function("quotemeta", "$", _quotemeta, named_unary=True),
    Function("sprintf", "$@", _sprintf),
    Function("repeat", "$$", lambda world, text, count: repeat(text, count, world.budget)),
    Function("trim", "$", lambda world, text: text_of(text).strip(SPACE)),
    Function("replace", "$$$", _replace),
    Function("contains", "$$", _contains),
    Function("starts_with", "$$", lambda world, text, part: text_of(text).startswith(text_of(part))),
    Function("ends_with", "$$", lambda world, text, part: text_of(text).endswith(text_of(part))),
    Function("ord", "$", _ord, named_unary=True),
    Function("chr", "$", _chr, named_unary=True),
)
