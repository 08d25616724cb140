"""What is told of a face: when, how far from the same face in large, and how fast.

    python benchmarks/face.py --data DIR --json benchmarks/results/face.json

One clip of one face (``face/WolfgangLanger_Pexels.mp4``), on which the thresholds were
also set: how they do on other faces is not measured.

``parts``   where the recording's parts begin, and how far that is from what the clip's
            own notes say; and how often as many cuts at any time would be so near
``sizes``   the clip made smaller: how far each unit goes along with the large one, what
            is left beside it, and how often the 90 % intervals of both hold that
``refused`` the clip made smaller, blurred (in shares of the face's width) or turned
            upside down: what is still judged
``guided``  whole dancers: where the face is found with the body's pose, and without
``speed``   faces a second on one core: the whole look, and the mesh alone
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import av
import cv2
import numpy as np

from repetiteur.expression.face import HALF_90, Face, face_of, told
from repetiteur.expression.face_parts import parts_of
from repetiteur.expression.face_shape import width_px
from repetiteur.expression.face_units import UNITS
from repetiteur.io.video import frames, scan
from repetiteur.track.face_finder import FaceFinder
from repetiteur.track.face_net import FaceNet
from repetiteur.track.face_regions import of_mesh
from repetiteur.track.face_skin import edges, sharpness
from repetiteur.track.face_worker import FaceFollower
from repetiteur.track.faces import track_face
from repetiteur.track.track import track_video
from repetiteur.track.weights import path_of

#: What the clip's own notes say, s: a hand, calm, laughing, its end.
SAID_S = (3.5, 10.0, 12.0, 19.0)
NEAR_S = 1.0
#: Whole bodies: a face of about 75 pixels, and one that was made unrecognisable.
BODY, NO_FACE = "video/pose_squats.mp4", "video/pose2sim_single/cam01.mp4"
Picture = np.ndarray


def altered(path: Path, to: Path, how: Callable[[Picture], Picture]) -> Path:
    """The video with every picture altered."""
    video = scan(path)
    with av.open(str(to), "w") as out:
        stream = None
        for frame in frames(video):
            picture = how(np.ascontiguousarray(frame.rgb))
            if stream is None:
                stream = out.add_stream("libx264", rate=24, options={"crf": "12"})
                stream.height, stream.width = picture.shape[:2]
                stream.pix_fmt = "yuv420p"
            shown = av.VideoFrame.from_ndarray(picture, format="rgb24")
            out.mux(stream.encode(shown))
        out.mux(stream.encode())
    return to


def smaller(share: float) -> Callable[[Picture], Picture]:
    def how(picture: Picture) -> Picture:
        size = [2 * round(share * n / 2) for n in picture.shape[1::-1]]
        return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)

    return how


def blurred(pixels: float) -> Callable[[Picture], Picture]:
    return lambda picture: cv2.GaussianBlur(picture, (0, 0), pixels)


def upside_down(picture: Picture) -> Picture:
    return np.ascontiguousarray(picture[::-1, ::-1])


def judged(face: Face) -> float:
    return round(float(np.isfinite(face.unit("mouth_width")[0]).mean()), 3)


def parts(face: Face) -> dict[str, object]:
    begins = np.array([part.start_s for part in parts_of(face)])
    ends = np.append(begins, face.time_s[-1])
    away = [float(np.abs(ends - at).min()) for at in SAID_S]
    rng = np.random.default_rng(5)
    cuts = rng.uniform(0, face.time_s[-1], (20_000, begins.size - 1))
    cuts = np.hstack([cuts, np.full((len(cuts), 1), face.time_s[-1])])
    near = [(np.abs(cuts - at) <= NEAR_S).any(axis=1) for at in SAID_S]
    return {
        "parts": [
            {"start_s": round(p.start_s, 2), "reason": p.reason, "changed": p.changed}
            for p in parts_of(face)
        ],
        "said_s": SAID_S,
        "away_s": np.round(away, 2).tolist(),
        "by_chance": round(float(np.all(near, axis=0).mean()), 3),
        "judged": judged(face),
    }


def sizes(large: Face, small: Face) -> dict[str, object]:
    """Of frames that both judge; units that need a larger face are left out there."""
    out: dict[str, object] = {
        "width_px": round(float(np.nanmedian(small.width_px)), 1),
        "judged": judged(small),
    }
    for one in UNITS:
        (a, sd_a), (b, sd_b) = large.unit(one.name), small.unit(one.name)
        both = np.isfinite(a) & np.isfinite(b)
        if both.sum() < 50:
            continue
        left = (b - a)[both]
        held = np.abs(left) <= HALF_90 * np.hypot(sd_a, sd_b)[both]
        out[one.name] = {
            "r": round(float(np.corrcoef(a[both], b[both])[0, 1]), 3),
            "left": round(float(np.sqrt(np.mean(left**2))), 4),
            "held": round(float(held.mean()), 3),
        }
    return out


def guided(path: Path) -> dict[str, object]:
    poses = track_video(path, model="lite")
    out = {}
    for how, given in (("with the pose", poses), ("without", None)):
        faces = track_face(path, given)
        wide = width_px(faces.points)
        out[how] = {
            "judged": judged(told(faces)),
            "found": round(float(np.isfinite(wide).mean()), 3),
            "width_px": round(float(np.nanmedian(wide)), 1)
            if np.isfinite(wide).any()
            else None,
        }
    return out


def speed(path: Path, count: int = 100) -> dict[str, float]:
    """Processor time, the video's decoding apart."""
    pictures = [f.rgb for f in frames(scan(path), 0, count)]
    net = FaceNet(path_of("face_mesh"))
    follower = FaceFollower(net, FaceFinder(path_of("face_detection")))
    follower.step(pictures[0], None)
    began = process_time()
    for picture in pictures:
        look = follower.step(picture, None)
        follower.again(picture, look)
        edges(picture, look.points)
        sharpness(picture, look.points[:468])
    whole = process_time() - began
    where = of_mesh(look.points)
    began = process_time()
    for picture in pictures:
        net.look(picture, where)
    mesh = process_time() - began
    return {
        "faces_a_second": round(len(pictures) / whole, 1),
        "meshes_a_second": round(len(pictures) / mesh, 1),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--json", type=Path)
    given = asked.parse_args()
    cv2.setNumThreads(1)
    clip = given.data / "face" / "WolfgangLanger_Pexels.mp4"
    large = face_of(clip, every_s=0.0)
    wide = float(np.nanmedian(large.width_px))
    out: dict[str, object] = {"parts": parts(large), "speed": speed(clip)}
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "altered.mp4"

        def again(how: Callable[[Picture], Picture]) -> Face:
            return face_of(altered(clip, to, how), every_s=0.0)

        out["sizes"] = [sizes(large, again(smaller(n / wide))) for n in (125, 62)]
        out["refused"] = {
            "40 px": judged(again(smaller(40 / wide))),
            **{
                f"blurred by {share:.0%}": judged(again(blurred(share * wide)))
                for share in (0.01, 0.02, 0.04)
            },
            "upside down": judged(again(upside_down)),
        }
        out["guided"] = {
            BODY: guided(given.data / BODY),
            f"{BODY} at 0.4": guided(altered(given.data / BODY, to, smaller(0.4))),
            NO_FACE: guided(given.data / NO_FACE),
        }
    text = json.dumps(out, indent=1)
    print(text)
    if given.json:
        given.json.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
