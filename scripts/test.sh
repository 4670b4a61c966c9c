#!/usr/bin/env bash
# Every test: the library first, then the database and the doors, then whole journeys in a browser.
# One file stays on one core: what its tests share is made once.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/debian.sh chromium gdal-bin poppler-utils
export COURTEPOINTE_SHARED=${COURTEPOINTE_SHARED:-../shared}
COURTEPOINTE_DATA=$(mktemp -d)
export COURTEPOINTE_DATA
trap 'rm -rf "$COURTEPOINTE_DATA"' EXIT
# Counting covered lines takes a third of the time: COVER=1 asks for it.
.venv/bin/pytest -n logical --dist loadfile ${COVER:+--cov --cov-report=term:skip-covered} "$@"
