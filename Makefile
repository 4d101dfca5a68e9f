# Two commands matter: `make demo` and `make test`. Both set up what they need in .venv.
PYTHON ?= python3
BIN := .venv/bin
OUT ?= ecosystem-run

.PHONY: demo test test-slow lint bundle bench docs clean

# $(call install,with,without): the store's engine has no wheel for some machines; there, all that
# needs only tables still works. Python compiles what it imports, when it does.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --editable
define install
	$(PYTHON) -m venv .venv
	$(INSTALL) '.[$(1)]' 2> .venv/pip.log || { \
	  cat .venv/pip.log >&2; \
	  grep -q 'No matching distribution found for arcadedb-embedded' .venv/pip.log || exit 1; \
	  echo "the embedded store has no wheel for this machine: going on without it"; \
	  $(INSTALL) '.$(2)'; }
	touch $@
endef
comma := ,

.venv/demo: pyproject.toml
	$(call install,embedded,)

.venv/dev: pyproject.toml
	$(call install,embedded$(comma)dev,[dev])
	touch .venv/demo

demo: .venv/demo
	$(BIN)/ecosystem run -o $(OUT)
	@echo
	@$(BIN)/ecosystem brokers
	@echo
	@echo "Open $(OUT)/maps/all.html in a browser; read $(OUT)/findings.md"

test: .venv/dev lint
	$(BIN)/python -m pytest -n 2

# The corpora whole: null networks, mutated sources, killed and doubled loads.
test-slow: .venv/dev
	$(BIN)/python -m pytest -n 2 -m corpus --whole

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tests.page_scripts lint

# The scripts of the map's page, joined into the one file that the pages hold.
bundle: .venv/dev
	$(BIN)/python -m tests.page_scripts bundle

bench: .venv/dev
	$(BIN)/python -m benchmarks

docs: .venv/dev
	$(BIN)/python -m docs.build

clean:
	rm -rf .venv node_modules $(OUT) .pytest_cache .mypy_cache .ruff_cache
