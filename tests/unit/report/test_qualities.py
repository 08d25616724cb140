"""What the page says of quality: in words where it is surely so, and calmly else."""

import re
from dataclasses import replace

from repetiteur.model.findings import NotJudged
from repetiteur.report.page import render
from repetiteur.report.qualities import qualities
from repetiteur.report.write import write_report
from unit.report import expressed as made
from unit.report import small_rehearsal
from unit.report.test_page import NASTY, Reader

NOTHING = "No quality differs beyond what repeats of one dancer vary by."
FEELINGS = (
    "emotion", "sad", "happy", "happi", "joy", "anger", "angry", "fear", "crying",
    "smil", "laugh", "mood", "expressive",
)  # fmt: skip


def page(found=None, face=None, **options):
    return Reader(render(made.rehearsal(found, face), **options))


def test_where_nobody_looked_there_is_no_section():
    assert qualities(small_rehearsal.rehearsal()) is None
    assert "Quality" not in Reader(render(small_rehearsal.rehearsal())).said


def test_what_differs_is_said_with_its_time_and_its_size():
    found = qualities(made.rehearsal())
    arms, sudden, knees = found.open
    assert (arms.text, arms.when) == (
        "Arms carried lower",
        "8.3 s to 12.3 s of your take",
    )
    assert arms.size.endswith("; repeats of one dancer vary by 8°.")
    assert sudden.when == "3.3 s to 9.3 s of your take, and one more time"
    assert knees.text == "Deeper in the knees"


def test_moments_are_called_by_the_take_and_go_to_the_reference():
    _, sudden, _ = qualities(made.rehearsal()).open
    assert [(one.text, one.at_s) for one in sudden.places] == [
        ("3.3 s", 3.0),
        ("9.3 s", 9.0),
    ]


def test_what_is_so_throughout_has_no_moment():
    course = made.beside("effort_time", made.step(0, 10, 2.0))
    one = made.body([course], [made.finding(course, 0, 10)])
    (found,) = qualities(made.rehearsal(one)).open
    assert (found.when, found.places) == ("throughout", ())


def test_many_are_folded():
    course = made.beside("effort_time", made.step(0, 10, 2.0))
    many = [made.finding(course, k, k + 2) for k in range(6)]
    found = qualities(made.rehearsal(made.body([course], many)))
    assert (len(found.open), len(found.folded)) == (3, 3)
    said = page(made.body([course], many)).said
    assert "Three more qualities that differ" in said


def test_no_difference_is_said_calmly():
    same = made.body([made.beside("effort_time", made.step(0, 10, 0.0))])
    said = page(same).said
    assert NOTHING in said
    assert NOTHING not in page().said


def test_where_nothing_was_judged_its_reason_stands_there():
    said = page(made.body([])).said
    assert "No quality could be judged." in said
    assert NOTHING not in said
    assert "Not judged: Landings. There is no jump. Next time: Dance one." in said


def test_every_quality_stands_in_the_table():
    read = page()
    found = qualities(made.rehearsal())
    assert len(found.rows) == 6
    for row in found.rows:
        assert row.name in read.said
        assert row.interval in read.said
    assert "Six qualities as numbers, and what was not judged" in read.said


def test_reasons_name_their_qualities_together():
    reason = ("One camera shows no depth.", "Record it in space.")
    names = ("verticality", "spine_curve", "effort_weight.landing")
    one = made.body([], not_judged=[NotJudged(name, *reason) for name in names])
    (entry,) = qualities(made.rehearsal(one)).unjudged
    assert entry.names == ("Lean of the trunk", "Curve of the spine", "Landings")


def test_no_feeling_has_a_name_and_the_evidence_stands_beside():
    read = page(face=made.faces())
    said = read.said.casefold()
    assert [word for word in FEELINGS if word in said.split("quality: energy")[1]] == []
    assert "it says nothing of feelings" in said
    assert "for ballet nobody has measured how well they tell" in said


def test_texts_with_markup_stay_text():
    entry = NotJudged(NASTY, NASTY, NASTY)
    read = page(made.body([], not_judged=[entry]))
    assert read.said.count("<img src=x") == 3
    assert [tag for tag, _ in read.elements].count("script") == 2
    assert "img" not in [tag for tag, _ in read.elements]


def test_every_drawing_has_words_and_every_number_a_place():
    read = page(face=made.faces())
    ids = {attrs["id"] for _, attrs in read.elements if "id" in attrs}
    over = [attrs for tag, attrs in read.elements if attrs.get("class") == "plot"]
    assert len(over) == 3 + 6
    for attrs in over:
        assert attrs["role"] == "img"
        told = attrs["aria-labelledby"], attrs.get("aria-describedby")
        assert {one for one in told if one} <= ids
    assert len(ids) == len([1 for _, attrs in read.elements if "id" in attrs])
    assert not any("style" in attrs for _, attrs in read.elements)


def test_a_link_below_the_title_leads_there():
    read = page()
    links = [attrs["href"] for tag, attrs in read.elements if tag == "a"]
    assert "#h-quality" in links


def test_who_hides_faces_has_nothing_told_of_them():
    with_faces = page(face=made.faces())
    assert "The face" in with_faces.said
    assert "Inner brows" in with_faces.said
    for read in (page(face=made.faces(), blur_faces=True), page()):
        assert "The face" not in read.said
        assert "Inner brows" not in read.said
        assert "Energy" in read.said


def test_of_several_references_the_band_is_explained():
    one = made.rehearsal(made.usual(casts=((), made.step(3, 7, 0.5))))
    several = replace(one, references=(one.reference,))
    said = Reader(render(several)).said
    assert "what they have between them" in said
    assert "beside the references" in said
    assert "what they have between them" not in page().said


def test_where_nothing_at_all_was_judged_it_is_left_out():
    one = made.rehearsal(alignment=small_rehearsal.no_line_up())
    one = replace(one, findings=small_rehearsal.empty_findings())
    assert "Quality: energy" not in Reader(render(one)).said


UNITS_OF_FACES = re.compile("brow|lip_|lips|jaw|lids|head_turn|head_up|gaze|mouth")


def test_of_faces_the_page_tells_and_no_file_beside_it(tmp_path):
    one = made.rehearsal(face=made.faces())
    write_report(one, tmp_path)
    texts = {
        path.name: path.read_bytes().decode("utf-8", "replace")
        for path in tmp_path.iterdir()
    }
    assert UNITS_OF_FACES.search(texts.pop("report.html"))
    assert len(texts) == 6
    assert [name for name, text in texts.items() if UNITS_OF_FACES.search(text)] == []
    write_report(one, tmp_path / "blurred", blur_faces=True)
    page = (tmp_path / "blurred" / "report.html").read_text("utf-8")
    assert "Inner brows" not in page
