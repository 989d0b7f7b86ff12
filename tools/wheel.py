"""Builds the wheel, the same bytes each time: from a copy of what git knows, with the time of the last commit.

`tools/wheel.py FOLDER` puts it into a folder. `tools/wheel.py --check` builds it twice in different places, compares
the two, and runs the example with the wheel installed in an environment of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("pandoc_percent_macros", "pyproject.toml", "README.md", "LICENSE")  # what a wheel is made of


def main() -> int:
    if sys.argv[1:] == ["--check"]:
        with tempfile.TemporaryDirectory(prefix="percent-macros-") as folder:
            return check(Path(folder))
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    print(build(Path(sys.argv[1]).resolve()))
    return 0


def build(target: Path) -> Path:
    """Build the wheel into a folder; return its path."""
    with tempfile.TemporaryDirectory(prefix="percent-macros-") as folder:
        source = Path(folder)
        copy(source)
        run(sys.executable, ROOT / "tools" / "manual.py", source / "man" / "percent-macros.1")
        target.mkdir(parents=True, exist_ok=True)
        before = set(target.glob("*.whl"))
        for old in before:
            old.unlink()
        pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
        run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", target, source, variables=fixed_time())
    return next(target.glob("*.whl"))


def copy(target: Path) -> None:
    """Copy the files that git tracks, or would; with the same rights whatever the user's mask is."""
    names = output("git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *PARTS)
    for name in filter(None, names.split("\0")):
        linked = (ROOT / name).is_dir()  # a link of the package's to a folder of files
        for path in sorted((ROOT / name).iterdir()) if linked else [ROOT / name]:
            copied = target / path.relative_to(ROOT)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copied)
            copied.chmod(0o644)


def fixed_time() -> dict[str, str]:
    return {"SOURCE_DATE_EPOCH": output("git", "-C", ROOT, "log", "-1", "--format=%ct").strip()}


def check(folder: Path) -> int:
    """Build twice, compare, install, and run the example with what is installed."""
    os.umask(0o022)
    first = build(folder / "one")
    os.umask(0o077)
    second = build(folder / "two")
    if first.read_bytes() != second.read_bytes():
        print("the wheel's bytes differ from one build to the next", file=sys.stderr)
        return 1
    venv = folder / "venv"
    run(sys.executable, "-m", "venv", venv)
    run(venv / "bin" / "python", "-m", "pip", "--quiet", "--disable-pip-version-check", "install", first)
    talk = folder / "talk"
    shutil.copytree(ROOT / "examples" / "talk", talk)
    path = os.pathsep.join((str(venv / "bin"), os.environ["PATH"]))
    here = {"PATH": path, "PYTHONPATH": "", "PYTHONSAFEPATH": "1"}
    installed = output(venv / "bin" / "percent-macros", "--version", cwd=talk, variables=here)
    latex = output("pandoc", "-F", "percent-macros", "talk.md", "-t", "beamer", cwd=talk, variables=here)
    lifted = output("percent-macros", "lift", "talk.md", cwd=talk, variables=here)
    if "tikzpicture" not in latex or "%%" in latex or "percent-macro" not in lifted:
        print("the installed package does not expand the example", file=sys.stderr)
        return 1
    print(f"{first.name}: the same bytes twice; installed, {installed.strip()} expands the example")
    return 0


def run(*command: str | Path, variables: Mapping[str, str] | None = None) -> None:
    everywhere = {**os.environ, **(variables or {})}
    subprocess.run(command, check=True, env=everywhere, stdout=subprocess.DEVNULL, umask=0o022)


def output(*command: str | Path, cwd: Path | None = None, variables: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        command, check=True, cwd=cwd, env={**os.environ, **(variables or {})}, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
