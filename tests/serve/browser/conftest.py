"""One headless Chromium for all tests, a fresh context for each; nothing may leave the server or complain."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect, sync_playwright

WEB = Path(__file__).resolve().parents[3] / "web"
# Chromium as a test wants it: no sandbox for root, and none of its own traffic.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
ARGUMENTS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    path = shutil.which("chromium")
    assert path, "chromium is not installed: make tools (Debian: apt-get install chromium)"
    expect.set_options(timeout=20_000)  # a busy machine draws slowly
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser, served: Any) -> Iterator[Open]:
    """Open a page of the server; in the end, fail for an error on a console or a request to anywhere else."""
    complaints: list[str] = []
    contexts = []

    def told(message: ConsoleMessage) -> None:
        # The browser itself notes each refused answer; tests that ask for a refusal look at the page instead.
        if message.type == "error" and "the server responded with a status of 401" not in message.text:
            complaints.append(f"console: {message.text}")

    def guard(route: Route) -> None:
        if route.request.url.startswith((served.address, "data:", "blob:")):
            route.continue_()
        else:
            complaints.append(f"request to {route.request.url}")
            route.abort()

    def visit(path: str = "", *, width: int = 1440, height: int = 900, theme: Any = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce"
        )
        contexts.append(context)
        context.route("**/*", guard)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", told)
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.goto(f"{served.address}/{path}")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which looks for obstacles to people who see, hear or move differently."""
    return (WEB / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
