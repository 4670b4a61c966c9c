#!/usr/bin/env bash
# What CI runs: each step says its name; the first that fails stops the rest.
set -euo pipefail
cd "$(dirname "$0")/.."
step() { printf '\n\033[1m== %s\033[0m\n' "$1"; shift; "$@"; }
step "format" .venv/bin/ruff format --check src tests benchmarks scripts
step "lint" .venv/bin/ruff check src tests benchmarks scripts
step "types" .venv/bin/mypy
step "contracts" .venv/bin/lint-imports
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
step "migrations" env COURTEPOINTE_DATA="$scratch" DJANGO_SETTINGS_MODULE=courtepointe.config.settings \
    .venv/bin/python -m django makemigrations --check --dry-run
step "translations" .venv/bin/python scripts/translations.py check
step "tests" bash scripts/test.sh
