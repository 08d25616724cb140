"""Take the pictures of the report that README and docs show: DIR/report.html.

Everything is drawn at 1:1, on screens of three widths in both themes, the charts alone,
and the first page as it is printed; and the qualities, of a take with other arms.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from repetiteur.clean.instruments import with_instrument_errors
from repetiteur.rehearsal import recording_from_poses, rehearse
from repetiteur.report.page import render
from repetiteur.synthetic.dancer import Dancer
from repetiteur.synthetic.demo import demo_phrase
from repetiteur.synthetic.motion import Alteration
from repetiteur.synthetic.phrase import dance

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
#: Degrees that both arms are carried higher by, and from when to when, seconds.
CARRIED = ((30.0, 16.0, 24.0), (-25.0, 2.0, 9.0))
#: Noise of both, standard deviation, metres: that of an inertial suit.
NOISE_M = 0.005
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


def planted(folder: Path) -> str:
    """The page of a take that carries its arms otherwise than the reference."""
    arms = tuple(
        Alteration(f"{side}_arm_height", by, start_s, end_s, 0.5)
        for side in ("left", "right")
        for by, start_s, end_s in CARRIED
    )
    pair = (
        dance(demo_phrase(), Dancer(), noise=NOISE_M, seed=1),
        dance(demo_phrase(), Dancer(), noise=NOISE_M, seed=2, alterations=arms),
    )
    found = rehearse(
        *(
            recording_from_poses(with_instrument_errors(poses), name)
            for poses, name in zip(pair, ("adage", "take"), strict=True)
        )
    )
    page = folder / "quality.html"
    page.write_text(render(found), encoding="utf-8")
    return page.as_uri()


def alone_in(browser, address: str, name: str, place: str) -> list[str]:
    """A part of a page by itself, in both themes."""
    names = []
    for scheme, ending in (("light", ""), ("dark", "-dark")):
        page = opened(browser, address, 1280, 900, scheme)
        names.append(f"{name}{ending}")
        page.locator(place).screenshot(path=kept(names[-1]))
    return names


def take(browser, address: str, folder: Path) -> list[Path]:
    for name, *screen in SCREENS:
        opened(browser, address, *screen).screenshot(path=kept(name))
    alone = [
        *alone_in(browser, address, "report-how", ".how"),
        *alone_in(browser, planted(folder), "report-quality", ".quality"),
    ]
    page = opened(browser, address, *PAPER, "light")
    page.evaluate(f"document.body.style.margin = '{MARGINS}'")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.screenshot(path=kept("report-paper"))
    names = [name for name, *_ in SCREENS]
    return [kept(name) for name in (*names, *alone, "report-paper")]


def main() -> None:
    address = Path(sys.argv[1]).resolve().as_uri()
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        taken = take(browser, address, Path(folder))
        browser.close()
    large = [p.name for p in taken if p.stat().st_size > MOST_BYTES]
    if large:
        sys.exit(f"Larger than {MOST_BYTES // 1000} kB: {', '.join(large)}.")


if __name__ == "__main__":
    main()
