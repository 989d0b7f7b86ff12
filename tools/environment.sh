#!/usr/bin/env bash
# Usage: [VENV=.venv] [PYTHON=python3] [REQUIREMENTS=requirements/ci.txt] tools/environment.sh
# Sees to a virtual environment with this package (editable), its development tools, and the command `pandoc`.
# Does nothing where one was made from this very pyproject.toml, in this very place.
# With REQUIREMENTS everything is of the version, and has the hash, that this file says; else it is the newest that fits.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=${VENV:-.venv}
export PYTHON=${PYTHON:-python3}
stamp="$venv/.installed"
state="$PWD $(cksum <pyproject.toml) ${REQUIREMENTS:+$(cksum "$REQUIREMENTS")}"
if [ "$(cat "$stamp" 2>/dev/null)" = "$state" ] && "$venv/bin/python" -c '' 2>/dev/null; then exit; fi

if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Python 3.11 or newer is needed; name one with PYTHON=…" >&2
  exit 1
fi
tools/system-packages.sh python  # Debian splits off the part of Python that makes environments

echo "setting up $venv" >&2
"$PYTHON" -m venv --clear "$venv"
install() { "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }
if [ -n "${REQUIREMENTS:-}" ]; then
  install --require-hashes --requirement "$REQUIREMENTS"
  install --no-deps --no-build-isolation --editable .
else
  install --editable '.[dev]'
fi

# The pandoc of pypandoc-binary becomes a command; where that has no wheel, the system's pandoc has to do.
"$venv/bin/python" - <<'END'
import os, sys, pypandoc

bundled = os.path.join(os.path.dirname(pypandoc.__file__), "files", "pandoc")
commands = os.path.join(sys.prefix, "bin")
if os.path.exists(bundled):
    os.symlink(os.path.relpath(bundled, commands), os.path.join(commands, "pandoc"))
END
[ -e "$venv/bin/pandoc" ] || tools/system-packages.sh pandoc

printf '%s\n' "$state" >"$stamp"
