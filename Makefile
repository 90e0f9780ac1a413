# Everything happens in .venv, from lock files that pin every package by hash.
# The stamps in .venv say which lock files it was last filled from.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv
SOURCES := bot adapters storage tests
SIDE_BY_SIDE := $(PY) -m pytest -n auto --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: help run test torture check lint format kernel bench-matching lock reset

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.runtime ## Set everything up and open the playground
	@$(PY) -m bot playground

test: $(VENV)/.dev ## Set everything up and run the tests
	@$(SIDE_BY_SIDE)

torture: $(VENV)/.dev ## The tests that take long by nature, at their full size
	@$(SIDE_BY_SIDE) -m torture

check: lint test ## Format, lint, types, import contracts, then the tests

lint: $(VENV)/.dev ## The checks of the code: format, types, imports, dead rooms
	@$(VENV)/bin/ruff format --check $(SOURCES)
	@$(VENV)/bin/ruff check $(SOURCES)
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports
	@$(VENV)/bin/deptry .
	@$(VENV)/bin/vulture
	@$(PY) -m tests.unused_words

format: $(VENV)/.dev ## Put the code in shape
	@$(VENV)/bin/ruff check --fix-only --quiet $(SOURCES)
	@$(VENV)/bin/ruff format $(SOURCES)

kernel: $(VENV)/.dev ## Compile the matching kernel again, after its source changed
	@$(PY) -m tests.kernel

bench-matching: $(VENV)/.dev ## Measure the matching engine
	@$(PY) -m tests.benchmarks.matching

reset: ## Empty the playground: its community, people and conversations
	@test ! -x $(PY) || $(PY) -m bot playground --reset

# --- setting up --------------------------------------------------------------------------------

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Banyan needs Python 3.11 or newer. If it is installed under another name: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

# uv is quick, but does not read pip's configuration: where it cannot reach an index, pip does the work.
$(UV): requirements-uv.lock | $(PY)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $< \
	  && touch $@ || echo "uv cannot be had here; pip does its work, which takes a minute." >&2

$(VENV)/.runtime: requirements.lock
$(VENV)/.dev: requirements-dev.lock
$(VENV)/.runtime $(VENV)/.dev: | $(UV)
	@echo "Installing what Banyan needs ($<) ..."
	@{ test -x $(UV) && $(UV) pip install --quiet --system-certs --python $(PY) --require-hashes -r $<; } \
	  || { test -x $(UV) && echo "uv could not; pip does it, which takes a minute."; \
	       $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<; }
	@$(PY) -m compileall -qq -j 0 $(VENV)/lib bot adapters storage || true
	@touch $@

# --- lock files: no registry is ever named in them --------------------------------------------

COMPILE = $(UV) pip compile --quiet --system-certs --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header $(UPGRADE)

lock: | $(UV) ## Pin again after pyproject.toml changed (UPGRADE=--upgrade takes the newest)
	@echo uv | $(COMPILE) --no-annotate -o requirements-uv.lock -
	@$(COMPILE) --group dev -o requirements-dev.lock pyproject.toml
	@$(COMPILE) --no-annotate -c requirements-dev.lock -o requirements.lock pyproject.toml
	@! grep -n '://' requirements*.lock
