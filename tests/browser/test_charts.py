"""Charts, states and paper in a browser: nothing is cut off, and text never scales."""

import re
from dataclasses import replace

import pytest

from repetiteur.model.findings import Change, Correction, Difference, NotJudged, Span
from repetiteur.rehearsal import recording_from_poses, rehearse
from repetiteur.synthetic.demo import demo_reference, demo_take
from unit.report import charted, stepped
from unit.report import small_rehearsal as made

pytestmark = pytest.mark.browser

LONG = "Variation_de_la_Dame_Blanche_" * 5 + "final (2).bvh"
OUTSIDE = """() => {
  const wide = document.documentElement.clientWidth;
  return [...document.querySelectorAll('.plot *, figcaption *')]
    .filter(one => !one.closest('svg svg, defs') && !one.closest('details:not([open])'))
    .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.left < -0.5 || box.right > wide + 0.5))
    .map(([text]) => text);
}"""
SIZES = """() => [...document.querySelectorAll('.charts:not(details *) .plot > text')]
  .map(one => one.getBoundingClientRect().height)"""
#: Text that is wider than its box.
CUT = """() => [...document.querySelectorAll('main :is(p, h1, h2, h3, dd)')]
  .filter(one => one.offsetParent && !one.closest('.vh, .player'))
  .filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
  .map(one => one.textContent.slice(0, 60))"""


def danced():
    """Charts with hatching, steps, several moments, and two units."""
    leg = charted.course(60.0, at_s=(4.0, 20.0, 35.0), blind=(6.0, 6.8))
    lift = charted.raised_shoulders(60.0)
    again = (Span(19.6, 20.4), Span(34.8, 35.2))
    notes = (charted.note(4.0, also=again), charted.ratio_note(5.0))
    one = charted.rehearsal(notes, (leg, lift))
    return replace(one, reference_steps=stepped.STEPS, take_steps=())


def test_charts_fit_every_screen(visit):
    page = visit("charts", danced())
    page.evaluate(
        "document.querySelectorAll('.how details').forEach(d => d.open = true)"
    )
    for width in (320, 360, 768, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OUTSIDE) == [], width
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, width


def test_text_has_one_size_on_every_screen(visit):
    page = visit("charts", danced(), width=320)
    first = page.evaluate(SIZES)
    others = []
    for width in (768, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        others.append(page.evaluate(SIZES))
    assert len(first) > 20
    assert all(sizes == first for sizes in others)


def test_lines_lie_over_their_seconds(visit):
    page = visit("charts", danced(), width=768)
    box = "document.querySelector('.plot {}').getBoundingClientRect()"
    mark = page.evaluate(f"(b => b.left + b.width / 2)({box.format('.mark')})")
    left, wide = page.evaluate(f"(b => [b.left, b.width])({box.format('.drawn')})")
    assert mark == pytest.approx(left + wide * 4.0 / 8.0, abs=1.0)
    peak = page.evaluate(
        "(() => { const path = document.querySelector('.plot .line.take');"
        " const long = path.getTotalLength();"
        " const all = Array.from({length: 400}, (_, k) =>"
        "   path.getPointAtLength(long * k / 400));"
        " const top = all.reduce((a, b) => b.y < a.y ? b : a);"
        " return top.x / 480; })()"
    )
    assert peak == pytest.approx(0.5, abs=0.02)


def test_charts_need_no_scripts(visit):
    page = visit("charts", danced(), java_script_enabled=False)
    assert page.locator(".charts >> nth=0").locator(".plot").count() == 2
    assert page.locator(".plot").first.is_visible()


def test_each_moment_of_a_note_can_be_shown(visit):
    page = visit(reduced_motion="reduce")
    place = "Number(document.querySelector('#scrub').value)"
    page.click("[data-show=n3]:not([data-again])")
    assert page.evaluate(place) == pytest.approx(4.0, abs=0.1)
    page.click("[data-show=n3][data-again]")
    assert page.evaluate(place) == pytest.approx(9.5, abs=0.2)
    assert page.input_value("#loop") == "n3"
    assert page.text_content("#back") == "Back to note 3"


def pages(data):
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", data))


def printed(page):
    return page.pdf(prefer_css_page_size=True, print_background=True)


def demonstrated():
    """The demo, as the program writes it."""
    pair = [recording_from_poses(one(), "adage") for one in (demo_reference, demo_take)]
    return rehearse(*pair)


def eight_reasons():
    return tuple(
        NotJudged(
            f"measure_{k}", f"Reason {k} is a longer one. " * 2, "Film it anew. " * 3
        )
        for k in range(8)
    )


def a_minute():
    poses = made.dancer(duration_s=60.0, fps=30.0)
    rows = tuple(
        made.Lateness(str(k), float(k), float(k), 0.0, (-0.03, 0.03)) for k in range(60)
    )
    return charted.rehearsal(
        reference=poses,
        take=poses,
        alignment=made.line_up(60.0, 0.0),
        timing=rows,
        not_judged=eight_reasons(),
    )


def corrected(many):
    """What became of so many notes of two earlier rehearsals."""
    then = Difference(-12.1, "deg", (-15.8, -8.4), 5.2)
    now = Difference(-6.1, "deg", (-9.8, -2.4), 5.2)
    seen = {"state": "improved", "now": now, "change": Change(6.0, "deg", (1.0, 9.1))}
    gone = {"state": "not_seen", "reason": "It cannot be seen here in this take."}
    return tuple(
        Correction(
            source=f"{'monday' if k < many / 2 else 'tuesday'}.bvh",
            note=f"n{k}",
            measure="knee_extension_support",
            side="left",
            reference=Span(3.0 + k, 4.0 + k),
            then=then,
            **({"now": None, "change": None} | (gone if k % 4 == 3 else seen)),
        )
        for k in range(many)
    )


def as_full_as_can_be(plain=None, since=12):
    """Long sentences in every note, many reasons, and corrections."""
    said = {
        "text": "Coming down from the jump, let the knee keep bending after the heel "
        "is down: melt out of the air and go on.",
        "reason": "The knee stops at 57°; the reference softens to 76°. Danced three "
        "times: at 9.1, 12.4 and 19.8 s. The references have 70 to 82° between them.",
        "place": "16.5 to 18.5 s, right, grand jeté en tournant",
    }
    one = a_minute() if plain is None else plain
    notes = tuple(replace(note, **said) for note in made.four_notes())
    found = replace(one.findings, notes=notes, not_judged=eight_reasons(),
                    earlier=corrected(since))  # fmt: skip
    return replace(one, findings=found)


@pytest.mark.parametrize(
    ("name", "rehearsal"),
    [
        ("full", as_full_as_can_be),
        ("full_of_notes", lambda: as_full_as_can_be(since=0)),
        ("demo", demonstrated),
        ("usual", lambda: None),
        ("charts", danced),
        ("minute", a_minute),
        ("named", lambda: made.rehearsal(sources=(LONG, LONG))),
    ],
)
def test_two_pages_to_pin_up(visit, name, rehearsal):
    page = visit(name, rehearsal())
    assert pages(printed(page)) <= 2


def test_a_film_is_printed_on_two_pages(visit, filmed):
    assert pages(printed(visit("filmed", filmed))) <= 2
    full = as_full_as_can_be(filmed)
    assert pages(printed(visit("filmed_full", full))) <= 2


def test_what_became_of_earlier_notes_is_printed(visit):
    page = on_paper(visit("full", as_full_as_can_be()))
    rows = page.locator(".since tbody tr >> visible=true")
    assert rows.count() == 5
    assert "Seven more corrections stand in the report itself." in page.inner_text(
        "main"
    )
    assert page.locator(".unseen li >> visible=true").count() == 3


def on_paper(page):
    """Lay a page out as it is printed, with the widths that its script gives it."""
    page.set_viewport_size({"width": 688, "height": 1000})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    return page


def test_what_paper_shows(visit):
    page = on_paper(visit("minute", a_minute()))
    for shown in (
        "article", "article .ref-c", "[data-thumb] svg", "[data-glyph] svg",
        ".three", ".unseen", "[data-system] svg",
    ):  # fmt: skip
        assert page.locator(shown).first.is_visible(), shown
    for hidden in ("#player", "button", "details", ".how", ".colophon", ".key"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("[data-system] >> visible=true").count() == 2
    assert "From second 16 on" in page.inner_text("main")
    assert "Two more reasons stand in the report itself." in page.inner_text("main")


@pytest.mark.parametrize("name", ["usual", "minute", "named"])
def test_paper_cuts_nothing_off(visit, name):
    rehearsal = {
        "usual": None, "minute": a_minute(),
        "named": made.rehearsal(sources=(LONG, LONG)),
    }[name]  # fmt: skip
    page = on_paper(visit(name, rehearsal))
    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    small = page.evaluate(
        "[...document.querySelectorAll('.score svg')]"
        ".filter(one => one.getBoundingClientRect().width)"
        ".map(one => one.getBoundingClientRect().width / one.viewBox.baseVal.width)"
    )
    assert small
    assert small == pytest.approx([1.0] * len(small), abs=0.02), "text keeps its size"


def test_after_printing_the_page_is_as_before(visit):
    page = visit()
    wide = "document.querySelector('[data-system]').clientWidth"
    before = page.evaluate(wide)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(wide) != before
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(wide) == before


def without_right():
    """A dancer of whom the right arm and the right of the face were never seen."""
    points = ("hand", "wrist", "elbow", "ear", "eye")
    seen = made.dancer(without=tuple(f"right_{point}" for point in points))
    hidden = NotJudged("arm_shape.elevation", "The right arm is hidden.", "Film both.")
    return charted.rehearsal(
        made.four_notes()[1:3], reference=seen, take=seen, not_judged=(hidden,)
    )


def very_many():
    notes = tuple(
        charted.note(1.0 + 0.4 * k, side="left" if k % 2 else "right")
        for k in range(25)
    )
    return charted.rehearsal(notes, (charted.course(), charted.course(side="right")))


STATES = {
    "no_note": lambda: charted.rehearsal((), ()),
    "one_note": lambda: charted.rehearsal(made.four_notes()[2:3], strengths=()),
    "unsure": lambda: charted.rehearsal(
        alignment=made.line_up(confidence=0.3, judged_share=0.35),
        timing=made.timing(skip=range(5, 20)),
    ),
    "views": lambda: charted.rehearsal(
        made.four_notes()[1:2], (), not_judged=eight_reasons()
    ),
    "nothing": lambda: made.rehearsal(
        found=made.empty_findings(), alignment=made.no_line_up()
    ),
    "one_side": without_right,
    "very_many": very_many,
    "long": lambda: charted.rehearsal(
        [
            replace(one, place="grand jeté en tournant " * 6)
            for one in made.four_notes()
        ],
        sources=(LONG, LONG),
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_fits_screens_and_two_pages(visit, state):
    page = visit(f"state_{state}", STATES[state]())
    assert pages(printed(page)) <= 2
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0
        assert page.evaluate(CUT) == []


def test_very_many_notes_are_behind_more(visit):
    page = visit("state_very_many", very_many())
    assert page.locator("article").count() == 3
    assert not page.locator("#n4").is_visible()
    page.click("#lesser summary")
    assert page.locator("#n25").is_visible()
