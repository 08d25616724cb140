"""Where the points of a face are within a region: MediaPipe's mesh with attention.

The network finds 468 points, looks again at lips and eyes, and finds the irises
[1]_. What it looks at again, and where, is as its file says.

References
----------
.. [1] I. Grishchenko et al., "Attention Mesh: High-fidelity face mesh prediction in
   real-time", CVPR Workshop on Computer Vision for Augmented and Virtual Reality, 2020.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repetiteur.track.face_graph import Part
from repetiteur.track.face_points import IRISES, LEFT_OF_PICTURE, LIPS, RIGHT_OF_PICTURE
from repetiteur.track.landmarks import sigmoid
from repetiteur.track.network import Floats
from repetiteur.track.regions import Picture, Region

Array = NDArray[np.float64]

#: Side of the network's picture, pixels, of the layer that is looked at again, and of
#: a cut from it; what a cut shows beside what it is for; units of a cut's answer.
SIZE, LAYER, CUT = 192, 48, 16
ROOM, ANSWER = 1.5, 64
_MESH, _LAYER, _FLAG = "output_mesh_identity", "p_re_lu_3", "conv_faceflag"


@dataclass(frozen=True)
class _Again:
    """What is looked at again: its points, the two that lie level, what it answers."""

    points: tuple[int, ...]
    level: tuple[int, int]
    entry: str
    exit: str
    iris: str = ""


_AGAIN = (
    _Again(LIPS, (61, 291), "transform_tensor_bilinear_v2", "reshape_1"),
    _Again(
        LEFT_OF_PICTURE, (33, 133), "transform_tensor_bilinear_v2_1",
        "reshape_3", "reshape_4",
    ),
    _Again(
        RIGHT_OF_PICTURE, (362, 263), "transform_tensor_bilinear_v2_2",
        "reshape_6", "reshape_7",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class FaceLook:
    """What the network saw in one region of one picture.

    Attributes
    ----------
    sure : float
        0 to 1: whether there is a face at all.
    points : (478, 3) float
        Pixels of the picture, x right, y down, z away from the camera from the middle
        of the head; the last ten are the irises.
    apart : float
        Median distance between a point of lips and eyes at the first and the second
        look, over the distance between the eyes.
    """

    sure: float
    points: Array
    apart: float


class FaceNet:
    """Finds the points of one face.

    Parameters
    ----------
    weights : Path

    Raises
    ------
    MissingWeights
        When they are no network that LiteRT runs.
    """

    def __init__(self, weights: Path) -> None:
        self._first = Part(weights, ["input_1"], [_MESH, _LAYER, _FLAG])
        exits = [name for one in _AGAIN for name in (one.exit, one.iris) if name]
        self._again = Part(weights, [one.entry for one in _AGAIN], exits)

    def look(self, picture: Picture, where: Region) -> FaceLook:
        """Points of the face in a region of a picture.

        Parameters
        ----------
        picture : (height, width, 3) uint8
            RGB.
        where : Region

        Returns
        -------
        FaceLook
        """
        cut = where.cut(picture, SIZE)
        seen = self._first.run(
            {"input_1": np.multiply(cut, np.float32(1.0 / 255.0), dtype=np.float32)}
        )
        first = seen[_MESH].reshape(-1, 3).astype(np.float64)
        mesh = self._refined(first, seen[_LAYER])
        eyes = mesh[[33, 133, 362, 263], :2].reshape(2, 2, 2).mean(axis=1)
        again = [*LIPS, *LEFT_OF_PICTURE[:16], *RIGHT_OF_PICTURE[:16]]
        moved = np.hypot(*(mesh[again, :2] - first[again, :2]).T)
        return FaceLook(
            sure=float(sigmoid(seen[_FLAG]).item()),
            points=_in_picture(mesh, where),
            apart=float(np.median(moved) / max(np.hypot(*(eyes[1] - eyes[0])), 1e-6)),
        )

    def _refined(self, first: Array, layer: Floats) -> Array:
        """All 478 points, pixels of the network's picture."""
        maps = [crop_map(first[list(one.points), :2], first, one) for one in _AGAIN]
        found = self._again.run(
            {
                one.entry: sampled(layer, turn * LAYER / SIZE, shift * LAYER / SIZE)
                for one, (turn, shift) in zip(_AGAIN, maps, strict=True)
            }
        )
        mesh = np.concatenate([first, np.zeros((10, 3))])
        for one, (turn, shift) in zip(_AGAIN, maps, strict=True):
            per = CUT / ANSWER
            points = list(one.points)
            mesh[points, :2] = found[one.exit] @ (turn * per).T + shift
            if one.iris:
                iris = IRISES[one.iris]
                mesh[iris, :2] = found[one.iris] @ (turn * per).T + shift
                mesh[iris, 2] = first[points[:16], 2].mean()
        return mesh


def crop_map(own: Array, mesh: Array, what: _Again) -> tuple[Array, Array]:
    """How cells of a cut lie in the network's picture: turn (2, 2) and shift (2,).

    The cut is level with two points, and has half as much again as its points take.
    """
    left, right = mesh[what.level[0], :2], mesh[what.level[1], :2]
    along = (right - left) / max(float(np.hypot(*(right - left))), 1e-6)
    axes = np.array([along, [-along[1], along[0]]])  # rows: along, and down
    places = own @ axes.T
    least, most = places.min(axis=0), places.max(axis=0)
    turn = (axes * (ROOM / CUT * (most - least))[:, None]).T
    middle = 0.5 * (least + most) @ axes
    return turn, middle - turn @ np.full(2, 0.5 * CUT)


def sampled(layer: Floats, turn: Array, shift: Array) -> Floats:
    """A layer (rows, columns, channels) at the cells of a cut, between its own.

    Beyond the edge the layer goes on as it is at its edge.
    """
    column, row = np.meshgrid(np.arange(CUT), np.arange(CUT))
    at = np.stack([column, row], axis=-1) @ turn.T + shift
    most = np.array(layer.shape[1::-1]) - 1
    at = np.clip(at, 0.0, most)
    low = np.minimum(np.floor(at).astype(np.int64), most - 1)
    share = (at - low)[..., None]
    x, y = low[..., 0], low[..., 1]
    across = [
        layer[y + down, x] * (1 - share[..., 0, :])
        + layer[y + down, x + 1] * share[..., 0, :]
        for down in (0, 1)
    ]
    out = across[0] * (1 - share[..., 1, :]) + across[1] * share[..., 1, :]
    return np.asarray(out, np.float32)


def _in_picture(mesh: Array, where: Region) -> Array:
    """Points of the network's picture in the whole one; depth in the same pixels."""
    out = mesh.copy()
    out[:, :2] = where.to_picture(mesh[:, :2] / SIZE)
    out[:, 2] *= where.side / SIZE
    return out
