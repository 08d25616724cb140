"""The page in a browser: it plays, scrubs, loops, and fits every screen."""

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest

from unit.report import small_rehearsal as made

pytestmark = pytest.mark.browser

PLACE = "Number(document.querySelector('#scrub').value)"
FIGURE = "document.querySelector('#stage .fig.{who}').innerHTML"


def place(page):
    return page.evaluate(PLACE)


def note_of(page, name):
    """A note as the page's data give it."""
    data = json.loads(page.text_content("#data"))
    return next(note for note in data["notes"] if note["id"] == name)


def until(page, condition):
    """Wait for a condition, looked at in every frame."""
    page.evaluate(
        f"() => new Promise(done => {{ const look = () => ({condition}) ? done() :"
        " requestAnimationFrame(look); look(); })"
    )


def drawn(page, who):
    return page.evaluate(FIGURE.format(who=who))


def test_it_plays_and_pauses(visit):
    page = visit()
    start = place(page)
    page.click("#play")
    until(page, f"{PLACE} > {start} + 0.3")
    page.click("#play")
    assert page.text_content("#play .word") == "Play"
    rest = place(page)
    page.evaluate("() => new Promise(r => requestAnimationFrame(() => "
                  "requestAnimationFrame(r)))")  # fmt: skip
    assert place(page) == rest


def test_nothing_plays_by_itself(visit):
    page = visit()
    assert page.text_content("#play .word") == "Play"


def test_scrubbing_moves_both_figures(visit):
    page = visit()
    page.locator("#scrub").fill("0")
    before = drawn(page, "ref"), drawn(page, "take")
    page.locator("#scrub").fill("4")
    assert drawn(page, "ref") != before[0]
    assert drawn(page, "take") != before[1]
    assert page.text_content("#where") == "second 4"
    assert page.get_attribute("#scrub", "aria-valuetext") == "4.0 s, in time"


def test_what_was_not_judged_is_said_so(visit):
    page = visit()
    page.locator("#scrub").fill("3")
    assert page.text_content("#off") == "not judged"
    assert page.locator("#ladder rect[fill='url(#hatch)']").count() == 1


def test_keyboard(visit):
    page = visit()
    page.locator("#scrub").fill("2")
    page.focus("#player")
    page.keyboard.press("ArrowRight")
    assert place(page) == pytest.approx(2 + 1 / 30, abs=0.006)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("]")
    assert place(page) == pytest.approx(3)
    page.keyboard.press("[")
    assert place(page) == pytest.approx(2)
    page.keyboard.press("m")
    assert page.get_attribute("[data-flag=mirror]", "aria-pressed") == "true"
    page.keyboard.press("o")
    assert page.get_attribute("[data-flag=overlay]", "aria-pressed") == "true"
    page.keyboard.press("Space")
    until(page, f"{PLACE} > 2.1")
    page.keyboard.press("Space")
    assert page.text_content("#play .word") == "Play"
    page.keyboard.press("3")
    assert page.input_value("#loop") == "n3"


def test_letters_act_only_in_the_player(visit):
    page = visit()
    page.locator("body").press("m")
    assert page.get_attribute("[data-flag=mirror]", "aria-pressed") == "false"


def test_mirror_turns_left_into_right(visit):
    page = visit()
    page.locator("#scrub").fill("4")
    knee = (
        "Number(document.querySelectorAll('#stage .fig.ref .j')[0].getAttribute('cx'))"
    )
    pelvis = "document.querySelector('#stage').clientWidth / 4"
    before = page.evaluate(f"{knee} - {pelvis}")
    page.click("[data-flag=mirror]")
    assert page.evaluate(f"{knee} - {pelvis}") == pytest.approx(-before, abs=0.2)


def test_overlay_lays_one_over_the_other(visit):
    page = visit()
    heads = (
        "[...document.querySelectorAll('#stage .head')].map(e => +e.getAttribute('cx'))"
    )
    page.click("[data-flag=overlay]")
    ref, take = page.evaluate(heads)
    assert ref == pytest.approx(take, abs=6)


def test_turning_shows_the_other_side(visit):
    page = visit()
    page.locator("#scrub").fill("4")
    before = drawn(page, "take")
    page.click("#turn")
    assert drawn(page, "take") != before


def choose(page, name, value):
    """Press one of several, once the page has come to rest."""
    page.click(f"label:has(input[name={name}][value='{value}'])")


def test_show_me_loops_the_note(visit):
    page = visit()
    page.click("[data-show=n3]")
    start, end = (note_of(page, "n3")[k] for k in ("from", "to"))
    assert page.input_value("#loop") == "n3"
    choose(page, "rate", "1")
    until(page, f"{PLACE} > {end} - 0.4")
    until(page, f"{PLACE} < {start} + 1")
    assert start <= place(page) <= end
    assert page.locator("#n3.is-on").count() == 1


def test_a_timing_note_opens_by_the_clock(visit):
    page = visit()
    page.click("[data-show=n2]")
    assert page.is_checked("input[name=clock][value=clock]")
    page.click("#play")
    page.locator("#scrub").fill("9")
    by_clock = drawn(page, "take")
    choose(page, "clock", "step")
    assert drawn(page, "take") != by_clock, "in step, the lateness is taken out"
    assert page.locator("[data-thumb='n2 take'] .ghost").count() == 1


def test_in_step_the_same_dance_looks_the_same(visit):
    poses = made.dancer()
    late = made.dancer(late_s=0.3)
    rehearsal = made.rehearsal(
        reference=poses, take=late, alignment=made.line_up(late_s=0.3)
    )
    page = visit("late", rehearsal)
    joints = (
        "who => [...document.querySelectorAll(`#stage .fig.${who} .j`)]"
        ".map(e => +e.getAttribute('cy'))"
    )
    page.locator("#scrub").fill("8")
    apart = np.abs(np.subtract(*[page.evaluate(joints, w) for w in ("ref", "take")]))
    assert apart.max() < 2.5
    choose(page, "clock", "clock")
    apart = np.abs(np.subtract(*[page.evaluate(joints, w) for w in ("ref", "take")]))
    assert apart.max() > 5


def test_less_motion_jumps_to_the_moment_and_holds(visit):
    page = visit(reduced_motion="reduce")
    page.click("[data-show=n1]")
    assert page.text_content("#play .word") == "Play"
    assert place(page) == pytest.approx(note_of(page, "n1")["at"], abs=0.01)


def test_thumbnails_carry_the_angle(visit):
    page = visit()
    assert page.text_content("[data-thumb='n3 ref'] .angle") == "108°"
    assert page.text_content("[data-thumb='n3 take'] .angle") == "96°"
    assert page.locator("[data-glyph] .est").count() == 3


def test_a_click_on_the_ribbon_goes_there(visit):
    page = visit()
    system = page.locator("[data-system='8']")
    system.scroll_into_view_if_needed()
    box = system.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.55, box["y"] + box["height"] / 2)
    assert 11 < place(page) < 12.1
    assert system.locator(".playhead").get_attribute("visibility") == "visible"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1600])
def test_nothing_scrolls_sideways(visit, width, scheme):
    long = "a_very_long_name_of_a_take_without_any_spaces_in_it_" * 4 + ".bvh"
    rehearsal = made.rehearsal(sources=(long, long))
    page = visit("long", rehearsal, width=width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1280])
def test_controls_are_large_enough(visit, width):
    page = visit(width=width)
    heights = page.evaluate(
        "[...document.querySelectorAll('.btn, .seg label, select')]"
        ".filter(e => e.offsetHeight).map(e => e.offsetHeight)"
    )
    assert min(heights) >= 42


def test_a_name_with_markup_stays_text(visit):
    name = "<img src=x onerror=\"document.title='no'\"><script><b>take.bvh"
    note = made.note(place=name, text=name, reason=name)
    rehearsal = made.rehearsal(sources=(name, name), found=made.findings(notes=(note,)))
    page = visit("markup", rehearsal)
    assert page.locator("img").count() == 0
    assert "<b>take" in page.text_content("h1")
    assert page.title() != "no"
    assert page.locator("#loop option").nth(1).text_content() == f"note 1, {name}"


def test_without_scripts_the_words_are_complete(visit):
    page = visit(java_script_enabled=False)
    assert page.locator("noscript p").is_visible()
    for note in made.four_notes()[:3]:
        assert page.is_visible(f"text={note.text}")
    assert page.is_visible("text=12° lower")
    assert page.is_hidden("#player")
    assert page.is_hidden("[data-show=n1]")


def test_where_nothing_was_judged(visit):
    rehearsal = made.rehearsal(found=made.empty_findings(), alignment=made.no_line_up())
    page = visit("nothing", rehearsal)
    assert page.is_visible("text=Nothing could be judged")
    assert page.locator("#player").count() == 0


def test_missing_joints_are_left_out(visit):
    poses = made.dancer(without=("left_hand", "right_hand", "nose"))
    poses.position.loc[{"keypoint": "left_knee", "time": slice(3.0, 5.0)}] = np.nan
    page = visit("gaps", made.rehearsal(reference=poses))
    page.locator("#scrub").fill("4")
    assert "NaN" not in page.inner_html("#stage")
    assert "32768" not in page.inner_html("#stage")
    assert page.locator("#stage .fig.ref .j").count() == 4


def test_pictures_from_videos_are_shown(visit, filmed):
    page = visit("filmed", filmed)
    assert page.locator("#n1 .still").count() == 2
    assert page.locator("[data-thumb]").count() == 0
    decoded = page.evaluate(
        "async () => { const sizes = []; for (const e of document.querySelectorAll("
        "'.still image')) { const i = new Image(); i.src = e.getAttribute('href');"
        " await i.decode(); sizes.push(i.naturalHeight); } return sizes; }"
    )
    assert len(decoded) == 8
    assert min(decoded) > 60
    for who in ("ref", "take"):
        box = page.locator(f"#n3 .still.{who}").bounding_box()
        limb = page.locator(f"#n3 .still.{who} .bone.limb").bounding_box()
        assert box["x"] <= limb["x"]
        assert limb["x"] + limb["width"] <= box["x"] + box["width"] + 3
        assert page.text_content(f"#n3 .still.{who} .angle") in ("108°", "96°")
    sizes = [page.locator(f"#n1 .still.{w}").bounding_box() for w in ("ref", "take")]
    assert sizes[0]["height"] == pytest.approx(sizes[1]["height"], abs=0.5)


def test_what_a_camera_saw_does_not_turn(visit, filmed):
    page = visit("filmed", filmed)
    page.locator("#scrub").fill("4")
    before = drawn(page, "take")
    assert page.locator("#turn").count() == 0
    assert page.is_visible("text=the figures cannot be turned")
    page.focus("#player")
    page.keyboard.press("t")
    box = page.locator("#stage").bounding_box()
    page.mouse.move(box["x"] + 80, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 60)
    page.mouse.up()
    assert drawn(page, "take") == before
    page.keyboard.press("1")
    assert page.input_value("#loop") == "n1"


def test_a_picture_is_seen_without_scripts(visit, filmed):
    page = visit("filmed", filmed, java_script_enabled=False)
    assert page.locator("#n1 .still.take").is_visible()
    assert page.locator("#n1 .still.take").bounding_box()["height"] > 90


def test_where_the_video_is_gone_the_figure_is_drawn(visit, filmed, tmp_path):
    gone = replace(filmed, take=replace(filmed.take, video=tmp_path / "gone.mp4"))
    page = visit("gone", gone)
    assert page.is_visible("text=is not where it was")
    assert page.locator("#n3 .still").count() == 1
    assert page.text_content("[data-thumb='n3 take'] .angle") == "96°"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_pictures_fit_every_screen(visit, filmed, width, scheme):
    page = visit("filmed", filmed, width=width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    widths = page.evaluate(
        "[...document.querySelectorAll('.still')].map(e => e.clientWidth)"
    )
    assert min(widths) >= 80
    assert max(widths) <= 380


@pytest.mark.parametrize("width", [360, 720, 1024, 1184, 1280])
def test_a_glyph_has_room_for_its_words(visit, width):
    page = visit(width=width)
    room = (
        "[...document.querySelectorAll('.note [data-glyph]')].map(e => e.clientWidth)"
    )
    assert min(page.evaluate(room)) >= 190


def test_pictures_are_printed(visit, filmed):
    page = visit("filmed", filmed)
    page.emulate_media(media="print")
    assert page.locator("#n1 .still.ref").is_visible()


def test_ten_minutes_draw_no_more_than_one_moment(visit):
    poses = made.dancer(duration_s=600.0, fps=60.0)
    assert poses.sizes["time"] > 36_000
    rows = tuple(
        made.Lateness(str(k), float(k), float(k), 0.01, (-0.03, 0.05))
        for k in range(600)
    )
    rehearsal = made.rehearsal(
        reference=poses,
        take=poses,
        alignment=made.line_up(600.0, 0.0),
        found=made.findings(timing=rows),
    )
    page = visit("ten_minutes", rehearsal)
    assert Path(urlsplit(page.url).path).stat().st_size < 1_000_000
    page.evaluate(
        "() => { const scrub = document.querySelector('#scrub');"
        " for (let i = 0; i < 100; i++) {"
        " scrub.value = i * 6; scrub.dispatchEvent(new Event('input')); } }"
    )
    assert page.locator("#stage *").count() < 150, "one moment, not the whole phrase"
    assert page.locator("#ladder *").count() < 150
    folded = page.locator("[data-system='592']")
    assert folded.locator("svg").count() == 0, "what is folded is drawn when opened"
    page.locator("summary", has_text="From second").click()
    folded.locator("svg").wait_for(state="attached")
