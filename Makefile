# `make run` and `make test` do everything on a fresh machine that has Python 3.11 and make.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed-$(shell cat requirements-dev.lock pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)
TESTS ?= tests

.DEFAULT_GOAL := help
.PHONY: help setup browser run demo test check lint types borders bench faults fuzz screenshots strings lock clean

help: ## Print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

setup: $(STAMP) ## Build the environment: system packages (as root), locked Python packages

$(STAMP): requirements-dev.lock pyproject.toml installer/linux/system-packages.txt
	sh installer/linux/install-system-packages.sh
	@test -n "$(PYTHON)" || { echo "Python 3.11 is needed"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --no-index -e .
	rm -f $(VENV)/.installed-*
	touch $@

browser: ## Install the browser that the tests of the web pages drive (as root)
	sh installer/linux/install-system-packages.sh installer/linux/test-packages.txt

run: setup ## Open the app in training mode; without a display, drive one visit and leave papers and pictures in out/
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(BIN)/counter-app --training; \
	else sh installer/linux/with-display.sh $(BIN)/python -m tests.visit.drive_visit out; fi

demo: setup ## A server, two counters and invented citizens on this machine; prints what happened, leaves it in out/demo
	$(BIN)/python -m tests.demo.run out/demo

test: setup browser lint types borders ## Everything CI runs: lint, types, borders and all tests
	sh installer/linux/with-display.sh $(BIN)/python -m pytest -n 2 --dist loadfile $(TESTS)

check: setup browser lint types borders ## The fast part: lint, types, borders and the tests that take seconds
	$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not slow" $(TESTS)

lint: setup ## Style
	$(BIN)/ruff check src tests tools
	$(BIN)/ruff format --check src tests tools

types: setup ## Types
	$(BIN)/mypy

borders: setup ## Which package may import which
	$(BIN)/lint-imports

bench: setup ## Measure against the floors; writes out/bench.json
	sh installer/linux/with-display.sh $(BIN)/python -m tests.bench.run out/bench.json

faults: setup browser ## The fault table: kills, power cuts, full disks, bit rot, bad lines; writes out/faults.json, docs/reliability.md (as root)
	sh installer/linux/with-display.sh $(BIN)/python -m tests.faults.run out/faults.json; \
	status=$$?; $(BIN)/python -m tests.faults.report && exit $$status

FUZZ_SECONDS ?= 600

fuzz: setup ## Fuzz every decoder for ten minutes (FUZZ_SECONDS); what broke lies in out/fuzz/crashes
	$(BIN)/python -m tests.hostile.fuzz.run --seconds $(FUZZ_SECONDS)

screenshots: setup ## Render every screen into docs/clerk-guide/images
	sh installer/linux/with-display.sh $(BIN)/python -m tests.screenshots.make_screenshots

strings: setup ## Extract texts, merge and compile the English catalogue, list what lacks a translation
	$(BIN)/python -m tests.i18n.translations

lock: ## Renew the hashed lock files from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml --extra dev --extra server --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate -q -o requirements-dev.lock
	$(BIN)/python tools/make_sbom.py

clean: ## Remove what was built
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
