# Two commands do it all on a machine with Python 3.11 or newer and make:
#   make demo   the environment, and the register of a real committee paper
#   make test   the same environment, and the whole suite
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
READY := $(VENV)/.ready
# Two workers a core wait for processes, not for each other.
WORKERS ?= auto

.PHONY: demo test lint sql docs soak bench wheel clean

demo: $(READY)
	$(BIN)/recreg demo

test: lint
	$(BIN)/pytest -n $(WORKERS) -m "not soak"

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The questions' SQL and the command reference are made from the code; tests fail when they are stale.
sql: $(READY)
	$(BIN)/python -m recreg.questions.compiler

docs: $(READY)
	$(BIN)/python docs/generate.py

soak: $(READY)
	$(BIN)/pytest -m soak -n $(WORKERS)

# What it prints stands in docs/performance.md; `make bench WRITE=--write` keeps it there.
bench: $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group bench
	$(BIN)/python benchmarks/bench.py $(WRITE)
	$(BIN)/python benchmarks/papers.py

wheel: $(READY)
	$(BIN)/python -m build --wheel

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev --editable .
	@touch $(READY)

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
