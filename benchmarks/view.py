"""What a picture tells of where the camera stood, and what two trackings share.

    python benchmarks/view.py --data DIR --keep DIR --out benchmarks/results/view.json

``--data`` is the folder of real recordings (REPETITEUR_TEST_DATA), ``--keep`` one for
tracked poses and copies. Calibrated cameras give the true heading of the dancer against
each, the camera's pitch and the depth of each point. Mirrored copies of the videos,
tracked anew, say how far two trackings of one movement differ, with the tracker's
errors on either side their own. The numbers stand in ``kinematics/view.py``,
``kinematics/left_open.py``, ``kinematics/apart.py``, ``model/seen.py`` and
``coaching/differences.py``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import xarray as xr
from calibration import Array
from clips import CAMERAS, Clip, clip_of, raw_poses

from repetiteur.clean.tracked import clean_tracked
from repetiteur.io.video import frames, scan
from repetiteur.io.video_writer import write_video
from repetiteur.kernels import geometry
from repetiteur.kinematics.apart import views_apart
from repetiteur.kinematics.directions import heading
from repetiteur.kinematics.view import towards_camera, view_of
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of
from repetiteur.technique.curve import curves
from repetiteur.technique.reading import read
from repetiteur.track.errors import with_errors

SIDES = ("left", "right")
LIMBS = (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow"), ("elbow", "wrist"))
BONES = (*LIMBS, ("heel", "toe"))
ANGLES = ("knee_flexion", "leg_elevation", "arm_shape.elevation",
          "arm_shape.elbow_elevation", "arm_shape.elbow_flexion")  # fmt: skip


def prepared(poses: xr.Dataset) -> Body:
    """A tracked body as the main job has it."""
    return body_of(with_errors(clean_tracked(poses)))


def rms(values: Array) -> float:
    """Root mean square of what is known."""
    known = np.asarray(values)[np.isfinite(values)]
    return round(float(np.sqrt(np.mean(known**2))), 3)


def true_body(clip: Clip, camera: int) -> Body:
    """The dancer of the other cameras in one camera's axes, z towards it, metres."""
    own = clip.aligned.cameras[camera].seen_from(clip.truth[camera].points)
    points = own * [1.0, -1.0, -1.0]
    return Body(clip.time, {n: points[:, k] for k, n in enumerate(clip.names)})


def against_truth(clip: Clip) -> dict[str, object]:
    """Heading, pitch, depth and what points at the camera, for each camera."""
    result: dict[str, object] = {}
    depth, far, wrong, gross = [], [], [], []
    for k, name in enumerate(CAMERAS):
        body, true = prepared(clip.poses[k]), true_body(clip, k)
        view = view_of(body)
        pitch = -np.degrees(np.arcsin(clip.file[k].rotation[2, 2]))
        result[name] = {
            "heading_deg": rms(geometry.wrap(view.heading - heading(true))),
            "pitch_true_deg": round(float(pitch), 1),
            "pitch_deg": round(float(np.nanmedian(view.pitch)), 1),
        }
        hips = true.middle("hip")
        for side in SIDES:
            for part in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle"):
                place = true[f"{side}_{part}"] - hips
                depth.append(body[f"{side}_{part}"][:, 2] - place[:, 2])
                far.append(np.linalg.norm(place, axis=1))
            for root, end in LIMBS:
                bone = true[f"{side}_{end}"] - true[f"{side}_{root}"]
                share = np.abs(bone[:, 2]) / np.linalg.norm(bone, axis=1)
                said = towards_camera(body, f"{side}_{root}", f"{side}_{end}")
                wrong.append((said > 0.7) != (share > 0.7))
                gross.append((said <= 0.7) & (share > 0.85))
    off, reach = np.concatenate(depth), np.concatenate(far)
    result["depth_sd_m"] = {
        f"{low}-{high} m from the hips": rms(off[(reach >= low) & (reach < high)])
        for low, high in ((0.0, 0.3), (0.3, 0.6), (0.6, 1.2))
    }
    result["depth_sd_in_lengths_of_the_bone"] = depths_of_bones(clip)
    result["bones_on_the_wrong_side_of_0.7"] = round(float(np.mean(wrong)), 3)
    result["bones_read_that_point_at_the_camera"] = round(float(np.mean(gross)), 3)
    return result


def depths_of_bones(clip: Clip) -> dict[str, float]:
    """Error of the depth of each bone's end against its root, in its true lengths."""
    pairs = [(prepared(p), true_body(clip, k)) for k, p in enumerate(clip.poses)]
    bones: dict[str, list[Array]] = {}
    for body, true in pairs:
        trunks = (b.middle("shoulder") - b.middle("hip") for b in (body, true))
        bones.setdefault("trunk", []).append(_in_lengths(*trunks))
        for side in SIDES:
            for root, end in BONES:
                both = (b[f"{side}_{end}"] - b[f"{side}_{root}"] for b in (body, true))
                bones.setdefault(f"{root}-{end}", []).append(_in_lengths(*both))
    return {name: rms(np.concatenate(off)) for name, off in bones.items()}


def _in_lengths(bone: Array, true: Array) -> Array:
    length = np.nanmedian(np.linalg.norm(true, axis=1))
    return np.asarray((bone[:, 2] - true[:, 2]) / length)


def mirrored_copy(video: Path, folder: Path) -> Path:
    """A video as in a mirror."""
    target = folder / f"{video.parent.name}_{video.stem}_mirrored.mp4"
    if not target.exists():
        facts = scan(video)
        pictures = (
            (float(facts.time_s[f.index]), np.ascontiguousarray(f.rgb[:, ::-1]))
            for f in frames(facts)
        )
        folder.mkdir(parents=True, exist_ok=True)
        write_video(target, pictures, size=(facts.width, facts.height))
    return target


def tracked_twice(clip: Clip, folder: Path, keep: Path) -> dict[str, object]:
    """How far trackings of a video and of its mirror image differ."""
    turns: dict[str, list[Array]] = {
        n: [] for n in ("heading", "turn", "pitch", "roll")
    }
    ratios: dict[str, list[Array]] = {name: [] for name in ANGLES}
    for k, name in enumerate(CAMERAS):
        copy = mirrored_copy(folder / f"{name}.mp4", keep)
        one = prepared(clip.poses[k])
        two = prepared(raw_poses(copy, "heavy", keep=keep)).mirrored()
        apart = views_apart(one, two, one.time)
        for kind, found in turns.items():
            found.append(getattr(apart, kind))
        for measure in curves():
            if measure.id not in ratios:
                continue
            for side in SIDES:
                here, there = read(measure, one, side), read(measure, two, side)
                said = np.hypot(here.sd, there.sd)
                ratios[measure.id].append((there.values - here.values) / said)
    medians = {
        name: float(np.nanmedian(np.abs(np.concatenate(found)))) / 0.6745
        for name, found in ratios.items()
    }
    return {
        "heading_deg": rms(np.concatenate(turns["heading"])),
        "turns_with_their_errors_deg": {
            n: rms(np.concatenate(turns[n])) for n in ("turn", "pitch", "roll")
        },
        "difference_over_two_errors": {n: round(m, 2) for n, m in medians.items()},
        "shared": {n: round(1.0 - m**2, 2) for n, m in medians.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    folder = asked.data / "video" / "pose2sim_single"
    poses = [raw_poses(folder / f"{c}.mp4", "heavy", keep=asked.keep) for c in CAMERAS]
    clip = clip_of(folder / "Calib.qca.txt", poses)
    result = {
        "against calibrated cameras": against_truth(clip),
        "tracked anew in a mirror": tracked_twice(clip, folder, asked.keep),
    }
    print(json.dumps(result, indent=1))
    if asked.out:
        asked.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
