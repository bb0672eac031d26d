"""The page in one file, as a download gives it, opened without a server."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from browser_checks import SERIOUS


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_downloaded_page_works_offline(
    browser: Browser, client: httpx.Client, axe: str, tmp_path: Path, theme: str
) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(client.get("/api/download", params={"format": "html", "view": "accuses"}).content)
    context = browser.new_context(color_scheme=theme, offline=True)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    page.get_by_role("complementary").get_by_role("button").first.click()
    expect(page.locator(".panel blockquote").first).to_be_visible()
    page.locator("svg [data-node]").first.press("Enter")
    expect(page.locator(".panel strong")).not_to_be_empty()
    page.get_by_role("searchbox").fill("shelling")
    expect(page.get_by_role("status")).to_contain_text(" of ")
    page.evaluate(axe)
    assert page.evaluate(SERIOUS) == []
    context.close()
    assert complaints == []
