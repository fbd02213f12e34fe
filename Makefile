# Two commands work on a fresh clone with nothing but Python: make run, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

.PHONY: run test lint fuzz bench format clean install install-dev golden schema

run: install  ## extract samples/ to out/ and show one of the results
	$(BIN)/kehoach extract samples --out out
	$(BIN)/kehoach show out/quyet-dinh-chuyen-doi-so.json

test: lint  ## everything that must hold before a change is taken
	$(BIN)/pytest -n 2

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fuzz: install-dev  ## a minute of broken and odd inputs; what breaks is kept in fuzz/found/
	$(BIN)/python fuzz/run.py --seconds 60

bench: install-dev  ## speed and memory, written to bench/README.md
	$(BIN)/python bench/run.py --write

format: $(VENV)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: install-dev  ## rewrite the expected JSON of samples/ and the JSON Schema; read the diff before you commit it
	KEHOACH_UPDATE_GOLDEN=1 $(BIN)/pytest -q tests/test_samples.py tests/test_schema.py

# The package is the repository root, so it is installed as a copy, fresh each time; without build/ no deleted module lives on in it.
install: $(VENV)/run
	@rm -rf build
	@$(PIP) install --no-deps --no-build-isolation --force-reinstall .
	@rm -rf build kehoach.egg-info

install-dev: $(VENV)/dev install

$(VENV)/run: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kehoach needs Python 3.11 or later: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV) (some minutes the first time)"
	@$(PIP) install "setuptools>=77"
	@$(PIP) install .
	@touch $@

$(VENV)/dev: $(VENV)/run pyproject.toml
	@$(PIP) install ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) build out *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
