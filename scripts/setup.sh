#!/usr/bin/env bash
# Make .venv with the locked dependencies and the browser libraries; do nothing when both are current.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

stamp=.venv/.courtepointe-setup
want=$(cat requirements/dev.lock pyproject.toml package-lock.json scripts/setup.sh 2>/dev/null | sha256sum | cut -d' ' -f1)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ]; then exit 0; fi

python=${PYTHON:-python3}
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "Courtepointe needs Python 3.11 or newer; '$python' is older or absent. Set PYTHON=/path/to/python3."
    exit 1
fi
if [ ! -x .venv/bin/python ]; then
    say "Making .venv ..."
    if ! "$python" -m venv .venv 2>/dev/null; then
        # Debian ships venv apart from python3.
        rm -rf .venv
        bash scripts/debian.sh python3-venv
        "$python" -m venv .venv
    fi
fi
if [ ! -x .venv/bin/uv ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
fi
say "Installing the locked dependencies ..."
VIRTUAL_ENV=$PWD/.venv .venv/bin/uv pip sync --quiet --compile-bytecode requirements/dev.lock
VIRTUAL_ENV=$PWD/.venv .venv/bin/uv pip install --quiet --no-deps --no-build-isolation --editable .
say "Installing the browser libraries ..."
PATH="$PWD/.venv/bin:$PATH" .venv/bin/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
say "Compiling the translations ..."
.venv/bin/python scripts/translations.py compile
echo "$want" > "$stamp"
