# Every target works on a machine that has Python 3.11 or newer and make: the first one that needs
# it makes a virtual environment in .venv and installs the project into it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
EXTENSION_READY := vscode-extension/node_modules/.ready
E2E_READY := vscode-extension/e2e/node_modules/.ready
NPM_CI := --ignore-scripts --no-audit --no-fund

.PHONY: demo test test-long test-editors test-spark bench fuzz lint format generate extension vsix wheel clean help

help:  ## List the targets.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(READY)  ## Run the main job against an emulated account.
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python examples/demo.py

test: $(READY)  ## Run the tests.
	$(BIN)/python -m pytest -n auto

test-long: $(READY)  ## Run the tests with 20,000 examples for every property.
	$(BIN)/python -m pytest -n auto --hypothesis-profile long

bench: $(READY)  ## Compare with other parsers: ratios, measured side by side.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	$(BIN)/python -m pytest benchmarks
	$(BIN)/python -m benchmarks.run
	$(BIN)/python -m benchmarks.commands
	$(BIN)/python -m benchmarks.keystrokes
	$(BIN)/python -m benchmarks.evaluating
	$(BIN)/python -m benchmarks.sizing
	$(BIN)/python -m benchmarks.planning

FUZZ_SECONDS ?= 60
fuzz: $(READY)  ## Hunt for texts that break the parser: soups, truncations, then atheris.
	$(BIN)/python -m tests.fuzz.soup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,fuzz]'
	$(BIN)/python -m tests.fuzz.atheris_texts -max_total_time=$(FUZZ_SECONDS) -max_len=2000
	$(BIN)/python -m tests.fuzz.atheris_tokens -max_total_time=$(FUZZ_SECONDS) -max_len=400

lint: $(READY)  ## Run the linters, and prove that generated files are up to date.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/python -m segql_grammar.generate --check
	$(BIN)/python -m segql.linter.publish --check docs/rules

format: $(READY)  ## Format the Python code.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

generate: $(READY)  ## Compile the grammar: tables, colours, the page of the language; pages of rules.
	$(BIN)/python -m segql_grammar.generate
	$(BIN)/python -m segql.linter.publish docs/rules

$(EXTENSION_READY): vscode-extension/package-lock.json
	cd vscode-extension && npm ci $(NPM_CI)
	@touch $@

$(E2E_READY): vscode-extension/e2e/package-lock.json
	cd vscode-extension/e2e && npm ci $(NPM_CI)
	@touch $@

extension: $(EXTENSION_READY)  ## Check, build and test the VS Code extension (needs Node.js).
	cd vscode-extension && npm run check && npm run build && npm test

vsix: $(EXTENSION_READY)  ## Build the package that VS Code installs: vscode-extension/segql.vsix.
	cd vscode-extension && npm run package

test-editors: $(READY) $(E2E_READY) vsix  ## Try it in real editors: VS Code, Neovim, Emacs, Helix.
	sh tests/editors/install.sh
	$(BIN)/python -m pytest -m editors tests/editors
	cd vscode-extension/e2e && npm run e2e

test-spark: $(READY)  ## Ask Spark who is in a segment (needs Java 17 or newer).
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,spark]'
	$(BIN)/python -m pytest -m spark tests/spark

wheel: $(READY)  ## Build the wheel and the source archive into dist/.
	$(BIN)/python -m build --outdir dist

clean:  ## Remove what the other targets made.
	rm -rf $(VENV) dist build .pytest_cache .ruff_cache .hypothesis .import_linter_cache
