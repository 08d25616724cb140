"""How far the notes and those who know better agree, from the marks that they gave.

Each number is there with its 90 % interval, or is not judged with the reason. People do
not agree with one another fully either: what was published of that stands in
:data:`BETWEEN_PEOPLE`, to be read beside these numbers, not as a mark to be reached.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from repetiteur.errors import NothingToJudge
from repetiteur.io.marks import Answer, Mark
from repetiteur.kernels.agreement import Estimate, icc, kappa, share, specific

#: What the program is called among those who give sizes.
PROGRAM = "the program"
#: Fewest notes on which sizes of two are compared.
FEWEST = 3
#: A note is known by its rehearsal and its id.
_Key = tuple[str, str]


@dataclass(frozen=True)
class Figure:
    """One number of agreement.

    Attributes
    ----------
    what : str
        ``accepted``: share of the notes decided on that a rater accepts (precision).
        ``found``: share of the faults that a rater sees which the notes name (recall).
        ``agreement``: of what either names, agreement on it (the F-measure).
        ``kappa``: Cohen's, of two raters on the same notes. ``icc``: ICC(2,1) of sizes.
    raters : tuple of str
    of : int
        How many notes or faults it rests on.
    estimate : Estimate
    unit : str
        Of the sizes, for ``icc``.
    """

    what: str
    raters: tuple[str, ...]
    of: int
    estimate: Estimate
    unit: str = ""


@dataclass(frozen=True)
class Unjudged:
    """A number that cannot be given, and why."""

    what: str
    raters: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Agreement:
    """All that the marks say.

    ``not_now`` counts, for each rater, the notes that are right perhaps but not for
    now; they are no decision and enter no other number.
    """

    figures: tuple[Figure, ...]
    not_judged: tuple[Unjudged, ...]
    not_now: dict[str, int]


@dataclass(frozen=True)
class Published:
    """How far people agreed with one another, as it was published."""

    said: str
    who: str
    source: str


BETWEEN_PEOPLE = (
    Published(
        "κ 0.52 (95 %: 0.43 to 0.61) between raters, 0.82 (0.77 to 0.86) within one",
        "physiotherapists on foot, knee, pelvis and trunk in 65 videos of a squat on "
        "one leg",
        '"Visual assessment of movement quality: a study on intra- and interrater '
        'reliability of a multi-segmental single leg squat test", BMC Sports Sci. Med. '
        "Rehabil., 2021, doi 10.1186/s13102-021-00289-x",
    ),
    Published(
        "ICC(3,1) 0.71 between experienced, 0.60 between student physiotherapists",
        "a scale of ten points on 44 videos of a squat on one leg",
        "Weeks, Carty & Horan, BMC Musculoskelet. Disord. 13:207, 2012",
    ),
    Published(
        "ICC 0.98 (95 %: 0.96 to 0.99) between raters, 0.78 (0.72 to 0.83) within one",
        "28 physiotherapists and students, total scores of ten dancers in a screening "
        "of ballet technique, after training for it",
        "Bronner et al., Med. Probl. Perform. Art. 35(1), 2020, doi "
        "10.21091/mppa.2020.1004",
    ),
    Published(
        "ICC(2,3) 0.62, mean correlation 0.48",
        "eighteen judges of DanceSport on twelve couples",
        "Premelč, Vučković, James & Leskošek, Front. Psychol. 10:1001, 2019",
    ),
    Published(
        "r 0.94 between raters",
        "three judges with a structured scale (PCEM) on twenty dancers",
        "Krasnow & Chatfield, 2009",
    ),
)


def agreement(marks: Iterable[Mark]) -> Agreement:
    """What marks of one or several raters say.

    Parameters
    ----------
    marks : iterable of Mark
        Where a rater marks a note twice, the later mark counts.

    Returns
    -------
    Agreement

    Raises
    ------
    NothingToJudge
        When no note was accepted or rejected, no fault was missed, and nobody gave
        sizes.

    Examples
    --------
    >>> given = [Mark("monday", "n1", "accept", "Anna"),
    ...          Mark("monday", "n2", "reject", "Anna")]
    >>> agreement(given).figures[0].estimate.value
    0.5
    """
    by_rater: dict[str, dict[_Key, Mark]] = {}
    for mark in marks:
        by_rater.setdefault(mark.rater, {})[mark.notes, mark.note] = mark
    found = [
        *(one for rater, given in by_rater.items() for one in _one(rater, given)),
        *(
            _kappa((a, b), by_rater[a], by_rater[b])
            for a, b in combinations(by_rater, 2)
        ),
        *_sizes(by_rater),
    ]
    figures = tuple(one for one in found if isinstance(one, Figure))
    if not figures:
        raise NothingToJudge(
            "Agreement needs notes that were accepted or rejected, and these marks "
            f"have {_counted(by_rater)}. Write accept, reject or not_now beside the "
            "notes."
        )
    return Agreement(
        figures,
        tuple(one for one in found if isinstance(one, Unjudged)),
        {rater: _answers(given)["not_now"] for rater, given in by_rater.items()},
    )


def _counted(by_rater: dict[str, dict[_Key, Mark]]) -> str:
    answers = sum(map(_answers, by_rater.values()), Counter[Answer]())
    return ", ".join(f"{n} {name}" for name, n in answers.items()) or "none"


def _answers(given: dict[_Key, Mark]) -> Counter[Answer]:
    return Counter(mark.answer for mark in given.values())


def _one(rater: str, given: dict[_Key, Mark]) -> Iterator[Figure | Unjudged]:
    """What one rater says of the notes."""
    many, who = _answers(given), (rater,)
    accepted, rejected = many["accept"], many["reject"]
    if accepted + rejected:
        of = accepted + rejected
        yield Figure("accepted", who, of, share(accepted, of))
    else:
        yield Unjudged("accepted", who, "No note was accepted or rejected.")
    yield from _found(who, given)
    yield Unjudged(
        "kappa",
        (PROGRAM, rater),
        "Nobody can count what neither of the two says. With much of it, kappa comes "
        "to the agreement on what is said.",
    )


def _found(who: tuple[str], given: dict[_Key, Mark]) -> Iterator[Figure | Unjudged]:
    """How much of what a rater sees the notes name, where misses were looked for."""
    misses = ("missed", "none_missed")
    looked = {mark.notes for mark in given.values() if mark.answer in misses}
    there = Counter(m.answer for m in given.values() if m.notes in looked)
    accepted, rejected = there["accept"], there["reject"]
    seen = accepted + there["missed"]
    if seen:
        yield Figure("found", who, seen, share(accepted, seen))
        both = specific(accepted, rejected, there["missed"])
        yield Figure("agreement", who, seen + rejected, both)
        return
    why = "The rater sees no fault."
    if not looked:
        why = (
            "Whether faults were missed is not said: add a line for each (missed), or "
            "one line that says that there are none (none_missed)."
        )
    yield from (Unjudged(what, who, why) for what in ("found", "agreement"))


def _kappa(
    raters: tuple[str, str], one: dict[_Key, Mark], other: dict[_Key, Mark]
) -> Figure | Unjudged:
    """Cohen's kappa of two raters on the notes that both accept or reject."""
    decided = ("accept", "reject")
    both = [
        (decided.index(one[key].answer), decided.index(other[key].answer))
        for key in one.keys() & other.keys()
        if one[key].answer in decided and other[key].answer in decided
    ]
    if not both:
        return Unjudged("kappa", raters, "The two have decided on no note in common.")
    table = np.zeros((2, 2))
    np.add.at(table, tuple(np.transpose(both)), 1)
    found = kappa(table)
    if not np.isfinite(found.value):
        why = f"Both {decided[both[0][0]]} all {len(both)} notes, as chance would, too."
        return Unjudged("kappa", raters, why)
    return Figure("kappa", raters, len(both), found)


def _sizes(by_rater: dict[str, dict[_Key, Mark]]) -> Iterator[Figure | Unjudged]:
    """ICC of the sizes that two give for the same notes, unit by unit."""
    sizes = {
        rater: {key: (mark.unit, abs(mark.size)) for key, mark in given.items()
                if mark.size is not None and mark.answer != "missed"}
        for rater, given in by_rater.items()
    }  # fmt: skip
    said = {
        key: (mark.unit, abs(mark.said))
        for given in by_rater.values()
        for key, mark in given.items()
        if mark.said is not None and mark.answer != "missed"
    }
    everyone = {PROGRAM: said, **{who: given for who, given in sizes.items() if given}}
    for a, b in combinations(everyone, 2):
        yield from _of_two((a, b), everyone[a], everyone[b])


def _of_two(
    raters: tuple[str, str],
    one: dict[_Key, tuple[str, float]],
    other: dict[_Key, tuple[str, float]],
) -> Iterator[Figure | Unjudged]:
    shared = [key for key in one if key in other and one[key][0] == other[key][0]]
    units = dict.fromkeys(one[key][0] for key in shared)
    if not units:
        yield Unjudged("icc", raters, "The two give no size of one note in one unit.")
    for unit in units:
        rows = [(one[k][1], other[k][1]) for k in shared if one[k][0] == unit]
        found = icc(rows)
        if np.isfinite(found.value):
            yield Figure("icc", raters, len(rows), found, unit)
        elif len(rows) < FEWEST:
            why = (
                f"Sizes in {unit} of {FEWEST} notes are needed; there are {len(rows)}."
            )
            yield Unjudged("icc", raters, why)
        else:
            why = f"All sizes in {unit} are alike: no error is left to be told."
            yield Unjudged("icc", raters, why)


def ordered(figures: Sequence[Figure]) -> list[Figure]:
    """Figures by what they say, each kind together."""
    kinds = ("accepted", "found", "agreement", "kappa", "icc")
    return sorted(figures, key=lambda one: kinds.index(one.what))
