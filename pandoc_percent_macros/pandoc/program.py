"""Where pandoc is."""

from __future__ import annotations


def find_pandoc() -> str | None:
    """Return the path of pandoc: the one on the PATH, else the one that pypandoc brings; None without any."""
    import shutil  # costs start-up time, and most documents know their pandoc

    found = shutil.which("pandoc")
    if found:
        return found
    import pypandoc  # costs start-up time, and is only asked where there is no other

    try:
        return str(pypandoc.get_pandoc_path())
    except OSError:
        return None
