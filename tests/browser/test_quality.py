"""Quality in a browser: in step with the player, by pointer and by keyboard alone."""

import pytest

from repetiteur.model.findings import NotJudged
from unit.report import expressed as made
from unit.report import small_rehearsal
from unit.report.test_page import NASTY

pytestmark = pytest.mark.browser

PLACE = "Number(document.querySelector('#scrub').value)"
#: Where the playhead of a drawing stands, in shares of its width; null where hidden.
HEAD = """name => {
  const over = document.querySelector(`[aria-labelledby="${name}"]`).parentElement;
  const line = over.querySelector('.playhead'), head = line.getBoundingClientRect();
  const { left, width } = over.getBoundingClientRect();
  if (line.getAttribute('visibility') === 'hidden') return null;
  return (head.left + head.width / 2 - left) / width;
}"""
#: Text of a drawing that does not lie within it.
OUTSIDE = """() => [...document.querySelectorAll('.quality .plot text, .quality span')]
  .filter(one => one.checkVisibility())
  .map(one => [one.textContent, one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.left < -0.5 || box.right > innerWidth + 0.5))
  .map(([text]) => text)"""


def told():
    """Ribbons, findings and faces, all at one tempo."""
    return made.rehearsal(face=made.faces(), alignment=small_rehearsal.line_up(12, 0))


def long_names():
    """Where nothing can be said, in words of any length."""
    entry = NotJudged("x" * 200, NASTY * 9, NASTY * 9)
    return made.rehearsal(made.body([], not_judged=[entry] * 3), made.faces(wide=40.0))


@pytest.mark.parametrize("name", ["q-energy", "q-opening", "f-lips-apart"])
def test_the_playhead_is_where_the_player_is(visit, name):
    page = visit("quality", told())
    for second in (2.0, 7.0):
        page.locator("#scrub").fill(str(second))
        end = 11.85 if name.startswith("f-") else 12.0
        assert page.evaluate(HEAD, name) == pytest.approx(second / end, abs=0.01)


def test_beyond_a_drawing_there_is_no_playhead(visit):
    page = visit("quality", told())
    page.locator("#scrub").fill("11.95")
    assert page.evaluate(HEAD, "f-lips-apart") is None
    assert page.evaluate(HEAD, "q-energy") is not None


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["q-energy", "f-lids-open"])
def test_a_click_goes_there(visit, name, width):
    page = visit("quality", told(), width=width)
    over = page.locator(f'[data-over]:has([aria-labelledby="{name}"])')
    box = over.bounding_box()
    over.click(position={"x": 0.75 * box["width"], "y": 0.5 * box["height"]})
    assert page.evaluate(PLACE) == pytest.approx(9.0, abs=0.3)
    assert page.evaluate(HEAD, name) == pytest.approx(0.75, abs=0.02)


def test_a_moment_is_gone_to_with_the_keyboard_alone(visit):
    page = visit("quality", told(), width=390, reduced_motion="reduce")
    page.focus("[data-go='9.0']")
    page.keyboard.press("Enter")
    assert page.evaluate(PLACE) == pytest.approx(9.0, abs=0.05)
    assert page.evaluate("document.activeElement.id") == "player"
    top = page.locator("#player").bounding_box()["y"]
    assert -1 <= top < 600
    page.keyboard.press("]")
    assert page.evaluate(PLACE) == pytest.approx(10.0, abs=0.05)
    assert page.text_content("#play .word") == "Play"


def test_it_needs_no_scripts(visit):
    page = visit("quality", told(), java_script_enabled=False)
    assert page.locator(".ribbon-of .plot").first.is_visible()
    assert page.locator(".face .plot").first.is_visible()
    assert not page.locator("[data-go]").first.is_visible()


@pytest.mark.parametrize("state", ["quality", "quality_long"])
def test_it_fits_every_screen(visit, state):
    page = visit(state, told() if state == "quality" else long_names())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for width in (320, 390, 768, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, width
        assert page.evaluate(OUTSIDE) == [], width


def test_paper_leaves_it_out(visit):
    page = visit("quality", told())
    page.emulate_media(media="print")
    assert not page.locator(".quality").is_visible()


def test_ten_minutes_answer_at_once(visit, rng):
    many = 599
    names = ("effort_time", "effort_weight", "arm_height")
    rows = [made.beside(name, rng.normal(0, 1, many)) for name in names]
    long = made.rehearsal(
        made.body(rows, length_s=600.0),
        reference=small_rehearsal.dancer(600.0, 15.0),
        take=small_rehearsal.dancer(600.0, 15.0),
        alignment=small_rehearsal.line_up(600.0, 0.0),
    )
    page = visit("quality_ten_minutes", long)
    spent = page.evaluate(
        """() => {
          const scrub = document.querySelector('#scrub'), begin = performance.now();
          for (let k = 1; k <= 40; k++) {
            scrub.value = 14 * k;
            scrub.dispatchEvent(new Event('input'));
          }
          return (performance.now() - begin) / 40;
        }"""
    )
    assert spent < 50.0
    assert page.evaluate(HEAD, "q-energy") == pytest.approx(560 / 600, abs=0.01)
