"""``percent-macros setup``: what pandoc finds in its data directory."""

from pathlib import Path

import click

from . import installation


@click.command("setup", short_help="Put reader, filter and defaults where pandoc looks.")
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Pandoc's data directory; the user's own if not given.",
)
def command(data_dir: Path | None) -> int:
    """Put the reader, the filter and the defaults file into pandoc's data directory.

    Then these work from every folder:

    \b
      pandoc -d percent-macros talk.md -t beamer -o talk.pdf
      pandoc -f percent-macros.lua -F percent-macros talk.md -t beamer -o talk.pdf
    """
    outcome = installation.install(data_dir or installation.user_data_directory())
    for path in outcome.written:
        click.echo(f"wrote {path}")
    for path in outcome.unchanged:
        click.echo(f"unchanged {path}")
    for path in outcome.kept:
        click.echo(f"not written by percent-macros, kept: {path}", err=True)
    return 1 if outcome.kept else 0
