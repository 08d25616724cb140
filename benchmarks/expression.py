"""How much of the manner of a movement do the qualities hold?

    python benchmarks/expression.py --data DIR --json benchmarks/results/expression.json

``DIR`` has motion files named ``content_style_n`` (``walking_proud_2.bvh``): what is
danced, how, and which take. A linear discriminant tells the style of each file, with
all files of its content left out of what it learns from: balanced accuracy, beside
chance.

``raw``       the qualities as they are
``centred``   less their median over all takes of the same content, as a take is
              compared with a reference

Of each quality the mean over windows is taken, and the standard deviation. ``robust``
are those that are told by default, ``all`` those of motion capture; ``motion`` is the
quantity of motion alone. 0, 1 and 2 cm of noise, another at each frame, are added to
every coordinate.
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from expression_robust import noisy
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.metrics import balanced_accuracy_score

from repetiteur.errors import RepetiteurError
from repetiteur.expression.body import describe
from repetiteur.expression.descriptors import descriptors
from repetiteur.expression.windows import windows
from repetiteur.io.formats import read_poses
from repetiteur.kinematics.movement import movement_of
from repetiteur.model.body import Body
from repetiteur.model.poses import body_of

Array = np.ndarray
NOISES_M = (0.0, 0.01, 0.02)
#: Relative qualities are told by their logarithms.
_LEAST = 1e-6


class Take(NamedTuple):
    """One file: what is danced, how, and the body."""

    content: str
    style: str
    body: Body


def takes_of(folder: Path) -> list[Take]:
    """All files whose names say what they are."""
    found = []
    for path in sorted(folder.iterdir()):
        parts = path.stem.split("_")
        if len(parts) < 3 or not path.is_file():
            print(f"left out: {path.name} is not named content_style_n")
            continue
        try:
            body = body_of(read_poses(path))
        except RepetiteurError as error:
            print(f"left out: {path.name}: {error}")
            continue
        found.append(Take("_".join(parts[:-2]), parts[-2], body))
    return found


def features(body: Body) -> dict[str, float]:
    """Mean and standard deviation over windows of each quality."""
    time = body.time
    own = describe(
        movement_of(body), windows(float(time[0]), float(time[-1])), level="all"
    )
    relative = {one.id: bool(one.relative) for one in descriptors()}
    out = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a quality that is nowhere
        for name, values in own.values.items():
            each = np.log(np.maximum(values, _LEAST)) if relative[name] else values
            out[f"{name} mean"], out[f"{name} sd"] = np.nanmean(each), np.nanstd(each)
    return out


def table(rows: Sequence[Mapping[str, float]], kept: Sequence[str]) -> Array:
    """Features of all takes; a median where one is not known, none mostly unknown."""
    names = [n for n in rows[0] if n.rpartition(" ")[0] in kept]
    values = np.array([[row.get(name, np.nan) for name in names] for row in rows])
    values = values[:, np.isfinite(values).mean(axis=0) > 0.5]
    return np.where(np.isfinite(values), values, np.nanmedian(values, axis=0))


def centred(values: Array, contents: Array) -> Array:
    """Less the median of the same content over all its takes."""
    out = values.copy()
    for content in np.unique(contents):
        same = contents == content
        out[same] -= np.median(values[same], axis=0)
    return out


def accuracy(values: Array, styles: Array, contents: Array) -> float:
    """Balanced accuracy over all files, each content told by the others."""
    told = np.empty(styles.shape, dtype=styles.dtype)
    for content in np.unique(contents):
        out = contents == content
        spread = values[~out].std(axis=0)
        scaled = values[:, spread > 0.0] / spread[spread > 0.0]
        rule = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")
        told[out] = rule.fit(scaled[~out], styles[~out]).predict(scaled[out])
    return float(balanced_accuracy_score(styles, told))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0, help="of the noise")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    takes = takes_of(asked.data)
    styles = np.array([one.style for one in takes])
    contents = np.array([one.content for one in takes])
    if min(np.unique(styles).size, np.unique(contents).size) < 2:
        parser.error("--data needs two styles and two contents or more")
    sets = {
        "motion": ["quantity_of_motion"],
        "robust": [one.id for one in descriptors() if one.robust],
        "all": [one.id for one in descriptors()],
    }
    result: dict[str, object] = {
        "files": len(takes),
        "styles": int(np.unique(styles).size),
        "contents": int(np.unique(contents).size),
        "chance": round(1.0 / np.unique(styles).size, 3),
    }
    for sd in NOISES_M:
        rng = np.random.default_rng([43, asked.seed])
        rows = [features(noisy(one.body, sd, "white", rng)) for one in takes]
        found = {}
        for name, kept in sets.items():
            values = table(rows, kept)
            ways = {"raw": values, "centred": centred(values, contents)}
            found[name] = {
                way: round(accuracy(each, styles, contents), 3)
                for way, each in ways.items()
            }
        result[f"noise {100 * sd:g} cm"] = found
    print(json.dumps(result, indent=1))
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
