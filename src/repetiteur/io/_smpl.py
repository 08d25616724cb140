"""The skeleton that SMPL's numbers turn: its joints in order, and nominal lengths.

SMPL itself (M. Loper et al., 2015) is under a licence that does not let it be shipped,
so the lengths here are not SMPL's. They are those of D. A. Winter, "Biomechanics and
Motor Control of Human Movement" (2009), figure 4.1, as shares of the stature: hips at
0.530, knees 0.285, ankles 0.039, shoulders 0.818, the arm 0.186 and 0.146, the hand to
its knuckles half of 0.108, the foot 0.152. The joints of the spine, between which
Winter says nothing, divide the way from the hips to the shoulders.

The rest pose is a T: y up, facing z, x to the left, each bone straight. SMPL's own rest
pose has its bones some degrees off from that, so angles may be that much off.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from repetiteur.kernels.rotations import chain, from_rotation_vectors

__all__ = ["JOINTS", "STATURE", "joint_places"]

Array = NDArray[np.float64]

STATURE = 1.70  # m

# Joint -> (parent, offset from it in statures); SMPL's order, then ends of bones.
_TREE: dict[str, tuple[str, tuple[float, float, float]]] = {
    "Pelvis": ("", (0.0, 0.0, 0.0)),
    "L_Hip": ("Pelvis", (0.048, -0.050, 0.0)),
    "R_Hip": ("Pelvis", (-0.048, -0.050, 0.0)),
    "Spine1": ("Pelvis", (0.0, 0.065, 0.0)),
    "L_Knee": ("L_Hip", (0.0, -0.245, 0.0)),
    "R_Knee": ("R_Hip", (0.0, -0.245, 0.0)),
    "Spine2": ("Spine1", (0.0, 0.080, 0.0)),
    "L_Ankle": ("L_Knee", (0.0, -0.246, 0.0)),
    "R_Ankle": ("R_Knee", (0.0, -0.246, 0.0)),
    "Spine3": ("Spine2", (0.0, 0.030, 0.0)),
    "L_Foot": ("L_Ankle", (0.0, -0.034, 0.076)),
    "R_Foot": ("R_Ankle", (0.0, -0.034, 0.076)),
    "Neck": ("Spine3", (0.0, 0.115, 0.0)),
    "L_Collar": ("Spine3", (0.045, 0.050, 0.0)),
    "R_Collar": ("Spine3", (-0.045, 0.050, 0.0)),
    "Head": ("Neck", (0.0, 0.050, 0.0)),
    "L_Shoulder": ("L_Collar", (0.0845, 0.013, 0.0)),
    "R_Shoulder": ("R_Collar", (-0.0845, 0.013, 0.0)),
    "L_Elbow": ("L_Shoulder", (0.186, 0.0, 0.0)),
    "R_Elbow": ("R_Shoulder", (-0.186, 0.0, 0.0)),
    "L_Wrist": ("L_Elbow", (0.146, 0.0, 0.0)),
    "R_Wrist": ("R_Elbow", (-0.146, 0.0, 0.0)),
    "L_Hand": ("L_Wrist", (0.054, 0.0, 0.0)),
    "R_Hand": ("R_Wrist", (-0.054, 0.0, 0.0)),
    "L_Foot/end": ("L_Foot", (0.0, -0.005, 0.038)),
    "R_Foot/end": ("R_Foot", (0.0, -0.005, 0.038)),
    "Head/end": ("Head", (0.0, 0.080, 0.0)),
}
#: All joints and ends of bones, in the order of :func:`joint_places`.
JOINTS = tuple(_TREE)
_TURNED = 22  # the first joints, which every model of the family has


def joint_places(vectors: Array, root: Array) -> Array:
    """Places of the joints, from the rotations that a file of SMPL's holds.

    Parameters
    ----------
    vectors : (time, 3 * joint) float
        Rotation vectors, radians: SMPL's joints in order, at least the first 21.
        What comes after the 22nd (hands, jaw, eyes) is left out.
    root : (time, 3) float
        Place of the pelvis, metres.

    Returns
    -------
    (time, 3, joint) float
        Of :data:`JOINTS`, metres, in the axes of ``root``.

    Examples
    --------
    >>> still = joint_places(np.zeros((1, 66)), np.zeros((1, 3)))[0]
    >>> (still[:, JOINTS.index("L_Ankle")] / STATURE).round(3).tolist()
    [0.048, -0.541, 0.0]
    """
    frames = len(vectors)
    given = vectors[:, : 3 * _TURNED].reshape(frames, -1, 3)
    turns = np.tile(np.eye(3), (frames, len(JOINTS), 1, 1))
    turns[:, : given.shape[1]] = from_rotation_vectors(given)
    parents = [JOINTS.index(parent) if parent else -1 for parent, _ in _TREE.values()]
    offsets = [offset for _, offset in _TREE.values()]
    return chain(parents, STATURE * np.array(offsets), turns, root)
