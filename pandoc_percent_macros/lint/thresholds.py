"""The kinds of findings, and from where on something is one: by default, by the document's metadata, by options."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from ..base import Diagnostic, Fault, nearest
from ..document import elements
from .sources import Sources

FIELD = "percent-macros-lint"  # of metadata
ALLOW = "allow"
OFF_SLIDE, OVER_TEXT, OVERLAP, DOTS = "off-slide", "over-text", "overlap", "dpi"
SMALL, CONTRAST, EMPTY, FULL, WIDE = "small-text", "contrast", "empty", "full", "wide"
KINDS = {
    OFF_SLIDE: ("PM551",),
    OVER_TEXT: ("PM552",),
    OVERLAP: ("PM553",),
    DOTS: ("PM554",),
    SMALL: ("PM555",),
    CONTRAST: ("PM556",),
    EMPTY: ("PM557",),
    FULL: ("PM558", "PM510"),  # what LaTeX itself says of full slides, and of wide lines, is a finding, too
    WIDE: ("PM504",),
}
OF_SLIDES = (EMPTY, FULL)  # they are of a slide as a whole
_NUMBER = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_UNITS = {"min_text_size": r"[ \t]*pt", "min_dpi": r"[ \t]*dpi", "min_contrast": r"[ \t]*:[ \t]*1"}


@dataclass(frozen=True)
class Thresholds:
    """From where on something is told of."""

    min_dpi: float = 100.0
    min_text_size: float = 6.0  # points
    min_contrast: float = 3.0
    max_lines: float = 20.0
    allowed: frozenset[str] = frozenset()  # kinds that are not told of at all

    def with_options(self, options: Mapping[str, float | None], allowed: Iterable[str]) -> "Thresholds":
        """Return them with what a command line says, by the names of the fields; None for what it does not say."""
        given = {name: value for name, value in options.items() if value is not None}
        return replace(self, **given, allowed=self.allowed | {*allowed})


NUMBERS = tuple(each.name for each in fields(Thresholds) if each.type == "float" or each.type is float)


def of_metadata(meta: Mapping[str, elements.Element], sources: Sources) -> Thresholds:
    """Return what a document's metadata say.

    Raises:
        Fault: PM560 for a key that there is not, and for a value that is none.
    """
    value = meta.get(FIELD)
    if value is None:
        return Thresholds()
    if value["t"] != "MetaMap":
        example = f"write `{FIELD}:`, and below it, indented, `min-dpi: 150`"
        raise Fault("PM560", f"`{FIELD}` is a mapping", example).at(sources.key(FIELD))
    given: dict[str, float] = {}
    allowed: frozenset[str] = frozenset()
    for key, inside in value["c"].items():
        try:
            if key == ALLOW:
                texts = inside["c"] if inside["t"] == "MetaList" else [inside]
                allowed = kinds_in(" ".join(map(elements.plain_text, texts)))
            else:
                given[_field(key)] = _number(key, elements.plain_text(inside))
        except Fault as fault:
            raise fault.at(sources.key(FIELD, key)) from None
    return Thresholds(**given, allowed=allowed)


def _field(key: str) -> str:
    known = [name.replace("_", "-") for name in NUMBERS]
    if key in known:
        return key.replace("-", "_")
    close = nearest(key, [*known, ALLOW])
    hint = f"did you mean `{close}`?" if close else f"there are {', '.join([*known, ALLOW])}"
    raise Fault("PM560", f"`{FIELD}` has no `{key}`", hint)


def _number(key: str, text: str) -> float:
    found = re.fullmatch(rf"({_NUMBER.pattern})(?:{_UNITS.get(key.replace('-', '_'), '')})?", text.strip())
    if not found:
        raise Fault("PM560", f"`{key}` is a number, and this is `{text}`", f"write `{key}: 10`")
    return float(found[1])


def kinds_in(text: str) -> frozenset[str]:
    """Return the kinds that a list names, parted by commas or spaces; raise ``Fault`` (PM560) for one there is not."""
    found = re.split(r"[\s,]+", text.strip())
    for name in found:
        if name not in KINDS:
            close = nearest(name, list(KINDS))
            hint = f"did you mean `{close}`?" if close else f"there are {', '.join(KINDS)}"
            raise Fault("PM560", f"there is no kind `{name}` of findings" if name else "it names no kind", hint)
    return frozenset(found)


def kind_of(diagnostic: Diagnostic) -> str | None:
    """Return the kind that a diagnostic is of, None for what is not of pages."""
    return next((kind for kind, codes in KINDS.items() if diagnostic.code in codes), None)
