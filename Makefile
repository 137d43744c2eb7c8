# make run    set up on a fresh machine (Python 3.11+ and make), then play the demonstration
# make test   set up, then every test        make check   lint, types, fast tests (under a minute once set up)
# make bench  speed, as ratios in one run    make docs    the documentation as a site    make screenshots   pictures of every page

PYTHON ?= python3
VENV   ?= .venv
ifeq ($(OS),Windows_NT)
  BIN := $(VENV)/Scripts
else
  BIN := $(VENV)/bin
endif
RUN := $(BIN)/python -m
JOBS ?= 2

.PHONY: run test check bench docs accuracy screenshots lock clean

run: $(VENV)/.run
	@$(BIN)/python tools/pages.py >/dev/null
	$(BIN)/khazri demo

# The pages' own tests need Node; where there is none they are skipped, with that reason.
frontend/node_modules/.package-lock.json: frontend/package-lock.json
	@command -v npm >/dev/null && cd frontend && npm ci --silent --no-audit --no-fund || echo "no npm: the pages' own tests are skipped"

test: $(VENV)/.dev frontend/node_modules/.package-lock.json
	@$(BIN)/python tools/pages.py >/dev/null
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) mkdocs build --strict --quiet
	@echo "compiling the engine once, for all workers"; $(BIN)/khazri warm >/dev/null 2>&1
	$(RUN) pytest -n $(JOBS) --dist loadgroup

check: $(VENV)/.dev
	$(RUN) ruff check .
	$(RUN) mypy
	$(RUN) pytest -q -n $(JOBS) -m "not slow" tests/architecture tests/unit tests/contract

bench: $(VENV)/.dev
	$(RUN) benchmarks
	$(BIN)/python benchmarks/parts.py
	$(BIN)/python benchmarks/live.py

accuracy: $(VENV)/.dev
	$(RUN) pytest -q tests/verification
	$(BIN)/python tools/accuracy.py

screenshots: $(VENV)/.dev
	$(BIN)/python tools/screenshots.py

docs: $(VENV)/.dev
	$(RUN) mkdocs build --strict

# The locks hold hashes and no addresses, so that any package index will do (docs/adr/0007).
lock: $(VENV)/.dev
	$(RUN) pip install --quiet uv
	$(RUN) uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --group build pyproject.toml -o requirements/run.txt
	$(RUN) uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --group build --group dev --extra coast --extra grib pyproject.toml -o requirements/dev.txt

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Khazri needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Say PYTHON=... to choose another."; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "This Python has no venv. On Debian or Ubuntu: apt install python3-venv"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements/run.txt pyproject.toml tools/coast.py tools/build_hook.py
	@echo "Setting up (once; a few minutes)..."
	$(RUN) pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(RUN) pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.python requirements/dev.txt pyproject.toml tools/coast.py tools/build_hook.py
	$(RUN) pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(RUN) pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) build dist site out .pytest_cache .mypy_cache .ruff_cache
