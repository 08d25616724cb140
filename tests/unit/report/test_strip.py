"""The steps on the page: complete without scripts, calm in every state."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from repetiteur.report.page import render
from repetiteur.report.steps import is_unsure
from repetiteur.report.strip import BAR_S, OPEN_BARS, strip
from repetiteur.steps.step import Step
from unit.report import small_rehearsal as made
from unit.report import stepped
from unit.report.test_page import Reader

REHEARSAL = made.rehearsal()


def told(reference=stepped.STEPS, take=stepped.STEPS):
    return replace(REHEARSAL, reference_steps=reference, take_steps=take)


def blocks(found, who):
    return [
        block
        for bar in (*found.open, *found.folded)
        for lane in bar.lanes
        if lane.who == who
        for block in lane.blocks
    ]


def places(found):
    """Left edge and width of each place, per cent."""
    rules = re.findall(r"\.(\w+)\{(left|width):([\d.e-]+)%\}", found.style)
    said = "".join(f".{name}{{{what}:{n}%}}" for name, what, n in rules)
    assert re.fullmatch(r"\.bar-s\{grid-row:span \d\}", found.style.removesuffix(said))
    edges = {what: {r[0]: float(r[2]) for r in rules if r[1] == what}
             for what in ("left", "width")}  # fmt: skip
    return {
        f"{left} {width}": (edges["left"][left], edges["width"][width])
        for left in edges["left"]
        for width in edges["width"]
    }


def test_where_steps_were_not_looked_for_the_page_has_nothing_of_them():
    assert strip(REHEARSAL) is None
    assert 'id="h-steps"' not in render(REHEARSAL)


def test_every_step_is_there_with_its_name_and_its_length():
    found = strip(told())
    sizes = places(found)
    for who in ("ref", "take"):
        length = dict.fromkeys((step.id for step in stepped.STEPS), 0.0)
        names = {"Adage": "adagio", "Développé": "developpe", "Demi": "demi_plie",
                 "Troisième": "third_position", "Sauté": "saute"}  # fmt: skip
        for block in blocks(found, who):
            id = next(id for word, id in names.items() if block.text.startswith(word))
            length[id] += sizes[block.place][1] / 100 * BAR_S
        for step in stepped.STEPS:  # the take is late from second 6 on: so long is it
            assert length[step.id] == pytest.approx(step.end_s - step.start_s, abs=0.25)
    used = [
        sizes[block.place] for who in ("ref", "take") for block in blocks(found, who)
    ]
    assert all(left >= 0 and left + width <= 100.01 for left, width in used)


def test_one_part_of_a_step_has_its_name_for_all():
    found = blocks(strip(told()), "ref")
    lift = [block for block in found if block.text.startswith("Développé")]
    assert [block.kind for block in lift] == ["on", "from part"]
    adage = [block for block in found if block.text == "Adage"]
    assert [block.kind for block in adage] == ["on", "from on part", "from part"]


def test_the_same_moment_stands_at_the_same_place():
    early = Step("demi_plie", None, 2.0, 3.0, 0.9)
    late = Step("demi_plie", None, 9.0, 10.0, 0.9)
    moved = [replace(late, start_s=9.0 + made.LATE_S, end_s=10.0 + made.LATE_S)]
    found = strip(told((early, late), (early, *moved)))
    sizes = places(found)
    ref, take = (
        [sizes[b.place] for b in blocks(found, who)] for who in ("ref", "take")
    )
    for one, other in zip(ref, take, strict=True):
        assert one == pytest.approx(other, abs=0.5)


def laid(reference, take):
    """A rehearsal in which these seconds of both belong together."""
    ones = np.ones(len(reference))
    line_up = replace(
        made.line_up(),
        reference_s=np.array(reference),
        take_s=np.array(take),
        state=np.full(ones.size, "danced"),
        sure=ones,
        on_time_s=np.array(reference),
        late_s=0.0 * ones,
        late_sd_s=0.02 * ones,
    )
    return replace(told(), alignment=line_up)


def ruler(reference, take):
    """Seconds of the clock at which each tick and each wait of the ruler stands."""
    found = strip(laid(reference, take))
    sizes, ticks, waits = places(found), {}, []
    for k, bar in enumerate(found.open):
        for tick in bar.ticks:
            ticks[int(tick.text)] = BAR_S * (k + sizes[tick.place][0] / 100)
        for place in bar.waits:
            left, width = (BAR_S * share / 100 for share in sizes[place])
            waits.append((BAR_S * k + left, BAR_S * k + left + width))
    return ticks, waits


def test_seconds_of_the_ruler_are_even_where_both_move():
    ticks, waits = ruler([0.4, 11.0], [0.0, 10.6])
    assert list(ticks) == list(range(1, 12))  # 0 is before the clock's beginning
    for second, place in ticks.items():
        assert place == pytest.approx(second - 0.4, abs=0.01)
    assert waits == []


def test_the_ruler_shows_where_the_reference_waits():
    ticks, waits = ruler([0.0, 3.5, 3.5, 10.0], [0.0, 3.5, 5.0, 11.5])
    for second, place in ticks.items():
        assert place == pytest.approx(second + 1.5 * (second > 3.5), abs=0.01)
    first, second = waits  # one, cut where the bar ends
    assert first == pytest.approx((3.5, 4.0), abs=0.01)
    assert second == pytest.approx((4.0, 5.0), abs=0.01)


def test_what_the_take_does_before_the_reference_is_no_second_of_it():
    ticks, waits = ruler([0.0, 0.0, 10.0], [0.0, 0.9, 10.9])
    for second, place in ticks.items():
        assert place == pytest.approx(second + 0.9, abs=0.01)
    assert waits == [pytest.approx((0.0, 0.9), abs=0.01)]


@pytest.mark.parametrize(("at", "said"), [(3.5, True), (12.0, False)])
def test_the_legend_says_it_where_the_ruler_has_it(at, said):
    rehearsal = laid([0.0, at, at, 12.0], [0.0, at, at + said, 12.0 + said])
    page = Reader(render(rehearsal))
    assert ("the reference waits" in page.said) == said


def test_steps_that_melt_into_each_other_share_a_line():
    one = Step("fifth_position", "left", 0.5, 2.4, 0.9)
    two = Step("demi_plie", None, 2.2, 3.5, 0.9)
    found = strip(told((one, two), ()))
    assert [len(lane.blocks) for lane in found.open[0].lanes] == [2, 0]
    first, second = (places(found)[block.place] for block in blocks(found, "ref"))
    assert first[0] + first[1] == pytest.approx(second[0], abs=0.02)
    assert second[0] == pytest.approx(100.0 * 2.3 / BAR_S, abs=0.5)


def test_what_is_unsure_is_said_in_letters_too():
    unsure = [b for b in blocks(strip(told()), "take") if "unsure" in b.kind]
    assert {b.text for b in unsure} == {
        "Troisième position or Cinquième position, left",
        "Sauté?",
    }


def test_everything_can_be_read_without_the_strip():
    read = Reader(render(told()))
    for word in (
        "seconde (unfolding of the leg through retiré), left, leg at 96°, croisé, arms",
        "the toe is at the knee first; no fondu: the support stays straight",
        "8 in 10",
        "0:02.0–0:06.0",
        "Sauté (spring from two feet to two feet, no change), perhaps Changement",
    ):
        assert read.said.count(word) == 2, word


@pytest.mark.parametrize(
    ("reference", "take", "said"),
    [
        ((), (), "No step of the vocabulary was recognised in these recordings."),
        (stepped.STEPS, (), "In your take no step of the vocabulary was recognised."),
        ((), stepped.STEPS, "In the reference no step of the vocabulary"),
        (
            (stepped.GUESS,),
            (stepped.GUESS,),
            "Two of two names are little more than a guess",
        ),
        ((stepped.GUESS,), (stepped.BEND, stepped.LIFT), ""),
    ],
)
def test_states(reference, take, said):
    page = Reader(render(told(reference, take)))
    calm = said or "Take them as questions"
    assert (calm in page.said) == bool(said)
    assert "What: step by step" in page.said
    has = bool(reference or take)
    assert any("strip" in a.get("class", "") for _, a in page.elements) == has


def test_names_from_outside_stay_text():
    nasty = Step(stepped.NASTY, None, 2.0, 6.0, 0.9, stepped.NASTY, True,
                 {}, (stepped.NASTY,), {"arms": stepped.NASTY})  # fmt: skip
    text = render(told((nasty,), (nasty,)))
    page, plain = Reader(text), Reader(render(told()))
    assert "<img" not in text.replace("&lt;", "")
    assert len(page.blocks) == len(plain.blocks)
    assert not any(a.startswith("on") for _, attrs in page.elements for a in attrs)


def test_the_policy_allows_the_places_of_the_blocks():
    page = Reader(render(told()))
    styles = [block for block in page.blocks if block[0] == "style"]
    assert len(styles) == 3
    assert not any("style" in attrs for _, attrs in page.elements)


def test_a_long_recording_is_folded():
    length = 4.0 * OPEN_BARS + 30.0
    long = made.dancer(duration_s=length)
    steps = tuple(
        Step("demi_plie", None, float(at), at + 0.8, 0.9) for at in range(0, 94, 2)
    )
    rehearsal = made.rehearsal(
        alignment=made.line_up(length), reference=long, take=long
    )
    found = strip(replace(rehearsal, reference_steps=steps, take_steps=steps))
    assert len(found.open) == OPEN_BARS
    assert len(found.folded) == 8
    whole = [b for b in blocks(found, "ref") if not b.kind]
    assert len(whole) == len(steps)


def test_of_very_many_steps_only_unsure_names_have_reasons_on_the_page():
    steps = tuple(replace(step, because=("seen so",)) for step in stepped.STEPS)
    many = tuple(
        replace(step, start_s=step.start_s / 200 + k, end_s=step.end_s / 200 + k)
        for k in np.arange(0.0, 12.0, 0.5)
        for step in steps
    )
    few, long = (strip(told(each, each)) for each in (steps, many))
    assert (few.brief, long.brief) == (False, True)
    assert all(row.why for _, rows in few.rows for row in rows)
    reasons = [bool(row.why) for _, rows in long.rows for row in rows]
    unsure = [is_unsure(step) for step in many]
    assert any(unsure)
    assert sum(reasons) == 2 * sum(unsure) < len(reasons)
    assert "notes.json has them all" in render(told(many, many))
