"""Both films follow one clock: what is shown is read from the pictures themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from repetiteur.report import films
from repetiteur.report.write import write_report
from unit.report import numbered, small_video
from unit.report import small_rehearsal as made

pytestmark = pytest.mark.browser

SECONDS = 8.0
PLACE = "Number(document.querySelector('#scrub').value)"
VIDEO = "document.querySelector('.film.{who} video')"
FRAME_S = 0.042  # the longest in these films


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    return numbered.rehearsal(tmp_path_factory.mktemp("numbered"), SECONDS)


@pytest.fixture(scope="module")
def folder(counted, tmp_path_factory):
    """A report with films inside."""
    where = tmp_path_factory.mktemp("report")
    write_report(counted, where)
    return where


@pytest.fixture(scope="module")
def beside(tmp_path_factory):
    """A report with its films beside it."""
    where, kept = tmp_path_factory.mktemp("beside"), films.MOST_INSIDE
    films.MOST_INSIDE = 0
    write_report(small_video.rehearsal(tmp_path_factory.mktemp("small")), where)
    films.MOST_INSIDE = kept
    return where


@pytest.fixture
def opened(browser) -> Iterator[Callable[..., object]]:
    """Open a report; afterwards nothing may have complained or gone out."""
    complaints, asked, contexts, expected = [], [], [], []

    def open_page(folder, *, width=1280, films=2, gone=0, **options):
        expected.extend(["Failed to load resource: net::ERR_FILE_NOT_FOUND"] * gone)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto((folder / "report.html").as_uri())
        page.locator("html.js").wait_for()
        until(
            page,
            "[...document.querySelectorAll('.film video')]"
            f".filter(v => v.readyState > 1).length === {films}",
        )
        page.focus("#player")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == expected
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []


def until(page, condition):
    """Wait for a condition, looked at in every frame; the page allows no string."""
    page.evaluate(
        f"() => new Promise(done => {{ const look = () => ({condition}) ? done() :"
        " requestAnimationFrame(look); look(); })"
    )


def shown(page, counted):
    """The numbers of the pictures that are shown, once nothing is on its way."""
    until(page, "[...document.querySelectorAll('.film video')].every(v => !v.seeking)")
    page.evaluate(
        "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
    )
    return page.evaluate(numbered.READ, numbered.columns(counted))


def nearest(counted, ref):
    """The numbers of the pictures at a moment of the reference, in step."""
    times = [one.poses["time"].to_numpy() for one in (counted.reference, counted.take)]
    return [
        int(np.argmin(np.abs(time - at)))
        for time, at in zip(times, (ref, numbered.warped(ref)), strict=True)
    ]


def choose(page, name, value):
    page.click(f"label:has(input[name={name}][value='{value}'])")


def bones_of(page, who):
    return page.inner_html(f".film.{who} .bones")


@pytest.mark.parametrize("at", [0.0, 0.64, 1.51, 3.32, 5.06, 7.5])
def test_scrubbing_shows_the_right_pictures(opened, folder, counted, at):
    page = opened(folder)
    page.locator("#scrub").fill(str(at))
    assert shown(page, counted) == nearest(counted, at)


def test_the_arrows_go_picture_by_picture(opened, folder, counted):
    page = opened(folder)
    page.locator("#scrub").fill("2")
    seen = []
    for _ in range(4):
        seen.append(shown(page, counted)[0])
        page.focus("#player")
        page.keyboard.press("ArrowRight")
    assert np.diff(seen).tolist() == [1, 1, 1]


def played(page, counted, milliseconds):
    """Rows of time and the two numbers shown, in every frame while it plays."""
    rows = page.evaluate(
        f"""([columns, length]) => new Promise(done => {{
          const read = {numbered.READ}, rows = [], start = performance.now();
          const look = now => {{
            rows.push([now - start, ...read(columns)]);
            if (now - start < length) requestAnimationFrame(look); else done(rows);
          }};
          requestAnimationFrame(look);
        }})""",
        [numbered.columns(counted), milliseconds],
    )
    return np.array(rows)


def apart_s(counted, rows):
    """By how much the take that is shown is off from what belongs to the reference."""
    times = [one.poses["time"].to_numpy() for one in (counted.reference, counted.take)]
    ref, take = (
        time[np.clip(rows[:, k].astype(int), 0, len(time) - 1)]
        for k, time in enumerate(times, start=1)
    )
    return take - numbered.warped(ref)


@pytest.mark.slow  # by the real clock: a busy machine drops pictures
@pytest.mark.parametrize("rate", ["0.5", "1"])
def test_both_play_in_step(opened, folder, counted, rate):
    page = opened(folder)
    page.locator("#scrub").fill("0")
    choose(page, "rate", rate)
    page.click("#play")
    rows = played(page, counted, 5000)
    rows = rows[rows[:, 0] > 1000]
    assert np.median(np.abs(apart_s(counted, rows))) < FRAME_S
    take = counted.take.poses["time"].to_numpy()[rows[[0, -1], 2].astype(int)]
    assert np.ptp(take) > 0.5 * float(rate) * np.ptp(rows[[0, -1], 0]) / 1000, "moves"
    page.click("#play")
    rest = shown(page, counted)
    assert np.abs(np.subtract(rest, nearest(counted, page.evaluate(PLACE)))).max() <= 1


@pytest.mark.slow
def test_a_minute_stays_in_step(opened, tmp_path):
    """Two thirds at least of all frames: other work on the machine delays some."""
    counted = numbered.rehearsal(tmp_path, 62.0)
    write_report(counted, tmp_path / "report")
    page = opened(tmp_path / "report")
    page.locator("#scrub").fill("0")
    choose(page, "rate", "1")
    page.click("#play")
    rows = played(page, counted, 60_000)
    off = np.abs(apart_s(counted, rows[rows[:, 0] > 1000]))
    assert np.percentile(off, 67) < FRAME_S
    late = rows[:, 0] > 50_000
    assert np.median(np.abs(apart_s(counted, rows[late]))) < FRAME_S, "nothing adds up"


def test_the_take_runs_at_the_chosen_speed(opened, folder):
    page = opened(folder)
    page.locator("#scrub").fill("0")
    for rate in ("0.25", "0.75"):
        choose(page, "rate", rate)
        page.focus("#player")
        page.keyboard.press("k")
        until(page, f"!{VIDEO.format(who='take')}.paused")
        speed = page.evaluate(f"{VIDEO.format(who='take')}.playbackRate")
        assert speed == pytest.approx(float(rate))
        page.keyboard.press("k")
        until(page, f"{VIDEO.format(who='take')}.paused")


def test_a_loop_begins_anew(opened, folder):
    page = opened(folder)
    page.click("[data-show=n3]")
    choose(page, "rate", "1")
    start, end = page.evaluate(
        "() => { const n = JSON.parse(document.querySelector('#data').textContent)"
        ".notes.find(n => n.id === 'n3'); return [n.from, n.to]; }"
    )
    until(page, f"{PLACE} > {end} - 0.5")
    until(page, f"{PLACE} < {start} + 0.8")
    until(page, f"{PLACE} > {start} + 1")
    ref = page.evaluate(f"{VIDEO.format(who='ref')}.currentTime")
    assert start - 0.1 < ref < end + 0.1


def test_by_the_clock_lateness_shows(opened, folder, counted):
    page = opened(folder)
    page.locator("#scrub").fill("3")
    in_step = shown(page, counted)
    choose(page, "clock", "clock")
    by_clock = shown(page, counted)
    assert by_clock[0] == in_step[0]
    late = numbered.warped(3.0) - 1.1 * 3.0
    assert (in_step[1] - by_clock[1]) / 27.5 == pytest.approx(late, abs=0.05)


def test_keys_of_films(opened, folder):
    page = opened(folder)
    for key, flag, before in (
        ("m", "mirror", "false"), ("o", "overlay", "false"), ("b", "bones", "true"),
        ("s", "sound", "false"), ("f", "film", "true"),
    ):  # fmt: skip
        button = page.locator(f"[data-flag={flag}]")
        assert button.get_attribute("aria-pressed") == before
        page.keyboard.press(key)
        assert button.get_attribute("aria-pressed") != before
    assert page.locator("#stage .fig").count() == 2
    assert page.locator("#stage video").count() == 0
    page.keyboard.press("f")
    assert page.locator("#stage video").count() == 2


def test_mirrored_is_mirrored(opened, folder):
    page = opened(folder)
    turned = "getComputedStyle(document.querySelector('.film.take')).transform"
    assert page.evaluate(turned) == "none"
    page.click("[data-flag=mirror]")
    assert page.evaluate(turned).startswith("matrix(-1, 0")


def test_overlaid_dancers_are_equally_large(opened, beside):
    page = opened(beside)
    page.locator("#scrub").fill("1")
    page.click("[data-flag=overlay]")
    page.wait_for_timeout(200)
    boxes = [
        page.locator(f".film.{who} .bone").bounding_box() for who in ("ref", "take")
    ]
    assert boxes[0]["height"] == pytest.approx(boxes[1]["height"], rel=0.12)
    assert boxes[0]["x"] == pytest.approx(boxes[1]["x"], abs=12)
    solid = "getComputedStyle(document.querySelector('.film.take video')).opacity"
    assert page.evaluate(solid) == "0.5"


def test_bones_follow_the_pictures(opened, folder):
    page = opened(folder)
    page.locator("#scrub").fill("1")
    before = bones_of(page, "take")
    page.locator("#scrub").fill("4")
    page.wait_for_timeout(400)
    assert bones_of(page, "take") != before
    page.click("[data-flag=bones]")
    assert page.locator(".film.take .bones").is_hidden()


def test_sound_is_of_the_take_and_only_when_asked_for(opened, folder):
    page = opened(folder)
    quiet = f"['ref', 'take'].map(w => {VIDEO.format(who='${w}')}.muted)".replace(
        "'.film.${w} video'", "`.film.${w} video`"
    )
    page.click("#play")
    assert page.evaluate(quiet) == [True, True]
    page.click("[data-flag=sound]")
    assert page.evaluate(quiet) == [True, False]
    page.click("[data-flag=sound]")
    assert page.evaluate(quiet) == [True, True]


def test_nothing_plays_by_itself(opened, folder):
    page = opened(folder)
    page.wait_for_timeout(300)
    paused = "[...document.querySelectorAll('video')].map(v => v.paused)"
    assert page.evaluate(paused) == [True, True]


def test_less_motion_holds_the_moment(opened, folder, counted):
    page = opened(folder, reduced_motion="reduce")
    page.click("[data-show=n3]")
    assert page.text_content("#play .word") == "Play"
    assert shown(page, counted) == nearest(counted, page.evaluate(PLACE))


def test_films_beside_the_page_play(opened, beside):
    page = opened(beside)
    page.click("#play")
    until(page, f"{VIDEO.format(who='take')}.currentTime > 0.2")


def test_a_film_that_is_gone_gives_way_to_the_figure(opened, beside, tmp_path):
    for name in ("report.html", "reference_film.mp4"):
        (tmp_path / name).write_bytes((beside / name).read_bytes())
    page = opened(tmp_path, films=1, gone=1)
    said = page.locator(".film.take p")
    said.wait_for()
    assert "take_film.mp4 is not beside this page" in said.text_content()
    assert page.locator(".film.take .fig.take").count() == 1
    page.click("#play")
    until(page, f"{VIDEO.format(who='ref')}.currentTime > 0.2")


def test_a_video_that_was_gone_is_drawn(opened, filmed, tmp_path):
    gone = replace(filmed, reference=replace(filmed.reference, video=tmp_path / "no"))
    write_report(gone, tmp_path / "report")
    page = opened(tmp_path / "report", films=1)
    assert "is not where it was" in page.text_content(".film.ref p")
    assert page.locator(".film.ref .fig.ref").count() == 1


def test_a_file_that_is_no_film_is_said(opened, beside, tmp_path):
    (tmp_path / "report.html").write_bytes((beside / "report.html").read_bytes())
    for name in films.FILES.values():
        (tmp_path / name).write_text("<script>document.title = 'no'</script>")
    page = opened(tmp_path, films=0)
    page.locator(".film.ref p").wait_for()
    page.locator(".film.take p").wait_for()
    assert page.locator("#stage .fig").count() == 2
    assert page.title() != "no"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1600])
def test_films_fit_every_screen(opened, beside, width, scheme):
    page = opened(beside, width=width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    stage = page.locator("#stage").bounding_box()
    for who in ("ref", "take"):
        box = page.locator(f".film.{who}").bounding_box()
        assert box["width"] > 100
        assert box["x"] >= stage["x"] - 1
        assert box["x"] + box["width"] <= stage["x"] + stage["width"] + 1
        assert box["y"] + box["height"] <= stage["y"] + stage["height"] + 1


@pytest.mark.slow
def test_ten_thousand_pictures(opened, tmp_path):
    """Only one picture's bones are drawn, and any moment is soon shown."""
    poses = small_video.tracked(made.dancer(duration_s=667.0, fps=15))
    small = poses.isel(time=slice(0, 10_000))
    one = small_video.film(small, tmp_path / "a.mp4")
    plain = made.rehearsal(
        alignment=made.line_up(666.0, 0.0),
        reference=small,
        take=small,
    )
    long = replace(
        plain,
        reference=replace(plain.reference, video=one),
        take=replace(plain.take, video=one),
    )
    write_report(long, tmp_path / "report")
    page = opened(tmp_path / "report")
    for at in (600, 30, 333):
        page.locator("#scrub").fill(str(at))
        until(
            page,
            f"Math.abs({VIDEO.format(who='take')}.currentTime - {at}) < 0.1 && "
            f"!{VIDEO.format(who='take')}.seeking",
        )
    assert page.locator("#stage *").count() < 60
