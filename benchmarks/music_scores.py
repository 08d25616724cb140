"""Notes and beats of public-domain scores that music21 brings, in its own environment.

    python -m venv scores && scores/bin/pip install music21
    scores/bin/python benchmarks/music_scores.py scores.json

music21 wants other packages than this project, so it runs in a process of its own,
which ``music_rendering.py`` starts. All composers died before 1920. Nothing of the
scores is kept in this project: they are read where they are installed.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from typing import Any

#: Name, place in the corpus, beats a minute, quarters of a beat, instrument.
PIECES: tuple[tuple[str, str, float, float, str], ...] = (
    # tuned on
    ("bach_chorale", "bach/bwv66.6", 72, 1, "organ"),
    ("bach_easter", "bach/bwv4.8", 80, 1, "piano"),
    ("beethoven_allegro", "beethoven/opus18no1/movement1", 126, 1, "strings"),
    ("beethoven_adagio", "beethoven/opus59no1/movement3", 60, 1, "piano"),
    ("chopin_mazurka", "chopin/mazurka06-2", 132, 1, "piano"),
    ("clara_schumann_polonaise", "schumann_clara/polonaise_op1n1", 96, 1, "piano"),
    ("haydn_menuet", "haydn/opus74no1/movement3", 150, 1, "strings"),
    ("haydn_andantino", "haydn/opus74no1/movement2", 108, 0.5, "piano"),
    ("joplin_rag", "joplin/maple_leaf_rag", 92, 1, "piano"),
    ("mozart_hunt", "mozart/k458/movement1", 100, 1.5, "strings"),
    ("mozart_sonata", "mozart/k545/movement1_exposition", 132, 1, "piano"),
    ("schubert_linden", "schubert/Lindenbaum", 72, 1, "piano"),
    # kept for the end
    ("bach_chorale_2", "bach/bwv269", 76, 1, "piano"),
    ("beethoven_scherzo", "beethoven/opus18no1/movement3", 180, 1, "strings"),
    ("clara_schumann_polonaise_2", "schumann_clara/polonaise_op1n3", 100, 1, "piano"),
    ("clara_schumann_trio", "schumann_clara/opus17/movement3", 63, 1.5, "piano"),
    ("corelli_grave", "corelli/opus3no1/1grave", 56, 1, "strings"),
    ("haydn_finale", "haydn/opus74no1/movement4", 132, 1, "strings"),
    ("liliuokalani_aloha", "liliuokalani/aloha_oe", 80, 1, "piano"),
    ("mozart_allegro", "mozart/k155/movement1", 126, 1, "piano"),
    ("mozart_menuet", "mozart/k458/movement2", 108, 1, "piano"),
    ("mozart_presto", "mozart/k80/movement3", 138, 1, "strings"),
    ("schumann_scherzo", "schumann_robert/opus41no1/movement2", 104, 1.5, "strings"),
    ("verdi_donna", "verdi/laDonnaEMobile", 138, 0.5, "piano"),
)
#: Quarters of a score that are taken.
LONGEST = 240.0


def notes_of(score: Any) -> list[list[float]]:
    """Onset and length in quarters, pitch and part of every note, ties joined."""
    found = []
    for part, voice in enumerate(score.parts):
        for element in voice.stripTies().flatten().notes:
            if element.duration.isGrace or not hasattr(element, "pitches"):
                continue
            start, length = float(element.offset), float(element.quarterLength)
            if start < LONGEST:
                found += [[start, length, p.midi, part] for p in element.pitches]
    return sorted(found)


def bars_of(score: Any) -> list[list[float]]:
    """Onset in quarters of each bar line, and quarters of a whole bar there."""
    whole, found = 4.0, []
    for bar in score.parts[0].getElementsByClass("Measure"):
        if bar.timeSignature is not None:
            whole = float(bar.timeSignature.barDuration.quarterLength)
        start = float(bar.offset)
        if start < LONGEST and (not found or start > found[-1][0]):
            found.append([start, whole])
    return found


def beats_of(bars: list[list[float]], end: float, unit: float) -> list[list[float]]:
    """Quarters at which a beat begins, which of its bar it is, and the bar."""
    starts = [start for start, _ in bars] + [end]
    short = len(bars) > 1 and starts[1] - starts[0] < bars[0][1] - 1e-6
    found = []
    for number, (start, whole) in enumerate(bars):
        upbeat = whole - (starts[1] - starts[0]) if number == 0 and short else 0.0
        beats = round(float(Fraction(whole).limit_denominator(96)) / unit)
        for beat in range(beats):
            at = start - upbeat + beat * unit
            if start - 1e-6 <= at < starts[number + 1] - 1e-6:
                found.append([at, beat + 1, number + (0 if short else 1)])
    return found


def main() -> None:
    """Write what is read from the corpus as JSON."""
    from music21 import corpus

    out = {}
    for name, place, tempo, unit, instrument in PIECES:
        score = corpus.parse(place)
        notes, bars = notes_of(score), bars_of(score)
        end = max(start + length for start, length, *_ in notes)
        beats = [b for b in beats_of(bars, end, unit) if b[0] < LONGEST]
        out[name] = {
            "notes": notes,
            "beats": beats,
            "tempo": tempo,
            "instrument": instrument,
            "metre": round(max(whole for _, whole in bars[1:4]) / unit),
        }
        metres = sorted({whole / unit for _, whole in bars})
        sys.stderr.write(f"{name}: {len(notes)} notes, {len(beats)} beats, {metres}\n")
    with open(sys.argv[1], "w", encoding="utf-8") as file:  # noqa: PTH123
        json.dump(out, file)


if __name__ == "__main__":
    main()
