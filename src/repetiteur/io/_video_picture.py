"""Decoded pictures become RGB as a viewer sees them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from av.video.reformatter import (
    ColorRange,
    Colorspace,
    ColorTrc,
    Interpolation,
    VideoReformatter,
)
from numpy.typing import NDArray

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

__all__ = ["HDR", "Darkroom", "orientation_of"]

RGB = NDArray[np.uint8]

#: Transfer functions of high dynamic range: PQ and HLG.
HDR = frozenset((int(ColorTrc.SMPTE2084), int(ColorTrc.ARIB_STD_B67)))

_UNSPECIFIED = 2  # AVCOL_SPC_UNSPECIFIED
# What FFmpeg converts to RGB, as ITU-T H.273 numbers it; others stop it.
_CONVERTIBLE = frozenset((0, 1, _UNSPECIFIED, 4, 5, 6, 7, 9))
_RANGES = frozenset(
    map(int, (ColorRange.UNSPECIFIED, ColorRange.MPEG, ColorRange.JPEG))
)
_HD_LINES = 720
_LARGE_BLOCK = (32 << 20) - (8 << 10)  # the most that mallopt(3) lets it adapt to
_WHITE_NITS = 203.0  # diffuse white of HDR, ITU-R BT.2408
_PEAK_NITS = 1000.0  # of the display that HLG is meant for, ITU-R BT.2100


class Darkroom:
    """Turns decoded pictures into RGB of one size, again and again.

    Parameters
    ----------
    width, height : int
        Size of the result, as shown.
    rotation : int
        Degrees clockwise to turn: 0, 90, 180 or 270.
    mirrored : bool
        Whether to swap left and right before turning.
    """

    def __init__(
        self, width: int, height: int, *, rotation: int = 0, mirrored: bool = False
    ) -> None:
        lying = rotation % 180 == 90
        self._size = (height, width) if lying else (width, height)
        self._rotation = rotation
        self._mirrored = mirrored
        self._scaler = VideoReformatter()
        # Until glibc has seen a block as large freed, it takes each picture anew from
        # the system, which clears it, and that takes longer than the conversion.
        np.empty(_LARGE_BLOCK, np.uint8)

    def develop(self, frame: VideoFrame) -> RGB:
        """RGB, (height, width, 3) uint8, in full range; rows may be padded."""
        if frame.colorspace not in _CONVERTIBLE:
            frame.colorspace = _UNSPECIFIED
        if frame.color_range not in _RANGES:
            frame.color_range = ColorRange.UNSPECIFIED
        hdr = frame.color_trc in HDR and frame.format.components[0].bits > 8
        width, height = self._size
        converted = self._scaler.reformat(
            frame,
            width,
            height,
            "rgb48le" if hdr else "rgb24",
            src_colorspace=_colorspace(frame),
            interpolation=Interpolation.BILINEAR,
            threads=1,
        )
        picture: Any = converted.to_ndarray()
        if hdr:
            picture = _shown_in_sdr(int(frame.color_trc))[picture]
        return self._turned(picture)

    def _turned(self, picture: RGB) -> RGB:
        if not (self._rotation or self._mirrored):
            return picture
        import cv2  # only phones' pictures need it

        if self._mirrored:
            picture = np.asarray(cv2.flip(picture, 1), np.uint8)
        turns = {
            90: cv2.ROTATE_90_CLOCKWISE,
            180: cv2.ROTATE_180,
            270: cv2.ROTATE_90_COUNTERCLOCKWISE,
        }
        if self._rotation:
            picture = np.asarray(cv2.rotate(picture, turns[self._rotation]), np.uint8)
        return picture


def _colorspace(frame: VideoFrame) -> int | None:
    """BT.709 where nothing is said and the picture is large, as players have it."""
    if frame.colorspace != _UNSPECIFIED or frame.height < _HD_LINES:
        return None
    return int(Colorspace.ITU709)


@cache
def _shown_in_sdr(transfer: int) -> RGB:
    """An sRGB value for each 16-bit value of a PQ or HLG signal.

    Each channel for itself: diffuse white stays bright, what is brighter is rolled off
    (the extended curve of Reinhard et al. 2002). Colours of BT.2020 are taken as those
    of sRGB, which makes them a little pale; people stay people.
    """
    signal = np.linspace(0.0, 1.0, 1 << 16)
    nits = _pq(signal) if transfer == ColorTrc.SMPTE2084 else _hlg(signal)
    white = _PEAK_NITS / _WHITE_NITS
    light = np.minimum(nits / _WHITE_NITS, white)
    light = light * (1 + light / white**2) / (1 + light)
    # IEC 61966-2-1
    srgb = np.where(
        light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055
    )
    table: RGB = np.round(255 * np.clip(srgb, 0, 1)).astype(np.uint8)
    return table


def _pq(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    """Luminance in nits of a PQ signal, SMPTE ST 2084."""
    m1, m2 = 2610 / 16384, 2523 / 4096 * 128
    c1, c2, c3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
    root = signal ** (1 / m2)
    nits: NDArray[np.float64] = (np.maximum(root - c1, 0) / (c2 - c3 * root)) ** (
        1 / m1
    ) * 10_000
    return nits


def _hlg(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    """Luminance in nits of an HLG signal on a display of 1000 nits, ITU-R BT.2100."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)
    nits: NDArray[np.float64] = _PEAK_NITS * scene**1.2
    return nits


def orientation_of(matrix: bytes) -> tuple[int, bool]:
    """Degrees clockwise to turn, and whether to mirror before, of a display matrix.

    Parameters
    ----------
    matrix : bytes
        Nine 32-bit numbers; the first two of the first two rows say where the picture's
        own x and y axes point on the screen. Anything but right angles is rounded.

    Examples
    --------
    >>> quarter = np.array([0, 1, 0, -1, 0, 0, 0, 0, 1], np.int32) << 16
    >>> orientation_of(quarter.tobytes())
    (90, False)
    """
    values = np.frombuffer(matrix, np.int32, 9).reshape(3, 3)[:2, :2].astype(float)
    mirrored = bool(np.linalg.det(values) < 0)
    across = -values[0] if mirrored else values[0]
    turned = np.degrees(np.arctan2(across[1], across[0]))
    return int(round(turned / 90) % 4) * 90, mirrored
