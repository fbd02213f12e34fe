# Two commands work on a fresh clone with nothing but Python: make run, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
FUZZ_SECONDS := 60

.PHONY: run test test-elsewhere lint fuzz bench format clean install install-dev golden schema

run: install  ## extract samples/ to out/ and show one of the results
	$(BIN)/kehoach extract samples --out out
	$(BIN)/kehoach show out/quyet-dinh-chuyen-doi-so.json

test: lint  ## everything that must hold before a change is taken
	$(BIN)/pytest -n 2 --cov --cov-report=term --durations=5
	$(BIN)/python tests/floors.py
	$(MAKE) --no-print-directory fuzz FUZZ_SECONDS=15

test-elsewhere: install-dev  ## the tests on another day, in another time zone and locale, with a fixed hash seed
	TZ=Pacific/Kiritimati LC_ALL=C PYTHONHASHSEED=1 $(BIN)/pytest -n 2 -q -p anotherday --ignore tests/test_backtracking.py --ignore tests/test_scans.py

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fuzz: install-dev $(VENV)/fuzz  ## a minute of broken and odd inputs; what breaks is kept in fuzz/found/
	$(BIN)/python fuzz/run.py --seconds $(FUZZ_SECONDS)

bench: install-dev  ## speed and memory, written to bench/README.md
	-@$(PIP) install trafilatura lxml_html_clean || echo "trafilatura could not be installed: left out"
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

$(VENV)/fuzz: $(VENV)/dev
	@$(PIP) install --only-binary :all: atheris 2>/dev/null || echo "no atheris for this Python: plain mutations"
	@touch $@

clean:
	rm -rf $(VENV) build out *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
