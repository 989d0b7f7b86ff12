# Two commands are enough: `make talk` builds the example, `make test` runs all tests. Each first sets up what is
# missing; that logic, and the list of what the system has to bring, is in tools/.

SHELL := bash
.DEFAULT_GOAL := help

# The Python to make the environment with, and what pytest is told.
PYTHON ?= python3
PYTEST_ARGS ?= --numprocesses=auto

# Every recipe finds the environment's programs first: `pandoc`, `percent-macros`, `python`.
run = export PATH="$$PWD/.venv/bin:$$PATH" &&

.PHONY: help talk tour test matrix lint format docs pictures artwork environment clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name words; do printf '  make %-10s %s\n' "$$name" "$$words"; done

talk: environment ## build the example deck, examples/talk/talk.pdf
	@tools/system-packages.sh tex
	$(run) cd examples/talk && pandoc -F percent-macros talk.md -t beamer -o talk.pdf

tour: environment ## build the deck with every feature, examples/tour/: PDF, two kinds of HTML, PPTX
	@tools/system-packages.sh tex
	$(run) cd examples/tour && pandoc -F percent-macros tour.md -t beamer -o tour.pdf
	$(run) cd examples/tour && pandoc -F percent-macros tour.md -t revealjs -s --mathml -V theme=white -o tour-revealjs.html
	$(run) cd examples/tour && pandoc -F percent-macros tour.md -t html -s --mathml -o tour.html
	$(run) cd examples/tour && pandoc -F percent-macros tour.md -o tour.pptx

test: environment ## run all tests; PYTEST_ARGS='-k title' for some
	@tools/system-packages.sh tex poppler editors
	$(run) python -m pytest $(PYTEST_ARGS)

matrix: environment ## run the end-to-end tests with several versions of pandoc and Python
	@tools/system-packages.sh tex poppler editors
	$(run) python tools/matrix.py

lint: environment ## check style and types
	$(run) ruff check . && ruff format --check . && mypy

format: environment ## put the code into the one form
	$(run) ruff check --fix-only . && ruff format .

docs: environment ## write the generated pages anew (tools/generate-*.py)
	$(run) for script in tools/generate-*.py; do [ ! -e "$$script" ] || python "$$script" || exit; done

pictures: talk ## show the deck's pages in one picture, docs/images/talk.png
	@tools/system-packages.sh poppler
	$(run) tools/pictures.sh

artwork: environment ## draw the deck's own pictures anew, examples/talk/images/
	@tools/system-packages.sh artwork
	$(run) tools/artwork.sh

environment:
	@PYTHON='$(PYTHON)' tools/environment.sh

clean: ## remove what the targets made, but for installed system packages
	rm -rf .venv .cache build dist *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	rm -f examples/*/*.pdf examples/*/*.tex examples/*/*.html examples/*/*.pptx
	find . -name __pycache__ -prune -exec rm -rf {} +
