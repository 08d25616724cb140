"""The report of long recordings: its weight, its answers, and how it keeps step.

    python benchmarks/report.py --json benchmarks/results/report.json

Two dancers in the demo's adage over and over, with noise: 10,000 and 36,000 frames, and
as many with the demo's faults each time, so that there are notes and charts. In
Chromium, real keys and pointers: *work* is how long the page's script is busy with one,
*shown* how long until the picture after it (the browser's own Event Timing, in steps of
8 ms; what takes less than 16 ms counts as 16). The drift is that of the drawn arms of
``clock_hand``, at every picture of a playback in real time.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from repetiteur.io.formats import write_poses
from repetiteur.rehearsal import Rehearsal, recording_from_file, rehearse
from repetiteur.report.page import render
from repetiteur.synthetic.demo import (
    OTHER_DANCER,
    PlantedFault,
    demo_phrase,
    demo_truth,
)
from repetiteur.synthetic.motion import Alteration, Delay
from repetiteur.synthetic.phrase import Phrase, dance

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from unit.report import clock_hand

FPS = 60.0
#: Frames, and whether faults are planted.
PAGES = ((10_000, False), (36_000, False), (36_000, True))
PRESSES = 20
PARTS = {
    "quality": r'<section class="section quality".*?</section>',
    "figures": r'"packed":"([^"]*)"',
    "other data": r'<script type="application/json" id="data">(.*?)</script>',
    "script": r'<script type="module">(.*?)</script>',
    "styles": r"<style>(.*?)</style>",
    "drawings in the page": r"<svg.*?</svg>",
}

#: Times each input: how long handlers run, and what Event Timing says of the picture.
WATCH = """() => {
    window.busy = []; window.shown = [];
    const kinds = ['keydown', 'input', 'pointermove', 'click', 'change'];
    for (const kind of kinds) {
        let start = 0;
        addEventListener(kind, () => { start = performance.now(); }, true);
        addEventListener(kind, () => {
            if (start) busy.push([kind, performance.now() - start]);
        });
    }
    new PerformanceObserver(list => list.getEntries().forEach(entry => {
        if (kinds.includes(entry.name)) shown.push([entry.name, entry.duration]);
    })).observe({ type: 'event', durationThreshold: 16 });
}"""
SETTLE = "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"


def rehearsal_of(frames: int, *, faulty: bool) -> Rehearsal:
    """A long rehearsal, as ``long_pair.py`` makes it; or with the demo's faults."""
    once = demo_phrase()
    seconds = float(dance(once)["time"].to_numpy()[-1])
    times = max(1, round(frames / FPS / seconds))
    long = Phrase.of(*[once.poses] * times)
    faults = planted(seconds * np.arange(times)) if faulty else {}
    take = dance(
        long, OTHER_DANCER, tempo=0.95, heading=40.0, noise=0.003, seed=2,
        wobble_deg=0.8, wobble_s=0.008, **faults,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        pair = []
        for name, poses in (("reference", dance(long)), ("take", take)):
            place = Path(folder) / f"{name}.nc"
            write_poses(poses, place)
            pair.append(recording_from_file(place))
        return rehearse(*pair)


def planted(starts: np.ndarray) -> dict[str, Any]:
    """The demo's faults, in each phrase that begins at these seconds."""
    leg, late, knee = demo_truth()
    shapes = (("left_height", leg), ("right_knee", knee))

    def span(one: PlantedFault, start: float) -> tuple[float, float]:
        return start + one.start_s - one.ramp_s, start + one.end_s + one.ramp_s

    return {
        "alterations": tuple(
            Alteration(what, one.value, *span(one, start), one.ramp_s)
            for start in starts
            for what, one in shapes
        ),
        "delays": tuple(
            Delay(late.value, *span(late, start), late.ramp_s) for start in starts
        ),
    }


def weights(page: str) -> dict[str, float]:
    """Kilobytes of each part of a page; what is none of them is its words."""
    left, out = page, {}
    for part, pattern in PARTS.items():
        found = re.findall(pattern, left, re.S)
        out[part] = round(sum(map(len, found)) / 1000, 1)
        left = re.sub(pattern, "", left, flags=re.S)
    out["words and tables"] = round(len(left.encode()) / 1000, 1)
    return {**out, "all": round(len(page.encode()) / 1000, 1)}


def answers(page: Page) -> dict[str, dict[str, float]]:
    """Milliseconds from an input to the work done, and to the picture."""

    def middle() -> tuple[float, float]:
        page.locator("#stage").scroll_into_view_if_needed()
        box = page.locator("#stage").bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def press(key: str, where: str = "#player") -> None:
        page.focus(where)
        page.keyboard.press(key)

    def drag(k: int) -> None:
        page.mouse.move(middle()[0] + 3 * (k % 20) + 1, middle()[1])

    inputs: dict[str, Callable[[int], None]] = {
        "a frame on": lambda k: press("ArrowRight"),
        "a second on": lambda k: press("]"),
        "slider": lambda k: press("ArrowRight", "#scrub"),
        "mirror": lambda k: press("m"),
        "overlay": lambda k: press("o"),
        "turn": lambda k: press("t"),
        "turn by dragging": drag,
        "jump along the slider": lambda k: page.locator("#scrub").fill(str(7 * k + 1)),
    }
    if page.query_selector("#loop option:nth-child(2)"):
        inputs["loop"] = lambda k: page.select_option("#loop", index=k % 2)
    page.evaluate(WATCH)
    out = {}
    for name, act in inputs.items():
        if name == "turn by dragging":
            page.mouse.move(*middle())
            page.mouse.down()
        each = [timed(page, act, k) for k in range(PRESSES)]
        page.mouse.up()
        out[name] = spread(np.array(each))
    return out


def timed(page: Page, act: Callable[[int], None], k: int) -> tuple[float, float]:
    """Milliseconds of work and until the picture, of one input."""
    page.evaluate("busy.length = shown.length = 0")
    act(k)
    page.evaluate(SETTLE)
    return page.evaluate(
        "[busy.reduce((sum, one) => sum + one[1], 0),"
        " Math.max(16, ...shown.map(one => one[1]))]"
    )


def spread(each: np.ndarray) -> dict[str, float]:
    """The usual, and what one in twenty exceeds."""
    usual, slow = np.median(each, axis=0), np.percentile(each, 95, axis=0)
    return {
        "work_ms": round(float(usual[0]), 1),
        "work_95_ms": round(float(slow[0]), 1),
        "shown_ms": float(usual[1]),
        "shown_95_ms": round(float(slow[1]), 1),
    }


def drift(browser: Browser, folder: Path, seconds: float) -> dict[str, float]:
    """How far apart the drawn figures are, in frames of a thirtieth of a second."""
    page = opened(browser, folder, render(clock_hand.rehearsal(seconds + 4.0)))
    page.click("label:has(input[name=rate][value='1'])")
    page.locator("#scrub").fill("0")
    told = page.evaluate(
        f"""seconds => new Promise(done => {{
            const told = {clock_hand.TOLD}, seen = [];
            document.querySelector('#play').click();
            const end = performance.now() + 1000 * seconds;
            const look = now => {{
                seen.push(told());
                if (now < end) requestAnimationFrame(look); else done(seen);
            }};
            requestAnimationFrame(look);
        }})""",
        seconds,
    )
    page.close()
    apart, reference = clock_hand.apart(told, 0.0)
    return {
        "seconds": round(float(reference[-1]), 2),
        "pictures": len(told),
        "worst_frames": round(float(np.abs(apart).max() * 30), 3),
        "rms_frames": round(float(np.sqrt(np.mean(apart**2)) * 30), 3),
    }


def opened(browser: Browser, folder: Path, text: str) -> Page:
    """A page that is ready."""
    place = folder / "report.html"
    place.write_text(text, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(place.as_uri())
    page.locator("html.js").wait_for()
    page.evaluate(SETTLE)
    return page


def measured(
    browser: Browser, folder: Path, frames: int, *, faulty: bool
) -> dict[str, Any]:
    """One rehearsal: its page's weight, and how the page answers."""
    rehearsal = rehearsal_of(frames, faulty=faulty)
    start = time.perf_counter()
    text = render(rehearsal)
    written = time.perf_counter() - start
    start = time.perf_counter()
    page = opened(browser, folder, text)
    ready = time.perf_counter() - start
    data = json.loads(page.text_content("#data") or "")
    result = {
        "frames": [
            one.poses.sizes["time"] for one in (rehearsal.reference, rehearsal.take)
        ],
        "drawn_hz": [round(one["rate"], 2) for one in data["figures"].values()],
        "grain_mm": [one["grain"] for one in data["figures"].values()],
        "notes": len(rehearsal.findings.notes),
        "charts": text.count('<figure class="chart">'),
        "write_s": round(written, 2),
        "open_s": round(ready, 2),
        "kilobytes": weights(text),
        "answers": answers(page),
    }
    page.close()
    return result


def main() -> None:
    """Measure, print and save."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--json", type=Path)
    options.add_argument("--seconds", type=float, default=60.0, help="of playback")
    asked = options.parse_args()
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as name:
        browser = driver.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        result = {
            "browser": browser.version,
            "pages": [
                measured(browser, Path(name), frames, faulty=faulty)
                for frames, faulty in PAGES
            ],
            "load": os.getloadavg(),
            "drift": drift(browser, Path(name), asked.seconds),
        }
        browser.close()
    text = json.dumps(result, indent=2)
    print(text)
    if asked.json:
        asked.json.write_text(text + "\n")


if __name__ == "__main__":
    main()
