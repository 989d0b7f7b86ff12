"""What Quarto tells of a document that it has pandoc read in its own way.

Quarto hands pandoc a file of its own, the author's text without its YAML header (whose fields go into the metadata by
another file), and a reader of its own, ``qmd-reader.lua``, which reads pandoc's Markdown. The author's format and file
are in the environment: base64 of JSON in ``QUARTO_FILTER_PARAMS``, as Quarto's own filters find them.
"""

import os

from ..base import Record

VARIABLE = "QUARTO_FILTER_PARAMS"
READER = "qmd-reader.lua"


class Told(Record):
    """The author's reader format and file; "" for one that is not told."""

    reader: str = ""
    source: str = ""


def told() -> Told:
    """Return what Quarto tells; nothing where it is not Quarto that runs pandoc."""
    said = os.environ.get(VARIABLE)
    if not said:
        return Told()
    import base64  # few documents are Quarto's
    import json

    try:
        fields = json.loads(base64.b64decode(said))
    except ValueError:
        return Told()
    if not isinstance(fields, dict):
        return Told()
    return Told(*(value if isinstance(value := fields.get(each), str) else "" for each in _FIELDS))


_FIELDS = ("user-defined-from", "quarto-source")
