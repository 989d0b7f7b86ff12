"""``percent-macros preview``: a page in the browser that shows the document while it is written."""

import click

from ..build.builder import kept
from ..pages import require
from .options import end_on_signals, offered_words, system_faults
from .page_commands import PagesCommand, usage_errors


@click.command("preview", cls=PagesCommand, short_help="Show a document in the browser while it is written.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, shell_complete=offered_words)
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on, instead of a free one.")
@click.option("--no-browser", is_flag=True, help="Print the address only.")
@click.option("--goto", metavar="FILE:LINE", help="Have the preview of FILE that runs show LINE; nothing else.")
@click.option("--editor", metavar="COMMAND", help="The editor to open lines in, instead of $VISUAL.")
def preview_command(
    arguments: tuple[str, ...], port: int | None, no_browser: bool, goto: str | None, editor: str | None
) -> int:
    """Show the document FILE in the browser, and each change of it at once.

    \b
      percent-macros preview talk.md
      percent-macros preview talk.md -V theme=Madrid --editor 'code -g {file}:{line}'
      percent-macros preview --goto talk.md:57

    The page follows each save: the slide that changed first, then the rest. An error is shown over the slide, at the
    line of the document; the slides before it stay. A click on what a call paints leads to its line; what is dragged is
    moved in the document, by the numbers of the call.

    All of pandoc's options are taken; the format is beamer, or what --to says. The address is printed. It is of this
    machine alone, and holds a secret word: who knows it can change the document. Ctrl-C ends it.

    It takes pypdfium2, pikepdf, pillow, starlette and uvicorn: `pip install 'pandoc-percent-macros[preview]'`.

    Exit status: 0 when ended by Ctrl-C, 1 for errors, 2 for a wrong command line.
    """
    if goto is not None:
        return _show(goto)
    require("starlette", "uvicorn", "pypdfium2", "pikepdf", "PIL")
    from ..preview.board import Board, Status
    from ..preview.editors import editor_of
    from ..preview.listening import Listening
    from ..preview.paged import Paged
    from ..preview.running import listening, say, serve
    from ..preview.server import Preview
    from ..preview.web import Web, is_web
    from ..preview.worker import Worker

    end_on_signals()
    with system_faults(), usage_errors():
        opened = editor_of(editor)

        def make(address: str) -> tuple[Worker, Board, Preview]:
            board = Board(Status())
            told = Listening(lambda phase, page, pages: board.put(phase=phase, page=page, pages=pages))
            shown = (Web if is_web(arguments) else Paged)(arguments, told, kept())
            worker = Worker(shown, board, told)
            return worker, board, Preview(worker, board, opened)

        with listening(port) as at:
            serve(make, at, opens_browser=not no_browser, said=lambda address: say(f"{address}\n"))
    return 0


def _show(place: str) -> int:
    """Have a preview show a line."""
    from ..preview.addresses import show

    file, _, line = place.rpartition(":")
    if not file or not line.isdecimal() or int(line) < 1:
        raise click.UsageError(f"{place!r} is not FILE:LINE")
    show(file, int(line))
    return 0
