"""Regions: the square that the network looks into, and back to the picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from repetiteur.track.regions import REACH, Region, region_of


def _dot(x: float, y: float, size: tuple[int, int] = (400, 300)) -> np.ndarray:
    """A picture with one soft bright spot whose middle is at (x, y)."""
    columns, rows = np.meshgrid(np.arange(size[0]) + 0.5, np.arange(size[1]) + 0.5)
    bright = 255 * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * 6.0**2))
    return np.repeat(bright[..., None], 3, axis=2).astype(np.uint8)


def _middle_of(picture: np.ndarray) -> np.ndarray:
    weight = picture[..., 0].astype(float)
    rows, columns = np.indices(weight.shape) + 0.5
    return np.array([(weight * columns).sum(), (weight * rows).sum()]) / weight.sum()


@pytest.mark.parametrize("angle", [0.0, 0.4, -2.0, np.pi])
@pytest.mark.parametrize("side", [90.0, 200.0, 330.0])
def test_what_is_seen_in_the_cut_lies_there_in_the_picture(
    angle: float, side: float
) -> None:
    where = Region(200.0, 150.0, side, angle)
    spot = np.array([213.0, 139.0])
    cut = where.cut(_dot(*spot), 128)
    back = where.to_picture(_middle_of(cut)[None] / 128)[0]
    assert np.hypot(*(back - spot)) < 0.3


def test_a_large_region_stays_in_place() -> None:
    picture = cv2.resize(_dot(200.0, 150.0), None, fx=8, fy=8)
    where = Region(1650.0, 1150.0, 2000.0, 0.3)
    spot = where.to_picture(_middle_of(where.cut(picture, 128))[None] / 128)[0]
    assert np.hypot(*(spot - (1600.0, 1200.0))) < 4.0


def test_beyond_the_edge_is_black() -> None:
    white = np.full((50, 50, 3), 255, np.uint8)
    cut = Region(0.0, 25.0, 40.0, 0.0).cut(white, 40)
    assert cut[:, :19].max() == 0
    assert cut[:, 21:].min() == 255
    assert Region(5000.0, 5000.0, 4000.0, 0.0).cut(white, 64).max() == 0


def test_a_region_stands_upright_on_its_two_points() -> None:
    hips, scale = np.array([100.0, 80.0]), np.array([140.0, 50.0])
    where = region_of(hips, scale)
    assert where.side == pytest.approx(REACH * 50.0)
    np.testing.assert_allclose(where.scale, scale)
    above = where.to_picture(np.array([[0.5, 0.5 - 1 / REACH]]))[0]
    np.testing.assert_allclose(above, scale)


def test_a_turned_direction_is_that_of_the_points() -> None:
    where = Region(10.0, 20.0, 30.0, 0.7)
    places = np.array([[0.2, 0.3], [0.8, 0.1]])
    ends = where.to_picture(places)
    np.testing.assert_allclose(
        where.turn(places[1] - places[0]) * 30.0, ends[1] - ends[0]
    )
