"""A network as an ONNX file, written by hand: it finds the brightest pixel.

It has the inputs and outputs of RTMPose's on Halpe's points, so that the adapter can be
tested through onnxruntime without the real weights. The format is protobuf; field
numbers are those of onnx.proto.
"""

from __future__ import annotations

import numpy as np

_FLOAT, _INTS = 1, 7
POINTS = 26


def brightest(picture):
    """What the network computes: (1, 3, h, w) to (1, 26, 2 w) and (1, 26, 2 h)."""
    light = picture.max(axis=1)
    every = np.ones((1, POINTS, 1), np.float32)
    columns = light.max(axis=1, keepdims=True) @ _spread(light.shape[2])
    rows = light.max(axis=2, keepdims=True).transpose(0, 2, 1) @ _spread(light.shape[1])
    return columns * every, rows * every


def _spread(size):
    """Each pixel to the first of its two places, (size, 2 size)."""
    out = np.zeros((size, 2 * size), np.float32)
    out[np.arange(size), 2 * np.arange(size)] = 1.0
    return out


def model(width=192, height=256):
    """The network's file."""
    tensors = {
        "x_spread": _spread(width),
        "y_spread": _spread(height),
        "every": np.ones((1, POINTS, 1), np.float32),
    }
    nodes = [
        _node("ReduceMax", ["input"], "light", axes=[1], keepdims=[0]),
        _node("ReduceMax", ["light"], "x_light", axes=[1]),
        _node("ReduceMax", ["light"], "y_light", axes=[2]),
        _node("Transpose", ["y_light"], "y_row", perm=[0, 2, 1]),
        _node("MatMul", ["x_light", "x_spread"], "x_one"),
        _node("MatMul", ["y_row", "y_spread"], "y_one"),
        _node("Mul", ["x_one", "every"], "simcc_x"),
        _node("Mul", ["y_one", "every"], "simcc_y"),
    ]
    graph = b"".join(_field(1, node) for node in nodes)
    graph += _field(2, b"brightest")
    graph += b"".join(_field(5, _tensor(*tensor)) for tensor in tensors.items())
    graph += _field(11, _value("input", (1, 3, height, width)))
    graph += _field(12, _value("simcc_x", (1, POINTS, 2 * width)))
    graph += _field(12, _value("simcc_y", (1, POINTS, 2 * height)))
    opset = _field(1, b"") + _number(2, 13)
    return _number(1, 8) + _field(8, opset) + _field(7, graph)


def _varint(value):
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def _number(field, value):
    return _varint(field << 3) + _varint(value)


def _field(field, content):
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _node(kind, inputs, output, **attributes):
    out = b"".join(_field(1, name.encode()) for name in inputs)
    out += _field(2, output.encode()) + _field(4, kind.encode())
    for name, values in attributes.items():
        said = _field(1, name.encode())
        if name == "keepdims":
            said += _number(3, *values) + _number(20, 2)
        else:
            said += b"".join(_number(8, value) for value in values) + _number(20, _INTS)
        out += _field(5, said)
    return out


def _tensor(name, values):
    out = b"".join(_number(1, size) for size in values.shape)
    return (
        out + _number(2, _FLOAT) + _field(8, name.encode()) + _field(9, bytes(values))
    )


def _value(name, shape):
    sizes = b"".join(_field(1, _number(1, size)) for size in shape)
    return _field(1, name.encode()) + _field(
        2, _field(1, _number(1, _FLOAT) + _field(2, sizes))
    )
