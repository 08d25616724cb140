"""Take the pictures of the report that README and docs show."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent / "_static"
SHOTS = (("report", 1280, 1180, "light"), ("report-phone", 360, 1180, "dark"))

with sync_playwright() as driver:
    browser = driver.chromium.launch(
        executable_path=shutil.which("chromium"),
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )
    for name, width, height, scheme in SHOTS:
        page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        page.goto(Path(sys.argv[1]).resolve().as_uri())
        page.locator("#stage svg").wait_for()
        page.screenshot(path=HERE / f"{name}.png")
    browser.close()
