"""``percent-macros build`` and ``watch``: pandoc and LaTeX, with their errors at the author's lines."""

from contextlib import suppress
from pathlib import Path

import click

from ..build.builder import Builder, kept
from ..build.progress import progress_for
from .options import PandocCommand, building, end_on_signals, request_of, system_faults


@click.command("build", cls=PandocCommand, short_help="Build a document, and show errors at its own lines.")
@building
def build_command(arguments: tuple[str, ...], draft: bool, fresh: bool, marks: bool, depfile: Path | None) -> int:
    """Build the document FILE, as pandoc would, and tell at which line of it an error is.

    \b
      percent-macros build talk.md -t beamer -o talk.pdf
      percent-macros build talk.md -o talk.html --standalone
      percent-macros build talk.md -t beamer -o talk.pdf --slide-level 2 -V theme=Madrid

    All of pandoc's options are taken, wherever they stand, and handed to pandoc; OUT's extension says what is written.
    The filter is there by itself.

    A PDF that pandoc makes with pdflatex, xelatex or lualatex is made with the same LaTeX, run as often as it has to
    be. An error of LaTeX is shown at the line of the document, or of a library, that has the fault; so is a picture
    that is missing.

    OUT is written whole or not at all: when the build fails, the old one is still there.

    To see slides whose pictures are yet to be drawn:

    \b
      percent-macros build talk.md -t beamer -o talk.pdf --draft

    To build from a Makefile only what has changed (docs/building.md has the rule):

    \b
      percent-macros build talk.md -t beamer -o talk.pdf --depfile talk.d

    What LaTeX leaves for its next run is kept in the user's cache folder, and, with pdflatex, the preamble precompiled:
    building again takes one run that loads no packages. --fresh does without.

    With --marks the PDF tells which call painted what, in marked content (docs/pages.md). It looks the same.

    On a terminal a bar shows how far it is; elsewhere there is a line for each step. --quiet, which is pandoc's, too,
    leaves only errors.

    Exit status: 0 when OUT is written, 1 for errors, 2 for a wrong command line, 130 when interrupted.
    """
    request = request_of(arguments, draft, fresh, depfile, marks=marks)
    end_on_signals()
    progress = progress_for(request.shown, quiet=request.last("quiet") is not None, each_phase=True)
    with system_faults(), progress, Builder(request, progress, kept()) as builder:
        outcome = builder.build()
        if outcome.succeeded:
            progress.finished(outcome.result)
    return 0 if outcome.succeeded else 1


@click.command("watch", cls=PandocCommand, short_help="Build a document again on every change.")
@building
def watch_command(arguments: tuple[str, ...], draft: bool, fresh: bool, marks: bool, depfile: Path | None) -> int:
    """Build the document FILE, and again whenever it changes, or a file that it is made from.

    \b
      percent-macros watch talk.md -t beamer -o talk.pdf

    Those files are the document, its libraries and pictures, and what pandoc's options and LaTeX read: defaults files,
    templates, header files, styles. Open OUT in a viewer that follows changes, and write.

    The options are those of build: all of pandoc's, and --draft, --fresh, --marks and --depfile.

    A build that fails shows its errors, leaves the old OUT, and waits for the next change. Ctrl-C ends watching.

    Of a deck, with pdflatex and pikepdf, only the slides that changed are typeset first, and shown; then the whole
    deck, which is written again where it shows something else.

    Exit status: 0 when ended by Ctrl-C, 2 for a wrong command line.
    """
    from ..build.watching import watch  # it loads much that a build does without

    request = request_of(arguments, draft, fresh, depfile, marks=marks)
    end_on_signals()
    progress = progress_for(request.shown, quiet=request.last("quiet") is not None, each_phase=False)
    with system_faults(), progress, suppress(KeyboardInterrupt):
        watch(request, progress)
    return 0
