#!/usr/bin/env bash
# Usage: tools/lock.sh
# Writes the versions and hashes that CI installs: the newest of everything (requirements/ci.txt), and the oldest that
# pyproject.toml allows (requirements/lowest.txt). For all platforms, and for every Python from 3.11 on.
set -euo pipefail
cd "$(dirname "$0")/.."

export UV_SYSTEM_CERTS=1 # those that pip takes, too
mkdir -p requirements
compile() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade --extra dev "$@" pyproject.toml; }
compile --extra tools --output-file requirements/ci.txt
compile --resolution lowest-direct --output-file requirements/lowest.txt
