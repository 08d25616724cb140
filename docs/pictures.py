"""Take the pictures of the report that README and docs show: DIR/report.html.

Everything is drawn at 1:1, on screens of three widths in both themes, the charts alone,
and the first page as it is printed.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent / "_static"
#: Name, width and height of the screen, theme.
SCREENS = (
    ("report", 1280, 1180, "light"),
    ("report-dark", 1280, 1180, "dark"),
    ("report-tablet", 768, 1180, "light"),
    ("report-tablet-dark", 768, 1180, "dark"),
    ("report-phone-light", 360, 1180, "light"),
    ("report-phone", 360, 1180, "dark"),
)
#: A sheet of A4, px, and the margins that the page asks for.
PAPER, MARGINS = (794, 1123), "45px 53px"
MOST_BYTES = 250_000


def opened(browser, address, width, height, scheme):
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme
    )
    page.goto(address)
    page.locator("#stage svg").wait_for()
    return page


def kept(name: str) -> Path:
    return HERE / f"{name}.png"


def take(browser, address: str) -> list[Path]:
    for name, *screen in SCREENS:
        opened(browser, address, *screen).screenshot(path=kept(name))
    for name, scheme in (("report-how", "light"), ("report-how-dark", "dark")):
        page = opened(browser, address, 1280, 900, scheme)
        page.locator(".how").screenshot(path=kept(name))
    page = opened(browser, address, *PAPER, "light")
    page.evaluate(f"document.body.style.margin = '{MARGINS}'")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.screenshot(path=kept("report-paper"))
    names = [name for name, *_ in SCREENS]
    return [kept(n) for n in (*names, "report-how", "report-how-dark", "report-paper")]


def main() -> None:
    address = Path(sys.argv[1]).resolve().as_uri()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        taken = take(browser, address)
        browser.close()
    large = [p.name for p in taken if p.stat().st_size > MOST_BYTES]
    if large:
        sys.exit(f"Larger than {MOST_BYTES // 1000} kB: {', '.join(large)}.")


if __name__ == "__main__":
    main()
