"""Beats against librosa's default, where every beat is known, and on real recordings.

    apt-get install fluidsynth fluid-soundfont-gm
    python -m venv scores && scores/bin/pip install music21
    export REPETITEUR_TEST_DATA=... OMP_NUM_THREADS=1
    python benchmarks/music_beats.py --scores scores/bin/python --cache renderings

Scores are played in three ways (``STYLES``): steadily, with a rubato of ±25 %, and with
rallentandi and fermatas. The first twelve were tuned on; the others are run once
(``--kept``), with seeds of their own, and so are the real recordings, whose beats were
marked by us (tests/data/beats). The measures are mir_eval's: F within 70 ms, and
continuity at the right metrical level (CMLt) and at any (AMLt), without cutting off the
first five seconds.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import librosa
import mir_eval
import numpy as np
from music_rendering import TUNED_ON, Array, performed, rendered, scores

from repetiteur.io.audio import Sound, read_audio
from repetiteur.music.beats import Beats, beats_of
from repetiteur.music.onsets import RATE

STYLES = {
    "steady": {"rubato": 0.03},
    "rubato": {"rubato": 0.25, "phrase_end": 0.75},
    "rallentando": {"rubato": 0.1, "phrase_end": 0.5, "fermatas": 2},
}
SECONDS = 40.0
#: Seeds were fixed before anything was tuned.
SEEDS = {"tuned": 100, "kept": 9000}
MARKED = Path(__file__).parents[1] / "tests" / "data" / "beats"
RECORDINGS = ("sugar_plum_fairy_macleod", "hungarian_dance_5")
MEASURES = ("F", "CMLt", "AMLt")
Figures = dict[str, object]


def excerpts(
    python: str, folder: Path, which: str
) -> Iterator[tuple[str, str, Sound, Array]]:
    """Name, style, sound and true beats of every rendering."""
    found = list(scores(python, folder).values())
    found = found[:TUNED_ON] if which == "tuned" else found[TUNED_ON:]
    for score in found:
        for k, (style, options) in enumerate(STYLES.items()):
            played = performed(score.part(SECONDS), SEEDS[which] + k, **options)
            file = rendered(played, folder, hall=style == "rubato")
            yield score.name, style, read_audio(file, RATE), played.beat_s


def recordings(data: Path) -> Iterator[tuple[str, str, Sound, Array]]:
    """The same of the real recordings: only where beats were marked."""
    for name in RECORDINGS:
        true = np.loadtxt(MARKED / f"{name}.csv", delimiter=",", skiprows=1, usecols=0)
        sound = read_audio(data / "audio" / f"{name}.ogg", RATE)
        yield name, "recorded", sound, true


@cache
def _default(sound: Sound, bpm: float | None) -> Array:
    _, found = librosa.beat.beat_track(y=sound.samples, sr=RATE, units="time", bpm=bpm)
    return np.asarray(found) + sound.start_s


@cache
def _ours(sound: Sound, bpm: float | None) -> Beats:
    return beats_of(sound, bpm=bpm)


def default(sound: Sound, _: Array) -> Array:
    """librosa as it comes."""
    return _default(sound, None)


def default_on_time(sound: Sound, true: Array) -> Array:
    """librosa as it comes, less its usual delay."""
    return default(sound, true) - 0.045


def default_tapped(sound: Sound, true: Array) -> Array:
    """librosa, told the tempo."""
    return _default(sound, tapped(true))


def ours(sound: Sound, _: Array) -> Array:
    """Without a tempo: what the command writes."""
    found = _ours(sound, None)
    return found.time_s[found.heard]


def ours_tapped(sound: Sound, true: Array) -> Array:
    """With the median tempo, as a person taps it."""
    found = _ours(sound, tapped(true))
    return found.time_s[found.heard]


METHODS: tuple[Callable[[Sound, Array], Array], ...] = (
    default,
    default_on_time,
    default_tapped,
    ours,
    ours_tapped,
)


def tapped(true: Array) -> float:
    """Beats a minute: the median."""
    return float(60.0 / np.median(np.diff(true)))


def scored(true: Array, found: Array) -> tuple[float, float, float]:
    """F, CMLt, AMLt."""
    if found.size < 2:
        return 0.0, 0.0, 0.0
    _, cml, _, aml = mir_eval.beat.continuity(true - true[0] + 1, found - true[0] + 1)
    return float(mir_eval.beat.f_measure(true, found)), float(cml), float(aml)


def known(true: Array, found: Array) -> Array:
    """Which beats of a recording are near to marked ones: elsewhere none is known."""
    beat = float(np.median(np.diff(true)))
    return np.abs(found[:, None] - true).min(axis=1) < 1.5 * beat


def reliability(sure: Array, right: Array) -> list[dict[str, float]]:
    """Of beats with like confidence, how many were right."""
    out = []
    for low in np.arange(0.0, 1.0, 0.2):
        inside = (sure >= low) & (sure < low + 0.2 + (low > 0.7))
        if inside.sum() >= 20:
            out.append(
                {
                    "said": round(float(sure[inside].mean()), 2),
                    "was": round(float(right[inside].mean()), 2),
                    "beats": int(inside.sum()),
                }
            )
    return out


def right(beats: Beats, true: Array) -> Array:
    """Which beats are within 70 ms of a true one."""
    return np.abs(beats.time_s[:, None] - true).min(axis=1) <= 0.07


def figures(given: list[tuple[str, str, Sound, Array]]) -> Figures:
    """Every method on every excerpt, and how true our confidence is."""
    out: Figures = {"excerpts": len(given), "beats": sum(len(g[3]) for g in given)}
    styles = sorted({style for _, style, *_ in given})
    for method in METHODS:
        rows = []
        for _, style, sound, true in given:
            found = method(sound, true)
            whole = style != "recorded"
            rows.append(scored(true, found[known(true, found) | whole]))
        table = np.array(rows)
        of = {s: np.array([style == s for _, style, *_ in given]) for s in styles}
        out[method.__name__] = {
            **dict(zip(MEASURES, table.mean(axis=0).round(3), strict=True)),
            **{f"F_{s}": round(float(table[of[s], 0].mean()), 3) for s in styles},
        }
    base = out["default"]["F"]
    out["F_against_default"] = round(float(out["ours"]["F"] / base), 2)
    out["F_against_default_tapped"] = round(float(out["ours_tapped"]["F"] / base), 2)
    for told in (False, True):
        sure, hit = [], []
        for _, style, sound, true in given:
            beats = _ours(sound, tapped(true) if told else None)
            asked = beats.heard & (known(true, beats.time_s) | (style != "recorded"))
            sure.append(beats.confidence[asked])
            hit.append(right(beats, true)[asked])
        said = reliability(np.concatenate(sure), np.concatenate(hit))
        out[f"confidence{'_tapped' if told else ''}"] = said
    return out


def main() -> None:
    """Print the figures, and keep them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scores", required=True, help="Python that has music21")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--kept", action="store_true")
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args()
    out: Figures = {"librosa": librosa.__version__}
    for which in ("tuned", *(["kept"] if given.kept else [])):
        out[which] = figures(list(excerpts(given.scores, given.cache, which)))
    if data := os.environ.get("REPETITEUR_TEST_DATA"):
        for one in recordings(Path(data)):
            out[one[0]] = figures([one])
    text = json.dumps(out, indent=1, default=float)
    print(text)
    if given.output:
        given.output.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
