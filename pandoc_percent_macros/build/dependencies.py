"""The files that an output is made from, and telling make of them."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from ..document.expansion import library_files, named_libraries
from ..document.source import USE, Manuscript, parse_format, read_input, scan
from ..document.transport import read_inputs
from ..document.work import Origin
from ..latex import kpsewhich
from ..pandoc import FILES, user_data_directories
from .outputs import write_whole
from .request import Request

_METADATA = ("bibliography", "csl", "citation-abbreviations", "css")  # fields that name files
_FRONT_MATTER = re.compile(r"^---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL)


def dependencies(request: Request, loaded: Iterable[str], tex_inputs: Iterable[str], work: Path) -> list[str]:
    """Return the names of the files that an output was made from, relative to the working directory where they can be.

    Args:
        request: what was built.
        loaded: resources that pandoc read.
        tex_inputs: files that LaTeX read; what belongs to TeX itself is left out.
        work: our own folder of temporary files, left out, too.
    """
    ours = os.fspath(work)
    resources = [each for each in loaded if not _is_of(each, [ours])]
    named = [*request.invocation.inputs, *_of_options(request), *_of_documents(request), *resources]
    read = [each for each in tex_inputs if not _is_of(each, [ours, *tex_trees()])]
    folder = os.fspath(request.folder)
    names = dict.fromkeys(_relative(each, folder) for each in (*named, *read))
    return [each for each in names if os.path.isfile(os.path.join(folder, each))]


def _of_options(request: Request, wanted: str = "") -> Iterator[str]:
    """Yield the files that options name, or one option, where they are there."""
    data = request.last("data-dir")
    homes = [data] if data else user_data_directories()
    for option in request.options:
        if option.name in FILES and wanted in ("", option.name):
            plain = option.value.split(":", 1)[0] if option.name == "bibliography" else option.value
            extension = {"defaults": ".yaml"}.get(option.name, "")
            beside = [os.path.join(home, FILES[option.name]) for home in homes]
            for place in ("", *beside):
                for name in (option.value, plain, plain + extension, f"{plain}.{request.target}"):
                    path = os.path.join(place, name)
                    if os.path.isfile(os.path.join(request.folder, path)):
                        yield path


def _of_documents(request: Request) -> Iterator[str]:
    """Yield the libraries that the documents use, and the files that their metadata name."""
    syntax = parse_format(Origin(request.invocation).reader)
    inputs = read_inputs(request.invocation) or ()
    for each in inputs:
        yield from _of_metadata(each.text)
    if syntax is not None:
        directives = scan(Manuscript(inputs), syntax)
        beside = os.path.dirname(inputs[0].name) if inputs else ""
        named = [*named_libraries.of_inputs(inputs), *named_libraries.of_command_line(request.invocation)]
        for name in _of_options(request, "metadata-file"):
            named += named_libraries.of_metadata_file(read_input(name, os.fspath(request.folder)), beside)
        yield from library_files((each for each in directives if each.kind == USE), named)


def _of_metadata(text: str) -> Iterator[str]:
    import yaml

    for block in _FRONT_MATTER.findall(text.replace("\r\n", "\n")):
        try:
            fields = yaml.safe_load(block)
        except yaml.YAMLError:
            continue  # no metadata: pandoc would have complained of one that was meant as such
        if isinstance(fields, dict):
            for name in _METADATA:
                value = fields.get(name) or []
                yield from map(str, value if isinstance(value, list) else [value])


def _is_of(path: str, folders: Sequence[str]) -> bool:
    return os.path.isabs(path) and any(path.startswith(folder.rstrip("/") + "/") for folder in folders)


@cache
def tex_trees() -> tuple[str, ...]:
    """Return the folders that TeX's own files stand in."""
    folders = kpsewhich("--expand-braces", "$TEXMF").split(os.pathsep)
    return tuple(each.removeprefix("!!") for each in folders if each)


def _relative(name: str, folder: str) -> str:
    path = os.path.normpath(name)
    return os.path.relpath(path, folder) if _is_of(path, [folder]) else path


def write_depfile(path: Path, target: str, names: Sequence[str]) -> None:
    """Write the rule that make and ninja read: the target, what it is made from, and a rule of its own for each of it.

    With the latter, make goes on when one of the files is removed.

    Raises:
        Fault: PM809 when the file can't be written.
    """
    rule = " \\\n ".join([f"{_escaped(target)}:", *map(_escaped, names)])
    phony = "".join(f"\n{_escaped(each)}:\n" for each in names)
    write_whole(path, f"{rule}\n{phony}")


def _escaped(name: str) -> str:
    r"""Return a file's name as make reads it, ``\ `` for a space and ``$$`` for a dollar sign."""
    return re.sub(r"([\\]*)([ #:%])", r"\1\1\\\2", name).replace("$", "$$")
