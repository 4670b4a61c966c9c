"""How heavy and how quick are the first pages, in Chromium on a throttled connection?

The peer is the limit we set ourselves: 500 kB and 2 s at 1.6 Mbit/s and 150 ms round trips.
The pack is the demo city's, or the one that `COURTEPOINTE_PACK` names.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from packs import COMMAND, measured_pack

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.server import CHROMIUM_ARGUMENTS, prepare, serving  # noqa: E402

ROUNDS = 5
LIMIT_S, LIMIT_KB = 2.0, 500
CONNECTION = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
PAINT = """() => new Promise(done => new PerformanceObserver(list =>
    done(list.getEntries().at(-1).startTime)).observe({type: 'largest-contentful-paint', buffered: true}))"""


def visit(browser: Browser, address: str) -> tuple[float, float, float]:
    """Open a page with nothing kept; give seconds to the largest paint, to the load, and kilobytes."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", CONNECTION)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(address, wait_until="load")
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") / 1000
    page.wait_for_load_state("networkidle")
    painted = page.evaluate(PAINT) / 1000
    context.close()
    return painted, loaded, sum(sizes) / 1000


def measure(browser: Browser, base: str, name: str, path: str) -> None:
    """Print one line for a page: the median of some visits."""
    visit(browser, base + path)
    rounds = [visit(browser, base + path) for _ in range(ROUNDS)]
    painted, loaded, kilobytes = (
        statistics.median(one[part] for one in rounds) for part in range(3)
    )
    line = {
        "name": f"{name}: largest paint (loaded after {loaded:.2f} s)",
        "size": f"{kilobytes:.0f} kB over the wire",
        "ours_s": round(painted, 2),
        "ours_mb": round(kilobytes / 1000, 2),
        "peer": "our limit",
        "peer_s": LIMIT_S,
        "peer_mb": LIMIT_KB / 1000,
        "ratio": round(painted / LIMIT_S, 2),
        "same_answer": kilobytes <= LIMIT_KB,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


def main() -> None:
    """Serve a pack and visit its first pages."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no chromium on this machine")
    with tempfile.TemporaryDirectory(prefix="courtepointe-bench-") as told:
        folder = Path(told)
        pack = measured_pack(folder)
        areas = subprocess.run(
            [COMMAND, "atlas", "areas", pack, "--json"],
            capture_output=True,
            check=True,
        )
        quarter = next(
            one
            for one in json.loads(areas.stdout)["areas"]
            if one["type"] == "quartier_sociologique"
        )
        portrait = f"/fr/territoires/{quarter['type']}/{quarter['vintage']}/{quarter['code']}/"
        prepare(folder / "data")
        with serving(pack, folder / "data") as base, sync_playwright() as started:
            browser = started.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
            measure(browser, base, "Home", "/fr/")
            measure(browser, base, "Portrait of a quarter", portrait)
            browser.close()


if __name__ == "__main__":
    main()
