"""``percent-macros list``: the macros that a document can call."""

import json

import click

from ..inspect.listing import ListedMacro, listing
from ..report.terminal import render
from .options import pandoc_arguments, reading


@click.command("list", short_help="List the macros that a document can call.")
@click.argument("file", required=False, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
@reading
def list_command(file: str | None, as_json: bool) -> int:
    """Show every macro that the document FILE can call, or without FILE those that every document can.

    \b
      percent-macros list talk.md

    A macro comes from the document, a library, the prelude that is always there, or an installed Python package. The
    number says how often the document calls it. Without FILE, libraries are those that -M or a defaults file names.

    --json writes a list of objects with "name", "signature", "doc", "kind" (document, library, prelude or python),
    "file", "line" (null for python) and "calls".
    """
    macros, diagnostics = listing(pandoc_arguments(), file)
    click.echo(render(diagnostics), err=True, nl=False)
    if as_json:
        click.echo(json.dumps([_object(each) for each in macros], ensure_ascii=False, indent=2))
    else:
        _print_table(macros)
    return 1 if diagnostics.failed else 0


def _object(macro: ListedMacro) -> dict[str, object]:
    return {
        "name": macro.name,
        "signature": macro.signature,
        "doc": macro.doc,
        "kind": macro.kind,
        "file": macro.file,
        "line": macro.line,
        "calls": macro.calls,
    }


def _print_table(macros: list[ListedMacro]) -> None:
    from .tabular import table

    rows = []
    for each in macros:
        summary = (each.doc or "").strip().split("\n\n")[0].replace("\n", " ")
        rows.append((each.signature, str(each.calls), each.where, summary))
    table((("Macro", False), ("Calls", True), ("From", False), ("What it is", False)), rows)
