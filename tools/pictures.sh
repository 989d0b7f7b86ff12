#!/usr/bin/env bash
# Renders the pages of the example deck, and puts them together into docs/images/talk.png, for the README; and draws the
# slides that other pages of the documentation show.
set -euo pipefail
cd "$(dirname "$0")/.."
python -c 'import PIL, playwright' 2>/dev/null || python -m pip install --quiet --disable-pip-version-check --editable '.[pictures]'
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT
pdftoppm -r 144 -png examples/talk/talk.pdf "$pages/page"
mkdir -p docs/images
python tools/contact_sheet.py docs/images/talk.png "$pages"/page-*.png
python tools/slides
