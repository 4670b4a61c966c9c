# Courtepointe. `make demo` opens the demo city; `make test` runs every test. Both set up what they need.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup demo test check montreal bench format clean

SERVE ?= 1
PORT ?= 8765
SOURCES ?= data/sources/montreal
PY := .venv/bin/python
COURTEPOINTE := .venv/bin/courtepointe

help:  ## say what can be made
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

setup:  ## make .venv, the locked dependencies and the browser libraries; nothing the second time
	@bash scripts/setup.sh

demo: setup  ## build the demo city and open its site (SERVE=0: build only)
	@SERVE=$(SERVE) PORT=$(PORT) bash scripts/demo.sh

montreal: setup  ## build the real atlas: make montreal SOURCES=folder of publishers' files
	@SERVE=$(SERVE) PORT=$(PORT) SOURCES="$(SOURCES)" bash scripts/montreal.sh

test: setup  ## run every test
	@bash scripts/test.sh

check: setup  ## everything CI runs: format, lint, types, contracts, migrations, translations, tests
	@bash scripts/check.sh

bench: setup  ## run the side-by-side measurements and write docs/benchmarks.md: make bench ONLY="access siting" for some
	@ONLY="$(ONLY)" $(PY) benchmarks/run.py

format: setup  ## put the code in order
	@.venv/bin/ruff check --fix --quiet src tests benchmarks scripts && .venv/bin/ruff format --quiet src tests benchmarks scripts

clean:  ## remove what was built (not the sources you brought)
	@rm -rf data/pack data/demo data/static .pytest_cache .mypy_cache .ruff_cache .import_linter_cache htmlcov .coverage
