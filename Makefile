# make demo   build the graph of examples/ into output/, ask three questions of it
# make test   the whole test suite        make check   ruff, mypy --strict, import rules
# make bench  the figures of docs/benchmarks.md
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PACKAGES := raptor2-utils serdi graphviz fonts-dejavu-core

.PHONY: help install demo test check bench tools clean

help:
	@sed -n 's/^# //p' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Communique and its development tools into $(VENV) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable ".[dev]"
	@touch $@

install: $(STAMP)

demo: $(STAMP)
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

test: $(STAMP) tools
	@$(BIN)/python -m pytest

check: $(STAMP)
	@$(BIN)/ruff check graph tests
	@$(BIN)/ruff format --check graph tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest tests/docs -p no:cacheprovider

bench: $(STAMP)
	@$(BIN)/python -m tests.bench.throughput

# Independent readers that tests use; a test that lacks one says so and is left out (never in CI).
tools:
	@missing=""; \
	for tool in rapper serdi dot; do command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	test -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf || missing="$$missing fonts"; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing $(PACKAGES) ..."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(PACKAGES) >/dev/null; \
	  else echo "Not installed:$$missing (Debian: $(PACKAGES)); tests that need them are left out"; fi; \
	fi

clean:
	rm -rf $(VENV) output build dist graph/*.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
