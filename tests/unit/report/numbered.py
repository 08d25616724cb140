"""Films of which each picture carries its number, so that what is shown can be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from repetiteur.io.audio import Sound
from repetiteur.io.video_writer import write_video
from repetiteur.rehearsal import Recording, Rehearsal
from repetiteur.report.film import both, film_of
from repetiteur.report.shot import shot_of
from unit.report import small_rehearsal as made
from unit.report import small_video

BITS, STRIPE = 11, 10  # stripes from the lowest bit on, and how wide one is
LEFT = small_video.WIDE // 2 - BITS * STRIPE // 2


def picture(number):
    """Stripes from top to bottom, dark for 0 and bright for 1."""
    rgb = np.full((small_video.HIGH, small_video.WIDE, 3), 120, np.uint8)
    for bit in range(BITS):
        left = LEFT + STRIPE * bit
        rgb[:, left : left + STRIPE] = 235 * (number >> bit & 1)
    return rgb


def tone(seconds):
    """A click each second."""
    at = np.arange(round(48_000 * seconds)) / 48_000
    return Sound(
        (np.sin(2 * np.pi * 880 * at) * (at % 1 < 0.02)).astype(np.float32), 48_000, 0.0
    )


def recording(path: Path, times: np.ndarray, *, sound: bool = True) -> Recording:
    """A film with a picture at each of these times, and a dancer in front of it."""
    seen = small_video.tracked(made.dancer(duration_s=float(times[-1]), fps=15))
    shown = seen.interp(time=times).assign_attrs(seen.attrs)
    write_video(
        path,
        ((float(at), picture(k)) for k, at in enumerate(times)),
        size=(small_video.WIDE, small_video.HIGH),
        sound=tone(times[-1]) if sound else None,
    )
    return Recording(path.name, "0f" * 32, shown, video=path)


def warped(seconds, tempo=1.1):
    """The take's moment for one of the reference, which breathes."""
    return tempo * seconds + 0.25 * np.sin(seconds / 2.0)


def rehearsal(folder: Path, seconds: float, *, sound: bool = True) -> Rehearsal:
    """A take of varying frame rate, slower than its reference and not evenly so."""
    rng = np.random.default_rng(5)
    reference = np.arange(0.0, seconds, 1 / 30)
    gaps = rng.choice([0.033, 0.034, 0.042], round(warped(seconds) / 0.033))
    take = np.concatenate([[0.0], np.cumsum(gaps)])
    take = take[take < warped(seconds)]
    line = made.line_up(float(reference[-1]), 0.0)
    line = replace(
        line, tempo_ratio=1.1, take_s=np.minimum(warped(line.reference_s), take[-1])
    )
    plain = made.rehearsal(alignment=line)
    return replace(
        plain,
        reference=recording(folder / "reference.mp4", reference, sound=sound),
        take=recording(folder / "take.mp4", take, sound=sound),
    )


def columns(found: Rehearsal) -> dict[str, list[float]]:
    """By who dances: where, of the width of its film, the middle of each stripe is."""
    out = {}
    for who, one in both(found).items():
        shot = shot_of(film_of(one))
        middles = LEFT + STRIPE * (np.arange(BITS) + 0.5)
        out[who] = ((middles - shot.corner[0]) / shot.size[0]).tolist()
    return out


#: Reads the numbers of the pictures that both films show, where a page has them.
READ = """columns => ["ref", "take"].map(who => {
  const video = document.querySelector(`.film.${who} video`), at = columns[who];
  if (!window.pen) {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 320, height: 8 });
    window.pen = canvas.getContext("2d", { willReadFrequently: true });
  }
  const wide = 320, high = 8;
  pen.drawImage(video, 0, 0, wide, high);
  const row = pen.getImageData(0, 4, wide, 1).data;
  return at.reduce((n, x, bit) => n | (row[4 * Math.round(x * wide)] > 110) << bit, 0);
})"""
