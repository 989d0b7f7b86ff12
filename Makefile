# Two commands are enough: `make talk` builds the example, `make test` runs all tests. Each first sets up what is
# missing; that logic, and the list of what the system has to bring, is in tools/.

SHELL := bash
.DEFAULT_GOAL := help

# The Python to make the environment with, and what pytest is told.
PYTHON ?= python3
PYTEST_ARGS ?= --numprocesses=auto
FUZZ_SECONDS ?= 900
FUZZ_EXAMPLES ?= 2000
ORACLE_DOCUMENTS ?= 20000

# Every recipe finds the environment's programs first: `pandoc`, `percent-macros`, `python`.
run = export PATH="$$PWD/.venv/bin:$$PATH" &&

.PHONY: help talk tour test browser perl-tables bare bare-install attacks fuzz work moves matrix lint format docs manual coverage mutants bench bench-preview neutrality exactness house wheel lock workflows slide-lint pictures gallery artwork environment clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name words; do printf '  make %-13s %s\n' "$$name" "$$words"; done

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
	@tools/system-packages.sh tex engines poppler editors faults
	$(run) python -m pytest $(PYTEST_ARGS)

browser: environment ## try the preview in Chromium, on a machine that has nothing else to do
	@tools/system-packages.sh tex browser
	$(run) BROWSER_TESTS=1 python -m pytest -n0 tests/programs/test_preview_browser.py

bare: export PYTEST_ARGS := $(PYTEST_ARGS)
bare: ## run `make talk` and `make test` of HEAD in a fresh minimal Debian; needs root, and mounts
	@tools/bare.sh 'make talk' 'make test'

bare-install: ## install as the README says, with pip, pipx and uv, in a fresh minimal Debian, and build the example deck
	@tools/bare.sh tools/try-install.sh

attacks: environment ## run the list of attacks and faults, and count the cases that hold
	@tools/system-packages.sh faults
	$(run) python -m pytest -q tests/attacks $(PYTEST_ARGS)

work: environment ## count what functions and operators do against what they are charged for; takes some minutes
	@tools/system-packages.sh faults
	$(run) COUNT_WORK=1 python -m pytest -n0 tests/unit/language/test_work.py $(PYTEST_ARGS)

perl-tables: environment ## fetch Perl's own tests of its operators (Debian's source package), run them as programs of ours, and count
	$(run) tables=$$(tools/perl-source.sh .cache/perl) || { status=$$?; [ $$status -eq 77 ] && echo 'skipped' && exit 0; exit $$status; }; \
	  PERL_TABLES=$$tables python -m pytest -q tests/contract/test_perl_tables.py

fuzz: environment ## look for inputs that break a promise: FUZZ_SECONDS for each of five targets, FUZZ_EXAMPLES by Hypothesis, ORACLE_DOCUMENTS judged by pandoc
	$(run) python -m pip install --quiet --editable '.[fuzz]'
	$(run) for target in lift parse evaluate filter; do python tools/fuzz.py $$target $(FUZZ_SECONDS) || exit; done
	$(run) python tools/fuzz-growth.py $(FUZZ_SECONDS)
	$(run) FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) GENERATED_DOCUMENTS=$(FUZZ_EXAMPLES) python -m pytest tests/fuzz tests/contract/test_generated_documents.py $(PYTEST_ARGS)
	$(run) ORACLE_DOCUMENTS=$(ORACLE_DOCUMENTS) python -m pytest tests/oracle $(PYTEST_ARGS)

moves: environment ## move what calls of 50 kinds paint: asked, reached, the error in mm, and what is refused; takes minutes
	@tools/system-packages.sh tex
	$(run) python tools/moves.py

matrix: environment ## run the end-to-end tests with several versions of pandoc and Python
	@tools/system-packages.sh tex engines poppler editors faults
	$(run) python tools/matrix.py

lint: environment ## check style and types
	$(run) ruff check . && ruff format --check . && mypy

format: environment ## put the code into the one form
	$(run) ruff check --fix-only . && ruff format .

docs: environment ## write the generated pages anew (tools/generate-*.py)
	$(run) for script in tools/generate-*.py; do [ ! -e "$$script" ] || python "$$script" || exit; done

bench: environment ## measure against the goals and the peers, docs/benchmarks.md; takes some minutes
	@tools/system-packages.sh tex bench
	$(run) python tools/benchmark

neutrality: environment ## build decks with marks on their pages and without, compare pixel for pixel, and count; takes ten minutes or more
	@tools/system-packages.sh tex engines
	$(run) python tools/neutrality.py && python tools/neutrality.py --engine xelatex examples generated && \
	  python tools/neutrality.py --engine lualatex examples generated

exactness: environment ## compare the boxes of calls of many kinds with where poppler sees their ink; takes some minutes
	@tools/system-packages.sh tex engines poppler
	$(run) python tools/exactness.py

bench-preview: environment ## measure the wait from a save to the slide in a browser, beside watch and build
	@tools/system-packages.sh tex browser
	$(run) python tools/benchmark-preview.py

house: environment ## show what the code looks like, in figures; REVISIONS='main .' for two side by side
	$(run) python tools/house.py $(REVISIONS)

manual: environment ## write the manual page, man/percent-macros.1
	$(run) python tools/manual.py man/percent-macros.1

coverage: environment ## run all tests, and show which branches they don't take
	@tools/system-packages.sh tex engines poppler editors faults
	$(run) mkdir -p .cache/coverage && coverage erase && coverage run -m pytest $(PYTEST_ARGS) && coverage combine --quiet && coverage report && python tools/branches.py

# What some targets need besides the environment.
tools = python -m pip install --quiet --disable-pip-version-check --no-build-isolation --editable '.[tools]'

mutants: environment ## change the parser, the budget and the argument splitter: do the tests notice? Takes ten minutes or more
	$(run) $(tools) && python tools/mutants.py

wheel: environment ## build the wheel twice, compare, try it, and leave it in dist/
	$(run) python tools/wheel.py --check && python tools/wheel.py dist

lock: environment ## find the newest and the oldest versions of all that the tests need, requirements/
	$(run) $(tools) && tools/lock.sh

workflows: environment ## check the workflows for GitHub
	$(run) $(tools) && zizmor --offline --persona=pedantic .github && \
	  check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml && \
	  check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml

# Decks in which nothing is wrong; each is a command line in one word.
DECKS ?= examples/talk/talk.md examples/tour/tour.md examples/gallery/gallery.md
slide-lint: environment ## count what `check --pages` finds in the examples: false alarms; DECKS='…' for other decks
	@tools/system-packages.sh tex
	$(run) python tools/count-findings.py --show $(DECKS)

pictures: talk ## draw the pictures of the documentation, docs/images/: the deck's pages in one, and slides with what is on them
	@tools/system-packages.sh poppler browser
	$(run) tools/pictures.sh

gallery: environment ## build the gallery of macros, examples/gallery/, with its pictures and its README
	@tools/system-packages.sh tex poppler
	$(run) tools/gallery.sh

artwork: environment ## draw the deck's own pictures anew, examples/talk/images/
	@tools/system-packages.sh artwork
	$(run) tools/artwork.sh

environment:
	@PYTHON='$(PYTHON)' tools/environment.sh

clean: ## remove what the targets made, but for installed system packages
	rm -rf .venv .cache build dist man *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	rm -f examples/*/*.pdf examples/*/*.tex examples/*/*.html examples/*/*.pptx
	find . -name __pycache__ -prune -exec rm -rf {} +
