# `make run` and `make test` are all that a newcomer needs; both set up what is missing. Paths are relative, so that the
# checkout may lie in a folder with spaces or Chinese characters.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-print-directory

PY := .venv/bin/python
NPM := scripts/setup.sh npm
# How many tests run at once; each process has a database of its own.
WORKERS ?= 2
# Further arguments for pytest, e.g. PYTEST="tests/store -k stale".
PYTEST ?=

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Set up what is missing, start the database, load the sample city if it is empty, and serve
	@scripts/setup.sh run
	@exec $(PY) -m fangdi run

test: ## Set up what is missing, then run every check and every test
	@scripts/setup.sh test
	@$(MAKE) checks
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile $(PYTEST)

check: setup ## Run every check but no test: style, types, layers, web client, known faults in packages
	@$(MAKE) checks
	@$(PY) scripts/audit.py

audit: setup ## Look for known faults in the locked packages; AUDIT_STRICT=1 fails where nobody can tell
	@$(PY) scripts/audit.py

lint: env ## Correct what the linter can correct, and show the rest
	@$(PY) -m ruff check --fix

format: env ## Format the Python code
	@$(PY) -m ruff format

setup: ## Set up the virtual environment and the web client
	@scripts/setup.sh run

env: ## Set up the virtual environment alone
	@scripts/setup.sh python

ui: setup ## Build the web client

bench: setup ## Measure tiles and the three answers on 660,000 rooms
	@exec $(PY) benchmarks/run.py

wheel: setup ## Build the wheel and the source distribution into dist/
	@$(PY) -m build --no-isolation

docs: env ## Rewrite the pages that are made from the schema and the matrix of roles
	@$(PY) scripts/data_model.py
	@$(PY) scripts/access_matrix.py

migration: env ## Draft a migration from changed tables: make migration M="What changes"
	@test -n "$(M)" || { echo 'Say what changes: make migration M="..."' >&2; exit 2; }
	@M="$(M)" $(PY) -c 'import os; from fangdi.settings import read_settings; from fangdi.store.cluster import ensure_running; import fangdi_migrations; fangdi_migrations.revision(ensure_running(read_settings()), message=os.environ["M"])'

lock: ## Pin the Python packages anew (needs uv)
	@command -v uv >/dev/null || { echo 'Install uv first: python3 -m pip install --user uv' >&2; exit 2; }
	@uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --quiet --output-file requirements.lock

db-up: env ## Start the embedded database and print its address
	@$(PY) -m fangdi db up

db-down: ## Stop the embedded database
	@$(PY) -m fangdi db down

clean: ## Remove what was built and installed into this folder; the database stays
	rm -rf .venv build dist map_ui/node_modules map_ui/fangdi_map_ui/static .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache .hypothesis .setup.lock
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Run by `check` and `test` once everything is set up.
checks:
	$(PY) -m ruff check --no-cache
	$(PY) -m ruff format --check --no-cache
	$(PY) -m mypy
	@$(PY) -c 'from importlinter.cli import lint_imports_command as run; run()' --no-cache
	@if [ -f map_ui/package.json ]; then $(NPM) run typecheck && $(NPM) run lint && $(NPM) test; fi

.PHONY: help env run test check checks lint format setup ui bench wheel docs migration lock db-up db-down clean
