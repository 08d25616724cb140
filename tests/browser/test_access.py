"""For everybody: axe, the keyboard alone, 200 %, any writing, grey, and at rest."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from repetiteur.report.films import make_films
from repetiteur.report.page import render
from unit.report import charted, expressed, stepped
from unit.report import small_rehearsal as made
from unit.report import test_earlier as earlier

pytestmark = pytest.mark.browser

BAD = ("serious", "critical")
UNFOLD = "document.querySelectorAll('details').forEach(d => d.open = true)"


def apart():
    """Two videos from different sides: lateness alone was judged."""
    reason = "the two were filmed from different sides"
    names = ("leg_elevation", "knee_extension_support", "aplomb.pitch", "turnout_total")
    unseen = tuple(made.NotJudged(name, reason, "stand there.") for name in names)
    late = made.four_notes()[1]
    found = made.findings(notes=(late,), not_judged=unseen, strengths=())
    return made.rehearsal(found=found)


def one_sided():
    """The right side was hidden throughout."""
    poses = made.dancer(without=tuple(
        f"right_{part}" for part in ("shoulder", "elbow", "wrist", "hand", "knee")
    ))  # fmt: skip
    unseen = made.NotJudged("leg_elevation", "the right leg was hidden", "turn round.")
    found = made.findings(notes=made.four_notes()[2:3], not_judged=(unseen,))
    return made.rehearsal(reference=poses, take=poses, found=found)


STATES = {
    "usual": made.rehearsal,
    "empty": lambda: made.rehearsal(found=made.findings(notes=())),
    "nothing": lambda: made.rehearsal(
        found=made.empty_findings(), alignment=made.no_line_up()
    ),
    "apart": apart,
    "one_sided": one_sided,
    "mirrored": lambda: made.rehearsal(alignment=made.line_up(side="mirrored")),
    "with_steps": lambda: replace(
        made.rehearsal(), reference_steps=stepped.STEPS, take_steps=stepped.STEPS
    ),
    "with_charts": charted.rehearsal,
    "with_quality": lambda: expressed.rehearsal(face=expressed.faces()),
    "no_quality": lambda: expressed.rehearsal(
        expressed.body([]), expressed.faces(wide=40.0)
    ),
    "since": lambda: made.rehearsal(found=made.findings(earlier=earlier.ALL)),
    "unsure": lambda: made.rehearsal(
        alignment=made.line_up(confidence=0.3, judged_share=0.35),
        found=made.findings(timing=made.timing(skip=range(5, 20))),
    ),
}


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core, which the project does not ship."""
    where = os.environ.get("REPETITEUR_AXE")
    if not where:
        pytest.skip("REPETITEUR_AXE is not set: it names axe.min.js, as .ci/run does")
    return Path(where).read_text(encoding="utf-8")


def complaints(page, axe):
    """What axe finds: the rule, how bad, where and why."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        (one["id"], one["impact"], node["target"], node["failureSummary"])
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("width", [360, 1024, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_bad(visit, axe, state, scheme, width):
    page = visit(state, STATES[state](), width=width, color_scheme=scheme)
    page.evaluate(UNFOLD)
    assert [one for one in complaints(page, axe) if one[1] in BAD] == []


def test_axe_finds_nothing_bad_in_a_page_with_pictures(visit, axe, filmed):
    page = visit("filmed", filmed)
    assert [one for one in complaints(page, axe) if one[1] in BAD] == []


@pytest.mark.parametrize("width", [360, 1024])
def test_axe_finds_nothing_bad_in_a_page_with_films(
    browser, axe, filmed, tmp_path, width
):
    place = tmp_path / "report.html"
    place.write_text(render(filmed, films=make_films(filmed, tmp_path)), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(place.as_uri())
    page.locator(".films video").first.wait_for()
    assert [one for one in complaints(page, axe) if one[1] in BAD] == []
    page.close()


def test_axe_would_find_what_is_bad(visit, axe):
    page = visit()
    page.evaluate("document.querySelector('#loop').removeAttribute('id')")
    page.evaluate("document.querySelector('.why').style.color = 'rgb(200,200,200)'")
    found = {one[0] for one in complaints(page, axe)}
    assert {"select-name", "color-contrast"} <= found


# Tab from the beginning, noting what has the focus and whether that is to be seen.
REACHED = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect();
    if (e === document.body) return null;
    const ring = e.closest('.seg') ? e.closest('label') : e;
    const style = getComputedStyle(ring);
    return { name: e.id || e.name || e.dataset.show || e.dataset.flag
        || e.getAttribute('href') || e.textContent.trim(),
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0
            && box.left < innerWidth && box.width > 0 && box.height > 0 };
}"""


def tabbed(page, most=200):
    """Everything that Tab comes to, in its order."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(REACHED)
        if here is None:
            return found
        found.append(here)
    raise AssertionError(f"after {most} there is still more")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_alone_reaches_everything(visit, width):
    page = visit(width=width, reduced_motion="reduce")
    found = tabbed(page)
    assert [one for one in found if not (one["ring"] and one["inside"])] == []
    names = [one["name"] for one in found]
    assert names[0] == "#notes", "what has been read is skipped"
    parts = ("n1", "scrub", "prev", "play", "next", "rate", "clock", "mirror",
             "overlay", "turn", "loop")  # fmt: skip
    assert [name for name in names if name in parts] == list(parts)
    wanted = page.evaluate(
        "[...document.querySelectorAll('a, button, select, summary, input')].filter("
        "e => e.checkVisibility() && !(e.type === 'radio' && !e.checked)).length"
    )
    assert len(names) == wanted


def test_a_note_and_back_with_the_keyboard_alone(visit):
    page = visit(width=360, reduced_motion="reduce")
    page.focus("[data-show=n2]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "player"
    assert page.input_value("#loop") == "n2"
    page.focus("#back")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#n2"
    assert page.locator("#n2").bounding_box()["y"] < 450


LONG = "a_very_long_name_of_a_take_without_any_spaces_in_it_" * 4
NAMES = {
    "long": LONG,
    "right_to_left": "تمرين الصباح " * 8 + "\u202e" + "חזרה בוקר " * 4,
    "wide": "芭蕾舞排练" * 20,
    "markup": "<b>take</b>&amp;<img src=x>" * 6,
}


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("width", [320, 640, 1280])
def test_names_of_any_writing_fit(visit, kind, width):
    name = NAMES[kind]
    note = made.note(text=name, reason=name, place=name)
    unseen = made.NotJudged("leg_elevation", name, name, (made.Span(1, 2),))
    found = made.findings(
        notes=(note,) * 4,
        strengths=(made.Strength("x", name),) * 2,
        not_judged=(unseen,),
    )
    made_of = made.rehearsal(sources=(f"{name}.bvh", f"{name}.bvh"), found=found)
    page = visit(f"name_{kind}", made_of, width=width)
    page.evaluate(UNFOLD)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#n1 .say").text_content().endswith(name)


@pytest.mark.parametrize("width", [768, 1280])
def test_at_twice_the_size_nothing_scrolls_sideways(visit, width):
    """Zoomed to 200 %, a window is half as wide, in pixels twice as large."""
    page = visit("with_steps", STATES["with_steps"](), width=width // 2,
                 device_scale_factor=2)  # fmt: skip
    page.evaluate(UNFOLD)
    assert page.evaluate("document.documentElement.scrollWidth") <= width // 2


def test_less_motion_moves_nothing(visit):
    page = visit(reduced_motion="reduce")
    page.click("[data-show=n1]")
    moving = "document.getAnimations().filter(a => a.playState === 'running').length"
    assert page.evaluate(moving) == 0
    before = page.inner_html("#stage")
    page.evaluate("() => new Promise(r => setTimeout(r, 200))")
    assert page.inner_html("#stage") == before


GREY = """() => {
    const look = q => getComputedStyle(document.querySelector(q));
    const width = who => parseFloat(document.querySelector(`#stage .fig.${who} path`)
        .getAttribute('stroke-width'));
    return {
        figures: width('take') / width('ref'),
        joints: [look('#stage .fig.ref .j').fill, look('#stage .fig.ref .j').stroke],
        trails: [look('#stage .trail.ref').strokeDasharray,
                 look('#stage .trail.take').strokeDasharray],
        rails: parseFloat(look('.rail.take').strokeWidth)
            / parseFloat(look('.rail.ref').strokeWidth),
        far: ['text.ms.strong', 'text.ms:not(.strong)'].map(q => look(q).fontWeight),
    };
}"""


def test_without_colour_the_two_are_told_apart(visit):
    page = visit()
    page.locator("#scrub").fill("7.4")
    found = page.evaluate(GREY)
    assert found["figures"] > 1.5, "the take is thicker"
    fill, stroke = found["joints"]
    assert fill != stroke, "the reference's joints are open"
    assert found["trails"][0] != "none"
    assert found["trails"][1] == "none"
    assert found["rails"] > 1.5
    assert found["far"] == ["600", "400"], "what lies beyond the floor is bold"
