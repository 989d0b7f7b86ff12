#!/usr/bin/env bash
# Draws the example deck's pictures, with Pillow of the extra `pictures`.
set -euo pipefail
cd "$(dirname "$0")/.."
python -c 'import PIL' 2>/dev/null || python -m pip install --quiet --disable-pip-version-check --editable '.[pictures]'
python -B examples/talk/artwork
