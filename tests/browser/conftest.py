"""A browser, and pages to open in it. Skipped, saying so, where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from repetiteur.rehearsal import Rehearsal
from repetiteur.report.page import render
from unit.report import small_rehearsal as made
from unit.report import small_video

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed"
    )
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"there is no {NAMES[0]} on the path")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def filmed(tmp_path_factory) -> Rehearsal:
    """A take beside its reference, both on film."""
    return small_video.rehearsal(tmp_path_factory.mktemp("film"))


@pytest.fixture(scope="session")
def written(tmp_path_factory) -> Callable[..., str]:
    """The address of a report; the same rehearsal is written once."""
    folder: Path = tmp_path_factory.mktemp("reports")
    known: dict[str, str] = {}

    def write(name: str = "usual", rehearsal: Rehearsal | None = None) -> str:
        if name not in known:
            place = folder / f"{name}.html"
            page = render(made.rehearsal() if rehearsal is None else rehearsal)
            place.write_text(page, encoding="utf-8")
            known[name] = place.as_uri()
        return known[name]

    return write


@pytest.fixture
def visit(browser, written) -> Iterator[Callable[..., object]]:
    """Open a report; afterwards nothing may have complained or gone out."""
    complaints: list[str] = []
    asked: list[str] = []
    contexts = []

    def open_page(
        name: str = "usual",
        rehearsal: Rehearsal | None = None,
        *,
        width: int = 1280,
        **options: object,
    ) -> object:
        address = written(name, rehearsal)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.wait_for_load_state("load")
        if options.get("java_script_enabled", True) and page.query_selector("#data"):
            page.locator("html.js").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith("file:")] == []
    assert len(asked) == len(contexts), "a page asks for itself alone"
