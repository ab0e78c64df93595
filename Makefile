# Everything a person runs here goes through this file; `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := $(VENV)

.DEFAULT_GOAL := help
.PHONY: help install run test lint format bench clean

help: ## Show this list
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "chidoan needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

# --inexact keeps uv itself in the environment that it fills.
$(VENV)/.installed: $(BIN)/uv pyproject.toml uv.lock
	$(BIN)/uv sync --quiet --frozen --inexact --compile-bytecode
	@touch $@

install: $(VENV)/.installed ## Set up .venv/bin/chidoan

run: $(VENV)/.installed ## Run the bot: Telegram with CHIDOAN_TELEGRAM_TOKEN, otherwise the playground in a browser
	@$(BIN)/chidoan run

test: $(VENV)/.installed lint ## All that CI checks
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/.installed ## Format, lint, types, and the direction of imports
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache | tail -n 3

format: $(VENV)/.installed ## Put the code in the house's form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.installed ## Print the figures of tests/bench/
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.reminders
	$(BIN)/python -m tests.bench.broadcast
	$(BIN)/python -m tests.bench.export
	$(BIN)/python -m tests.bench.progress
	$(BIN)/python -m tests.bench.season

clean: ## Remove what make install made
	rm -rf $(VENV)
