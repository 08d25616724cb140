"""A rehearsal made by hand: a dancer of 26 points who bends, lifts a leg and jumps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import xarray as xr

from repetiteur.align.alignment import Alignment
from repetiteur.model.findings import (
    Difference,
    Evidence,
    Findings,
    Lateness,
    Note,
    NotJudged,
    Span,
    Strength,
)
from repetiteur.model.poses import make_poses
from repetiteur.rehearsal import Recording, Rehearsal

LATE_S = 0.18


def bump(t, middle, width):
    """0, rising to 1 at the middle, and 0 again."""
    return np.clip(np.cos(np.clip((t - middle) / width, -1, 1) * np.pi / 2), 0, 1) ** 2


def way(down_deg, side_deg):
    """Directions: degrees up from hanging, and from the front round to the left."""
    e, a = np.radians(down_deg), np.radians(side_deg)
    e, a = np.broadcast_arrays(e, a)
    return np.stack([np.sin(e) * np.sin(a), -np.cos(e), np.sin(e) * np.cos(a)], axis=-1)


def dancer(
    duration_s: float = 12.0,
    fps: float = 60.0,
    *,
    height: float = 0.0,
    late_s: float = 0.0,
    size: float = 1.0,
    heading_deg: float = 0.0,
    without: tuple[str, ...] = (),
    arms_deg: float = 0.0,
) -> xr.Dataset:
    """Poses; ``height`` lowers the left leg, ``late_s`` delays all after second 6."""
    frames = round(duration_s * fps) + 1
    time = np.arange(frames) / fps
    t = time - late_s * np.clip((time - 5.5) / 0.5, 0, 1)
    t = np.mod(t, 12.0) if duration_s > 13 else t
    leg = 10 + (98 - height) * bump(t, 4, 2.0)
    plie = 38 * (bump(t, 1, 0.8) + bump(t, 8, 0.7) + bump(t, 9.3, 0.5))
    air = 0.28 * bump(t, 8.75, 0.28)
    at = {"pelvis": np.zeros((frames, 3))}
    for side, s in (("left", 1.0), ("right", -1.0)):
        lift = leg if s > 0 else np.full(frames, 8.0)
        up = bump(t, 4, 2.0) if s > 0 else 0.0
        at[f"{side}_hip"] = np.tile(np.array([s * 0.09, 0, 0]), (frames, 1))
        bend = plie * (1 - up) + (30 * bump(t, 2.9, 0.9) if s > 0 else 0.0)
        at[f"{side}_knee"] = at[f"{side}_hip"] + 0.43 * way(lift + bend, s * 65)
        at[f"{side}_ankle"] = at[f"{side}_knee"] + 0.42 * way(lift - bend, s * 65)
        flat = 1 - np.clip(air / 0.1 + up * 2, 0, 1)
        foot = way(88 * flat + (1 - flat) * (lift - bend), s * 55)
        at[f"{side}_toe"] = at[f"{side}_ankle"] + 0.18 * foot
        at[f"{side}_heel"] = at[f"{side}_ankle"] - [0, 0.05, 0]
        open_ = 25 + 55 * bump(t, 4, 3) + 55 * bump(t, 8.8, 1.2) + arms_deg
        shoulder = np.tile(np.array([s * 0.17, 0.47, 0]), (frames, 1))
        round_ = s * (35 + 45 * bump(t, 4, 3))
        at[f"{side}_shoulder"] = shoulder
        at[f"{side}_elbow"] = shoulder + 0.28 * way(open_, s * 80)
        at[f"{side}_wrist"] = at[f"{side}_elbow"] + 0.25 * way(open_ + 4, round_)
        at[f"{side}_hand"] = at[f"{side}_wrist"] + 0.09 * way(open_ + 4, round_)
        at[f"{side}_ear"] = np.tile(np.array([s * 0.07, 0.68, 0]), (frames, 1))
        at[f"{side}_eye"] = np.tile(np.array([s * 0.03, 0.71, 0.08]), (frames, 1))
    for name, up_m, ahead in (
        ("chest", 0.28, 0.0), ("neck", 0.5, 0.0), ("head", 0.6, 0.0),
        ("head_top", 0.8, 0.0), ("nose", 0.66, 0.11),
    ):  # fmt: skip
        at[name] = np.tile(np.array([0, up_m, ahead]), (frames, 1))
    at = {name: place for name, place in at.items() if name not in without}
    low = np.minimum(at["left_toe"][:, 1], at["right_toe"][:, 1])
    heel = np.minimum(at["left_ankle"][:, 1], at["right_ankle"][:, 1]) - 0.05
    rise = air - np.minimum(low, heel)
    position = np.stack(list(at.values()), axis=-1)
    position[:, 1] += rise[:, np.newaxis]
    c, s_ = np.cos(np.radians(heading_deg)), np.sin(np.radians(heading_deg))
    x, z = position[:, 0].copy(), position[:, 2].copy()
    position[:, 0], position[:, 2] = x * c + z * s_, z * c - x * s_
    return make_poses(size * position, time=time, keypoints=list(at))


def line_up(duration_s: float = 12.0, late_s: float = LATE_S, **changes) -> Alignment:
    reference = np.arange(0, duration_s + 1e-9, 0.05)
    late = late_s * np.clip((reference - 5.5) / 0.5, 0, 1)
    take = np.minimum(reference + late, duration_s)
    alignment = Alignment(
        side="same",
        tempo_ratio=1.0,
        start_offset_s=0.0,
        confidence=0.93,
        judged_share=0.92,
        heading_deg=0.0,
        reference_s=reference,
        take_s=take,
        state=np.full(reference.size, "danced"),
        sure=np.ones(reference.size),
        on_time_s=reference,
        late_s=take - reference,
        late_sd_s=np.full(reference.size, 0.02),
        breaks=(),
    )
    return replace(alignment, **changes)


def note(**changes) -> Note:
    made = Note(
        measure="leg_elevation",
        side="left",
        kind="less",
        priority="line",
        take=Span(3.2, 4.8),
        reference=Span(3.2, 4.8),
        at_take_s=4.0,
        at_reference_s=4.0,
        difference=Difference(-12.12, "deg", (-15.84, -8.4), 5.2),
        reference_value=108.0,
        take_value=96.0,
        text="Left leg: let it keep unfolding to the height of the reference.",
        reason="Your leg stops at 96°; in the reference it goes on to 108°.",
        place="second 4",
        evidence=Evidence((192, 288), (192, 288)),
        also=(Span(9.1, 10.2),),
    )
    return replace(made, **changes)


def four_notes() -> tuple[Note, ...]:
    knee = note(
        measure="landing_knee_flexion",
        priority="safety",
        side="right",
        take=Span(8.9, 9.9),
        reference=Span(8.7, 9.7),
        at_take_s=9.48,
        at_reference_s=9.3,
        difference=Difference(-19.0, "deg", (-25.0, -13.0), 6.0),
        reference_value=76.0,
        take_value=57.0,
        text="Coming down from the jump, let the knee keep bending after the heel is "
        "down: melt out of the air.",
        reason="The knee stops at 57°; the reference softens to 76°.",
        place="second 9",
        also=(),
    )
    late = note(
        measure="timing_path",
        kind="late",
        priority="rhythm",
        side=None,
        take=Span(6.5, 8.5),
        reference=Span(6.3, 8.3),
        at_take_s=7.48,
        at_reference_s=7.3,
        difference=Difference(0.18, "s", (0.14, 0.22), 0.045),
        reference_value=float("nan"),
        take_value=float("nan"),
        text="Leave the plié sooner, so that the jump is there with the music.",
        reason="From second 6 on you arrive after the reference.",
        place="second 7",
    )
    elbow = note(
        measure="arm_shape.elbow_drop",
        side="both",
        priority="artistry",
        kind="more",
        difference=Difference(0.11, "ratio", (0.07, 0.15), 0.05),
        reference_value=0.02,
        take_value=0.13,
        text="Keep the elbows afloat on the way to second.",
        reason="They sink below the line from shoulder to hand.",
        place="second 5",
        also=(Span(5, 6), Span(8, 9)),
    )
    return (knee, late, note(), elbow)


def timing(late_s: float = LATE_S, skip=(3,)) -> tuple[Lateness, ...]:
    rows = []
    for second in range(13):
        late = late_s * float(np.clip((second - 5.5) / 0.5, 0, 1)) + 0.01 * (second % 3)
        if second not in skip:
            wide = 0.025 + 0.01 * (second % 2)
            at = float(second)
            rows.append(
                Lateness(str(second), at, at + late, late, (late - wide, late + wide))
            )
    return tuple(rows)


def findings(notes=None, **changes) -> Findings:
    made = Findings(
        notes=four_notes() if notes is None else tuple(notes),
        timing=timing(),
        within_floor=23,
        strengths=(
            Strength("timing_path", "The first five seconds breathe with the music."),
            Strength("trunk_tilt", "The back stays tall while the leg unfolds."),
        ),
        not_judged=(
            NotJudged(
                "turnout_total",
                "one camera from the front cannot see foot direction",
                "one more run with the camera above head height, in front.",
                (Span(2.5, 3.5),),
            ),
            NotJudged(
                "foot_roll", "60 frames a second are too few", "use slow motion."
            ),
        ),
    )
    return replace(made, **changes)


def rehearsal(
    *,
    alignment: Alignment | None = None,
    found: Findings | None = None,
    reference: xr.Dataset | None = None,
    take: xr.Dataset | None = None,
    sources: tuple[str, str] = ("adage_reference.bvh", "adage_take.bvh"),
) -> Rehearsal:
    first = dancer() if reference is None else reference
    second = dancer(height=12, late_s=LATE_S, size=1.1) if take is None else take
    return Rehearsal(
        reference=Recording(sources[0], "5f1c90ae" * 8, first),
        take=Recording(sources[1], "b27d03e8" * 8, second),
        alignment=line_up() if alignment is None else alignment,
        findings=findings() if found is None else found,
    )


def empty_findings() -> Findings:
    return Findings(
        notes=(),
        timing=(),
        within_floor=0,
        not_judged=(
            NotJudged("leg_elevation", "the feet are out of the picture", "step back."),
        ),
    )


def no_line_up() -> Alignment:
    nothing = np.zeros(0)
    return Alignment(
        "same", 1.0, 0.0, 0.1, 0.0, 0.0,
        nothing, nothing, np.zeros(0, dtype="<U8"), nothing, nothing, nothing, nothing,
        (),
    )  # fmt: skip
