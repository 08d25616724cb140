import numpy as np
import pytest

import filming
from repetiteur.track.identity import enforce_sides
from repetiteur.track.labelling import GROUPS

DANCES = {
    "kicks": (filming.kicks(), 60.0),
    "pirouettes": (filming.pirouettes(), 60.0),
    "fast pirouettes": (filming.pirouettes(), 90.0),
    "a slow turn": (filming.pirouettes(1), 40.0),
}
PARTS = {
    "the legs": ["legs"],
    "the arms": ["arms"],
    "the whole body": ["legs", "arms", "face"],
}


@pytest.fixture(scope="module", params=[30.0, 60.0], ids=lambda f: f"{f:g} fps")
def films(request):
    return {
        name: filming.film(phrase, fps=request.param, bpm=bpm, noise=noise, seed=6)
        for (name, (phrase, bpm)), noise in zip(
            DANCES.items(), [3.0, 5.0, 4.0, 5.0], strict=True
        )
    }


def exchanged(film, parts, frames, *, turned=False):
    """What a tracker gives that takes left for right in some frames."""
    arrays = [film.pixels.copy(), film.visibility.copy(), film.world.copy()]
    rows = np.atleast_1d(frames)[:, np.newaxis]
    for part in parts:
        left, right = GROUPS[part].T
        for array in arrays:
            array[rows, left], array[rows, right] = (
                array[rows, right],
                array[rows, left],
            )
    if turned:
        arrays[2][frames, :, 2] *= -1.0
    return arrays


def same(found, film):
    return np.array_equal(found[0], film.pixels) and np.array_equal(
        found[2], film.world
    )


@pytest.mark.parametrize("name", DANCES)
def test_nothing_is_changed_where_nothing_is_wrong(films, name):
    film = films[name]
    found = enforce_sides(film.time, film.pixels, film.visibility, film.world)
    assert found[3] == []
    assert same(found, film)


@pytest.mark.parametrize("name", DANCES)
@pytest.mark.parametrize("said", PARTS)
def test_planted_exchanges_are_all_repaired(films, name, said):
    film = films[name]
    rng = np.random.default_rng(11)
    count, fps = len(film.time), 1.0 / (film.time[1] - film.time[0])
    for _ in range(4):
        lasting = int(rng.integers(1, 0.6 * fps))
        first = int(rng.integers(2, count - lasting - 2))
        frames = np.arange(first, first + lasting)
        tracked = exchanged(film, PARTS[said], frames)
        found = enforce_sides(film.time, *tracked)
        assert same(found, film), (first, lasting, found[3])
        start, end = film.time[[first, first + lasting - 1]]
        assert found[3] == [
            f"left and right exchanged for {said} from {start:.2f} to {end:.2f} s"
        ]


def test_several_runs_at_once_and_visibility_with_them(films):
    film = films["pirouettes"]
    visibility = np.random.default_rng(0).uniform(0.5, 1.0, film.visibility.shape)
    frames = np.r_[20:31, 60:62, 100:101, 150:170]
    tracked = exchanged(film, PARTS["the whole body"], frames)
    for part in PARTS["the whole body"]:
        left, right = GROUPS[part].T
        tracked[1][:] = visibility
        tracked[1][np.ix_(frames, left)] = visibility[np.ix_(frames, right)]
        tracked[1][np.ix_(frames, right)] = visibility[np.ix_(frames, left)]
        visibility_of_part = tracked[1][:, np.r_[left, right]]
        found = enforce_sides(film.time, tracked[0], tracked[1], tracked[2])
        repaired = found[1][:, np.r_[left, right]]
        assert same(found, film)
        assert np.array_equal(repaired, visibility[:, np.r_[left, right]])
        assert not np.array_equal(repaired, visibility_of_part)


def test_a_back_taken_for_a_front_is_turned_round(films):
    film = films["kicks"]
    tracked = exchanged(film, PARTS["the whole body"], np.arange(40, 55), turned=True)
    assert same(enforce_sides(film.time, *tracked), film)


def test_an_exchange_beside_a_gap(films):
    film = films["pirouettes"]
    tracked = exchanged(film, PARTS["the whole body"], np.arange(40, 52))
    tracked[0][45:48] = np.nan
    found = enforce_sides(film.time, *tracked)
    seen = np.isfinite(found[0][:, 0, 0])
    assert np.array_equal(found[0][seen], film.pixels[seen])
    assert not seen[45:48].any()


def test_a_dancer_who_was_lost_is_not_exchanged_meanwhile(films):
    film = films["pirouettes"]
    frames = np.arange(40, 46)
    tracked = exchanged(film, PARTS["the whole body"], frames)
    for array in (tracked[0], tracked[2]):
        array[46:80] = np.nan
    found = enforce_sides(film.time, *tracked)
    start, end = film.time[[40, 45]]
    assert found[3] == [
        f"left and right exchanged for the whole body from {start:.2f} to {end:.2f} s"
    ]


def test_half_and_half_without_feet_in_the_picture(films):
    film = films["kicks"]
    half = np.arange(len(film.time) // 2)
    tracked = exchanged(film, PARTS["the whole body"], half)
    for array in (tracked[0], tracked[2]):
        array[:, GROUPS["legs"][3:]] = np.nan
    pixels, visibility, _, repairs = enforce_sides(film.time, *tracked)
    assert np.array_equal(pixels, tracked[0], equal_nan=True)
    assert (visibility == 0.5).all()
    assert "open" in repairs[0]


def test_which_is_right_stays_open_where_nothing_tells(films):
    film = films["kicks"]
    half = np.arange(len(film.time) // 2)
    tracked = exchanged(film, PARTS["the whole body"], half, turned=True)
    pixels, visibility, world, repairs = enforce_sides(film.time, *tracked)
    assert np.array_equal(pixels, tracked[0])
    assert np.array_equal(world, tracked[2])
    assert (visibility == 0.5).all()
    assert len(repairs) == 1
    assert repairs[0].startswith("left and right open for the whole body from 0.00 to")


def test_longer_feet_and_hips_tell_which_is_right(films):
    """A tracker that takes a front for a back foreshortens feet and hips."""
    film = films["kicks"]
    most = np.arange(int(0.6 * len(film.time)))
    tracked = exchanged(film, PARTS["the whole body"], most)
    hips, heels, toes = (GROUPS["legs"][k] for k in (0, 3, 4))
    middle = tracked[2][:, hips].mean(axis=1, keepdims=True)
    for points, root in ((hips, middle), (toes, tracked[2][:, heels])):
        short = root + 0.6 * (tracked[2][:, points] - root)
        tracked[2][np.ix_(most, points)] = short[most]
    found = enforce_sides(film.time, *tracked)
    assert np.array_equal(found[0], film.pixels)


@pytest.mark.parametrize("frames", [0, 1, 2])
def test_hardly_any_frames(films, frames):
    film = films["kicks"]
    arrays = (film.pixels[:frames], film.visibility[:frames], film.world[:frames])
    found = enforce_sides(film.time[:frames], *arrays)
    assert found[3] == []
    assert np.array_equal(found[0], arrays[0])


def test_its_arguments_are_left_alone(films):
    film = films["kicks"]
    tracked = exchanged(film, PARTS["the legs"], np.arange(30, 40))
    before = [array.copy() for array in tracked]
    assert enforce_sides(film.time, *tracked)[3]
    assert all(map(np.array_equal, tracked, before))
