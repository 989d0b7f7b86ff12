"""What pandoc's JSON looks like, for the one question whether a value is a document at all.

The filter asks only when it could not work with what it was handed: checking each document would cost more than
expanding it. Elements that are not known here may hold anything, but their names are words as all of pandoc's.
"""

from typing import Any

# A shape is a type; [shape], a list of such values; (shape, …), a list of so many values; or a name from below.
_ATTRIBUTES = (str, [str], [(str, str)])
_TAG = {"t": str}
_CAPTION = (("maybe", ["inline"]), ["block"])
_ROWS = [("attributes", [("attributes", _TAG, int, int, ["block"])])]
_SHAPES: dict[str, dict[str, Any]] = {
    "inline": {
        **{tag: ["inline"] for tag in "Emph Underline Strong Strikeout Superscript Subscript SmallCaps".split()},
        "Str": str,
        "Quoted": (_TAG, ["inline"]),
        "Cite": (["citation"], ["inline"]),
        "Code": ("attributes", str),
        "Math": (_TAG, str),
        "RawInline": (str, str),
        "Link": ("attributes", ["inline"], (str, str)),
        "Image": ("attributes", ["inline"], (str, str)),
        "Note": ["block"],
        "Span": ("attributes", ["inline"]),
    },
    "block": {
        "Plain": ["inline"],
        "Para": ["inline"],
        "LineBlock": [["inline"]],
        "CodeBlock": ("attributes", str),
        "RawBlock": (str, str),
        "BlockQuote": ["block"],
        "OrderedList": ((int, _TAG, _TAG), [["block"]]),
        "BulletList": [["block"]],
        "DefinitionList": [(["inline"], [["block"]])],
        "Header": (int, "attributes", ["inline"]),
        "Table": (
            "attributes",
            _CAPTION,
            [(_TAG, _TAG)],
            ("attributes", _ROWS),
            [("attributes", int, _ROWS, _ROWS)],
            ("attributes", _ROWS),
        ),
        "Figure": ("attributes", _CAPTION, ["block"]),
        "Div": ("attributes", ["block"]),
    },
    "meta": {
        "MetaString": str,
        "MetaBool": bool,
        "MetaList": ["meta"],
        "MetaInlines": ["inline"],
        "MetaBlocks": ["block"],
        "MetaMap": "mapping",
    },
}


def is_document(value: object) -> bool:
    """True for a value that is a document as pandoc hands it to a filter."""
    return isinstance(value, dict) and _fits(value.get("meta"), "mapping") and _fits(value.get("blocks"), ["block"])


def _fits(value: object, shape: Any) -> bool:
    if isinstance(shape, list):
        return isinstance(value, list) and all(_fits(each, shape[0]) for each in value)
    if isinstance(shape, tuple) and shape[0] == "maybe":
        return value is None or _fits(value, shape[1])
    if isinstance(shape, tuple):
        return isinstance(value, list) and len(value) == len(shape) and all(map(_fits, value, shape))
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(_fits(value.get(name), inside) for name, inside in shape.items())
    if isinstance(shape, str):
        return _is(value, shape)
    if shape is str:
        return isinstance(value, str) and _is_unicode(value)
    return isinstance(value, shape)


def _is_unicode(text: str) -> bool:
    """False for halves of surrogate pairs, which JSON's escapes can write and no encoding can."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is(value: object, name: str) -> bool:
    if name == "attributes":
        return _fits(value, _ATTRIBUTES)
    if not isinstance(value, dict):
        return False
    if name == "mapping":
        return all(_fits(each, "meta") for each in value.values())
    if name == "citation":
        return all(_fits(value.get(each), ["inline"]) for each in ("citationPrefix", "citationSuffix"))
    shapes = _SHAPES[name]
    tag = value.get("t")
    if not isinstance(tag, str) or tag not in shapes:
        return isinstance(tag, str) and tag.isalpha() and not any(tag in others for others in _SHAPES.values())
    return _fits(value.get("c"), shapes[tag])
