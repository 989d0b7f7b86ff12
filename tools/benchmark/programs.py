"""The programs that are compared: an environment with this package, as users install it, and its peers."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".cache" / "benchmark"
VENV = FOLDER / "venv"
NODE = FOLDER / "node"
MARP = NODE / "node_modules" / ".bin" / "marp"
PEERS = ("panflute", "pandoc-latex-environment", "pandoc-include", "pandocfilters", "pikepdf", "typst")

_MARP = "@marp-team/marp-cli"


def install() -> None:
    """Install the peers, and this package from its wheel, as it is now; put their commands first on the PATH."""
    python = VENV / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    # pip, too: what it writes to start this package has grown lighter.
    subprocess.run([*pip, "--upgrade", "pip", *PEERS], check=True)
    built = subprocess.run(
        [sys.executable, ROOT / "tools" / "wheel.py", FOLDER / "wheel"], check=True, stdout=subprocess.PIPE, text=True
    )
    subprocess.run([*pip, "--upgrade", "--force-reinstall", "--no-deps", built.stdout.strip()], check=True)
    subprocess.run([*pip, built.stdout.strip()], check=True)  # what it needs
    # An environment may forbid writing bytecode, and the first run would not be the last to compile.
    subprocess.run([python, "-m", "compileall", "-q", next(VENV.glob("lib/python*/site-packages"))], check=False)
    subprocess.run([python, "-m", "compileall", "-q", Path(__file__).parent / "filters"], check=False)
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", NODE, _MARP], check=False)
    os.environ["PATH"] = os.pathsep.join((str(VENV / "bin"), os.environ["PATH"]))


def versions() -> dict[str, str]:
    """Return the versions of what is compared, by name."""
    said = output(VENV / "bin" / "python", "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check")
    installed = {line.split("==")[0].lower().replace("_", "-"): line.split("==")[-1] for line in said.splitlines()}
    own = output("git", "-C", ROOT, "describe", "--always", "--dirty").strip()
    return {
        "percent-macros": f"{installed['pandoc-percent-macros']} ({own})",
        "pandoc": output("pandoc", "--version").split()[1],
        "Python": platform.python_version(),
        **{name: installed[name.lower()] for name in PEERS},
        "latexmk": _number(output("latexmk", "--version")),
        "TeX Live's pdfTeX": output("pdflatex", "--version").partition("\n")[0].partition(" ")[2],
        **({"Marp": _number(output(MARP, "--version"))} if MARP.exists() else {}),
    }


def machine() -> str:
    """Return what the figures were taken on."""
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        model = re.search(r"model name\s*:\s*(.+)", cpuinfo.read_text())
        name = model[1] if model else name
    return f"{platform.system()}, {os.cpu_count()} processors ({name.strip()})"


def output(*command: str | Path) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _number(said: str) -> str:
    found = re.search(r"\d+\.[\d.]+", said)
    return found[0] if found else "?"
