"""What pandoc would hand to LaTeX: pandoc is asked for a PDF, and in LaTeX's place finds a script of ours.

So the text is exactly what pandoc compiles, with its pictures taken out of the document, converted and named as
pandoc does it, whatever the command line and the defaults files say. The scripts have the names of the engines and
stand in a folder in front of the PATH: pandoc treats an engine that is named with its path otherwise.
"""

import os
import shlex
import shutil
from pathlib import Path

from .engine import ENGINES, Job

# A call that is not pandoc's, say a filter's that draws a picture, goes to the engine.
_SCRIPT = """#!/bin/sh
# Stands in for LaTeX while pandoc makes a PDF, and keeps what pandoc hands to it.
for last; do :; done
case "$1 $2 $3 $4 $last" in
"-halt-on-error -interaction nonstopmode -output-directory "*/input.tex) ;;
*) PATH={path}; export PATH; exec {engine} "$@" ;;
esac
kept={kept}
if [ ! -e "$kept" ]; then
  mkdir "$kept" && cp -R "${{last%/input.tex}}" "$kept/media" && printf '%s\\n' "$@" >"$kept/arguments" &&
  printf '%s\\n' {engine} >"$kept/engine" || exit 1
fi
: >"$5/input.pdf"
"""


class Interception:
    """Scripts in the place of the engines; each stands in one folder, and keeps what it gets in another."""

    def __init__(self, folder: Path, named: str | None) -> None:
        """Write the scripts.

        Args:
            folder: an empty folder for them and for what they keep.
            named: the author's ``--pdf-engine`` where it is a path.
        """
        self._kept = folder / "kept"
        self.scripts = folder / "bin"
        self.scripts.mkdir()
        for name in ENGINES:
            found = shutil.which(name)
            if found:
                self._write(self.scripts / name, found)
        self.options: tuple[str, ...] = ()
        if named and Path(named).name in ENGINES and (found := shutil.which(named)):
            named_scripts = folder / "named"
            named_scripts.mkdir()
            self._write(named_scripts / Path(named).name, found)
            self.options = (f"--pdf-engine={named_scripts / Path(named).name}",)

    def _write(self, script: Path, engine: str) -> None:
        words = {"path": os.environ.get("PATH", ""), "engine": os.path.abspath(engine), "kept": os.fspath(self._kept)}
        script.write_text(_SCRIPT.format_map({name: shlex.quote(word) for name, word in words.items()}), "utf-8")
        script.chmod(0o755)

    def job(self, folder: Path) -> Job | None:
        """Return what pandoc handed to LaTeX since the last call; None when it made something else.

        Args:
            folder: pandoc's working directory.
        """
        if not self._kept.is_dir():
            return None
        arguments = (self._kept / "arguments").read_text("utf-8").split("\n")[:-1]
        engine = (self._kept / "engine").read_text("utf-8").removesuffix("\n")
        handed = os.path.dirname(arguments[-1])
        media = self._kept.parent / "media"
        shutil.rmtree(media, ignore_errors=True)
        (self._kept / "media").rename(media)
        shutil.rmtree(self._kept)
        text = media / "input.tex"
        tex = text.read_text("utf-8").replace(handed, os.fspath(media))
        text.unlink()
        return Job(engine, Path(engine).name, tuple(arguments[5:-1]), tex, media, folder)
