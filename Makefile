# Eenthuis. Every target sets up what it needs from the python3 it finds; second runs reinstall nothing.
#
#   make demo        build and serve the demonstration country (PORT=8010 for another port)
#   make test        run every test, PostgreSQL and browser included
#   make check       format, lint, types, floors, words, docs
#   make docs        build the documentation into docs/_build/html
#   make benchmark   measure side by side with other tools, as ratios
#   make setup       only install, so that .venv/bin/eenthuis is there

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test check docs benchmark conformity lock chromium

PORT ?= 8000
PYTHON ?= python3
PYTEST_OPTIONS ?=
VENV := .venv
BIN := $(VENV)/bin
MADE := $(VENV)/.made
UV := uv==0.13.9
ASSETS := src/eenthuis/web/static/vendor/fira-sans/fira-sans.css

# A machine that tells pip which certificates to trust means it for uv and npm as well.
ifneq ($(PIP_CERT),)
export SSL_CERT_FILE ?= $(PIP_CERT)
endif
ifneq ($(SSL_CERT_FILE),)
export NODE_EXTRA_CA_CERTS ?= $(SSL_CERT_FILE)
endif
# Likewise for the package index that pip is told to use.
ifneq ($(PIP_INDEX_URL),)
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif

# Compiled modules are kept, so that the second start is quick.
unexport PYTHONDONTWRITEBYTECODE

# uv is quick; where only pip is configured to reach the packages, pip does the same from the same lock.
define install
index=$$($(BIN)/python -m pip config get global.index-url 2>/dev/null || true); \
if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$$index}"; fi; \
VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes --requirement $(1) \
  || $(BIN)/python -m pip install --quiet --require-hashes --requirement $(1); \
VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(BIN)/uv pip install --quiet --no-deps --editable . \
  || $(BIN)/python -m pip install --quiet --no-deps --editable .
endef

help:
	@sed -n 's/^#   //p' Makefile

$(MADE)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Eenthuis needs Python 3.11 or newer, and '$(PYTHON)' is not that: $$($(PYTHON) --version 2>&1 || true)." >&2; \
	  echo "Install it (Debian, Ubuntu: apt-get install python3 python3-venv), or name it: make PYTHON=python3.12 ..." >&2; \
	  exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make a virtual environment. Debian, Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "$(UV)"
	@mkdir -p $(MADE) && touch $@

$(MADE)/runtime: requirements.lock pyproject.toml | $(MADE)/python
	@echo "Installing what Eenthuis runs on"
	@$(call install,requirements.lock)
	@touch $@

$(MADE)/dev: requirements-dev.lock pyproject.toml | $(MADE)/python
	@echo "Installing what Eenthuis is tested and documented with"
	@$(call install,requirements-dev.lock)
	@touch $@ $(MADE)/runtime

$(ASSETS): package-lock.json package.json tools/copy_assets.py | $(MADE)/python
	@command -v npm >/dev/null || { \
	  echo "npm is missing; it fetches the style sheets and fonts of the pages." >&2; \
	  echo "Install it (Debian, Ubuntu: apt-get install npm) and run make again." >&2; exit 2; }
	@echo "Fetching style sheets and fonts"
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@$(BIN)/python tools/copy_assets.py

$(MADE)/kernels: $(wildcard src/eenthuis/matching/*.py src/eenthuis/lab/*.py) tools/compile_kernels.py $(MADE)/runtime
	@echo "Compiling the inner loops of the engines"
	@$(BIN)/python tools/compile_kernels.py
	@touch $@

setup: $(MADE)/runtime $(ASSETS) $(MADE)/kernels
	@echo "Ready: $(BIN)/eenthuis --help"

demo: $(MADE)/runtime $(ASSETS) $(MADE)/kernels
	@exec $(BIN)/eenthuis demo serve --port $(PORT)

chromium:
	@if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing Chromium for the tests in a browser"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium </dev/null >/dev/null; \
	  else \
	    echo "Chromium is missing; the tests walk the pages in it." >&2; \
	    echo "Install it as root (Debian, Ubuntu: apt-get install chromium) and run make test again." >&2; exit 2; \
	  fi; \
	fi

test: $(MADE)/dev $(ASSETS) chromium
	@$(BIN)/pytest -n 2 --dist loadfile $(PYTEST_OPTIONS)

# Every check runs, so that one look shows all there is to mend.
check: $(MADE)/dev
	@failed=""; \
	$(BIN)/ruff format --check --quiet --output-format concise . || failed="$$failed format"; \
	$(BIN)/ruff check --quiet . || failed="$$failed lint"; \
	$(BIN)/mypy || failed="$$failed types"; \
	$(BIN)/lint-imports || failed="$$failed floors"; \
	$(BIN)/pytest -q -p no:randomly tests/house/test_words.py || failed="$$failed words"; \
	$(MAKE) --no-print-directory docs || failed="$$failed docs"; \
	if [ -n "$$failed" ]; then echo "Not in order:$$failed" >&2; exit 1; fi

docs: $(MADE)/dev
	@$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going -b html docs docs/_build/html
	@echo "Documentation: docs/_build/html/index.html"

# The API against its description, with many more questions than the tests ask.
conformity: $(MADE)/dev $(ASSETS)
	@CONFORMITY_TIMES=$(or $(TIMES),20) $(BIN)/pytest -n 2 tests/api/test_conformity.py

benchmark: $(MADE)/dev $(ASSETS)
	@$(BIN)/python benchmarks/run.py

# Renew both lock files after a change in pyproject.toml; they name no download address.
lock: $(MADE)/python
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" --constraint requirements.lock --group dev pyproject.toml -o requirements-dev.lock
