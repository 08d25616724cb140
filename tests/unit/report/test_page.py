"""The page: safe, self-contained, complete without scripts."""

import base64
import hashlib
import json
import re
import zlib
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from repetiteur.align.alignment import Break
from repetiteur.model.findings import Apartness, Difference, PoseDistance, Span
from repetiteur.report.figures import JOINTS
from repetiteur.report.page import render
from repetiteur.report.write import FILES
from unit.report import expressed
from unit.report import small_rehearsal as made

NASTY = "</script><script>alert('x')</script><img src=x onerror=alert(1)>\u2028.bvh"


class Reader(HTMLParser):
    """Takes a page apart: elements, the text of each block, what people read."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.blocks, self.text, self.open = [], [], [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.open = [tag, dict(attrs), ""]

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self.blocks.append(self.open)
            self.open = None

    def handle_data(self, data):
        if self.open:
            self.open[2] += data
        else:
            self.text.append(data)

    @property
    def said(self):
        return " ".join(" ".join(self.text).split())

    @property
    def data(self):
        return json.loads(next(b[2] for b in self.blocks if b[1].get("id") == "data"))


def page(**changes):
    return Reader(render(made.rehearsal(**changes)))


def test_names_and_texts_with_markup_stay_text():
    note = made.note(text=NASTY, reason=NASTY, place=NASTY)
    strength = made.Strength("x", NASTY)
    unseen = made.NotJudged(NASTY, NASTY, NASTY)
    found = made.findings(
        notes=(note,) * 4, strengths=(strength,), not_judged=(unseen,)
    )
    nasty = page(found=found, sources=(NASTY, NASTY))
    plain = page(found=made.findings(notes=(made.note(),) * 4))
    assert "<img src=x" in nasty.said
    tags = [tag for tag, _ in nasty.elements]
    assert tags.count("script") == 2
    assert "img" not in tags
    handlers = [a for _, attrs in nasty.elements for a in attrs if a.startswith("on")]
    assert handlers == []
    assert len(nasty.blocks) == len(plain.blocks)


def test_data_cannot_end_its_element():
    text = render(made.rehearsal(sources=(NASTY, NASTY)))
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', text)
    assert block is not None
    assert "<" not in block[1]
    assert block[1].isascii()


def test_the_policy_names_the_blocks_and_nothing_else():
    read = page()
    meta = [a for tag, a in read.elements if tag == "meta"]
    policy = next(a["content"] for a in meta if "http-equiv" in a)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy

    def digest(text):
        raw = hashlib.sha256(text.encode()).digest()
        return f"'sha256-{base64.b64encode(raw).decode()}'"

    styles = [b[2] for b in read.blocks if b[0] == "style"]
    scripts = [b[2] for b in read.blocks if b[1].get("type") == "module"]
    assert rules["style-src"].split() == [digest(text) for text in styles]
    assert rules["script-src"].split() == [digest(text) for text in scripts]
    assert rules["img-src"] == "data:"
    assert not any("style" in attrs for _, attrs in read.elements)


def test_two_videos(filmed):
    text = render(filmed)
    read = Reader(text)
    pictures = [a for tag, a in read.elements if tag == "image"]
    assert len(pictures) == 8, "two for each of the notes, the folded ones too"
    assert all(a["href"].startswith("data:image/jpeg;base64,") for a in pictures)
    stills = [a for _, a in read.elements if a.get("class", "").startswith("still")]
    assert all(
        a["role"] == "img" and "from the video" in a["aria-label"] for a in stills
    )
    assert not any("data-thumb" in a for _, a in read.elements)
    ids = {a.get("id") for _, a in read.elements}
    assert "turn" not in ids
    assert "the figures cannot be turned" in read.said
    assert "dashed, the reference" not in read.said
    assert "240 × 180 pixels" in read.said
    assert "repetiteur blazepose heavy" in read.said
    assert "What was done to them: 2 and 2 steps" in read.said
    assert "whoever is given the page is given them" in read.said
    assert read.data["flat"] is True
    assert all(entry["turn"] == 0 for entry in read.data["notes"])
    assert len(text) < 600_000


def test_motion_files_speak_of_no_video():
    read = page()
    assert read.data["flat"] is False
    for word in ("video", "camera saw", "What was done"):
        assert word not in read.said.replace("one camera from the front", "")


def test_without_its_video_a_take_is_drawn(filmed, tmp_path):
    gone = replace(filmed.take, video=tmp_path / NASTY.replace("/", "_"))
    read = Reader(render(replace(filmed, take=replace(gone, source=NASTY))))
    thumbs = [a["data-thumb"] for _, a in read.elements if "data-thumb" in a]
    assert thumbs == ["n1 take", "n2 take", "n3 take", "n4 take"]
    assert "is not where it was: the figure is drawn instead of a picture" in read.said
    assert [tag for tag, _ in read.elements].count("script") == 2
    assert "dashed, the reference" in read.said


def test_texts_of_a_file_stay_text(filmed):
    poses = filmed.take.poses.assign_attrs(history=NASTY, source_software=NASTY)
    read = Reader(render(replace(filmed, take=replace(filmed.take, poses=poses))))
    assert read.said.count("<img src=x") == 2
    assert [tag for tag, _ in read.elements].count("script") == 2
    assert "img" not in [tag for tag, _ in read.elements]


def test_one_reason_for_many_measures_is_said_once_and_first():
    names = ("leg_elevation", "knee_extension_support", "aplomb.pitch", "x", "y")
    reason = "the two were filmed from different sides"
    sides = tuple(made.NotJudged(name, reason, "stand there") for name in names)
    turnout = made.NotJudged("turnout_total", "unseen", "", (made.Span(1, 2),))
    found = made.findings(notes=(), not_judged=(*sides, turnout))
    said = page(found=found).said
    assert said.count("The two were filmed from different sides.") == 3
    assert "Five measures could not be judged. The two were filmed" in said
    assert "Height of the leg · Supporting knee ·" in said
    assert "In what was judged, nothing differs beyond the noise." in said
    few = page(found=made.findings(not_judged=sides[:2])).said
    assert "measures could not be judged" not in few


def test_links_below_the_title_lead_to_what_is_there():
    text = render(made.rehearsal())
    for part in ("unseen", "score"):
        assert f'<a href="#h-{part}">' in text
        assert f'id="h-{part}"' in text
    bare = render(made.rehearsal(found=made.findings(not_judged=(), timing=())))
    assert '<a href="#h-unseen">' not in bare
    assert '<a href="#h-score">' not in bare


def test_turnout_is_spoken_of_whether_it_was_judged_or_not():
    said = "two performances are not compared by it"
    assert said not in page().said
    assert said in page(found=made.findings(not_judged=())).said


def test_one_reason_at_several_times_is_said_once():
    reason, film = "points towards the camera", "film from the side"
    entries = (
        made.NotJudged("leg_elevation", reason, film, (made.Span(1, 2),)),
        made.NotJudged("aplomb.pitch", reason, film),
        made.NotJudged("leg_elevation", reason, film, (made.Span(4, 5.5),)),
    )
    read = page(found=made.findings(not_judged=entries))
    assert read.said.count("Points towards the camera.") == 1
    assert "Height of the leg: 1.0 s to 2.0 s, 4.0 s to 5.5 s" in read.said
    assert ": throughout" in read.said


def test_nothing_is_asked_of_the_network():
    text = render(made.rehearsal(), beside=FILES)
    read = Reader(text)
    links = {a[k] for _, a in read.elements for k in ("href", "src") if k in a}
    assert {link for link in links if not link.startswith("#")} == {
        "notes.json", "notes.vtt", "alignment.csv", "curves.csv", "take.nc",
        "reference.nc",
    }  # fmt: skip
    assert not re.search(r"https?:|//cdn|@import|url\((?!#)", text)


def test_a_page_that_stands_alone_links_to_no_file():
    read = page()
    links = [a["href"] for tag, a in read.elements if tag == "a"]
    assert all(link.startswith("#") for link in links)
    assert "Files of this rehearsal" not in read.said


def test_each_moment_of_a_note_can_be_shown():
    read = page()
    shown = [a for tag, a in read.elements if tag == "button" and "data-show" in a]
    again = [a for a in shown if "data-again" in a]
    assert len(shown) - len(again) == 4
    notes = {note["id"]: note for note in read.data["notes"]}
    assert [(a["data-show"], a["data-again"]) for a in again] == [
        ("n2", "0"), ("n3", "0"), ("n4", "0"), ("n4", "1"),
    ]  # fmt: skip
    for button in again:
        one = notes[button["data-show"]]["also"][int(button["data-again"])]
        assert 0 <= one["from"] < one["at"] < one["to"]
        assert one["to"] - one["from"] >= 1.6
    assert notes["n3"]["also"][0]["at"] == pytest.approx(9.5, abs=0.1)
    assert read.said.count("at 9.1 s") == 2, "for each of two notes once"


def test_notes_are_complete_without_scripts():
    said = page().said
    for note in made.four_notes():
        assert note.text in said
        assert note.reason in said
    assert "12° lower (90 %: 8° to 16°). Below ±5° it would not be a note." in said
    assert "180 ms late (90 %: 140 ms to 220 ms)" in said
    assert "Show me note 3 at 9.1 s" in said
    assert "Three notes for the next run, the first one first." in said
    assert "One smaller difference, and what was the same" in said
    assert "Turnout" in said
    assert "Not judged: 2.5 s to 3.5 s" in said
    assert "+180 ms" in said


def test_three_notes_are_spoken_and_the_rest_folded():
    read = page()
    articles = [a["id"] for tag, a in read.elements if tag == "article"]
    assert articles == ["n1", "n2", "n3"]
    folded = [a["id"] for tag, a in read.elements if tag == "li" and "id" in a]
    assert folded == ["n4"]


@pytest.mark.parametrize("count", [1, 2])
def test_fewer_than_three_are_not_filled_up(count):
    read = page(found=made.findings(notes=made.four_notes()[:count]))
    assert [tag for tag, _ in read.elements].count("article") == count
    assert "smaller difference" not in read.said


def test_no_note_is_a_result():
    read = page(found=made.findings(notes=()))
    assert "Nothing differs beyond the noise. That is a result." in read.said
    assert "Keep this" in read.said
    assert "article" not in [tag for tag, _ in read.elements]


def test_where_only_the_quality_differs_no_note_points_there():
    told = replace(expressed.rehearsal(), findings=made.findings(notes=()))
    read = Reader(render(told))
    assert "beyond the noise but how it is danced: see Quality" in read.said
    assert "That is a result" not in read.said


def test_without_strengths_there_is_nothing_to_keep():
    found = made.findings(notes=made.four_notes()[:2], strengths=())
    assert "Keep this" not in page(found=found).said


def test_an_unsure_line_up_is_said():
    rows = made.timing(skip=range(5, 20))
    read = page(
        alignment=made.line_up(confidence=0.3, judged_share=0.35),
        found=made.findings(timing=rows),
    )
    assert "Line-up unsure" in read.said
    assert "Lined up for 0.0 s to 4.5 s only." in read.said
    assert "unsure. Read each note" in read.said


def test_where_nothing_was_judged_the_filming_comes_first_and_there_is_no_player():
    read = page(found=made.empty_findings(), alignment=made.no_line_up())
    assert "Nothing could be judged" in read.said
    assert "step back" in read.said
    ids = {a.get("id") for _, a in read.elements}
    assert "player" not in ids
    assert "script" not in [tag for tag, _ in read.elements]


def test_one_scale_for_each_unit():
    notes = page().data["notes"]
    widths = {n["gap"]["max"] for n in notes if n["gap"]["text"].endswith("°")}
    assert len(widths) == 1
    for entry in notes:
        gap = entry["gap"]
        assert gap["max"] >= max(abs(gap["lo"]), abs(gap["hi"]))


def test_data_for_the_script():
    data = page().data
    assert data["joints"] == list(JOINTS)
    leg, late = data["notes"][2], data["notes"][1]
    assert (leg["mark"], leg["side"], leg["ref"], leg["take"]) == (
        "leg", "left", "108°", "96°",
    )  # fmt: skip
    assert late["clock"]
    assert "mark" not in late
    path = json.loads(zlib.decompress(base64.b64decode(data["path"])))
    places = np.cumsum(path["p"]) / 1000
    assert places[0] == 0
    for entry in data["notes"]:
        assert 0 <= entry["from"] < entry["at"] < entry["to"] <= places[-1]
    assert data["judged"] == [[0.0, 2.5], [3.5, 12.0]]


def test_words_that_are_never_said():
    said = page().said.casefold()
    for word in (" he ", " she ", " his ", " her ", "score:", "likeness", "weight"):
        assert word not in said
    percentages = re.findall(r"\d+ ?%", said)
    assert set(percentages) <= {"90 %"}


def test_ten_minutes_fold_their_systems():
    poses = made.dancer(duration_s=100.0, fps=30.0)
    rows = tuple(
        made.Lateness(str(k), float(k), float(k), 0.0, (-0.03, 0.03))
        for k in range(100)
    )
    read = page(
        reference=poses,
        take=poses,
        alignment=made.line_up(100.0, 0.0),
        found=made.findings(timing=rows),
    )
    systems = [a["data-system"] for _, a in read.elements if "data-system" in a]
    assert systems == [str(k) for k in range(0, 101, 8)]
    assert "From second 64 on" in read.said


def left_out(**changes):
    return made.note(
        measure="step_presence",
        side=None,
        kind="missing",
        presence="skipped",
        priority="rhythm",
        difference=Difference(-2.9, "s", (-3.3, -2.5), 0.5),
        reference_value=float("nan"),
        take_value=float("nan"),
        reference=Span(3.0, 6.0),
        at_reference_s=4.5,
        **changes,
    )


def test_steps_that_are_left_out_have_a_size_and_no_scale():
    notes = (left_out(), *made.four_notes())
    read = page(found=made.findings(notes))
    assert "2.9 s left out" in read.said
    assert "(90 %: 2.5 s to 3.3 s)" in read.said
    first, *others = read.data["notes"]
    assert "gap" not in first
    usual = [note["gap"]["max"] for note in page().data["notes"]]
    assert [note["gap"]["max"] for note in others] == usual, "lateness keeps its scale"
    glyphs = {a["data-glyph"] for _, a in read.elements if "data-glyph" in a}
    assert "n1" not in glyphs


def test_several_references_are_named():
    one = made.rehearsal()
    others = tuple(replace(one.reference, source=f"cast {k} <b>.bvh") for k in range(6))
    read = Reader(render(replace(one, references=others)))
    assert "cast 0 <b>.bvh, 12.0" in read.said
    assert "and 2 more" in read.said
    assert "Seven references dance this phrase" in read.said
    assert "three of four moments" in read.said
    assert "And also" not in page().said


@pytest.mark.parametrize(("low", "named"), [(7.0, True), (1.0, False)])
def test_how_far_the_whole_pose_is_away(low, named):
    one = made.rehearsal()
    bones = {"trunk": Apartness(1.0, (0.0, 2.0)), "left_foot": Apartness(9, (low, 11))}
    away = PoseDistance(Apartness(2.3, (1.0, 3.0)), bones)
    found = replace(one.findings, pose_distance=away)
    read = Reader(render(replace(one, findings=found)))
    assert "2° from the reference's (1° to 3°)" in read.said
    assert ("most the left foot" in read.said) is named
    assert "Whole pose" not in page().said


def test_where_one_dances_alone_is_said_with_its_place():
    breaks = (
        Break("extra", (4.0, 4.0), (4.0, 6.0)),
        Break("skipped", (8, 9), (10, 10)),
    )
    alignment = made.line_up(
        reference_s=np.array([0.0, 4.0, 4.0, 8.0, 9.0, 10.0]),
        take_s=np.array([0.0, 4.0, 6.0, 10.0, 10.0, 11.0]),
        on_time_s=np.array([0.0, 4.0, 6.0, 10.0, 10.0, 11.0]),
        state=np.array(["danced", "danced", "extra", "danced", "skipped", "danced"]),
        breaks=breaks,
    )
    alone = page(alignment=alignment).data["alone"]
    assert alone == [[4.0, 6.0, "your take alone"], [10.0, 11.0, "left out"]]
