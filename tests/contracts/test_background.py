"""What is known of measures, and the registries: neither without the other."""

from __future__ import annotations

import re

import pytest

from owned import ours
from repetiteur.coaching.wording import LANGUAGES, wording
from repetiteur.technique.background import background_of, backgrounds, published
from repetiteur.technique.curve import curves
from repetiteur.technique.measure import measures

KNOWN = list(backgrounds().values())
REGISTERED = ours([*measures(), *curves()])
entries = pytest.mark.parametrize("known", KNOWN, ids=[one.id for one in KNOWN])
registered = pytest.mark.parametrize(
    "one", REGISTERED, ids=[f"{m.id}-{getattr(m, 'on', 'curve')}" for m in REGISTERED]
)

#: Known and in no registry: what they are of instead.
OF_TWO_PERFORMANCES = {"pose_distance", "timing_path", "step_presence"}
#: Known and in no registry: they need counts of the music.
OF_MUSIC = {"beat_offset", "beat_alignment", "accent", "tempo_shape"}
#: Known and not measured yet, with the reason.
NOT_BUILT: dict[str, str] = {}
NOT_BUILT_COMPONENTS: dict[str, str] = {}


@registered
def test_every_measure_is_known(one):
    known = background_of(one.id)
    assert known is not None, f"measures.yaml has no entry {one.id.partition('.')[0]}"
    _, _, suffix = one.id.partition(".")
    assert not suffix or known.components.keys() & {suffix, "*"}, (
        f"measures.yaml has no {suffix} under the components of {known.id}"
    )
    part = known.part(one.id)
    assert part.unit == one.unit, f"measures.yaml has another unit for {one.id}"
    assert part.sense, f"measures.yaml has no sense for {one.id}"


@registered
def test_no_measure_is_refused_at_the_rate_that_is_advised(one):
    known = background_of(one.id)
    assert known is not None, f"measures.yaml has no entry {one.id.partition('.')[0]}"
    least, advised = getattr(one, "least_hz", 0.0), known.needs.advised_hz
    assert least <= 25.0 or least <= advised


@entries
def test_every_entry_is_taken_or_said_not_to_be(known):
    taken = any(background_of(one.id) is known for one in REGISTERED)
    named = known.id in OF_TWO_PERFORMANCES | OF_MUSIC or known.id in NOT_BUILT
    assert taken != named


@entries
def test_every_component_is_taken_or_said_not_to_be(known):
    ids = {one.id for one in REGISTERED}
    for suffix in known.components.keys() - {"*"}:
        full = f"{known.id}.{suffix}"
        not_built = known.id in NOT_BUILT or full in NOT_BUILT_COMPONENTS
        if known.id in OF_MUSIC:
            continue
        assert (full in ids) != not_built, full


@entries
def test_it_says_what_must_be_known(known):
    assert known.formula
    assert known.pitfalls
    assert known.unit or known.components
    assert known.sense or known.components
    assert re.fullmatch(r"(O\d+)?", known.oracle)


@entries
def test_a_published_norm_names_its_people_and_its_source(known):
    for norm in published(known.norms):
        assert norm.evidence == "A"
        assert len(norm.of) > 5
        assert re.search(r"\d|leading company|panel|elite", norm.population)
        assert norm.source


@entries
def test_a_default_is_never_evidence_of_a_publication(known):
    assert {one.evidence for one in known.defaults} <= {"C"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_note_quotes_a_norm(language):
    said = str(vars(wording(language)))
    for known in KNOWN:
        for norm in known.norms:
            author = norm.source.split()[0]
            assert author in ("a", "data", "texts") or author not in said
    for word in ("professionals", "published", "norm"):
        assert word not in said


def test_what_two_performances_give_is_said_in_words():
    said = wording("en")
    for id in OF_TWO_PERFORMANCES - {"pose_distance"}:
        assert id in str(vars(said))
