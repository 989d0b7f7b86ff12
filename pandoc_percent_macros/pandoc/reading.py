"""What pandoc makes of a text."""

from __future__ import annotations

import json
import os
import subprocess

from ..base.fault import Fault
from ..base.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from .invocation import Invocation


def read(
    program: str,
    text: str,
    reader: str,
    arguments: Sequence[str] = (),
    folder: str | None = None,
    variables: Mapping[str, str] | None = None,
) -> Any:
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
    command = [program, "--from", reader, "--to", "json", "--quiet", *arguments]
    try:
        done = subprocess.run(
            command,
            input=text.encode("utf-8"),
            capture_output=True,
            check=False,
            cwd=folder,
            env={**os.environ, **variables} if variables else None,
        )
    except OSError as fault:
        raise Fault("PM601", f"can't start {program}: {fault.strerror}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise Fault("PM601", f"pandoc failed to read the document: {said or done.returncode}", *_hints(program))
    try:
        document = json.loads(done.stdout)
    except ValueError:
        document = None
    if not isinstance(document, dict) or not isinstance(document.get("blocks"), list):
        raise Fault("PM601", "pandoc gave something else than a document", *_hints(program))
    return document


def _hints(program: str) -> tuple[str, ...]:
    return (f"the pandoc that was run is {program}; from version 2.19 on it is known to work",)


def read_again(invocation: Invocation, texts: Sequence[str], reader: str | None = None) -> Any:
    """Return what pandoc would have made of other texts in the place of its inputs.

    With ``--file-scope`` there is a text for each input, or one for all of them as without. The texts are in the
    dialect of the inputs, or in that of ``reader``.
    """
    import tempfile  # nothing else in the filter needs it

    with tempfile.TemporaryDirectory(prefix="percent-macros-") as folder:
        done_later = _DONE_AFTER_FILTERS if _version() >= (3,) else ()
        arguments = [
            _absolute(each, invocation.process.folder)
            for each in invocation.reader_options
            if not each.startswith(done_later)
        ]
        for number, defaults in enumerate(invocation.defaults):
            path = os.path.join(folder, f"{number}.yaml")
            with open(path, "w", encoding="utf-8") as file:
                fields = {key: value for key, value in defaults.for_reader.items() if f"--{key}" not in done_later}
                json.dump(fields, file, default=str)  # JSON is YAML
            arguments.append(f"--defaults={path}")
        program, reader = invocation.process.program, reader or invocation.reader
        if len(texts) == 1:
            return read(program, texts[0], reader, arguments, invocation.process.folder)
        files = _write_as_named(texts, invocation, os.path.join(folder, "files"))
        return read(program, "", reader, [*arguments, *invocation.inputs], files)


def _version() -> tuple[int, ...]:
    """Return the version of the pandoc that runs this filter."""
    return tuple(int(part) for part in os.environ.get("PANDOC_VERSION", "3").split(".") if part.isdecimal())


def _absolute(option: str, folder: str) -> str:
    name, equals, value = option.partition("=")
    return f"{name}={os.path.join(folder, value)}" if name in _NAMES_FILE and equals else option


def _write_as_named(texts: Sequence[str], invocation: Invocation, root: str) -> str:
    """Write texts under the names of the inputs, from which pandoc makes identifiers; return where to run it."""
    above = max(os.path.normpath(name).split(os.sep).count("..") for name in invocation.inputs)
    folder = os.path.join(root, *["_"] * above)
    for name, text in zip(invocation.inputs, texts, strict=True):
        if os.path.isabs(name):
            hint = "use the reader instead: `pandoc -d percent-macros …`"
            raise Fault("PM601", f"{name} can't be read again under its absolute name", hint)
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    return folder


# From version 3 on pandoc applies these behind the filters, so the second reading must not.
_DONE_AFTER_FILTERS = ("--shift-heading-level-by", "--base-header-level")
_NAMES_FILE = ("--metadata-file", "--abbreviations", "--data-dir")
