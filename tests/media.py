"""Small videos and sounds for tests, made on the spot."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
from av.stream import Disposition

TICK = Fraction(1, 1000)


def picture(number, width=64, height=48):
    """A picture whose brightness tells its number, with a white corner, top left."""
    rgb = np.full((height, width, 3), 40 + 10 * (number % 18), np.uint8)
    rgb[: height // 4, : width // 4] = 255
    return rgb


def number_of(rgb):
    """The number of a picture made by :func:`picture`."""
    middle = rgb[rgb.shape[0] // 2 :, rgb.shape[1] // 2 :]
    return round((float(np.median(middle)) - 40) / 10)


def write_clip(
    path,
    *,
    count=12,
    size=(64, 48),
    ms=None,
    codec="libx264",
    pix_fmt="yuv420p",
    options=None,
    container=None,
    turn=None,
    aspect=None,
    sound_s=0.0,
    cover=False,
    tick=TICK,
    draw=picture,
    tags=None,
    **format_options,
):
    """Write a clip; ``ms`` are the times of its pictures in milliseconds."""
    times = [round(1000 * i / 30) for i in range(count)] if ms is None else ms
    with av.open(str(path), "w", format=container, options=format_options) as out:
        stream = out.add_stream(codec, rate=30, options=options or {})
        stream.width, stream.height = size
        stream.pix_fmt = pix_fmt
        stream.codec_context.time_base = tick
        stream.codec_context.thread_count = 1
        if aspect is not None:
            stream.codec_context.sample_aspect_ratio = aspect
        if turn is not None:
            stream.set_display_rotation(*turn)
        sound = out.add_stream("aac", rate=48000, layout="mono") if sound_s else None
        if cover:
            picture_of_it = out.add_stream("mjpeg", rate=1)
            picture_of_it.width, picture_of_it.height = 320, 240
            picture_of_it.pix_fmt = "yuvj420p"
            picture_of_it.disposition = Disposition.attached_pic
        for name, value in (tags or {}).items():
            setattr(stream.codec_context, name, value)
        if cover:
            frame = av.VideoFrame(320, 240, "yuvj420p")
            frame.pts, frame.time_base = 0, TICK
            out.mux(picture_of_it.encode(frame))
        for number, at in enumerate(times):
            frame = av.VideoFrame.from_ndarray(draw(number, *size), "rgb24")
            frame = frame.reformat(format=pix_fmt)
            for name, value in (tags or {}).items():
                setattr(frame, name, value)
            frame.pts, frame.time_base = round(at * TICK / tick), tick
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
        if sound is not None:
            out.mux(_tone(sound, sound_s))
            out.mux(sound.encode(None))
    return path


def write_sound(path, *, format, codec="aac", seconds=0.5, rate=48000):
    """Write a file with a tone of 440 Hz and nothing else."""
    with av.open(str(path), "w", format=format) as out:
        stream = out.add_stream(codec, rate=rate, layout="mono")
        out.mux(_tone(stream, seconds))
        out.mux(stream.encode(None))
    return path


def _tone(stream, seconds):
    samples = np.sin(2 * np.pi * 440 * np.arange(round(48000 * seconds)) / 48000) / 2
    packets = []
    for start in range(0, len(samples), 1024):
        part = samples[None, start : start + 1024].astype(np.float32)
        frame = av.AudioFrame.from_ndarray(part, "fltp", "mono")
        frame.sample_rate, frame.pts = 48000, start
        frame.time_base = Fraction(1, 48000)
        packets += stream.encode(frame)
    return packets


def flipped(content, seed, flips):
    """Bytes with some of them changed, the same for the same seed."""
    rng = np.random.default_rng(seed)
    spoilt = np.frombuffer(content, np.uint8).copy()
    spoilt[rng.integers(len(spoilt), size=flips)] = rng.integers(256, size=flips)
    return spoilt.tobytes()
