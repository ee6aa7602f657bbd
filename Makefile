# Huiyin 回音. "make" alone lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PY := .venv/bin/python
HUIYIN := .venv/bin/huiyin
PIP := $(PY) -m pip --disable-pip-version-check -qq --no-input

# A stamp says that a step was done with the files it depends on; a second start finds nothing to do.
RUN_STAMP := .venv/.installed-run
DEV_STAMP := .venv/.installed-dev
NODE_STAMP := node_modules/.installed
ASSET_STAMP := huiyin/interfaces/ui/static/vendor/.copied
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))

.PHONY: help setup setup-dev run check test bench bench-quick docs lock messages format

help:  ## list the targets
	@echo "Huiyin 回音 - the targets of make:"
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  \1 \2/p' $(MAKEFILE_LIST) | awk '{n=$$1; $$1=""; printf "  %-12s%s\n", n, $$0}'

setup: $(RUN_STAMP) $(ASSET_STAMP) $(MESSAGES)  ## install the locked packages, browser assets and translations
	@echo "· ready"

setup-dev: $(DEV_STAMP) $(ASSET_STAMP) $(MESSAGES)  ## the same, with what checking and testing need
	@echo "· ready for checking and testing"

run: setup  ## serve the demo county: HUIYIN_PORT (8000) and DATABASE_URL (SQLite in ./var) are honoured
	@$(HUIYIN) serve --check-port
	@$(HUIYIN) demo
	@exec $(HUIYIN) serve

check: setup-dev  ## formats, lint, types, the import ladder, templates, migrations, translations, documents
	@scripts/system-packages check
	@$(PY) scripts/check.py

test: setup-dev  ## the whole suite on SQLite and on PostgreSQL, and the journeys in a browser
	@scripts/system-packages test
	@$(PY) scripts/test.py

bench: setup-dev  ## measure up to a million matters; writes build/bench.json
	@scripts/system-packages bench
	@$(PY) -m benchmarks

bench-quick: setup-dev  ## the same up to a hundred thousand, in under five minutes
	@scripts/system-packages bench
	@$(PY) -m benchmarks --quick

docs: setup-dev  ## write the generated pages (docs/law.md) anew
	@$(HUIYIN) lawdoc

lock: setup-dev  ## write the lock files anew
	@scripts/lock

messages: setup-dev  ## collect the texts of the pages into locale/en and compile them
	@scripts/system-packages check
	@$(PY) scripts/messages.py collect
	@$(PY) scripts/messages.py compile

format: setup-dev  ## put the code into its standard form
	@$(PY) -m ruff check --fix --quiet .
	@$(PY) -m ruff format --quiet .

.venv/bin/python:
	@scripts/system-packages run
	@echo "· making the virtual environment .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Huiyin needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv

$(RUN_STAMP): requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "· installing the locked packages ($$(grep -c '==' $<))"
	@$(PIP) install --require-hashes --requirement $<
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_STAMP): requirements/dev.txt $(RUN_STAMP) | .venv/bin/python
	@echo "· installing the locked packages for checking and testing ($$(grep -c '==' $<))"
	@$(PIP) install --require-hashes --requirement $<
	@touch $@

$(NODE_STAMP): package.json package-lock.json .npmrc
	@scripts/system-packages run
	@echo "· installing the browser packages"
	@npm ci --ignore-scripts --no-fund --no-audit --loglevel=error >/dev/null
	@touch $@

$(ASSET_STAMP): $(NODE_STAMP) huiyin/interfaces/ui/icons.txt scripts/copy_assets.py
	@echo "· copying the browser assets"
	@$(PYTHON) scripts/copy_assets.py
	@touch $@

%.mo: %.po | $(RUN_STAMP)
	@echo "· compiling $<"
	@$(PY) scripts/messages.py compile
	@touch $@
