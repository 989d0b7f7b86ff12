#!/usr/bin/env python3
"""Feed a target of tests/fuzz/targets.py with bytes that atheris makes, led by what they reach in the code.

    tools/fuzz.py TARGET SECONDS [FOLDER]

Seeds are tests/fuzz/corpus/TARGET and what the other tests have; what is found goes to FOLDER (.cache/fuzz/TARGET):
inputs that reach something new to `corpus/`, inputs that break a promise to `found-…`, with the exception on the
terminal. The exit status is not 0 when something broke.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
with atheris.instrument_imports(include=["pandoc_percent_macros"]):
    from tests.fuzz import targets

LONGEST = {"lift": 4_000, "parse": 3_000, "evaluate": 2_000, "filter": 20_000}  # bytes of an input
SLOWEST = 10  # seconds for one input: a hundred times what the slowest takes


def main() -> None:
    """Run the fuzzer; it ends the process itself."""
    name, seconds = sys.argv[1], sys.argv[2]
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 else ROOT / ".cache" / "fuzz" / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for at, data in enumerate(seeds(name)):
        (corpus / f"seed-{at}").write_bytes(data)
    words = folder / "words"
    words.write_text("".join(f'"{_escaped(each)}"\n' for each in WORDS), "ascii")
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST[name]}",
        f"-timeout={SLOWEST}",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
        f"-dict={words}",
        f"-artifact_prefix={folder}/found-",
    ]
    arguments = [sys.argv[0], *options, str(corpus), str(ROOT / "tests" / "fuzz" / "corpus" / name)]
    target = targets.TARGETS[name]
    atheris.Setup(arguments, lambda data: _ignored(target(data)), **_mutators(name))
    atheris.Fuzz()


def _ignored(outcome: str) -> None:
    """Keep what a target returns from atheris, which wants nothing."""


def _mutators(name: str) -> dict[str, Any]:
    return {"custom_mutator": mutated_document} if name == "filter" else {}


# What there is already.


def seeds(name: str) -> list[bytes]:
    """Return the texts of the other tests in the form that a target takes."""
    documents = sorted((ROOT / "tests" / "corpus").glob("*.md")) + sorted((ROOT / "examples").glob("*/*.md"))
    if name == "filter":
        return [each for path in documents[::4] if (each := _lifted(path))]
    texts = [path.read_bytes() for path in documents]
    if name == "lift":
        return [_digit(path).encode() + text for path, text in zip(documents, texts, strict=True)]
    libraries = (ROOT / "pandoc_percent_macros" / "language" / "prelude").glob("*.pmac")
    return [*texts, *(path.read_bytes() for path in libraries), *_programs()]


def _digit(path: Path) -> str:
    reader = ".".join(path.name.split(".")[1:-1]) or "markdown"
    return str(targets.DIALECTS.index(reader) if reader in targets.DIALECTS else 0)


def _lifted(path: Path) -> bytes:
    lift = subprocess.run(["percent-macros", "lift", path], capture_output=True, check=False)
    return subprocess.run(["pandoc", "-t", "json"], input=lift.stdout, capture_output=True, check=True).stdout


def _programs() -> list[bytes]:
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    from perl_programs import Writer  # type: ignore[import-not-found]

    head = "%%define f($n = 2, $s = 'ab')\n"
    return [f"{head}{Writer(seed).program()}\n=end\n".encode() for seed in range(300)]


# Words of the language and of Markdown, which bytes alone seldom make.

WORDS = """%%define %%template %%use %%begin %%end =end %%f( %%b() \\%% my return if elsif else unless for foreach last
    next or and not x eq ne lt gt le ge cmp qw( q{ qq( undef join( split( sprintf( substr( map{ sort{ $a $b $_
    @_ .. ** || // && <=> ?: .= += x= ||= $# markdown( text( latex( html( raw( format( meta( body $body @rest ${
    0x 1e9 \\x{ ~~~ ``` $$ <!-- --> <div> </div> ::: > - 1. (@) [^1]: ^[ ]( ]: \\begin{center} \\end{center}
    \\verb| {=latex} --- ... | +--- === % ,, ,name= \\, \\( " ' repeat( reverse( 9223372036854775807 %s %*d
    %-5.3f die( usepackage( usetikzlibrary(""".split()


def _escaped(word: str) -> str:
    return "".join(each if each.isalnum() else f"\\x{ord(each):02x}" for each in word)


# Documents: changed as trees, so that most stay documents.


def mutated_document(data: bytes, size: int, seed: int) -> bytes:
    """Return a document with something in it doubled, moved, left out, or with other text; now and then other bytes."""
    chance = random.Random(seed)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        document = None
    if document is None or chance.random() < 0.05:
        return bytes(atheris.Mutate(data, size))
    lists: list[list[Any]] = []
    texts: list[tuple[Any, Any]] = []
    _collect(document, lists, texts)
    for _ in range(chance.randint(1, 4)):
        if texts and chance.random() < 0.5:
            holder, at = chance.choice(texts)
            value = holder[at]
            other, there = chance.choice(texts)
            taken = bytes(atheris.Mutate(value.encode("utf-8", "replace")[:500], 600)).decode("utf-8", "replace")
            holder[at] = taken if chance.random() < 0.6 else other[there]
        elif lists:
            _changed(chance.choice(lists), chance.choice(lists), chance)
    changed = json.dumps(document, ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")
    return changed if len(changed) <= size else data


def _collect(node: Any, lists: list[list[Any]], texts: list[tuple[Any, Any]]) -> None:
    """Find the lists of elements in a tree, and the places of texts that are no tags."""
    todo = [node]
    while todo:
        each = todo.pop()
        if isinstance(each, list) and each and isinstance(each[0], dict):
            lists.append(each)
        pairs = each.items() if isinstance(each, dict) else enumerate(each)
        for at, inside in pairs:
            if isinstance(inside, str) and at != "t":
                texts.append((each, at))
            elif isinstance(inside, (dict, list)):
                todo.append(inside)


def _changed(one: list[Any], other: list[Any], chance: random.Random) -> None:
    at = chance.randrange(len(one)) if one else 0
    kind = chance.randrange(4)
    if kind == 0 and one:
        del one[at]
    elif kind == 1 and one:
        one.insert(at, json.loads(json.dumps(one[at])))
    elif kind == 2 and one and other:
        one[at] = json.loads(json.dumps(chance.choice(other)))
    else:
        chance.shuffle(one)


if __name__ == "__main__":
    main()
