#!/usr/bin/env bash
# The demo city: written in the publishers' formats, read back through the same readers, served.
set -euo pipefail
cd "$(dirname "$0")/.."
export COURTEPOINTE_DATA=${COURTEPOINTE_DATA:-$PWD/data}
export COURTEPOINTE_PACK=${COURTEPOINTE_PACK:-$COURTEPOINTE_DATA/demo/pack}
mkdir -p "$COURTEPOINTE_DATA/demo"
.venv/bin/courtepointe atlas demo --out "$COURTEPOINTE_DATA/demo/sources"
.venv/bin/courtepointe atlas build recipes/demo.toml --sources "$COURTEPOINTE_DATA/demo/sources" --out "$COURTEPOINTE_PACK"
.venv/bin/courtepointe site prepare
# A workspace to try, once: whoever opens the link below joins it as its coordinator.
.venv/bin/courtepointe people open "Table de quartier de la démonstration" --if-none --first démonstration \
    --site "http://localhost:${PORT:-8765}"
# What it holds once a neighbourhood has worked in it: invented people, said to be so, and the atlas' own figures.
.venv/bin/courtepointe portraits demonstrate table-de-quartier-de-la-demonstration
if [ "${SERVE:-1}" = 0 ]; then
    echo "Built: $COURTEPOINTE_PACK"
    exit 0
fi
exec .venv/bin/courtepointe site serve --port "${PORT:-8765}" --open
