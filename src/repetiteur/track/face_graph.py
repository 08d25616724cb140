"""A part of a network, cut out of its file so that LiteRT can run it.

Three of the operations in the face's network are MediaPipe's own, and LiteRT knows none
of them. They only cut eyes and lips out of a layer and put what is found there back, so
the network is run in two parts, before and after, and the cutting is done here
(:mod:`repetiteur.track.face_net`).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from repetiteur.errors import MissingWeights

Floats = NDArray[np.float32]

__all__ = ["Part"]

#: What marks a file as a network of this kind.
_MARK = b"TFL3"
#: What a file that is no such network makes the libraries raise.
_BROKEN = (
    ValueError,
    RuntimeError,
    LookupError,
    TypeError,
    AttributeError,
    struct.error,
)


class Part:
    """What of a network lies between some of its tensors, on one thread.

    Parameters
    ----------
    weights : Path
        A .tflite file whose checksum was checked.
    entries, exits : sequence of str
        Names of tensors: what is given, and what is asked for.

    Raises
    ------
    MissingWeights
        When LiteRT cannot run it.
    """

    def __init__(
        self, weights: Path, entries: Sequence[str], exits: Sequence[str]
    ) -> None:
        try:
            content = _cut(weights.read_bytes(), entries, exits)
            self._net = Interpreter(model_content=content, num_threads=1)
            self._net.allocate_tensors()
        except _BROKEN as error:
            raise MissingWeights(
                f"{weights.name} needs to be a network that LiteRT runs, and is not: "
                f"{error}. Run: repetiteur models install"
            ) from error
        self._entries = {
            one["name"]: int(one["index"]) for one in self._net.get_input_details()
        }
        self._exits = {
            one["name"]: int(one["index"]) for one in self._net.get_output_details()
        }

    def run(self, given: Mapping[str, Floats]) -> dict[str, Floats]:
        """All exits, by name and without the batch, from all entries."""
        for name, value in given.items():
            self._net.set_tensor(self._entries[name], value[np.newaxis])
        self._net.invoke()
        return {
            name: np.asarray(self._net.get_tensor(index)[0])
            for name, index in self._exits.items()
        }


def _cut(content: bytes, entries: Sequence[str], exits: Sequence[str]) -> bytes:
    """The file of a network with the operations between entries and exits alone."""
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(content, 0))
    graph = model.subgraphs[0]
    index = {tensor.name.decode(): n for n, tensor in enumerate(graph.tensors)}
    graph.inputs = [index[name] for name in entries]
    graph.outputs = [index[name] for name in exits]
    maker = {
        int(n): place
        for place, operator in enumerate(graph.operators)
        for n in operator.outputs
    }
    needed: set[int] = set()
    asked = list(graph.outputs)
    while asked:
        tensor = asked.pop()
        place = maker.get(tensor)
        if place is None or tensor in graph.inputs or place in needed:
            continue
        needed.add(place)
        asked += [int(n) for n in graph.operators[place].inputs]
    graph.operators = [graph.operators[place] for place in sorted(needed)]
    builder = flatbuffers.Builder(len(content))
    builder.Finish(model.Pack(builder), _MARK)
    return bytes(builder.Output())
