# What can be done here; `make` alone lists it. Needs make, a POSIX shell and Python 3.11 or newer.
# The virtual environment is made once, and again only when a lock file, pyproject.toml or the making of the table of words changes.

VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
export VENV

.DEFAULT_GOAL := help
.PHONY: help run demo test check lint format types floors rules docs manual proof bench lock image clean

help: ## list what can be done
	@grep -hE '^[a-z%-]+:.*##' Makefile | sed -E 's/^([a-z%-]+):.*## /\1\t/' | sort | while IFS="$$(printf '\t')" read -r name what; do printf 'make %-8s %s\n' "$$name" "$$what"; done

run: $(INSTALLED) ## start the daemon on an invented internet, or with CONFIG=config.yaml
	@exec $(BIN)/naamwacht run $(if $(CONFIG),--config "$(CONFIG)",--demo)

demo: $(INSTALLED) ## start the invented internet alone
	@exec $(BIN)/python -m monitor.demo

test: $(INSTALLED_DEV) ## run the tests; ARGS="tests/core -x" runs some
	@exec $(BIN)/python -m pytest -n auto -m "not proof" $(ARGS)

check: lint format types floors rules docs ## check the code: style, types, floors, sizes, docs

lint: $(INSTALLED_DEV)
	@$(BIN)/ruff check --quiet --output-format concise .

format: $(INSTALLED_DEV)
	@$(BIN)/ruff format --check --quiet --output-format concise . || { echo "not laid out: run $(BIN)/ruff format"; exit 1; }

types: $(INSTALLED_DEV)
	@$(BIN)/mypy --no-error-summary

floors: $(INSTALLED_DEV)
	@said=$$($(BIN)/lint-imports --no-cache --no-logo) || { echo "$$said"; exit 1; }

rules: $(INSTALLED_DEV)
	@$(BIN)/python -m tools.house_rules

docs: $(INSTALLED_DEV)
	@$(BIN)/python -m pytest tests/test_docs.py

manual: $(INSTALLED_DEV) ## write the generated parts of the README and docs/ anew
	@$(BIN)/python -m tools.docs

proof: $(INSTALLED_DEV) ## run the long proofs (kill, race, clock, way out); PROOF_COUNT and PROOF_SEED shape them
	@exec $(BIN)/python -m pytest -m proof -s $(ARGS)

bench: $(patsubst benchmarks/%.py,bench-%,$(filter-out benchmarks/__init__.py,$(wildcard benchmarks/*.py))) ## measure, all or one: make bench-NAME

bench-%: $(INSTALLED_DEV)
	@$(BIN)/python -m benchmarks.$*

lock: ## write the lock files again; UPGRADE=1 takes the newest versions
	@tools/lock.sh $(if $(UPGRADE),--upgrade)

image: ## build the container image and start it once, without a Docker engine (root, Debian)
	@tools/image-test.sh

clean: ## remove the virtual environment and caches
	@rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist monitor/words.table monitor/words.notice.txt

# The table of words is made at install: anew where what makes it, folds its words or lays it out has changed.
$(INSTALLED): requirements.lock requirements-build.lock pyproject.toml tools/setup.sh hatch_build.py monitor/core/lexicon.py monitor/core/text.py
	@tools/setup.sh run

$(INSTALLED_DEV): $(INSTALLED) requirements-dev.lock
	@tools/setup.sh dev
