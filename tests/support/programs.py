"""A PATH that lacks programs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def bare_path(folder: Path, *programs: str) -> str:
    """Return a PATH with these programs alone."""
    place = folder / "programs"
    place.mkdir()
    for name in programs:
        found = shutil.which(name)
        assert found, f"{name} is not there"
        (place / name).symlink_to(found)
    return os.fspath(place)
