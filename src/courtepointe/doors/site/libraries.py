"""Serve from `node_modules` only the few browser files that pages ask for, and name them once.

A page never says a library's address: its modules say `import "maplibre-gl"`, and the import map
below tells the browser which hashed file of ours that is.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from django.templatetags.static import static

FONT = "@fontsource/atkinson-hyperlegible-next"
MONO = "@fontsource/atkinson-hyperlegible-mono"
"""Of codes, marks and addresses: each letter as wide as the next, on any machine."""
SYLLABICS = "@fontsource/noto-sans-canadian-aboriginal"
FONT_FILES = tuple(
    f"{FONT}/files/atkinson-hyperlegible-next-{subset}-{weight}-normal.woff2"
    for subset in ("latin", "latin-ext")
    for weight in (400, 600, 700)
)
FILES = (
    *FONT_FILES,
    f"{MONO}/files/atkinson-hyperlegible-mono-latin-400-normal.woff2",
    f"{SYLLABICS}/files/noto-sans-canadian-aboriginal-canadian-aboriginal-400-normal.woff2",
    "maplibre-gl/dist/maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css",
    "terra-draw/dist/terra-draw.modern.js",
    "terra-draw-maplibre-gl-adapter/dist/terra-draw-maplibre-gl-adapter.modern.js",
    "vega/build/vega.min.js",
    "vega-lite/build/vega-lite.min.js",
    "vega-embed/build/vega-embed.min.js",
)
"""Paths under `node_modules`; each is served as ``lib/<path without @>``."""

MODULES = {
    "maplibre-gl": "lib/maplibre-gl/dist/maplibre-gl.mjs",
    "maplibre-gl/worker": "lib/maplibre-gl/dist/maplibre-gl-worker.mjs",
    "terra-draw": "lib/terra-draw/dist/terra-draw.modern.js",
    "terra-draw-maplibre-gl-adapter": (
        "lib/terra-draw-maplibre-gl-adapter/dist/terra-draw-maplibre-gl-adapter.modern.js"
    ),
    "vega": "lib/vega/build/vega.min.js",
    "vega-lite": "lib/vega-lite/build/vega-lite.min.js",
    "vega-embed": "lib/vega-embed/build/vega-embed.min.js",
    "courtepointe/chart": "site/js/chart.js",
    "courtepointe/draw": "site/js/draw.js",
    "courtepointe/drawer": "site/js/drawer.js",
    "courtepointe/drawings": "site/js/drawings.js",
    "courtepointe/map": "site/js/map.js",
    "courtepointe/search": "site/js/search.js",
    "courtepointe/shaded": "site/js/shaded.js",
    "courtepointe/style": "site/js/style.js",
    "courtepointe/keying": "site/js/keying.js",
    "courtepointe/together": "site/js/together.js",
    "courtepointe/units": "site/js/units.js",
    "courtepointe/walked": "site/js/walked.js",
}
"""What a module may import by name -> the static file behind the name."""


def served_as(path: str) -> str:
    """Give the static name of a file of `node_modules`."""
    return f"lib/{path.removeprefix('@')}"


class BrowserLibraries(BaseFinder):
    """Find the listed files of `node_modules`, and no other."""

    def __init__(self, app_names: object = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=str(settings.NODE_MODULES))
        self.paths = {served_as(path): path for path in FILES}

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Give the file's place on disk, or nothing."""
        if path not in self.paths:
            return []
        found = str(Path(settings.NODE_MODULES) / self.paths[path])
        return [found] if find_all else found

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        """Give every served file with a storage that knows it by its static name."""
        storage = _Renamed(location=str(settings.NODE_MODULES))
        for name in self.paths:
            yield name, storage


class _Renamed(FileSystemStorage):
    """Open `node_modules/@fontsource/…` under the name `lib/fontsource/…`."""

    def path(self, name: str) -> str:
        """Give the file's place on disk."""
        inside = name.removeprefix("lib/")
        if inside.startswith("fontsource/"):
            inside = f"@{inside}"
        return super().path(inside)


@cache
def import_map() -> str:
    """Write the import map: the same text for every page, so that its hash can be told ahead."""
    names = {name: static(path) for name, path in MODULES.items()}
    return json.dumps({"imports": names}, separators=(",", ":"), sort_keys=True)


@cache
def import_map_hash() -> str:
    """Give the import map's hash as Content-Security-Policy writes it."""
    digest = hashlib.sha256(import_map().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
