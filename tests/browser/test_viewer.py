"""The viewer's modules as a web application would have them: served, each by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import as_file, files
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from repetiteur.report.figures import figures
from repetiteur.report.packing import packed, parents, unpacked
from repetiteur.report.page import render
from unit.report import small_rehearsal as made

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src data:"
)


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word; the icon that browsers ask for is empty."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on this machine."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(folder))
    )
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def studio(tmp_path_factory) -> Iterator[str]:
    """A page that imports the modules, beside them; and an empty one."""
    folder = tmp_path_factory.mktemp("studio")
    with as_file(files("repetiteur.report").joinpath("static", "viewer")) as viewer:
        for module in viewer.iterdir():
            (folder / module.name).write_bytes(module.read_bytes())
    page = render(made.rehearsal())
    page = re.sub(
        r'<script type="module">.*?</script>',
        '<script type="module" src="main.js"></script>',
        page,
        flags=re.S,
    )
    page = re.sub(r'(Security-Policy" content=")[^"]*', rf"\g<1>{POLICY}", page)
    icon = '<link rel="icon" href="data:,">'
    page = page.replace("<title>", f"{icon}<title>", 1)
    (folder / "report.html").write_text(page, encoding="utf-8")
    (folder / "empty.html").write_text(f"<!doctype html>{icon}<title>.</title>")
    with served(folder) as address:
        yield address


@pytest.fixture
def open_page(browser, studio) -> Iterator[object]:
    """Opens a page of the studio; nothing may have complained."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def visit(name: str) -> object:
        page.goto(f"{studio}/{name}.html")
        return page

    yield visit
    context.close()
    assert complaints == []


DRAWN = """() => ['#stage', '#ladder', '#overview', '[data-system]', '[data-thumb]',
    '[data-glyph]'].map(q => document.querySelector(q).innerHTML)"""


def test_served_modules_draw_what_the_page_draws(open_page, visit):
    bundled, apart = visit(), open_page("report")
    for page in (bundled, apart):
        page.locator("html.js").wait_for()
        page.locator("#scrub").fill("4")
        page.click("[data-flag=overlay]")
    assert apart.evaluate(DRAWN) == bundled.evaluate(DRAWN)
    assert all(apart.evaluate(DRAWN))


def call(page, module, body):
    """What a function of a module returns, on a page that has nothing on it."""
    return page.evaluate(
        f"async () => {{ const m = await import('/{module}.js'); {body} }}"
    )


def test_lookup_is_straight_and_ends_a_standstill(open_page):
    page = open_page("empty")
    found = call(
        page,
        "numbers",
        "const found = x => m.lookup([0, 1, 1, 3], [0, 2, 4, 8], x);"
        " return [-1, 0.5, 1, 2.5, 9].map(found);",
    )
    assert found == [0, 1, 4, 7, 8]


def test_times_and_sizes_are_said(open_page):
    page = open_page("empty")
    assert call(
        page,
        "numbers",
        "return [m.sayTime(4), m.sayTime(-0.26), m.sayTime(125), m.sayTime(59.96),"
        " m.signedThousandths(0.178), m.signedThousandths(-0.04),"
        " m.signedThousandths(0.001)];",
    ) == ["4.0 s", "-0.3 s", "2:05.0 min", "1:00.0 min", "+180", "−40", "0"]


def test_markup_is_escaped(open_page):
    page = open_page("empty")
    drawn = call(page, "marks", """return m.drawing(1, 1, "", '"><script>&');""")
    assert 'aria-label="&quot;&gt;&lt;script&gt;&amp;"' in drawn


def test_missing_points_break_a_line(open_page):
    page = open_page("empty")
    runs = call(page, "marks", "return m.runs([null, 1, 2, null, 3, null, 4, 5, 6]);")
    assert runs == [[1, 2], [4, 5, 6]]


FIGURE = (
    "const mm = new Int16Array([0, 0, 0, 10, 20, 30, -32768, 0, 0, 20, 40, 60]);"
    "const figure = { joints: ['pelvis', 'head'], start: 1, rate: 10, frames: 2, mm };"
)


PACKED = """
const bytes = new Uint8Array([
  1, 1, 1,  1, 0, 1, // the pelvis is seen in all of three frames, the head in two
  0, 2, 2,  20, 0, 0,  0, 0, 0,   1, 0, 0,  4, 4, 4,  0, 0, 0, // lower bytes
  0, 0, 0,  0, 0, 0,  0, 0, 1,   0, 0, 0,  0, 0, 0,  0, 0, 0, // upper bytes
]);
"""


def test_positions_from_bytes(open_page):
    page = open_page("empty")
    body = f"{PACKED} return [...m.positions(bytes, [-1, 0], 3, 2)];"
    missing = -32768
    assert call(page, "body", body) == [
        0, 20, 0, -2, 24, 0,
        2, 20, 0, missing, missing, missing,
        4, 20, 256, 2, 32, 256,
    ]  # fmt: skip


def test_what_is_packed_is_unpacked(open_page):
    figure, _ = figures(made.rehearsal())
    small, page = packed(figure), open_page("empty")
    found = page.evaluate(
        "async ([text, parents, frames, grain]) => {"
        " const m = await import('/body.js');"
        " return [...m.positions(await m.inflated(text), parents, frames, grain)]; }",
        [small.text, parents(), small.frames, small.grain],
    )
    np.testing.assert_array_equal(
        np.reshape(found, figure.position.shape), np.round(unpacked(small) * 1000)
    )


def test_a_body_between_frames(open_page):
    page = open_page("empty")
    at = call(page, "body", f"{FIGURE} return m.bodyAt(figure, 1.05);")
    assert at["head"] == pytest.approx([15, 30, 45])
    assert at["pelvis"] == [0, 0, 0], "seen in one of two frames, it stays there"
    late = call(page, "body", f"{FIGURE} return m.bodyAt(figure, 99);")
    assert late == {"pelvis": None, "head": [20, 40, 60]}


def test_turning_keeps_height_and_distance(open_page):
    page = open_page("empty")
    turned = call(page, "body", "return m.turned({ a: [0, 5, 3], b: null }, 90);")
    assert turned["a"] == pytest.approx([3, 5, 0])
    assert turned["b"] is None


# A clock of 10 s: the take is 0.2 s late from second 5 on, and stops for 1 s at 8.
TIME = """
const rehearsal = {
  path: { p: [0, 5, 5.2, 8, 9, 10], r: [0, 5, 5.2, 8, 8, 9],
    t: [1, 6, 6.4, 9.2, 10.2, 11.2] },
  clock: { ratio: 1, offset: 1, parts: [[0, 1], [8, 2.2]] },
  span: [0, 9], judged: [[0, 3], [4, 9]], floor: 0.05,
  alone: [[8, 9, "your take alone"]],
  timing: [0, 1, 2, 5, 6, 7].map(n => {
    const v = n > 4 ? 0.2 : 0;
    return { n, r: n, v, lo: v - 0.1, hi: v + 0.1, far: n > 4 };
  }),
};
const time = (await import('/time.js')).timeOf(rehearsal);
"""


def test_slots_are_seconds_where_nobody_counted(open_page):
    page = open_page("empty")
    found = call(
        page,
        "slots",
        "const s = m.slotsOf({ span: [0.2, 3.4] });"
        " return [s.at, s.edges, s.unit, s.name(2), [-9, 0.49, 0.5, 99].map(s.of)];",
    )
    assert found == [
        [0, 1, 2, 3],
        [-0.5, 0.5, 1.5, 2.5, 3.5],
        "second",
        "2",
        [0, 0, 1, 3],
    ]


def test_slots_are_counts_where_there_are_some(open_page):
    page = open_page("empty")
    slots = "{ at: [0, 1, 1.5, 2], names: ['0', '1·1', '1·2', '1·3'], longest: 2 }"
    names, nexts = call(
        page,
        "slots",
        f"const s = m.slotsOf({{ span: [0, 2], slots: {slots} }});"
        " return [[s.unit, s.name(1), s.short(1), s.short(0), s.many],"
        " [s.next(1, 1), s.next(1.2, 1), s.next(2, 1), s.next(1.2, -1), s.next(1, -1),"
        "  s.next(0, -1)]];",
    )
    assert names == ["count", "1·1", "1", "0", 4]
    assert nexts == [1.5, 1.5, 2, 1, 0, 0]


def test_by_the_music_s_clock_the_take_is_where_the_music_is(open_page):
    page = open_page("empty")
    taken = call(
        page,
        "time",
        f"{TIME} rehearsal.clock.r = [0, 4, 9]; rehearsal.clock.t = [1, 7, 9.5];"
        " const heard = m.timeOf(rehearsal);"
        " return [heard.byClock(2), heard.byClock(6.5), heard.paceAt(2, true)];",
    )
    assert taken == [4, pytest.approx(8.25), pytest.approx(1.5, abs=0.01)]


def test_time(open_page):
    page = open_page("empty")
    said = call(
        page, "time", f"{TIME} return [1, 3.5, 6, 8.5].map(p => time.sayAt(p));"
    )
    assert said == ["in time", "not judged", "200 ms late", "your take alone"]
    assert call(page, "time", f"{TIME} return time.unjudged(0, 9);") == [[3, 4]]
    assert call(
        page, "time", f"{TIME} return [time.byClock(4), time.byClock(8.5)];"
    ) == [
        5,
        10.7,
    ]
    assert call(
        page, "time", f"{TIME} return [time.takeAt(8.5), time.refAt(8.5)];"
    ) == [
        pytest.approx(9.7),
        8,
    ]


# A timer that the test turns by hand: frames of 20 ms.
TRANSPORT = f"""{TIME}
let now = 0, waiting = null;
const timer = {{ now: () => now, next: then => {{ waiting = then; }} }};
const turn = (frames, ms = 20) => {{
  for (let k = 0; k < frames && waiting; k++) {{
    const then = waiting; waiting = null; now += ms; then(now);
  }}
}};
const seen = [], transport = m.transportOf(time, timer, {{ rate: 1 }});
transport.follow({{ place: moment => seen.push(moment) }});
const at = () => transport.moment().place;
"""


def test_the_transport_plays_to_the_end_and_rests(open_page):
    page = open_page("empty")
    half, full, moments, asks, again = call(
        page,
        "transport",
        f"{TRANSPORT} transport.play(); turn(100); const half = at();"
        " transport.set({ rate: 0.5 }); turn(2000);"
        " const full = at(), asks = waiting, many = seen.length;"
        " transport.play(); turn(1);"
        " return [half, full, many, asks, at()];",
    )
    assert half == pytest.approx(2.0)
    assert full == 10
    assert moments == pytest.approx(100 + 800, abs=5), "one for each frame"
    assert asks is None
    assert again == pytest.approx(0.01), "from the beginning again"


def test_the_transport_loops(open_page):
    page = open_page("empty")
    places = call(
        page,
        "transport",
        f"{TRANSPORT} transport.set({{ loop: {{ from: 2, to: 3 }} }});"
        " transport.seek(2); transport.play(); turn(500);"
        " return seen.map(s => s.place);",
    )
    assert min(places[1:]) == 2
    assert 2.9 < max(places) < 3


def test_by_the_clock_what_the_take_alone_does_is_passed_over(open_page):
    page = open_page("empty")
    takes = call(
        page,
        "transport",
        f"{TRANSPORT} transport.set({{ byClock: true }}); transport.seek(7.9);"
        " transport.play(); turn(20); return seen.map(s => [s.place, s.ref, s.take]);",
    )
    assert not [place for place, _, _ in takes[2:] if 8.03 < place < 9]
    assert takes[-1][1] == pytest.approx(8.3, abs=0.03)


def test_a_page_that_was_away_goes_on_from_where_it_was(open_page):
    page = open_page("empty")
    body = f"{TRANSPORT} transport.play(); turn(1, 60000); return at();"
    assert call(page, "transport", body) == pytest.approx(0.1)


def test_settings_are_new_where_they_change_alone(open_page):
    page = open_page("empty")
    same, other = call(
        page,
        "transport",
        f"{TRANSPORT} transport.seek(1); transport.seek(2); transport.turn(190);"
        " const [a, b, c] = seen; return [a.settings === b.settings,"
        " b.settings === c.settings || c.settings.turn];",
    )
    assert same is True
    assert other == -170


SIZES = (
    "[{size: [400, 600], trunk: [200, 300, 100]},"
    " {size: [300, 300], trunk: [150, 200, 50]}]"
)


def laid_out(page, settings, *, sizes=SIZES, width=404, most=300):
    body = f"return m.laidOut({sizes}, {width}, {most}, {settings});"
    return call(page, "layout", body)


def test_films_stand_beside_one_another(open_page):
    found = laid_out(open_page("empty"), "{overlay: false, mirror: false}")
    assert found["height"] == 300
    left, right = found["boxes"]
    assert (left["x"], left["width"], left["height"]) == (0, 200, 300)
    assert (right["x"], right["y"]) == (204, 50)
    assert right["width"] == right["height"] == 200


def test_wide_films_stand_below_one_another_where_it_is_narrow(open_page):
    wide = "[{size: [640, 360]}, {size: [640, 360]}]"
    page = open_page("empty")
    plain = "{overlay: false, mirror: false}"
    narrow = laid_out(page, plain, sizes=wide, width=320, most=400)
    assert [box["width"] for box in narrow["boxes"]] == [320, 320]
    assert narrow["boxes"][1]["y"] == 184
    assert narrow["height"] == 364
    broad = laid_out(page, plain, sizes=wide, width=1200, most=400)
    assert [box["y"] for box in broad["boxes"]] == [0, 0]


@pytest.mark.parametrize("mirror", [False, True])
def test_overlaid_films_share_hips_and_trunk(open_page, mirror):
    settings = f"{{overlay: true, mirror: {str(mirror).lower()}}}"
    ref, take = laid_out(open_page("empty"), settings)["boxes"]
    scale, own = ref["width"] / 400, take["width"] / 300
    assert 100 * scale == pytest.approx(50 * own)
    assert ref["y"] + 300 * scale == pytest.approx(take["y"] + 200 * own)
    hips = [ref["x"] + 200 * scale, take["x"] + 150 * own]
    assert hips[0] == pytest.approx(hips[1]) == pytest.approx(202)


def test_a_film_hastens_gently_and_jumps_when_far_off(open_page):
    page = open_page("empty")
    paces = call(
        page,
        "reel",
        "return [0, 0.004, 0.05, -0.05, 0.2, -0.2, 0.4, -0.4]"
        ".map(behind => m.paceOf(0.5, behind));",
    )
    assert paces[:2] == [0.5, 0.5]
    assert paces[2:4] == pytest.approx([0.625, 0.375])
    assert paces[4:6] == [0.625, 0.375], "by a quarter at most"
    assert paces[6:] == [None, None]


def test_the_picture_of_a_moment(open_page):
    page = open_page("empty")
    times = "[0, 0.04, 0.07, 0.2]"
    at = "[-1, 0, 0.0395, 0.05, 0.06, 0.07, 0.14, 9]"
    shown, near = (
        call(page, "reel", f"return {at}.map(x => m.{name}({times}, x));")
        for name in ("pictureAt", "nearestPicture")
    )
    assert shown == [0, 0, 1, 1, 1, 2, 2, 3]
    assert near == [0, 0, 1, 1, 2, 2, 3, 3]


def test_what_leads_sets_the_clock(open_page):
    """The take runs at its own speed: 1.5 of its seconds to one of the clock's."""
    places = call(
        open_page("empty"),
        "transport",
        """
        let then = null, film = null;
        const time = { end: 100, refAt: p => p, takeAt: p => 1.5 * p, placeOf: r => r,
          byClock: r => 1.5 * r, paceAt: () => 1.5, say: () => "" };
        const timer = { now: () => 0, next: go => { then = go; } };
        const t = m.transportOf(time, timer, { live: true, rate: 1 }), seen = [];
        t.ledBy(() => film);
        t.play();
        then(30); seen.push(t.moment().place);
        film = 0.6; then(46); seen.push(t.moment().place);
        film = 6; then(3000); seen.push(t.moment().place);
        seen.push(t.ahead(0.3).take);
        film = null; then(3030); seen.push(t.moment().place);
        return seen;
        """,
    )
    assert places == pytest.approx([0.02, 0.4, 4.0, 6.3, 4.02])
