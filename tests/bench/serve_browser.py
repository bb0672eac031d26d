"""How long a person waits for the pages of ``communique serve`` in a real browser, on a store of many documents.

Run as ``python -m tests.bench.serve_browser --store DIR`` (without ``--store``, 10,000 documents are made and built
first, as :mod:`tests.bench.serve_load` does). A headless Chromium that already runs opens the first screen as soon as
the program listens, ticks facets on every tab, opens connections and asks for a network of 10,000 nodes. Every line
says what was aimed at; the exit status is 1 where that was missed.

Measured is until all that was asked for is drawn: the page says itself when it is no longer busy
(``aria-busy``), and two frames after that have gone to the screen.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from tests.bench.serve_load import BIN, free_port, listening, made_store, wait

ARGUMENTS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
ARGUMENTS += ["--disable-component-update", "--disable-sync", "--enable-unsafe-swiftshader"]
# Resolves when the page is no longer busy and two frames have been drawn; the value is the time of the page's clock.
SETTLED = """
window.settled = (ready) => new Promise((resolve) => {
  const look = () => {
    const main = document.querySelector("#main");
    if (main && !main.hasAttribute("aria-busy") && (!ready || ready())) {
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
    } else requestAnimationFrame(look);
  };
  look();
});
"""
OPENED = """async () => {
  const done = await window.settled(() => document.querySelector("#count strong"));
  const origin = performance.timeOrigin;
  const path = (entry) => new URL(entry.name).pathname.slice(1);
  const entries = performance.getEntriesByType("resource");
  const asked = Object.fromEntries(entries.map((entry) => [path(entry), origin + entry.responseEnd]));
  const page = performance.getEntriesByType("navigation")[0];
  return { done: origin + done, began: origin, first: origin + page.responseStart,
    script: asked["static/assets/explore.js"], facets: asked["api/facets"], network: asked["api/network"] };
}"""
CLICK = """async (chance) => {
  const all = [...document.querySelectorAll("#facet-list input[type=checkbox]")];
  const boxes = all.filter((box) => box.checkVisibility());
  const chips = document.querySelectorAll("#chips li").length;
  const clear = [...document.querySelectorAll("#chips button")].at(-1);
  const target = chips > 3 ? clear : boxes[Math.floor(chance * boxes.length)];
  const begin = performance.now();
  target.click();
  return (await window.settled()) - begin;
}"""
EDGE = """async (at) => {
  const rows = document.querySelectorAll("#view tbody tr button");
  const panel = document.querySelector("#panel");
  const begin = performance.now();
  rows[at % rows.length].click();
  return (await window.settled(() => !panel.hasAttribute("aria-busy") && panel.querySelector("blockquote"))) - begin;
}"""
CROWD = """async () => {
  const limit = document.querySelector("select[aria-label^='How many nodes']");
  limit.value = "10000";
  const begin = performance.now();
  limit.dispatchEvent(new Event("change"));
  const done = await window.settled(() => Number(document.querySelector(".graph")?.dataset.drawn) > 1000);
  const entry = performance.getEntriesByType("resource").filter((e) => e.name.includes("limit=10000")).at(-1);
  const graph = document.querySelector(".graph");
  return { whole: done - begin, sent: entry.responseEnd - begin, nodes: Number(graph.dataset.drawn),
    note: document.querySelector(".note").textContent,
    webgl: [...graph.querySelectorAll("canvas")].some((each) => each.getContext("webgl2")) };
}"""


def main() -> int:
    """Measure and print; return 1 where something took longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--screens", type=int, default=5, help="how often the first screen is opened")
    parser.add_argument("--clicks", type=int, default=60)
    parser.add_argument("--shots", type=Path, help="a folder for a picture of the large network")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = chosen.store or made_store(Path(folder), chosen.documents)
        with serving(store) as address:  # the index is made here, where there is none
            wait(f"{address}api/summary", None)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        fine = first_screen(browser, store, chosen.screens)
        with serving(store) as address, opened(browser, address) as page:
            page.evaluate(OPENED)
            page.wait_for_timeout(3000)  # the query workers have started
            fine &= clicks(page, address, chosen.clicks)
            fine &= edges(page, address)
            fine &= crowd(page, address, chosen.shots)
        browser.close()
    return 0 if fine else 1


@contextmanager
def serving(store: Path) -> Iterator[str]:
    """Yield the address of ``communique serve``, as soon as it listens."""
    port = free_port()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [str(BIN / "communique"), "serve", str(store), "--port", str(port), "--token", "load"], stderr=log
        )
        try:
            listening(port, process)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """Yield a fresh page that shows the first screen, with nothing in its cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.add_init_script(SETTLED)
    page.goto(address, wait_until="commit")
    yield page
    context.close()


def verdict(what: str, found: float, most: float, detail: str = "") -> bool:
    """Print a figure in milliseconds beside its aim; return whether it was reached."""
    told = f"{what}: {found:.0f} ms (aim {most:.0f})"
    print(f"{'ok  ' if found <= most else 'MISS'} {told}{f'; {detail}' if detail else ''}", flush=True)
    return found <= most


def first_screen(browser: Browser, store: Path, count: int) -> bool:
    """Measure from the start of the program until the first screen is drawn."""
    found = []
    for _ in range(count):
        begin = 1000 * time.time()
        with serving(store) as address, opened(browser, address) as page:
            told = page.evaluate(OPENED)
            found.append({name: value - begin for name, value in told.items()})
    found.sort(key=lambda each: each["done"])
    middle = found[len(found) // 2]
    parts = (("began", "page asked for"), ("first", "answered"), ("script", "script"), ("facets", "counts"))
    detail = ", ".join(f"{name} {middle[key]:.0f}" for key, name in (*parts, ("network", "network")))
    detail += f"; from {found[0]['done']:.0f} to {found[-1]['done']:.0f}"
    return verdict("first screen, from the start of the program (median)", middle["done"], 2000, detail)


def clicks(page: Page, address: str, count: int) -> bool:
    """Measure facet clicks, a quarter on each tab."""
    chance = random.Random(6)
    found: dict[str, list[float]] = {}
    for tab in ("network", "timeline", "map", "table"):
        page.goto(f"{address}?tab={tab}")
        page.evaluate(OPENED)
        found[tab] = [page.evaluate(CLICK, chance.random()) for _ in range(max(1, count // 4))]
    every = sorted(each for times in found.values() for each in times)
    detail = ", ".join(f"{tab} {statistics.median(times):.0f}" for tab, times in found.items())
    fine = verdict("facet click, median", statistics.median(every), 500, detail)
    return fine & verdict("facet click, 95th percentile", high(every), 1500, f"worst {every[-1]:.0f}")


def edges(page: Page, address: str) -> bool:
    """Measure the evidence of the strongest connections and of others."""
    page.goto(address)
    page.evaluate(OPENED)
    found = sorted(page.evaluate(EDGE, at) for at in [*range(20), *random.Random(7).sample(range(20, 100), 20)])
    detail = f"95 % {high(found):.0f}, worst {found[-1]:.0f}"
    return verdict("edge evidence, median", statistics.median(found), 300, detail)


def crowd(page: Page, address: str, shots: Path | None) -> bool:
    """Measure a network of 10,000 nodes, of mentions: of all statements, then under a filter."""
    times = []
    for _ in range(3):
        page.goto(f"{address}?view=mentions&limit=60")
        page.evaluate(OPENED)
        told: dict[str, Any] = page.evaluate(CROWD)
        times.append((told["whole"], told["sent"]))
        page.wait_for_timeout(500)
    if shots:
        shots.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=shots / "crowd.png")
    times.sort()
    whole, sent = times[len(times) // 2]
    how = "WebGL" if told["webgl"] else "two dimensions"
    detail = f"answered after {sent:.0f}; {told['nodes']:,} nodes by {how}; {told['note']}"
    return verdict("network of 10,000 nodes, drawn", whole, 3000, detail) & (told["nodes"] > 9_000)


def high(ordered: list[float]) -> float:
    """Return the 95th percentile of sorted values."""
    return ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]


if __name__ == "__main__":
    os.environ.pop("http_proxy", None)
    sys.exit(main())
