"""The document for ELAN: valid, complete, the same after a round trip."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from repetiteur.report.elan import steps_eaf
from repetiteur.steps.step import Step
from unit.report import stepped

MADE = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
TIED = Step(
    "changement", "left", 1.0, 2.0, 0.9,
    phases={"plie": (1.0, 1.5), "takeoff": (1.5, 1.5), "flight": (1.5, 2.0),
            "landing": (2.0, 2.0)},
)  # fmt: skip


def root_of(danced=None, **kinds):
    text = steps_eaf(stepped.danced() if danced is None else danced, MADE, **kinds)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    return ET.fromstring(text.encode("utf-8"))


def spans(root, tier):
    """Values of a tier with their times, ms."""
    slots = {
        slot.get("TIME_SLOT_ID"): int(slot.get("TIME_VALUE"))
        for slot in root.iter("TIME_SLOT")
    }
    (found,) = [one for one in root.iter("TIER") if one.get("TIER_ID") == tier]
    return [
        (slots[one.get("TIME_SLOT_REF1")], slots[one.get("TIME_SLOT_REF2")],
         one.findtext("ANNOTATION_VALUE"))
        for one in found.iter("ALIGNABLE_ANNOTATION")
    ]  # fmt: skip


def told(root, tier):
    """What a tier tells of annotations, by their ids."""
    (found,) = [one for one in root.iter("TIER") if one.get("TIER_ID") == tier]
    return {
        one.get("ANNOTATION_REF"): one.findtext("ANNOTATION_VALUE")
        for one in found.iter("REF_ANNOTATION")
    }


def test_steps_their_phases_and_what_is_told_of_them():
    root = root_of()
    assert spans(root, "steps") == [
        (2000, 6000, "Développé à la seconde"),
        (6000, 7250, "Demi-plié"),
        (7500, 8000, "Troisième position or Cinquième position"),
        (8000, 8600, "Sauté?"),
    ]
    assert spans(root, "steps 2") == [(1000, 9000, "Adage")]
    assert spans(root, "phases") == [
        (2000, 3000, "retire"),
        (3000, 4500, "extension"),
        (4500, 6000, "hold"),
        (6500, 6501, "bottom"),
    ]
    assert list(told(root, "id").values()) == [
        "developpe", "demi_plie", "third_position", "saute",
    ]  # fmt: skip
    assert list(told(root, "side").values()) == ["left", "left"]
    assert "no fondu" in next(iter(told(root, "why").values()))


def test_instants_have_room_beside_their_neighbours():
    found = spans(root_of(stepped.danced([TIED])), "phases")
    assert [name for *_, name in found] == ["plie", "takeoff", "flight", "landing"]
    assert found[0][:2] == (1000, 1500)
    for (_, end, _), (start, _, _) in pairwise(found):
        assert end <= start
    assert all(1000 <= start < end <= 2000 for start, end, _ in found)
    assert found[-1][:2] == (1999, 2000)


def test_what_elan_asks_of_a_document():
    root = root_of(stepped.two())
    order = [int(slot.get("TIME_VALUE")) for slot in root.iter("TIME_SLOT")]
    assert order == sorted(order)
    ids = [one.get("ANNOTATION_ID") for one in root.iter() if one.get("ANNOTATION_ID")]
    assert len(ids) == len(set(ids))
    tiers = [tier.get("TIER_ID") for tier in root.iter("TIER")]
    assert len(tiers) == len(set(tiers))
    types = {one.get("LINGUISTIC_TYPE_ID"): one for one in root.iter("LINGUISTIC_TYPE")}
    known = {one.get("STEREOTYPE") for one in root.iter("CONSTRAINT")}
    for tier in root.iter("TIER"):
        kind = types[tier.get("LINGUISTIC_TYPE_REF")]
        assert tier.get("PARENT_REF") in {None, *tiers}
        assert (kind.get("CONSTRAINTS") in known) == (tier.get("PARENT_REF") in tiers)
    last = {one.get("NAME"): one.text for one in root.iter("PROPERTY")}
    assert last["lastUsedAnnotationId"] == str(len(ids))
    tags = [one.tag for one in root]
    expected = ["HEADER", "TIME_ORDER", "TIER", "LINGUISTIC_TYPE", "CONSTRAINT"]
    assert list(dict.fromkeys(tags)) == expected
    assert (root.get("FORMAT"), root.get("VERSION")) == ("3.0", "3.0")
    assert root.get("DATE") == "2026-11-23T12:30:00+00:00"


def test_a_video_is_named_by_its_name_alone():
    text = steps_eaf(stepped.danced(source="/home/anna/my film.mov", video=True), MADE)
    assert "anna" not in text
    (media,) = ET.fromstring(text.encode()).iter("MEDIA_DESCRIPTOR")
    assert media.get("MEDIA_URL") == media.get("RELATIVE_MEDIA_URL") == "./my film.mov"
    assert media.get("MIME_TYPE") == "video/quicktime"


def test_a_motion_file_is_no_film():
    assert not list(root_of().iter("MEDIA_DESCRIPTOR"))


def test_names_that_xml_has_no_room_for():
    root = root_of(stepped.danced(source="a\x01\ud800<&>.bvh"))
    said = {one.get("NAME"): one.text for one in root.iter("PROPERTY")}
    assert said["recording"] == "a\N{REPLACEMENT CHARACTER}" * 1 + (
        "\N{REPLACEMENT CHARACTER}<&>.bvh"
    )
    assert any(
        "onerror" in t.get("TIER_ID") for t in root_of(stepped.two()).iter("TIER")
    )


def test_nothing_recognised_leaves_tiers_to_fill():
    root = root_of(stepped.danced(()))
    assert spans(root, "steps") == []
    assert not list(root.iter("TIME_SLOT"))


@pytest.mark.parametrize("danced", [stepped.danced(), stepped.danced([TIED])])
def test_pympi_reads_it_and_writes_it_again(danced, tmp_path):
    pympi = pytest.importorskip("pympi", reason="needs pympi-ling")
    first, second = tmp_path / "first.eaf", tmp_path / "second.eaf"
    first.write_text(steps_eaf(danced, MADE), encoding="utf-8")
    read = pympi.Eaf(first)
    read.to_file(second)
    again = pympi.Eaf(second)
    tiers = list(read.get_tier_names())
    assert list(again.get_tier_names()) == tiers
    assert "phases" in tiers
    for tier in tiers:
        found = read.get_annotation_data_for_tier(tier)
        assert found == again.get_annotation_data_for_tier(tier)
        of = [step for step in danced.steps["dancer"] if step.id != "adagio"]
        if tier == "steps":
            assert [(round(1000 * s.start_s), round(1000 * s.end_s)) for s in of] == [
                (start, end) for start, end, _ in found
            ]
    root = ET.parse(second).getroot()
    assert spans(root, "phases") == spans(root_of(danced), "phases")
    assert told(root, "id") == told(root_of(danced), "id")
