#!/usr/bin/env bash
# Builds the gallery's deck, takes a picture of what each macro makes, and writes the gallery's README.
set -euo pipefail
cd "$(dirname "$0")/../examples/gallery"
python -c 'import PIL' 2>/dev/null || python -m pip install --quiet --disable-pip-version-check --editable '../..[pictures]'
percent-macros build gallery.md -t beamer -o gallery.pdf
pandoc -F percent-macros gallery.md -t revealjs -s --mathml -o gallery-revealjs.html
pandoc -F percent-macros gallery.md -t html -s --mathml -o gallery.html
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT
percent-macros build -M result=true gallery.md -t beamer -o "$pages/results.pdf"
pdftoppm -r 144 -png -f 2 "$pages/results.pdf" "$pages/page"
mkdir -p pictures
names=$(sed -n 's/^## //p' gallery.md)
python ../../tools/crop.py pictures "$names" "$pages"/page-*.png
python ../../tools/generate-gallery.py
