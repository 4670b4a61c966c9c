#!/usr/bin/env bash
# The real Montréal, from a folder of publishers' files; files that are absent are fetched from
# their publishers only when FETCH=1 says so.
set -euo pipefail
cd "$(dirname "$0")/.."
export COURTEPOINTE_DATA=${COURTEPOINTE_DATA:-$PWD/data}
export COURTEPOINTE_PACK=${COURTEPOINTE_PACK:-$COURTEPOINTE_DATA/montreal/pack}
sources=${SOURCES:-data/sources/montreal}
mkdir -p "$COURTEPOINTE_DATA/montreal"
fetch=()
if [ ! -d "$sources" ]; then mkdir -p "$sources"; fetch=(--download); fi
if [ "${FETCH:-0}" = 1 ]; then fetch=(--download); fi
.venv/bin/courtepointe atlas build recipes/montreal.toml --sources "$sources" --out "$COURTEPOINTE_PACK" "${fetch[@]}"
.venv/bin/courtepointe site prepare
if [ "${SERVE:-1}" = 0 ]; then
    echo "Built: $COURTEPOINTE_PACK"
    exit 0
fi
exec .venv/bin/courtepointe site serve --port "${PORT:-8765}" --open
