"""For a Python that is started with this folder on its path: it writes down each pandoc that it starts."""

import os
import sys

_FILE = "STARTED_PANDOCS"  # in the environment


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "subprocess.Popen" and "pandoc" in os.path.basename(os.fsdecode(arguments[0])):  # type: ignore[arg-type]
        with open(os.environ[_FILE], "a", encoding="utf-8") as file:
            file.write("pandoc\n")


if _FILE in os.environ:
    sys.addaudithook(_note)
