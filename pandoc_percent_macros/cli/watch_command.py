"""``percent-macros watch``: a build on every change."""

from contextlib import suppress
from pathlib import Path

import click

from ..build.progress import progress_for
from ..build.watching import watch as watch_document
from .options import PandocCommand, building, end_on_signals, request_of, system_faults


@click.command("watch", cls=PandocCommand, short_help="Build a document again on every change.")
@building
def command(arguments: tuple[str, ...], draft: bool, depfile: Path | None) -> int:
    """Build the document FILE, and again whenever it changes, or a file that it is made from.

    \b
      percent-macros watch talk.md -t beamer -o talk.pdf

    Those files are the document, its libraries and pictures, and what pandoc's options and LaTeX read: defaults files,
    templates, header files, styles. Open OUT in a viewer that follows changes, and write.

    The options are those of build: all of pandoc's, and --draft and --depfile.

    A build that fails shows its errors, leaves the old OUT, and waits for the next change. Ctrl-C ends watching.

    With pdflatex, the preamble is precompiled and kept in the user's cache folder, so that further builds do not load
    LaTeX's packages again; with xelatex and lualatex that can't be done.

    Exit status: 0 when ended by Ctrl-C, 2 for a wrong command line.
    """
    request = request_of(arguments, draft, depfile)
    end_on_signals()
    progress = progress_for(request.shown, quiet=request.last("quiet") is not None, each_phase=False)
    with system_faults(), progress, suppress(KeyboardInterrupt):
        watch_document(request, progress)
    return 0
