"""Lateness: what is left of a path after one tempo and one offset."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from repetiteur.align.features import LIMBS, SCALES, STILL, Frame, Movement
from repetiteur.align.path import inner_breaks, without_breaks
from repetiteur.kernels import signals
from repetiteur.kernels.departures import least_departures

Array = NDArray[np.float64]

#: Moments further from the common tempo than about this, s, have no say in it.
NEAR_S = 0.05
#: One late phrase is likelier than two: each costs as much as so many seconds of being
#: late. Without it a late phrase of a third of a short piece makes the rest early.
DEPARTURE_S = 1.25
#: A moment so many times :data:`NEAR_S` from the common tempo has departed from it.
DEPARTED = 2.0
#: Window over which lateness is read, standard deviation in s of the reference.
LATENESS_S = 0.12
#: What a tracker's errors alone change a pose by, rad/s: that tells no time.
UNREST: dict[Frame, float] = {"space": 0.0, "picture": 0.3, "depth": 0.3}
#: A bone further from the reference's direction than this, rad, has less say in when.
CALM = np.radians(5.0)
#: A limb's directions vary by at least this much from run to run, rad, whatever is seen
#: of it; with a tracker's errors in it where a camera saw the body.
OWN_SHAPE: dict[Frame, float] = {
    "space": np.radians(0.5),
    "picture": np.radians(4.0),
    "depth": np.radians(5.0),
}
#: Bones of each limb.
COUNTS = np.diff([*LIMBS, len(SCALES)])
#: The shifts that remain are as if of so many frames that err on their own.
INDEPENDENT: dict[Frame, float] = {"space": 4.0, "picture": 1.0, "depth": 1.0}
#: Frames further apart than this, s, do not show when within it the body moves.
COARSE_S = 0.1
#: Lateness changes about once in so long, s: a count of an adage.
RUBATO_S = 1.0
#: Share of the longest part that is enough to tell where the whole begins.
ENOUGH = 0.2
#: How often lateness is refined, and by how much at the most each time, s.
REFINED, MOST_S = 4, 0.05


@dataclass(frozen=True)
class Lateness:
    """Tempo and offset of a whole take, and what is left at each point of the path.

    Attributes
    ----------
    tempo_ratio, start_offset_s : float
    on_time_s : (points,) float
        The take's time at that tempo and offset, breaks passed over.
    late_s, late_sd_s : (points,) float
        Seconds of the take; NaN where the path is not trusted, the deviation infinite
        where the body is too still to tell the time.
    """

    tempo_ratio: float
    start_offset_s: float
    on_time_s: Array
    late_s: Array
    late_sd_s: Array


def lateness(
    ref: Movement,
    played: Movement,
    path: NDArray[np.int64],
    state: NDArray[np.str_],
    trusted: NDArray[np.bool_],
) -> Lateness:
    """Read lateness off a path, and refine it.

    Each frame tells the time as surely as the body moves in it: a difference of shape s
    looks like a shift in time by (s . v) / |v|^2, v being the speed of the pose. So
    lateness is first the mean of what the path says in a window, and then shifted, a
    few times, by the mean of these shifts, all weighted by |v|^2: least squares on the
    poses themselves [1]_, where the path is stiff and goes by whole frames. Its
    deviation joins that of the shifts which remain in the window, what the dancer's own
    variation of shape would pull, the time between frames, and the doubt about the
    common tempo and offset.

    Parameters
    ----------
    ref, played : Movement
        The take's frames being as long as the reference's at the common tempo.
    path : (points, 2) int
    state : (points,) str
        From :func:`~repetiteur.align.path.breaks`.
    trusted : (points,) bool
        Where the two are alike enough to be compared; True somewhere.

    Returns
    -------
    Lateness

    References
    ----------
    .. [1] B. D. Lucas and T. Kanade, "An iterative image registration technique with an
       application to stereo vision", IJCAI 1981, for signals over time.
    """
    i, j = path.T
    going = without_breaks(path, state) / [ref.rate, played.rate]
    speed = np.nan_to_num(np.gradient(ref.features, 1.0 / ref.rate, axis=0))[i]
    told = np.where(trusted, (speed**2).sum(axis=1), 0.0)
    use = trusted & (told >= 0.1 * np.median(told[trusted]))
    tempo, line = _line(going, use, state, np.zeros(i.size))
    take_s = played.body.time[j]
    on_time = take_s - (going[:, 1] - line)
    clock = _Clock(ref, played, i, speed, told, trusted)
    late, shift2, apart = clock.refined(on_time, going[:, 1] - line, tempo)
    sd = np.sqrt(
        tempo**2 * (shift2 / INDEPENDENT[ref.frame] + clock.own(apart) ** 2)
        + _of_frames(ref) ** 2
        + _of_frames(played) ** 2
    )
    if ref.frame != "depth":
        # The path goes by whole frames and is stiff: what was refined tells the tempo,
        # but where a tracker's depth pulls it about.
        going[:, 1] += np.where(trusted, on_time + late - take_s, 0.0)
        on_time = np.where(trusted, on_time + late, take_s)
        use = use & clock.tells if (use & clock.tells).any() else use
        finer = _line(going, use, state, sd)
        away = np.abs(going[:, 1] - finer[1])[use] / np.hypot(NEAR_S, sd[use])
        # A line that most of the take departs from is none: the rough one stays.
        if np.median(away) < DEPARTED:
            tempo, line = finer
        late = going[:, 1] - line
        on_time -= late
    sd = np.hypot(sd, _of_line(going[:, 0], late, use))
    return Lateness(
        tempo_ratio=tempo,
        start_offset_s=_offset(on_time - tempo * ref.body.time[i], state, trusted)
        + tempo * float(ref.body.time[0]),
        on_time_s=on_time,
        late_s=np.where(trusted, late, np.nan),
        late_sd_s=np.where(trusted, np.where(clock.tells, sd, np.inf), np.nan),
    )


class _Clock:
    """Tells the time by the movement round each point of a path."""

    def __init__(
        self,
        ref: Movement,
        played: Movement,
        i: NDArray[np.int64],
        speed: Array,
        told: Array,
        trusted: NDArray[np.bool_],
    ) -> None:
        self.ref, self.played, self.i = ref, played, i
        self.speed, self.told, self.trusted = speed, told, trusted
        self.window = LATENESS_S * ref.rate
        among = signals.smooth(trusted.astype(np.float64), self.window)
        self.among = np.maximum(among, 1e-12)
        telling = signals.smooth(told, self.window)
        moved = telling - UNREST[ref.frame] ** 2 * among
        self.tells = trusted & (moved >= STILL[ref.frame] ** 2 * among)
        self.telling, self.moved = np.maximum(telling, 1e-12), np.maximum(moved, 1e-12)

    def refined(
        self, on_time: Array, left: Array, tempo: float
    ) -> tuple[Array, Array, Array]:
        """Lateness, the mean square of the shifts that remain, and what is apart."""
        late = _through(
            self.tells, self._mean(self.told * left) * self.among / self.telling
        )
        for _ in range(REFINED):
            pull, say, _ = self._pull(on_time + late)
            shift = self._mean(pull) / np.maximum(self._mean(say), 1e-12)
            late = late + _through(self.tells, np.clip(tempo * shift, -MOST_S, MOST_S))
        pull, say, apart = self._pull(on_time + late)
        shift2 = np.divide(pull**2, say, out=np.zeros_like(say), where=say > 1e-12)
        return late, self._mean(shift2) * self.among / self.moved, apart

    def _mean(self, values: Array) -> Array:
        """Mean in the window over the trusted points."""
        inside = np.where(self.trusted, values, 0.0)
        return np.asarray(signals.smooth(inside, self.window) / self.among)

    def _pull(self, take_s: Array) -> tuple[Array, Array, Array]:
        """Shift in time that each point asks for, times its say; its say, |v|^2; apart.

        A bone that points elsewhere by more than ``CALM`` has less say (Huber's
        weights): that is a difference of shape, and the rest of the body tells the
        time. What is apart is of each bone, (points, bones, 3), radians.
        """
        there = signals.resample(self.played.features, self.played.body.time, take_s)
        apart = np.nan_to_num(self.ref.features[self.i] - there)
        apart = apart.reshape(self.i.size, -1, 3)
        speed = self.speed.reshape(self.i.size, -1, 3)
        angle = np.linalg.norm(apart, axis=2) / SCALES
        weight = np.minimum(1.0, CALM / np.maximum(angle, 1e-12))
        pull = (weight * (apart * speed).sum(axis=2)).sum(axis=1)
        say = (weight * (speed**2).sum(axis=2)).sum(axis=1)
        return pull, say, apart / SCALES[:, None]

    def own(self, apart: Array) -> Array:
        """Standard deviation that variation in shape, limb by limb, adds to the time.

        A limb's directions vary slowly from run to run, and along its movement that
        looks like a shift in time.
        """
        bones = np.linalg.norm(self.speed.reshape(*apart.shape), axis=2) * SCALES
        limbs = np.add.reduceat(bones, LIMBS, axis=1)
        pull = signals.smooth(np.where(self.trusted[:, None], limbs, 0.0), self.window)
        varied = (pull * self._shape(apart)) ** 2
        return np.asarray(np.sqrt(varied.sum(axis=1)) / self.moved)

    def _shape(self, apart: Array) -> Array:
        """How much each limb's shape varies, rad: what is left across the movement.

        Of an angle with two parts of deviation s the square has the median 1.386 s^2,
        over the whole; where a fault is clearly more than that it counts itself. A
        tracker's errors lie across the movement, too, so there it is not asked.
        """
        least = OWN_SHAPE[self.ref.frame]
        if self.ref.frame != "space":
            return np.full((len(apart), len(LIMBS)), least)
        inside = np.where(self.trusted[:, None, None], apart, 0.0)
        slow = signals.smooth(inside, self.window) / self.among[:, None, None]
        square = np.add.reduceat((slow**2).sum(axis=2), LIMBS, axis=1) / COUNTS
        usual = np.median(square[self.trusted], axis=0) / 1.386
        usual = np.maximum(usual, least**2)
        fault = square / 2.0
        return np.asarray(np.sqrt(np.where(fault > 4.0 * usual, fault, usual)))


def _of_frames(movement: Movement) -> float:
    """Standard deviation that the time between two frames adds, seconds.

    Half of it where the body may turn round between the two; where they are closer, the
    line from one to the next misses less of the movement, by their distance squared.
    """
    return 0.5 * movement.frame_s * min(1.0, movement.frame_s / COARSE_S)


def _line(
    going: Array, use: NDArray[np.bool_], state: NDArray[np.str_], sd: Array
) -> tuple[float, Array]:
    """The common tempo, and the take's seconds by it at each point.

    After a break the take begins anew: when it should have gone on, nobody knows.
    ``sd`` is how surely each point tells the time, seconds.
    """
    x, y, near = *going.T, np.hypot(NEAR_S, sd)
    parts = _parts(state)
    told = [use[part].any() for part in parts]
    runs = [
        (x[part][use[part]], y[part][use[part]], near[part][use[part]])
        for part in parts
        if use[part].any()
    ]
    tempo, levels = least_departures(runs, each=DEPARTURE_S)
    # Nothing in a part tells the time: it goes on as the others do.
    level = np.full(len(parts), np.median((y - tempo * x)[use]))
    level[told] = levels
    sizes = [part.stop - part.start for part in parts]
    return tempo, tempo * x + np.repeat(level, sizes)


def _parts(state: NDArray[np.str_]) -> list[slice]:
    """What lies between the breaks."""
    edges = [0, *(b + 1 for _, b in inner_breaks(state)), state.size]
    return [slice(a, b) for a, b in pairwise(edges)]


def _of_line(going: Array, late: Array, use: NDArray[np.bool_]) -> Array:
    """Standard deviation of the common tempo and offset at each point, seconds.

    That of a straight line through as many values as the lateness has changed its mind,
    once every ``RUBATO_S``.
    """
    at, around = going[use], late[use] - np.median(late[use])
    spread = float(np.median(np.abs(around))) / 0.6745
    count = max(float(np.ptp(at)) / RUBATO_S, 1.0)
    away = (going - at.mean()) / max(float(at.std()), 1e-9)
    return np.asarray(spread / np.sqrt(count) * np.sqrt(1.0 + away**2))


def _offset(
    offsets: Array, state: NDArray[np.str_], trusted: NDArray[np.bool_]
) -> float:
    """Offset of the first part in which enough is compared: it begins there."""
    parts = [offsets[part][trusted[part]] for part in _parts(state)]
    enough = ENOUGH * max(part.size for part in parts)
    return float(np.median(next(part for part in parts if part.size >= enough)))


def _through(tells: NDArray[np.bool_], values: Array) -> Array:
    """Values where time is told; through stillness, a line from one to the next."""
    if not tells.any():
        return np.zeros_like(values)
    points = np.arange(values.size)
    return np.interp(points, points[tells], values[tells])
