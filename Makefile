# make demo   build the graph of examples/ into output/, ask three questions of it
# make test   the whole test suite        make check   ruff, mypy --strict, import rules
# make web    the pages of `communique serve` (sources in web/, needs npm)
# make bench  the figures of docs/benchmarks.md     make agree  both SHACL engines on 100,000 triples with faults
# make crash  fifty kills at random moments, and a full disk
PYTHON ?= python3
VENV := .venv
TEST_JOBS ?= auto
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PACKAGES := raptor2-utils serdi graphviz fonts-dejavu-core chromium
PAGES := graph/communique/serve/static/index.html
MODULES := web/node_modules/.installed

.PHONY: help install demo test check web pages bench crash agree tools clean

help:
	@sed -n 's/^# //p' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Communique and its development tools into $(VENV) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable ".[dev]"
	@$(BIN)/python -m compileall -q graph  # as an installed package has it: commands start in half the time
	@touch $@

install: $(STAMP) pages

$(MODULES): web/package.json web/package-lock.json
	@command -v npm >/dev/null || { echo "npm is not installed: install Node.js 20 or later with npm (Debian: apt-get install nodejs npm), then make web"; exit 1; }
	@echo "Installing what the pages are built with into web/node_modules ..."
	@cd web && npm ci --silent --ignore-scripts
	@touch $@

$(PAGES): $(MODULES) $(shell find web/src web/html -type f) web/build.mjs web/tsconfig.json
	@echo "Building the pages of communique serve ..."
	@cd web && npm run --silent build

web: $(PAGES)

# What install and demo do: everything but the pages works without npm.
pages:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory web; \
	else echo "npm is not installed: the pages of communique serve are left out (install Node.js with npm, then make web)"; fi

demo: $(STAMP) pages
	@$(BIN)/communique build examples --output output --authority examples/authority.csv
	@echo; echo "Who addresses whom?   communique query addresses"
	@$(BIN)/communique query addresses --limit 8
	@echo; echo "What is demanded of whom, by whom?   communique query demands"
	@$(BIN)/communique query demands --limit 6
	@echo; echo "What is alleged, by whom, against whom?   communique query allegations"
	@$(BIN)/communique query allegations --limit 6
	@echo
	@echo "Try next:"
	@echo "  $(BIN)/communique query --list"
	@echo "  $(BIN)/communique show 'United Nations Security Council'"
	@echo "  $(BIN)/communique export html -o output/graph.html     (one file, opens offline)"
	@echo "  $(BIN)/communique export table -o output/statements.xlsx"
	@echo "  $(BIN)/communique validate"
	@echo "  $(BIN)/communique serve output/store                   (look at it in a browser)"

test: $(STAMP) tools web
	@$(BIN)/python -m pytest -n $(TEST_JOBS) --dist loadfile

check: $(STAMP) $(MODULES)
	@cd web && npm run --silent check
	@$(BIN)/ruff check graph tests
	@$(BIN)/ruff format --check graph tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest tests/docs -p no:cacheprovider

# Fifty commands killed at random moments and run again, and a disk that fills up: some ten minutes.
crash: $(STAMP)
	@$(BIN)/python -m tests.crashes

# Both SHACL engines on 100,000 triples with faults in them: two minutes.
agree: $(STAMP)
	@$(BIN)/python -m tests.bench.agreement

bench: $(STAMP)
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.throughput

# Independent readers that tests use; a test that lacks one says so and is left out (never in CI).
tools:
	@missing=""; \
	for tool in rapper serdi dot chromium; do command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	test -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf || missing="$$missing fonts"; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing $(PACKAGES) ..."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(PACKAGES) >/dev/null; \
	  else echo "Not installed:$$missing (Debian: $(PACKAGES)); tests that need them are left out"; fi; \
	fi

clean:
	rm -rf $(VENV) web/node_modules graph/communique/serve/static output build dist graph/*.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
