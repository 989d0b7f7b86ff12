"""The functions of the language: their names, what they take, and how they are called without parentheses.

A prototype is Perl's: ``$`` is one value, ``@`` all that follow, ``\\@`` an array variable, and what stands
after ``;`` may be left out.
"""

from __future__ import annotations

PROTOTYPES: dict[str, str] = {
    # texts
    "length": "$", "substr": "$$;$", "index": "$$;$", "rindex": "$$;$", "uc": "$", "lc": "$", "ucfirst": "$",
    "lcfirst": "$", "join": "$@", "split": "$$;$", "sprintf": "$@", "repeat": "$$", "trim": "$", "replace": "$$$",
    "contains": "$$", "starts_with": "$$", "ends_with": "$$", "ord": "$", "chr": "$",
    # numbers
    "abs": "$", "int": "$", "sqrt": "$", "sin": "$", "cos": "$", "atan2": "$$", "exp": "$", "log": "$", "hex": "$",
    "oct": "$", "min": "@", "max": "@", "sum": "@", "sum0": "@", "product": "@", "round": "$", "floor": "$",
    "ceil": "$", "looks_like_number": "$",
    # lists
    "scalar": "$", "defined": "$", "reverse": "@", "sort": "@", "uniq": "@", "push": "\\@@", "unshift": "\\@@",
    "pop": "\\@", "shift": "\\@", "map": "{@", "grep": "{@",
    # results, and what a macro may know of the document
    "latex": "$", "html": "$", "raw": "$$", "text": "$", "markdown": "$", "escape_markdown": "$", "format": "$",
    "meta": "$", "usepackage": "$;$", "usetikzlibrary": "$", "die": "@",
}  # fmt: skip

# Called without parentheses, these take one operand that binds tighter than a comparison (perlop, "named unary
# operators"); all others take everything up to the end of the list.
NAMED_UNARY = frozenset(
    "defined length uc lc ucfirst lcfirst abs int sqrt sin cos exp log scalar ord chr hex oct pop shift".split()
)
WITH_BLOCK = frozenset(("map", "grep", "sort"))
PLURAL = frozenset(("sort", "uniq", "split", "map", "grep"))  # give lists; `reverse` does if it is given one


def arity(prototype: str) -> tuple[int, int | None]:
    """Return how many arguments a prototype takes at least and at most; None: any number."""
    needed, _, optional = prototype.replace("\\@", "$").replace("{", "").partition(";")
    if "@" in prototype.replace("\\@", ""):
        return needed.count("$"), None
    return len(needed), len(needed) + len(optional)
