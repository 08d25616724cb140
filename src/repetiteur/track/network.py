"""A network in LiteRT, with one input and outputs that are known by their shapes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from repetiteur.errors import MissingWeights

Floats = NDArray[np.float32]


class Network:
    """Weights that are ready to run, on one thread.

    Names of outputs are anonymous in these files, so each is asked for by its shape.

    Parameters
    ----------
    weights : Path
        A .tflite file whose checksum was checked.
    """

    def __init__(self, weights: Path) -> None:
        try:
            self._net = Interpreter(model_path=str(weights), num_threads=1)
            self._net.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise MissingWeights(
                f"{weights.name} needs to be a network that LiteRT runs, and is not: "
                f"{error}. Run: repetiteur models install"
            ) from error
        (entry,) = self._net.get_input_details()
        self._entry: int = entry["index"]
        self._shape = tuple(int(n) for n in entry["shape"])
        self._out = {
            tuple(int(n) for n in one["shape"]): int(one["index"])
            for one in self._net.get_output_details()
        }

    @property
    def size(self) -> int:
        """Side of the square picture that it takes, pixels."""
        return self._shape[1]

    def run(self, picture: Floats) -> None:
        """Look at a picture, (size, size, 3) float32."""
        self._net.set_tensor(self._entry, picture[np.newaxis])
        self._net.invoke()

    def output(self, *shape: int) -> Floats:
        """What it answered, by the output's shape without the batch."""
        return np.asarray(self._net.get_tensor(self._out[1, *shape])[0])
