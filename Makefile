# Two commands matter: `make start` and `make test`. Every target does the set-up that it needs.
SHELL := /bin/bash
.DEFAULT_GOAL := help
# Without bytecode on disk every start would compile all packages again.
unexport PYTHONDONTWRITEBYTECODE


PY := .venv/bin/python
FIND = found=$$(ops/find-python.sh) || exit 1
QUIET = PYTHONWARNINGS=ignore TF_CPP_MIN_LOG_LEVEL=3

.PHONY: help setup setup-test start import train test check-content feedback evaluate benchmark lint clean lock

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: ## Make .venv complete (done by the other targets too)
	@$(FIND); "$$found" -m ops.setup run

setup-test:
	@$(FIND); "$$found" -m ops.setup test

start: setup ## Start the assistant: prints one address, Ctrl-C stops everything
	@exec env $(QUIET) $(PY) -m ops.start

# A switch is on or off in so many words: $(call switch,DRY_RUN,--dry-run). Anything else might mean either.
ON = 1 ja Ja JA yes Yes YES true True TRUE
OFF = 0 nee Nee NEE no No NO false False FALSE
switch = $(if $(filter $(ON),$($(1))),$(2),$(if $(filter-out $(OFF),$($(1))),$(error $(1)=$($(1)): give $(1)=1 for yes, or leave it out)))

import: setup ## Take data into the catalogue: make import FROM=folder DRY_RUN=1 STRICT=1 AS_OF=2026-11-21 DATASET=stad-gent SHRUNK=1; CODES=kelner looks up codes
	@test -n "$(FROM)$(CODES)" || { echo "Give what to import: make import FROM=folder (see docs/catalogus.md)" >&2; exit 2; }
	@exec env $(QUIET) $(PY) -m catalog.importing $(if $(CODES),--codes "$(CODES)","$(FROM)") $(call switch,STRICT,--strict) $(call switch,DRY_RUN,--dry-run) $(if $(AS_OF),--as-of "$(AS_OF)") $(if $(DATASET),--dataset "$(DATASET)") $(call switch,SHRUNK,--shrunk)

train: setup ## Train the model if data or configuration changed; the newest lies in models/
	@exec env $(QUIET) $(PY) -m ops.train

test: setup-test ## Run every test
	@exec env $(QUIET) $(PY) -m ops.test

check-content: setup ## Check every answer; REPORT=1 also writes docs/quality/content.md, ONLY=vakantie shows one
	@exec env $(QUIET) $(PY) -m ops.check_content $(if $(REPORT),--report) $(if $(ONLY),--only "$(ONLY)") $(if $(AGAINST),--against "$(AGAINST)")

feedback: setup ## What people chose after "Bedoel je ...?": examples that the corpus lacks
	@exec env $(QUIET) $(PY) -m ops.feedback

evaluate: train ## Measure the model on labelled questions: make evaluate FILE=questions.jsonl
	@test -n "$(FILE)" || { echo "Give the questions: make evaluate FILE=questions.jsonl" >&2; exit 2; }
	@exec env $(QUIET) $(PY) -m ops.evaluate "$(FILE)" 2> >(grep -v Warning >&2)

benchmark: $(if $(FILE),train,setup) ## Measure how fast the catalogue is; FILE=questions.jsonl also compares pipelines (EXAMPLES=4 XSID=xsid ONLY="diet shipped")
	@exec env $(QUIET) $(PY) -m ops.benchmark.catalogue
	@test -z "$(FILE)" || exec env $(QUIET) $(PY) -m ops.benchmark "$(FILE)" --examples $(or $(EXAMPLES),0) $(if $(XSID),--xsid "$(XSID)") $(if $(ONLY),--only $(ONLY))

lint: setup-test ## Check style and types (ruff, mypy)
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy

lock: setup ## Pin the newest fitting packages in the lock files
	@.venv/bin/uv pip compile -q pyproject.toml --python-version 3.10 --universal --generate-hashes --no-header -o requirements.lock
	@.venv/bin/uv pip compile -q pyproject.toml --group dev -c requirements.lock --python-version 3.10 --universal --generate-hashes --no-header -o requirements-dev.lock
	@.venv/bin/uv pip compile -q --group uv --python-version 3.10 --universal --generate-hashes --no-header -o requirements-uv.lock

clean: ## Remove all that was made: .venv, models, logs and caches; the databases in var/ stay
	@rm -rf .venv .rasa models results var/log var/training .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
