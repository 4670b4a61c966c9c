#!/usr/bin/env bash
# Every test: whole journeys in a browser first, which are the longest, then the others.
# One file stays on one core: what its tests share is made once.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/debian.sh chromium gdal-bin poppler-utils
# The same browser without windows of its own: journeys take half as long. Not every system has it.
bash scripts/debian.sh chromium-headless-shell || echo "Stories are read in chromium with windows: slower." >&2
export COURTEPOINTE_SHARED=${COURTEPOINTE_SHARED:-../shared}
COURTEPOINTE_DATA=$(mktemp -d)
export COURTEPOINTE_DATA
trap 'rm -rf "$COURTEPOINTE_DATA"' EXIT
# Tests start hundreds of commands of ours: without kept bytecode each would compile the program anew.
unset PYTHONDONTWRITEBYTECODE
# Arrays of tens of megabytes come and go: memory that is kept is not asked of the kernel again, page by page.
export MALLOC_MMAP_THRESHOLD_=1000000000 MALLOC_TRIM_THRESHOLD_=2000000000
# Counting covered lines takes a third of the time: COVER=1 asks for it.
.venv/bin/pytest -n logical --dist loadfile --no-loadscope-reorder ${COVER:+--cov --cov-report=term:skip-covered} "$@"
