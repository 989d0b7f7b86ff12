"""Pandoc as a program: where it is, what it reads in a text, and what it writes of a document.

Most documents need no other pandoc than the one that runs the filter, so what starts a process is imported where one
is started.
"""

from __future__ import annotations

import os

from ..base import TYPE_CHECKING, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from .invocation import Invocation

# From version 3 on pandoc applies these after the filters, so the second reading must not.
_DONE_AFTER_FILTERS = ("shift-heading-level-by", "base-header-level")


def find_pandoc() -> str:
    """Return the path of pandoc: the one on the PATH, else the one that pypandoc brings.

    Raises:
        Fault: PM601 when there is none.
    """
    import shutil

    found = shutil.which("pandoc")
    if found:
        return found
    import pypandoc

    try:
        return str(pypandoc.get_pandoc_path())
    except OSError:
        raise Fault("PM601", "pandoc was not found", "put it on the PATH") from None


def read(
    program: str,
    text: str,
    reader: str,
    arguments: Sequence[str] = (),
    folder: str | None = None,
    variables: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the document, as pandoc's JSON has it, that pandoc reads from a text.

    Args:
        program: pandoc's executable.
        text: the text, for standard input.
        reader: the format that it is in, as for ``--from``.
        arguments: further options and files.
        folder: where pandoc runs; here if not given.
        variables: of the environment, beside our own.

    Raises:
        Fault: PM601 when pandoc can't be started or fails, with what it said.
    """
    import json

    hint = f"the pandoc that was run is {program}; from version 2.19 on it is known to work"
    command = [program, "--from", reader, "--to", "json", "--quiet", *arguments]
    out = _run(command, text.encode("utf-8"), "read the document", hint, folder=folder, variables=variables)
    try:
        document: Any = json.loads(out)
    except ValueError:
        document = None
    if not isinstance(document, dict) or not isinstance(document.get("blocks"), list):
        raise Fault("PM601", "pandoc was asked for a document, and its output is something else", hint)
    return document


def write(program: str, document: dict[str, Any], target: str, arguments: Sequence[str] = ()) -> str:
    """Return a document in a format whose files are text; else as ``write_bytes`` does."""
    return write_bytes(program, document, target, arguments).decode()


def write_bytes(program: str, document: dict[str, Any], target: str, arguments: Sequence[str] = ()) -> bytes:
    """Return a document in a format.

    Args:
        program: pandoc's executable.
        document: pandoc's elements.
        target: the format, as for ``--to``.
        arguments: further options.

    Raises:
        Fault: PM601 when pandoc can't be started or fails, with what it said.
    """
    import json

    command = [program, "--from=json", f"--to={target}", "--output=-", "--quiet", *arguments]
    return _run(command, json.dumps(document).encode(), f"write {target}")


def _run(
    command: Sequence[str],
    data: bytes,
    work: str,
    *hints: str,
    folder: str | None = None,
    variables: Mapping[str, str] | None = None,
) -> bytes:
    """Return what pandoc writes to standard output, or raise ``Fault`` (PM601): it failed to do its ``work``."""
    from ..base.children import run  # starts a process

    environment = {**os.environ, **variables} if variables else None
    try:
        done = run(command, data, cwd=folder, env=environment)
    except OSError as fault:
        raise Fault("PM601", f"can't start {command[0]}: {fault.strerror}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise Fault("PM601", f"pandoc failed to {work}: {said or done.returncode}", *hints)
    return done.stdout


def extensions(invocation: Invocation) -> list[str]:
    """Return the extensions of Markdown that are on for the reader of a document, which may be a script of somebody's.

    Raises:
        Fault: PM601 when pandoc can't be started or fails.
    """
    script = os.path.join(os.path.dirname(__file__), "extensions.lua")
    data = [each.argument for each in invocation.reader_options if each.name == "data-dir"]
    command = [invocation.process.program, "--from", invocation.reader, "--lua-filter", script, *data]
    return _run(command, b"", "list the extensions of its reader", folder=invocation.process.folder).decode().split()


def read_again(invocation: Invocation, texts: Sequence[str], reader: str | None = None) -> dict[str, Any]:
    """Return what pandoc would have made of other texts in the place of its inputs.

    Args:
        invocation: what pandoc was asked to do.
        texts: with ``--file-scope`` one for each input, or one for all of them as without.
        reader: the dialect of the texts; that of the inputs if not given.

    Raises:
        Fault: PM601 when pandoc can't be started or fails.
    """
    import tempfile

    with tempfile.TemporaryDirectory(prefix="percent-macros-") as folder:
        arguments = reader_arguments(invocation, folder)
        program, reader = invocation.process.program, reader or invocation.reader
        if len(texts) == 1:
            return read(program, texts[0], reader, arguments, invocation.process.folder)
        names = [_relative(name, texts) for name in invocation.inputs]
        files = _write_as_named(texts, names, os.path.join(folder, "files"))
        if os.path.isfile(script := os.path.join(invocation.process.folder, reader)):
            reader = script
        return read(program, "", reader, [*arguments, "--", *names], files)


def reader_arguments(invocation: Invocation, folder: str) -> list[str]:
    """Return the options that a second reading needs, in their order; its defaults files are written to a folder."""
    import json

    done_later = _DONE_AFTER_FILTERS if _version() >= (3,) else ()
    arguments: list[str] = []
    at = 0
    for number, defaults in enumerate((*invocation.defaults, None)):
        end = defaults.after if defaults else None
        options = [each for each in invocation.reader_options[at:end] if each.name not in done_later]
        arguments += [each.from_folder(invocation.process.folder).argument for each in options]
        if defaults:
            at = defaults.after
            path = os.path.join(folder, f"{number}.yaml")
            with open(path, "w", encoding="utf-8") as file:
                fields = {key: value for key, value in defaults.for_reader.items() if key not in done_later}
                json.dump(fields, file, default=str)  # JSON is YAML
            arguments.append(f"--defaults={path}")
    return arguments


def _version() -> tuple[int, ...]:
    """Return the version of the pandoc that runs this filter."""
    return tuple(int(part) for part in os.environ.get("PANDOC_VERSION", "3").split(".") if part.isdecimal())


def _relative(name: str, texts: Sequence[str]) -> str:
    """Return the name of an input such that pandoc makes the same identifiers of it, in a folder of ours.

    For these pandoc passes over the slash that an absolute name begins with; in links it does not.
    """
    if not os.path.isabs(name):
        return name
    if not name.startswith("/") or any(f"{name}#" in text for text in texts):
        hint = "name the files of `--file-scope` from the working directory, or use the reader: `-d percent-macros`"
        raise Fault("PM601", f"{name} can't be read again under its absolute name, which a link uses", hint)
    return name.lstrip("/")


def _write_as_named(texts: Sequence[str], names: Sequence[str], root: str) -> str:
    """Write texts under the names of inputs, from which pandoc makes identifiers; return where to run it."""
    above = max(os.path.normpath(name).split(os.sep).count("..") for name in names)
    folder = os.path.join(root, *["_"] * above)
    for name, text in zip(names, texts, strict=True):
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    return folder
