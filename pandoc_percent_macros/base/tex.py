r"""What this package knows of TeX's and LaTeX's text, said once: regular expressions to be put together, and tables.

The expressions may stand in verbose ones too. None is compiled here: who uses one compiles what it needs.

The rules are those of *The TeXbook*, chapters 7 and 8 (characters, control sequences, comments), and of the packages'
manuals: fancyvrb, listings, minted, moreverb, spverbatim, tcolorbox, and beamer's section "Verbatim and Fragile Text".
"""

import re

from .pattern import pattern

# Formats of pandoc's writers that are LaTeX, and formats of raw markup that are.
WRITERS = frozenset(("latex", "beamer"))
RAW_FORMATS = WRITERS | {"tex"}

# Environments of which TeX reads nothing until their end, each with and without a star.
VERBATIM_ENVIRONMENTS = (
    "verbatim Verbatim BVerbatim LVerbatim SaveVerbatim VerbatimOut vverbatim spverbatim boxedverbatim verbatimtab "
    "verbatimwrite lstlisting minted tcblisting comment filecontents"
).split()
# In these commands and braces are what they always are, and all other characters text.
SEMIVERBATIM_ENVIRONMENTS = "semiverbatim alltt Highlighting".split()

LETTERS = "A-Za-z@"  # of a command's name: `@` in packages and in what the log shows
COMMAND = rf"\\[{LETTERS}]+"  # a control word
TOKEN = rf"{COMMAND}|\\."  # a control sequence; to be compiled with DOTALL, as `\` at a line's end is one
NO_LETTER = rf"(?![{LETTERS}])"  # the end of a command's name
COMMENT = r"%[^\n]*"  # where escaped signs are passed over; up to the line's end
# The same with the line's end and what indents the next line; a blank one still ends the paragraph.
WHOLE_COMMENT = rf"{COMMENT}(?:\n(?![ \t]*\n)[ \t]*)?"
BEGIN = r"\\begin[ \t]*"
END = r"\\end[ \t]*"
VERBATIM_NAME = rf"(?:{'|'.join(VERBATIM_ENVIRONMENTS)})\*?"
SEMIVERBATIM_NAME = rf"(?:{'|'.join(SEMIVERBATIM_ENVIRONMENTS)})"
# A command whose argument TeX does not read, up to the sign that it began with, on the same line.
VERBATIM_COMMAND = (
    r"\\(?:[vV]erb\*?|lstinline(?:\[[^\]\n]*\])?|mintinline(?:\[[^\]\n]*\])?\{[^{}\n]*\})"
    r"(?P<bar>[^\sA-Za-z*\[{])[^\n]{0,2000}?(?P=bar)"
)

# A command of url, hyperref or xurl whose argument is an address, or eTeX's for text as it stands: with that argument,
# in which a percent sign is one. (Of `\href` the first.)
ADDRESS_COMMAND = (
    r"\\(?:url|nolinkurl|path|href|burl|hyperimage|detokenize)\*?[ ]*(?:\[[^\]\n]{0,200}\][ ]*)?"
    r"(?:\{(?:[^{}\n]|\{[^{}\n]*\})*\}|(?P<mark>[^\s\w{])[^\n]{0,2000}?(?P=mark))"
)

COMMENTED = pattern(r"(?<!\\)(?:\\\\)*%[^\n]*\Z")  # a comment goes on to here

# How each character is written that TeX takes for more than itself.
ESCAPES = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{each: "\\" + each for each in "{}$&#_%"},
}

# A mark: a comment of ours around a stretch of LaTeX, with the stretch's number. `%<PM7>`, the stretch, `%</PM7>`.
MARK = r"%<(?P<closes>/?)PM(?P<number>\d+)>"
# The name of the file is its group.
INCLUDED = pattern(
    r"\\includegraphics\s*\*?\s*(?:<[^>]*>\s*)?(?:\[(?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\]\s*){0,2}\{([^{}]*)\}"
)
_COMMENTS = pattern(rf"(?P<kept>\\.)|{WHOLE_COMMENT}", re.DOTALL)


def escaped(text: str) -> str:
    """Return a text such that TeX sets it as it stands."""
    return "".join(ESCAPES.get(each, each) for each in text)


def opening_mark(number: int) -> str:
    """Return the mark, with the end of its line, before the stretch with a number."""
    return f"%<PM{number}>\n"


def closing_mark(number: int) -> str:
    """Return the mark, without the end of its line, after the stretch with a number."""
    return f"%</PM{number}>"


def without_comments(text: str) -> str:
    """Return some TeX without its comments, as TeX reads it: without their line ends and what indents the next line."""
    return _COMMENTS.sub(lambda found: found["kept"] or "", text)
