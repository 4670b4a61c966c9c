"""How long does a portrait take as PDF, once the press is warm, beside a browser that prints the same pages?

The full portrait of the demo city's quarters, in French, charts drawn anew each time. Ours is set by Typst, tagged and
checked as PDF/UA-1; the peer is Chromium, which prints the offline page of the same publication (that page is ready:
its charts are not drawn again for it). A batch is measured against the limit that we set ourselves: 182 documents
in four minutes on two cores. The pack: `courtepointe atlas demo`, then `courtepointe atlas build recipes/demo.toml`, in
`COURTEPOINTE_DEMO_PACK`; without it nothing is measured.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.press.batch import Order, make_all
from courtepointe.press.charts import register_fonts
from courtepointe.press.faces import faces
from courtepointe.press.forms.page import write_html
from courtepointe.press.forms.pdf import write_pdf
from courtepointe.press.publication.compose import compose
from courtepointe.press.publication.material import set_material, subject_of
from courtepointe.press.templates import template
from courtepointe.press.templates.read import FOLDER

ROOT = Path(__file__).resolve().parents[1]
QUARTERS = "quartier_sociologique:2014"
A_DOCUMENT_S = 240 / 182 * 2
"""Seconds of one core that a document may take for 182 to be made in four minutes on two."""


def line(name: str, size: str, ours: float, peer: str, theirs: float, *, same: bool) -> None:
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = {"name": name, "size": size, "ours_s": round(ours, 3), "ours_mb": megabytes, "peer": peer,
            "peer_s": round(theirs, 3), "peer_mb": None, "ratio": round(ours / theirs, 2),
            "same_answer": same}  # fmt: skip
    print(json.dumps(told), flush=True)


def main() -> None:
    """Print one line for a portrait, one for a batch."""
    named = os.environ.get("COURTEPOINTE_DEMO_PACK")
    if not named:
        print("COURTEPOINTE_DEMO_PACK names no pack: nothing measured.", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        fonts = faces(ROOT / "node_modules", Path(folder))
        register_fonts(fonts)
        atlas = Atlas(open_pack(Path(named)))
        held = template("portrait")
        made = [
            compose(held, set_material(subject_of(atlas, atlas.portrait(area.key)), lang="fr"))
            for area in atlas.areas(QUARTERS)
        ]
        write_pdf(made[0], fonts=fonts)
        ours = []
        for one in made:
            start = time.perf_counter()
            write_pdf(one, fonts=fonts)
            ours.append(time.perf_counter() - start)
        theirs = printed([write_html(one, fonts=fonts) for one in made], Path(folder))
        size = f"{len(made)} portraits of some 15 pages"
        line("a portrait as PDF, median", size, statistics.median(ours), "Chromium prints its HTML",
             statistics.median(theirs), same=True)  # fmt: skip
        text = (FOLDER / "portrait.toml").read_text(encoding="utf-8")
        order = Order(Path(named), QUARTERS, ("pdf",), ("fr", "en"), text, "portrait.toml", fonts)
        start = time.perf_counter()
        done = make_all(order, Path(folder) / "all", workers=2)
        taken = (time.perf_counter() - start) / done.made
        line("a batch, seconds a document on two cores", f"{done.made} PDFs", taken, "our limit",
             A_DOCUMENT_S / 2, same=taken <= A_DOCUMENT_S / 2)  # fmt: skip


def printed(pages: list[bytes], folder: Path) -> list[float]:
    """Have Chromium print pages; give the time of each, the first left out."""
    taken = []
    with sync_playwright() as started:
        where = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = started.chromium.launch(executable_path=where, args=["--no-sandbox"])
        page = browser.new_page()
        for place, content in enumerate([pages[0], *pages]):
            file = folder / f"{place}.html"
            file.write_bytes(content)
            start = time.perf_counter()
            page.goto(file.as_uri())
            page.pdf(format="A4", tagged=True, outline=True)
            taken.append(time.perf_counter() - start)
        browser.close()
    return taken[1:]


if __name__ == "__main__":
    main()
