"""Tables for people: columns that fit a terminal, and a line each where something else reads them."""

from collections.abc import Iterable, Sequence

import click


def table(titles: Iterable[tuple[str, bool]], rows: Iterable[Sequence[str]]) -> None:
    """Print a table.

    Args:
        titles: of the columns, and whether what is in them goes to the right.
        rows: what is in them.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for title, right in titles:
        shown.add_column(title, overflow="fold", justify="right" if right else "left")
    for row in rows:
        shown.add_row(*map(Text, row))
    console = Console(highlight=False)
    if console.is_terminal:
        console.print(shown)
        return
    console.width = 10_000  # a line each, for grep
    with console.capture() as capture:
        console.print(shown)
    click.echo("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()), nl=False)
