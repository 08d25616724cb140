"""The facts of the recordings."""

from dataclasses import replace

from repetiteur.report.recordings import histories, is_seen, recording_rows
from unit.report import small_rehearsal as made
from unit.report.small_video import tracked


def filmed(**attrs):
    plain = made.rehearsal()
    poses = tracked(made.dancer(fps=15)).assign_attrs(attrs)
    return replace(plain, take=replace(plain.take, poses=poses))


def test_a_video_beside_a_motion_file():
    rows = {label: (one, two) for label, one, two in recording_rows(filmed())}
    assert rows["Picture"] == ("none", "240 × 180 pixels")
    assert rows["Tracker"] == ("none", "repetiteur blazepose heavy")
    assert rows["Seen"] == ("in space (3D)", "by one camera (2D)")
    assert rows["Frames"] == ("60 a second", "15 a second")
    assert is_seen(filmed().take)
    assert not is_seen(filmed().reference)


def test_motion_files_have_no_rows_of_a_picture():
    labels = [label for label, *_ in recording_rows(made.rehearsal())]
    assert labels == ["File", "Length", "Frames", "Seen", "Drawn", "Checksum"]


def test_what_was_done_stands_in_order():
    (history,) = histories(filmed())
    assert history.label == "You"
    assert history.lines[0] == "tracked: heavy"
    assert history.count == 2


def test_attributes_of_other_peoples_files_are_bounded():
    odd = filmed(
        history="\n\n".join(f"step {k} " + "x" * 1000 for k in range(5000)),
        source_software="y" * 10_000,
        image_width="wide",
    )
    (history,) = histories(odd)
    assert history.count == 5000
    assert len(history.lines) == 60
    assert max(map(len, history.lines)) < 310
    rows = {label: two for label, _, two in recording_rows(odd)}
    assert "Picture" not in rows
    assert len(rows["Tracker"]) < 310
