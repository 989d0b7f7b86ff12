"""Habits of authors who know Perl, Org, Jinja or LaTeX: what they write, and how it is written here.

Loaded when code does not read. Each entry is a fault that is met often, and a hint that works.
"""

from __future__ import annotations

import re

from ...base import TYPE_CHECKING, grammar, pattern

if TYPE_CHECKING:
    from collections.abc import Container

_NUMBERED = "what groups of a pattern found has numbers, not names: `$1`"
# What stands where an operand is expected, by its beginning; the first that matches holds.
_OPERANDS = (
    (r"<<", 'a string may go on over several lines: `"…"` or `qq{…}`; long text is a %%template'),
    (r"<[$\w]*>", "nothing is read in: hand the value over as a parameter"),
    (r"\\[@$%&(]|\[", "there are no references: a list stands in parentheses, `my @l = (1, 2);`"),
    (r"[@%$]\$|[@%]\{", "there are no references: name the variable itself, `@l` or `%h`"),
    (r"\\", 'TeX stands in a string: `"\\\\textbf"`, or in a %%template, without doubled backslashes'),
    (r"\{\{|\{%", 'a parameter is `$x`, in a string `"${x}"`; a condition is `if ($x) { … }`'),
    (r"\{", "a `{ … }` belongs to `if`, `for` or `map`; a lookup table is declared: `my %h = (a => 1);`"),
    (r"[~^]", "there are no bit operators: `!` is not, `&&` and, `||` or"),
    (r"`", "no programs are run: hand the value over as a parameter"),
    (r"\$[+-][{[]", _NUMBERED),
    (r"\$[@!0,;/\\]", "there are none of Perl's own variables"),
    (r"&", "a macro is called by its name: `f(1)`, or `&f(1)` if that is a word of the language"),
    (r"els(?:e|if)\b", "it belongs to the `if` right before it: `if (…) { … } elsif (…) { … } else { … }`"),
    (r"my\b", "declare it in a statement of its own, before: `my $y = …;`"),
    (r"qr\b", 'a pattern in a variable is a text: `my $p = "a+"; … $s =~ /$p/`'),
    (r"x\b", "a variable has a dollar sign: `$x`"),
    (r"\+\+|--", "`$i++` is a statement of its own; in an expression write `$i + 1`"),
)  # fmt: skip
# What stands where an operand has ended
_OPERATORS = (
    (r"->", "there are no references: `$l[0]` is an element of `@l`, `$h{a}` a value of `%h`"),
    (r"\+\+|--", "`$i++` is a statement of its own; in an expression write `$i + 1`"),
    (r"=>", "`name => value` stands among the arguments of a call, or in a list"),
    (r"=(?!end|[=~])", "`=` assigns; to compare, write `==` for numbers or `eq` for text"),
    (r"[&|^~]|<<|>>", "there are no bit operators: conditions are joined by `&&` and `||`"),
    (r"xor\b", "write `!$a != !$b`"),
    (r"or\b", "put parentheses around the whole, or write `||`"),
    (r"and\b", "put parentheses around the whole, or write `&&`"),
    (r"\$#", "assign the list as a whole"),
    (r"[\"']|qq?\b", 'texts are joined by `.`: `$a . "b"`'),
    (r"(?:else\s*if|elif|elseif)\b", "write `elsif (…) { … }`"),
    (r"(?:while|until)\b", "every program ends: loop over a list with `for`"),
)
_BEHIND_BRACKET = 'lookup tables and lists don\'t nest: put the keys together, `$h{"$a/$b"}`'
_PURE = (
    "a macro sees its parameters and the document alone: hand the value over, or put it into the metadata for `meta(…)`"
)
_PARAMETERS = "what a macro is given are its parameters: `%%define f($x, $y)`, and with `@rest` all the others"
_NO_REFERENCES = "there are no references, and nothing has a type"
_APOSTROPHE = "an apostrophe in `'…'` is `\\'`; in `\"…\"` it is itself"
_BOOLEAN = 'true is `1`, false is `0` or `""`, and no value is `undef`'
_DEFINE = "a macro is defined in the document: `%%define f($x) … =end`"
_DECLARE = "a variable is declared by `my $x = …;`"
_CHOOSE = "write `if (…) { … } elsif (…) { … } else { … }`"
_ENDS = "every program ends: loop over a list with `for`"
# Words that are none of the language's
_WORDS = {
    "while": _ENDS, "until": _ENDS, "do": "the language has no `do`",
    "eval": "an error ends the call: ask before, by `if`",
    "sub": "write a %%define for a macro of its own", "def": _DEFINE, "function": _DEFINE, "lambda": _DEFINE,
    "use": "the language has no modules", "no": "the language has no modules", "require": "the language has no modules",
    "import": "the language has no modules", "package": "the language has no modules",
    "print": "a macro returns its text: `return …;`", "say": "a macro returns its text: `return …;`",
    "printf": "a macro returns its text: `return sprintf(…);`", "echo": "a macro returns its text: `return …;`",
    "our": "write `my`", "local": "write `my`", "state": "write `my`",
    "let": _DECLARE, "var": _DECLARE, "const": _DECLARE, "set": _DECLARE,
    "switch": _CHOOSE, "given": _CHOOSE, "when": _CHOOSE, "case": _CHOOSE, "elseif": "write `elsif`",
    "elif": "write `elsif`", "goto": _CHOOSE, "redo": "write `next`, or go over a longer list",
    "qr": 'a pattern in a variable is a text: `my $p = "a+"; … $s =~ /$p/`',
    "chomp": "`trim($x)` takes white space away at both ends, `$x =~ s/\\n$//` a last line feed",
    "chop": "write `substr($x, 0, -1)`", "wantarray": "the value of a macro is a list where one is returned",
    "ref": _NO_REFERENCES, "bless": _NO_REFERENCES, "each": "write `for my $k (keys %h) { … $h{$k} … }`",
    "splice": "write `@l = (@l[0 .. 1], @l[3 .. $#l]);`", "pos": "`my @all = $s =~ /…/g;` takes all matches",
    "getenv": _PURE, "open": _PURE, "close": _PURE, "readline": _PURE, "system": _PURE, "exec": _PURE,
    "time": _PURE, "localtime": _PURE, "gmtime": _PURE, "rand": _PURE, "srand": _PURE, "sleep": _PURE, "today": _PURE,
    "param": _PARAMETERS, "len": "write `length($x)`, or for an array `scalar(@l)`", "str": 'write `"$x"`',
    "substring": "write `substr($x, 0, 3)`", "strlen": "write `length($x)`", "upper": "write `uc($x)`",
    "lower": "write `lc($x)`", "toupper": "write `uc($x)`", "tolower": "write `lc($x)`", "concat": "write `$a . $b`",
    "range": "write `0 .. 9`", "strip": "write `trim($x)`", "true": _BOOLEAN, "false": _BOOLEAN, "True": _BOOLEAN,
    "False": _BOOLEAN, "None": _BOOLEAN, "null": _BOOLEAN, "nil": _BOOLEAN, "undefined": _BOOLEAN,
    "croak": "write `die(…)`", "confess": "write `die(…)`", "carp": "write `warn(…)`", "exit": "write `return;`",
    "__FILE__": _PURE, "__LINE__": _PURE,
}  # fmt: skip
_VARIABLES = {
    "@_": _PARAMETERS, "%ENV": _PURE, "@ARGV": _PURE, "%_": _PARAMETERS,
    "$_": "`for`, `map` and `grep` set it; elsewhere say which value is meant",
}  # fmt: skip
_CASES = {"U": "uc($x)", "L": "lc($x)", "u": "ucfirst($x)", "l": "lcfirst($x)", "Q": "quotemeta($x)", "F": "lc($x)"}
_EACH_MATCH = 'each match by itself: `join("", map { … } split /(…)/, $s)`'
_CALLED = pattern(rf"({grammar.NAME})[ \t]*\(")


def of_operand(text: str, at: int) -> str:
    """Return the hint for what stands where an operand is expected, or ""."""
    return _first(_OPERANDS, text, at)


def of_operator(text: str, at: int) -> str:
    """Return the hint for what stands behind an operand, or ""."""
    if text[at : at + 1] in ("{", "[") and text[:at].rstrip()[-1:] in ("}", "]"):
        return _BEHIND_BRACKET
    return _first(_OPERATORS, text, at)


def of_word(word: str) -> str:
    """Return the hint for a word, or the name of a function, that the language has not, or ""."""
    return _WORDS.get(word, "")


def of_variable(key: str) -> str:
    """Return the hint for a variable of Perl's own, with its sign, or ""."""
    return _VARIABLES.get(key, "")


def of_flag(flag: str) -> str:
    """Return the hint for a flag that patterns have not, or ""."""
    return f"the replacement is a string; {_EACH_MATCH}" if flag == "e" else ""


def of_element(text: str, replaces: bool) -> str:
    """Return the hint for an element of a list or a table in a string, or in a string that ``replaces`` a match."""
    if replaces:
        return f"the replacement is a string; {_EACH_MATCH}"
    return f'end the string before it: `"…" . {text} . "…"`'


def of_escape(letter: str) -> str:
    """Return the hint for an escape that a string has not."""
    if letter in _CASES:
        return f'end the string before it: `"…" . {_CASES[letter]} . "…"`'
    text = f"write `\\\\{letter}` for a backslash that is text"
    return f"what group {letter} of a pattern found is `${letter}`; {text}" if letter in "123456789" else text


def of_open_string(text: str, at: int) -> str:
    """Return the hint for a string or a pattern that is never closed, or ""."""
    return _APOSTROPHE if text[at : at + 1] == "'" else "" if text[at : at + 1] in '"q' else called(text, at)


def called(text: str, at: int) -> str:
    """Return the hint for a word of the language that stands like the name of a macro, or ""."""
    found = _CALLED.match(text, at)
    name = found[1] if found else ""
    return f"`{name}` is a word of the language: a macro of this name is called by `&{name}(…)`" if found else ""


def of_topic(text: str, at: int, macros: Container[str]) -> str:
    """Return the hint for ``m(1)``, which looks for a pattern in ``$_``, where a macro is called ``m``, or ""."""
    found = _CALLED.match(text, at)
    return called(text, at) if found and found[1] in macros else ""


def of_parameter(name: str, position: int, body: str) -> str:
    """Return the hint for a parameter that is never used, where the body writes it as another language does, or ""."""
    signs = {
        rf"\{{\{{\{{?\s*{name}\b": f"{{{{{name}}}}}",
        rf"(?<![$\\])\{{{name}\}}": f"{{{name}}}",
        rf"%\(?{name}\b": f"%{name}",
        rf"\${position}(?!\d)": f"${position}",
        rf"#{position}(?!\d)": f"#{position}",
        rf"\$\({name}\)": f"$({name})",
        rf"<{name}>": f"<{name}>",
    }
    written = next((sign for form, sign in signs.items() if re.search(form, body)), "")
    return f"a parameter is written `${name}`, not `{written}`" if written else ""


def _first(table: tuple[tuple[str, str], ...], text: str, at: int) -> str:
    return next((hint for form, hint in table if re.compile(form).match(text, at)), "")
