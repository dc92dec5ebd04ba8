# The whole interface: make run, make dashboard, make test, make check; make bench for speed. Each prepares what it needs.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run dashboard test check verify bench setup browser clean

run: setup
	$(BIN)/doegnplads run baseline

test: setup browser
	$(BIN)/pytest -n 2 --dist worksteal -m "not verify"

verify: setup
	$(BIN)/python -m benchmarks.same_numbers
	$(BIN)/pytest -m verify

bench: setup
	$(BIN)/python -m benchmarks

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	git ls-files 'sim/*.py' 'calibration/*.py' 'dashboard/*.py' | xargs $(BIN)/python -m numpydoc.hooks.validate_docstrings

setup: .venv/installed

# The browser that the tests of the dashboard drive.
browser:
	@command -v chromium > /dev/null || { \
	  echo "Installing chromium, once"; \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	  else echo "chromium is missing: install it (Debian: sudo apt-get install chromium), then run again." >&2; exit 1; fi; }

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; v = sys.version_info; v >= (3, 11) or sys.exit(f"Python 3.11 or newer is needed; this is {v[0]}.{v[1]}. Use: make PYTHON=/path/to/python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@echo "Compiling the engine, once (about 30 seconds)"
	$(BIN)/doegnplads run baseline --replications 1 --json > /dev/null
	touch $@

clean:
	rm -rf .venv results .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
