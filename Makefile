# Everything a person needs, by name. On a fresh machine: `make run`, or `make test`.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin
DJANGO := $(BIN)/python manage.py
TESTS ?=
JOBS ?= auto

.PHONY: help run setup test unit browser fuzz histories mutations check static format lint types imports migrations deploy schema demo-reset bench bench-phone bench-check screenshots clean

help: ## show this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

run: .venv/texts ## set up, load the demo once, start web server and worker
	@$(DJANGO) serve --host $(HOST) --port $(PORT)

setup: .venv/dev .venv/texts ## make the environment in .venv and compile the translations, nothing else

test: .venv/dev ## install what is missing and run every test that can run here
	@$(BIN)/pytest -n $(JOBS) --dist loadgroup $(TESTS)

unit: .venv/dev ## the inner loop: no browser, no services, no processes
	@$(BIN)/pytest -q -n $(JOBS) -m "not browser and not services and not slow" $(TESTS)

browser: .venv/dev ## the browser tests; fails where Chromium is missing
	@ONSET_INSIST=1 $(BIN)/pytest -m browser $(TESTS)

fuzz: .venv/dev ## send the API 300 strange requests an address, as a phone and as staff
	@ONSET_FUZZ_EXAMPLES=300 $(BIN)/pytest -q tests/contracts/test_fuzz.py

histories: .venv/dev ## 2,000 histories of phones, network and server, by the rules alone and on the server; minutes
	@ONSET_HISTORIES=2000 $(BIN)/pytest -q -s tests/sync_model/test_histories.py

mutations: .venv/dev ## break what each row of the phone's failure list is about, and see its test fail; half an hour
	@$(BIN)/python -m tests.mutations

check: static test ## everything that has to hold before a commit

static: format lint types imports migrations deploy schema ## the same without the tests: seconds

format: .venv/dev
	@$(BIN)/ruff format --check .
lint: .venv/dev
	@$(BIN)/ruff check .
types: .venv/dev
	@$(BIN)/mypy .
imports: .venv/dev
	@$(BIN)/lint-imports
migrations: .venv/dev .venv/texts
	@$(DJANGO) makemigrations --check --dry-run
	@$(DJANGO) check
deploy: .venv/dev .venv/texts
	@ONSET_HTTPS=1 ONSET_HOSTS=onset.example.org,127.0.0.1 $(DJANGO) check --deploy --fail-level WARNING
schema: .venv/dev
	@$(DJANGO) spectacular --validate --fail-on-warn --file /dev/null

demo-reset: .venv/run ## throw the demo clinic away and load it anew
	@$(DJANGO) migrate --verbosity 0 && $(DJANGO) demo --reset

bench: .venv/dev ## measure, and write benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks

bench-phone: .venv/dev ## measure what a phone waits for, and write benchmarks/PHONE.md
	@$(BIN)/python -m benchmarks.phone

bench-check: .venv/dev ## compare the last measurement with benchmarks/targets.json
	@$(BIN)/python -m benchmarks --check

screenshots: .venv/dev ## draw the pictures of the README from the demo clinic
	@$(BIN)/python -m benchmarks.screenshots

clean: ## remove the environment; the data in var stay
	rm -rf .venv

# --- the environment: made once, brought up to date when the pinned files change ---------------------

.venv/python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Onset needs Python 3.11 or newer, and '$(PYTHON)' was not found. Install it, or name another: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Onset needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Name a newer one: make PYTHON=/path/to/python3.11"; exit 1; }
	@[ -w . ] || { echo "This folder cannot be written to: copy the project to a folder of your own, or change its rights."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@touch $@

.venv/run: .venv/python requirements.txt constraints.txt
	@echo "Installing what it takes to run (once)..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	@touch $@

.venv/texts: .venv/run $(wildcard locale/*/LC_MESSAGES/django.po)
	@$(BIN)/python -m tracker.management.compiling
	@touch $@

.venv/dev: .venv/run requirements-dev.txt
	@echo "Installing what it takes to test (once)..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	@touch $@
