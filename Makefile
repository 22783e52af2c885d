# Two commands: `make serve` and `make test`. Both set up all they need; the rest is for developers.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
HOST   ?= 127.0.0.1
PORT   ?= 8000

.PHONY: serve test tests thorough check style types format bench fuzz crash soak audit lock clean

# `make serve WENMAI_CONTENT=~/my-blog` reads your own.
serve: export WENMAI_CONTENT ?= content
serve: $(VENV)/.serve
	$(BIN)/wenmai serve --host $(HOST) --port $(PORT)

# Types are checked beside the tests: where nothing is kept of an earlier run, that takes one core half a minute, while a
# browser comes over the network.
test: $(VENV)/.test style
	@$(MAKE) --no-print-directory --jobs 2 types tests

check: style types

style: $(VENV)/.test
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.test
	$(BIN)/mypy

# Two more than there are cores: tests wait for servers, browsers and processes that are killed.
tests: WORKERS = $(shell $(PYTHON) -c 'import os; print(min((os.cpu_count() or 1) + 2, 6))')
# What is compiled is kept: each of the many processes of a run would do it again.
tests: export PYTHONDONTWRITEBYTECODE =
tests: $(VENV)/.test
	$(BIN)/python -m tests.chromium
	$(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

format: $(VENV)/.test
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/.test
	$(BIN)/python -m bench --write

# Every example of the properties and every query, where `make test` tries three of ten; every order and every post of
# others, where it tries one.
thorough: export THOROUGH = 1
thorough: test

# What takes minutes: thousands of requests made up from the OpenAPI description; a process killed at fifty moments of
# reading 2,000 posts; ten minutes of reading at saturation while posts come in. Each on both databases.
fuzz: $(VENV)/.test
	FUZZ_CASES=$${FUZZ_CASES:-25} $(BIN)/pytest tests/api/test_fuzz.py

crash: $(VENV)/.test
	CRASHES=$${CRASHES:-50} CRASH_POSTS=$${CRASH_POSTS:-2000} $(BIN)/pytest tests/jobs/test_crashes.py

soak: $(VENV)/.test
	$(BIN)/python -m bench.soak

audit:
	$(PYTHON) .ci/audit.py requirements.lock

# The stamps say what is installed; the locks carry hashes, so that two machines get the same.
$(VENV)/.serve: requirements.lock pyproject.toml | $(VENV)/.pip
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.test: requirements-dev.lock requirements.lock pyproject.toml | $(VENV)/.pip
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/.serve

$(VENV)/.pip:
	$(PYTHON) -c 'import sys; sys.exit("wenmai needs Python 3.11 or newer, this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	touch $@

# After a change of the dependencies in pyproject.toml.
lock: | $(VENV)/.pip
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
		--no-header --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --quiet -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis wenmai.db wenmai.db-*
