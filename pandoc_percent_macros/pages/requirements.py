"""What marked pages are read with: packages that few need, and that are asked for where they are used."""

from importlib.util import find_spec

from ..base import Fault

_PACKAGES = {"PIL": "pillow"}  # of modules that have another name


def require(*names: str) -> None:
    """Raise ``Fault`` (PM618), which says how to install it, if one of some modules is not there."""
    lacking = [_PACKAGES.get(name, name) for name in names if not _is_there(name)]
    if lacking:
        raise Fault(
            "PM618",
            f"this needs {' and '.join(lacking)}, which {'is' if len(lacking) == 1 else 'are'} not installed",
            f"`pip install {' '.join(lacking)}`, or install this package as `pandoc-percent-macros[preview]`",
        )


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ValueError:  # somebody has barred it
        return False
