"""A temporal convolutional network, forwards.

Each row of the answer hangs on the rows around it: convolutions over time, further and
further apart, in blocks that each add to what the blocks before them made (Bai et al.
2018 [1]_), with the root mean square of each row divided out before a block (Zhang and
Sennrich 2019 [2]_).

References
----------
.. [1] S. Bai, J. Z. Kolter, V. Koltun, "An empirical evaluation of generic
   convolutional and recurrent networks for sequence modeling", arXiv:1803.01271, 2018.
.. [2] B. Zhang, R. Sennrich, "Root mean square layer normalization", NeurIPS 2019.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: Below every mean square, so that a row of zeros stays one: the step of a float32.
_LEAST = 1.1920929e-07


class Layer(NamedTuple):
    """A convolution over time.

    Attributes
    ----------
    weight : (taps, inputs, outputs) float32
        An odd number of taps, the middle one on the row itself.
    bias : (outputs,) float32
    """

    weight: Floats
    bias: Floats

    def over(self, rows: Floats, apart: int = 1) -> Floats:
        """Answer of the layer, its taps so many rows apart; zeros beyond the ends."""
        taps = len(self.weight)
        reach = apart * (taps // 2)
        padded = np.pad(rows, ((reach, reach), (0, 0)))
        out = np.tile(self.bias, (len(rows), 1))
        for tap, weight in enumerate(self.weight):
            out += padded[tap * apart : tap * apart + len(rows)] @ weight
        return out


@dataclass(frozen=True)
class Network:
    """A network of such layers.

    Attributes
    ----------
    first, last : Layer
    blocks : sequence of (Layer, Layer, int)
        Each a convolution over time, with how many rows its taps are apart, and one of
        the row alone.
    """

    first: Layer
    blocks: Sequence[tuple[Layer, Layer, int]]
    last: Layer

    def __call__(self, rows: Floats) -> Floats:
        """Answer to (time, inputs) as (time, outputs).

        Examples
        --------
        >>> one = Layer(np.ones((1, 1, 1), np.float32), np.zeros(1, np.float32))
        >>> Network(one, (), one)(np.array([[-2.0], [3.0]], np.float32)).tolist()
        [[-1.0], [1.0]]
        """
        out = self.first.over(rows)
        for wide, narrow, apart in self.blocks:
            out += narrow.over(_gelu(wide.over(_even(out), apart)))
        return self.last.over(_even(out))


def _even(rows: Floats) -> Floats:
    """Rows over their root mean square."""
    square = np.mean(rows * rows, axis=1, keepdims=True, dtype=np.float32)
    return np.asarray(rows / np.sqrt(square + np.float32(_LEAST)), np.float32)


def _gelu(rows: Floats) -> Floats:
    """Gaussian error linear unit, by its usual approximation.

    D. Hendrycks, K. Gimpel, arXiv:1606.08415, 2016.
    """
    inner = rows + np.float32(0.044715) * rows * rows * rows
    share = np.tanh(np.float32(np.sqrt(2.0 / np.pi)) * inner) + np.float32(1.0)
    return np.asarray(np.float32(0.5) * rows * share, np.float32)
