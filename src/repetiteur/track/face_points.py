"""Which points of the mesh are what: the network's own numbers.

Sides are those of the picture where a name says so, and the dancer's own elsewhere: an
unmirrored dancer's right eye is on the left of the picture.
"""

from __future__ import annotations

__all__ = ["IRISES", "KEPT", "LEFT_OF_PICTURE", "LIPS", "NAMED", "RIGHT_OF_PICTURE"]

#: Points that the network looks at again, in the order of its answers.
LIPS: tuple[int, ...] = (
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269,
    270, 409, 78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13,
    312, 311, 310, 415, 76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73,
    72, 11, 302, 303, 304, 408, 62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183,
    42, 41, 38, 12, 268, 271, 272, 407,
)  # fmt: skip
#: The first sixteen are the edges of the lids, the last ones the brow.
LEFT_OF_PICTURE: tuple[int, ...] = (
    33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173, 130,
    25, 110, 24, 23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190, 226, 31, 228, 229,
    230, 231, 232, 233, 244, 113, 225, 224, 223, 222, 221, 189, 35, 124, 46, 53, 52, 65,
    143, 111, 117, 118, 119, 120, 121, 128, 245, 156, 70, 63, 105, 66, 107, 55, 193,
)  # fmt: skip
RIGHT_OF_PICTURE: tuple[int, ...] = (
    263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398, 359,
    255, 339, 254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414, 446, 261,
    448, 449, 450, 451, 452, 453, 464, 342, 445, 444, 443, 442, 441, 413, 265, 353, 276,
    283, 282, 295, 372, 340, 346, 347, 348, 349, 350, 357, 465, 383, 300, 293, 334, 296,
    336, 285, 417,
)  # fmt: skip
#: The irises' five points each, middle first, by the output that gives them.
IRISES: dict[str, list[int]] = {
    "reshape_4": [468, 469, 470, 471, 472],
    "reshape_7": [473, 474, 475, 476, 477],
}
#: What the units are measured from. Nothing else of a face leaves the process that
#: looks at it, so that no more is kept of anybody's face than is told.
NAMED: dict[str, tuple[int, ...]] = {
    # What moves with the skull alone: bridge of the nose, corners of the eyes, sides of
    # the forehead, temples.
    "skull": (
        168, 6, 197, 195, 5, 33, 133, 362, 263, 10, 109, 338, 67, 297, 54, 284,
        162, 389, 127, 356, 234, 454,
    ),
    "right_eye_corners": (33, 133),
    "left_eye_corners": (263, 362),
    "right_upper_lid": (160, 159, 158),
    "right_lower_lid": (144, 145, 153),
    "left_upper_lid": (387, 386, 385),
    "left_lower_lid": (373, 374, 380),
    "right_brow_inner": (107, 55),
    "left_brow_inner": (336, 285),
    "right_brow_outer": (70, 63, 46, 53),
    "left_brow_outer": (300, 293, 276, 283),
    "lip_corners": (61, 291),
    "lip_top": (37, 0, 267),
    "lip_bottom": (84, 17, 314),
    "lip_upper_edge": (82, 13, 312),
    "lip_lower_edge": (87, 14, 317),
    "nose_base": (2,),
    "nose_tip": (4,),
    "chin": (152, 148, 377),
    "right_iris": (468,),
    "left_iris": (473,),
    "sides": (234, 454),
}  # fmt: skip
#: All of them, each once.
KEPT: tuple[int, ...] = tuple(sorted({n for group in NAMED.values() for n in group}))
