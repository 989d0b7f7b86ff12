"""Runs the tests with several versions of pandoc and of Python, and prints one line for each.

A pandoc gets the end-to-end tests (`pytest -m pandoc`), found first on PATH; a Python gets all tests, in an
environment of its own. Downloads and environments stay in `.cache`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"

# The releases of pypandoc-binary, and the pandoc that each of them carries.
PANDOCS = {"2.19.2": "1.13", "3.5": "1.14", "3.6.1": "1.15", "3.8.2.1": "1.16.2", "3.9": "1.17"}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")

Result = tuple[str, str, bool | None]  # what ran, pytest's closing words, whether it passed; None if it did not run
STATES = {True: "passed", False: "FAILED", None: "skipped"}


def main() -> int:
    """Run everything, print the table, return the exit status."""
    results = [with_pandoc(version, CACHE / "pandoc" / version) for version in PANDOCS]
    if Path("/usr/bin/pandoc").exists():
        results.append(with_pandoc("of the system", Path("/usr/bin")))
    results += [with_python(version) for version in PYTHONS]
    print()
    for what, words, passed in results:
        print(f"{what:32} {STATES[passed]}  {words}")
    return 1 if any(passed is False for _, _, passed in results) else 0


def with_pandoc(version: str, folder: Path) -> Result:
    """Run the end-to-end tests with the pandoc in a folder, fetched if it is one of ours."""
    if version in PANDOCS and not (folder / "pandoc").exists():
        fault = fetch(version, folder)
        if fault:
            return f"pandoc {version}", fault, False
    # A link of its own: the folder of the system's pandoc has other programs in it.
    first = CACHE / "path" / version.replace(" ", "-")
    first.mkdir(parents=True, exist_ok=True)
    link = first / "pandoc"
    link.unlink(missing_ok=True)
    link.symlink_to(folder / "pandoc")
    said = subprocess.run([link, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    path = os.pathsep.join((str(first), os.environ["PATH"]))
    label = f"pandoc {said}" + ("" if version in PANDOCS else f" ({version})")
    return label, *pytest(label, sys.executable, path, "-m", "pandoc")


def fetch(version: str, folder: Path) -> str:
    """Take pandoc out of a wheel of pypandoc-binary; return what went wrong, if anything."""
    wheels = CACHE / "wheels"
    wanted = f"pypandoc-binary=={PANDOCS[version]}"
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--dest", wheels)
    done = subprocess.run([sys.executable, "-m", "pip", "download", *options, wanted], check=False)
    found = list(wheels.glob(f"pypandoc_binary-{PANDOCS[version]}-*.whl"))
    if done.returncode or not found:
        return f"there is no wheel of {wanted} for this platform"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(found[0]) as wheel, wheel.open("pypandoc/files/pandoc") as program:
        part = folder / "pandoc.part"
        with part.open("wb") as file:
            shutil.copyfileobj(program, file)
    part.chmod(0o755)
    part.rename(folder / "pandoc")
    found[0].unlink()
    return ""


def with_python(version: str) -> Result:
    """Run all tests in an environment of that Python, where it is installed."""
    label = f"Python {version}"
    python = find_python(version)
    if python is None:
        return label, "not installed", None
    venv = CACHE / f"python-{version}"
    settings = {**os.environ, "VENV": str(venv), "PYTHON": python}
    if subprocess.run([ROOT / "tools" / "environment.sh"], env=settings, check=False).returncode:
        return label, "its environment could not be set up", False
    path = os.pathsep.join((str(venv / "bin"), os.environ["PATH"]))
    return label, *pytest(label, str(venv / "bin" / "python"), path)


def find_python(version: str) -> str | None:
    """Return a Python of that version, on the PATH or among pyenv's."""
    pyenv = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    for python in filter(None, (shutil.which(f"python{version}"), *map(str, pyenv))):
        asked = [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        if subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip() == version:
            return python
    return None


def pytest(label: str, python: str, path: str, *options: str) -> tuple[str, bool]:
    """Run pytest; return its closing words, and whether it passed."""
    print(f"\n== {label}", flush=True)
    command = [python, "-m", "pytest", "-q", "--numprocesses=auto", "-p", "no:cacheprovider", *options]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PATH": path}, stdout=subprocess.PIPE, text=True, check=False
    )
    print(done.stdout, flush=True)
    closing = re.search(r"\d+ (?:passed|failed|skipped|error).*", done.stdout.strip().rpartition("\n")[2])
    return closing[0] if closing else "pytest ran no test", done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
