"""Perl's own tests of its operators and patterns (``t/op``, ``t/re``), taken as data: each becomes a program.

Nothing of them is kept here: ``tools/perl-source.sh`` fetches them. A row is one assertion, with the statements above
it that set what it uses. What it ought to give is asked of Perl itself, so a row need not do what it does in its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# The tables of texts, lists and numbers, and the fewest rows of each that make a program: a file read wrongly has none.
FILES = {
    "sprintf": 500, "split": 100, "substr": 100, "join": 15, "reverse": 10, "range": 60, "repeat": 30, "lc": 60,
    "index": 60, "tr": 60, "sort": 40, "int": 8, "oct": 5, "chr": 5, "ord": 5, "pow": 3, "negate": 20, "length": 10,
    "cond": 2, "push": 4, "grep": 5, "not": 5, "list": 15, "re_tests": 1500,
}  # fmt: skip

_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_QUOTE = re.compile(r"(?<![\w$@%&>-])(tr|qq|qw|qr|q|y|s|m)\b(?!\s*(?:=>|,|;|\)))\s*(?=[^\w\s,;)=]|=(?!~))")
_HEREDOC = re.compile(r"<<~?(?:\"(\w+)\"|'(\w+)'|([A-Z]\w*))")
_POD = re.compile(r"(?m)^=[a-zA-Z].*?(?:^=cut.*$|\Z)", re.DOTALL)
_OPERAND = re.compile(
    r"(?:[(,=~!&|?:{;+*%<>.-]|\b(?:split|grep|map|and|or|not|if|unless|return|x|join|is|ok))\s*$|^\s*$"
)
_VARIABLE = re.compile(r"(?<![\w\\])([$@%])(#?)\{?(\w+|_)\}?(\s*[\[{])?")
_LOOP = re.compile(r"for(?:each)?\s*(?:my\s*)?(?:\$(\w+)\s*)?(\(.*\))\s*$", re.DOTALL)
_ASSERTION = re.compile(r"(is|ok|isnt|like|unlike|cmp_ok|is_deeply)\b\s*")
_SETS = re.compile(r"(?:local\s+|my\s+|our\s+)?([$@%])(\w+)\s*(=(?![=~])|[-+.*/x|&]{1,2}=|=~)")
_SETS_SEVERAL = re.compile(r"(?:my\s*)?\(([^()]*)\)\s*=(?![=~])")
_GROWS = re.compile(r"(?:push|unshift|pop|shift|splice)\s*\(?\s*@(\w+)")
_NATIVE = re.compile(r"\b(?:uni_to_native|byte_utf8a_to_utf8n)\(")  # nothing where characters are ASCII's
_BARE_CHANGE = re.compile(r"(?:tr|y|s)(?=[^\w\s,;)=])")


@dataclass
class Row:
    """One assertion as a program, and where it stands."""

    file: str
    line: int
    program: str


@dataclass
class _Block:
    head: str
    statements: list[str] = field(default_factory=list)


def rows(folder: Path, name: str) -> list[Row]:
    """Return the rows of ``t/op/NAME.t``, or of ``t/re/re_tests``, each program once."""
    path = folder / "re" / name if name == "re_tests" else folder / "op" / f"{name}.t"
    text = _NATIVE.sub("(", path.read_bytes().decode("utf-8", "replace"))
    if name == "re_tests":
        found = _of_patterns(text)
    else:
        found = _of_sprintf(text) if name == "sprintf" else _of_assertions(name, text)
    return list({row.program: row for row in found}.values())


# The table of sprintf.t: >template< >values< >result< >comment<


def _of_sprintf(text: str) -> Iterator[Row]:
    code, _, table = text.partition("\n__END__\n")
    start = code.count("\n") + 2
    for at, line in enumerate(table.splitlines()):
        parts = re.split(r"<\s*>", re.sub(r"^\s*[ae]?>", "", re.sub(r"<\s*$", "", line)))
        if len(parts) < 3 or line.startswith("e>"):
            continue
        template, values = parts[0], parts[1].strip()
        if values.startswith("[") and values.endswith("]"):
            values = values[1:-1]
        quoted = template.replace("\\", "\\\\").replace("'", "\\'")
        values = re.sub(r"\\([0-7]{1,3})", lambda code: f"\\x{{{int(code[1], 8):x}}}", values)
        yield Row("sprintf", start + at, f"return sprintf('{quoted}'{', ' if values else ''}{values});")


# The table of re_tests: pattern, text, whether it matches, what is asked then, and the answer, with tabs between


def _of_patterns(text: str) -> Iterator[Row]:
    for at, line in enumerate(text.splitlines(), 1):
        parts = line.split("\t")
        if len(parts) < 5 or line.startswith("#") or not parts[2].startswith(("y", "n", "a")):
            continue
        pattern, flags = parts[0], ""
        if found := re.fullmatch(r"(['/])(.*)\1(\w*)", pattern):
            pattern, flags = found[2], found[3]
        pattern = re.sub(r"(?<!\\)((?:\\\\)*)/", r"\1\\/", pattern)
        asked = parts[3] if re.fullmatch(r"(?:\$(?:&|[1-9])|[-:,\w])+", parts[3]) else "yes"
        subject = parts[1].replace('"', '\\"')
        yield Row("re_tests", at, f'my $text = "{subject}"; return $text =~ /{pattern}/{flags} ? "{asked}" : "no";')


# Assertions: is(EXPRESSION, EXPECTED, …) and their like


def _of_assertions(name: str, text: str) -> Iterator[Row]:
    blocks = [_Block("")]
    for kind, start, part in _statements(text.partition("\n__END__\n")[0]):
        if kind == "{":
            blocks.append(_Block(part))
        elif kind == "}":
            if len(blocks) > 1:
                blocks.pop()
        elif found := _ASSERTION.match(part):
            rest = part[found.end() :]
            arguments = _arguments(rest[1:] if rest.startswith("(") else f"{rest})")
            expression = _asserted(found[1], arguments)
            if expression:
                yield Row(name, text.count("\n", 0, start) + 1, _program(blocks, expression))
        else:
            blocks[-1].statements.append(part)


def _asserted(kind: str, arguments: list[str]) -> str:
    """Return the expression that an assertion is about."""
    if kind == "cmp_ok" and len(arguments) > 2:
        return f"({arguments[0]}) {arguments[1][1:-1]} ({arguments[2]}) ? 1 : 0"
    if kind == "ok" and arguments:
        return f"({arguments[0]}) ? 1 : 0"
    return arguments[0] if arguments else ""


def _program(blocks: list[_Block], expression: str) -> str:
    """Return a program that sets what an expression uses, and returns its value; in a loop, all of its values."""
    above = [(block, statement) for block in blocks for statement in block.statements]
    loops = {id(block): _LOOP.match(block.head) for block in blocks}
    wanted = set(_names(expression))
    for found in loops.values():
        wanted |= set(_names(found[2])) if found else set()
    kept: list[tuple[_Block, str]] = []
    settled: set[str] = set()
    for block, statement in reversed(above):
        names, whole = _set_by(statement)
        if not names & wanted - settled:
            continue
        kept.append((block, statement))
        wanted |= set(_names(statement))
        if whole:
            settled |= names
    inside = any(loops.values())
    topic = "$_" if any(found and not found[1] for found in loops.values()) else "$it"
    lines = ["my @all;"] if inside else []
    declared: set[str] = set()
    depth = 0
    for block in blocks:
        if found := loops[id(block)]:
            name = found[1] or "_"
            lines.append(f"for {f'my ${name} ' if found[1] else ''}{found[2]} {{")
            declared |= {f"${name}"}
            depth += 1
        lines += [
            _renamed(_declared(statement, declared), topic) for owner, statement in reversed(kept) if owner is block
        ]
    if not inside:
        return "\n".join([*lines, f"my $got = {_renamed(expression, topic)};", "return $got;"])
    lines += [f"my $got = {_renamed(expression, topic)};", 'push @all, $got // "undef";', *["}"] * depth]
    return "\n".join([*lines, 'return join("|", @all);'])


def _names(code: str) -> Iterator[str]:
    """Yield the variables of some code, with the sign of what they are."""
    for sign, count, name, bracket in _VARIABLE.findall(code):
        bracket = bracket.strip()
        yield {"[": "@", "{": "%"}.get(bracket, "@" if count else sign) + name if name != "_" or not bracket else "@_"


def _set_by(statement: str) -> tuple[set[str], bool]:
    """Return the variables that a statement sets or changes, and whether it sets them as a whole."""
    if found := _SETS.match(statement):
        return {found[1] + found[2]}, found[3] == "="
    if found := _SETS_SEVERAL.match(statement):
        return set(_names(found[1])), True
    if found := _GROWS.match(statement):
        return {"@" + found[1]}, False
    if found := re.match(r"\$(\w+)\s*\[", statement):
        return {"@" + found[1]}, False
    if _BARE_CHANGE.match(statement):
        return {"$_"}, False
    if found := re.match(r"my\s+([$@%]\w+)\s*$", statement):
        return {found[1]}, True
    return set(), False


def _declared(statement: str, declared: set[str]) -> str:
    statement = re.sub(r"^(?:local|our)\s+", "", statement)
    if _BARE_CHANGE.match(statement):
        statement = f"$_ =~ {statement}"
    names, whole = _set_by(statement)
    text = statement
    if whole and not names & declared and not statement.startswith("my"):
        text = f"my {statement}"
    elif statement.startswith("my") and names <= declared:
        text = re.sub(r"^my\s*", "", statement)
    declared |= names
    return text + ";"


def _renamed(code: str, topic: str) -> str:
    """Return code with a name for ``$_``, unless a block or a loop of its own sets it."""
    return code if re.search(r"\b(?:map|grep|for|foreach)\b", code) else re.sub(r"\$_\b(?!\s*[\[{])", topic, code)


# Reading Perl, as far as it takes to find where statements end


def _statements(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield ("{", place, head), ("}", place, "") and (";", place, statement)."""
    start, at, depth = 0, 0, 0
    while at < len(text):
        after = _past_quoted(text, start, at)
        if after != at:
            at = after
            continue
        sign = text[at]
        if sign in "([" or (sign == "{" and (depth or not _opens_block(text[start:at]))):
            depth += 1
        elif sign in ")]}" and depth:
            depth -= 1
        elif sign in "{};":
            part = _without_comments(text[start:at]).strip()
            if sign == "{":
                yield "{", start, part
            else:
                if part:
                    yield ";", start + len(text[start:at]) - len(text[start:at].lstrip()), part
                if sign == "}":
                    yield "}", at, ""
            start = at + 1
        at += 1


def _opens_block(before: str) -> bool:
    before = _without_comments(before)
    if re.search(r"[\w$@%\]}>&\\]$", before) and not re.search(r"\b(?:else|BEGIN|END)$", before):
        return False
    return not re.search(r"(?:\b(?:map|grep|sort|eval|do|sub|first|any)|[=,(?:+.!~|&])\s*$", before)


def _arguments(text: str) -> list[str]:
    """Return the arguments of a call, from behind its opening parenthesis."""
    found, start, at, depth = [], 0, 0, 0
    while at < len(text):
        after = _past_quoted(text, start, at)
        if after != at:
            at = after
            continue
        sign = text[at]
        if depth == 0 and sign in ",)":
            found.append(_without_comments(text[start:at]).strip())
            start = at + 1
            if sign == ")":
                break
        depth += (sign in "([{") - (sign in ")]}")
        at += 1
    return [each for each in found if each]


def _without_comments(text: str) -> str:
    found, at, start = [], 0, 0
    while at < len(text):
        if text[at] == "#" and (at == 0 or text[at - 1] not in "$&{"):
            found.append(text[start:at])
            at = start = _end_of_line(text, at)
            continue
        after = _past_quoted(text, 0, at)
        at = after if after != at else at + 1
    return "".join([*found, text[start:]])


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _past_quoted(text: str, start: int, at: int) -> int:
    """Return the end of the comment, the documentation or the quoted text that begins here, or the place itself."""
    sign = text[at]
    if sign == "#" and (at == 0 or text[at - 1] not in "$&{"):
        return _end_of_line(text, at)
    if sign == "=" and (found := _POD.match(text, at)):
        return found.end()
    if sign in "'\"`":
        return _past(text, at) if at == 0 or text[at - 1] not in "$&" else at
    if sign == "/" and _OPERAND.search(text[max(start, at - 40) : at]):
        return _past(text, at)
    if sign == "<" and (found := _HEREDOC.match(text, at)):
        end = re.compile(rf"^\s*{found[1] or found[2] or found[3]}$", re.MULTILINE).search(text, at)
        return end.end() if end else at
    found = _QUOTE.match(text, at) if sign in "qtsym" else None
    if not found:
        return at
    end = _past(text, found.end())
    if found[1] in ("s", "tr", "y"):
        if text[end - 1] in ")]}>":
            while end < len(text) and text[end].isspace():
                end += 1
            return _past(text, end)
        return _past(text, end - 1)
    return end


def _past(text: str, at: int) -> int:
    """Return the end of what the sign here opens."""
    if at >= len(text):
        return at
    opening = text[at]
    closing = _BRACKETS.get(opening, opening)
    depth = 0
    for found in re.compile(rf"\\.|{re.escape(opening)}|{re.escape(closing)}", re.DOTALL).finditer(text, at):
        sign = found[0]
        if sign == closing and found.start() > at:
            depth -= 1
            if depth == 0:
                return found.end()
        elif sign == opening:
            depth += 1
    return len(text)
