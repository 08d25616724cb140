"""The command that says whether everything here works, and what to do if not."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import typer

from repetiteur import __version__
from repetiteur.errors import RepetiteurError

SOMETHING_WRONG = 1

# What a library says when it is missing, broken or made for another machine.
_BROKEN = (
    ImportError, OSError, RuntimeError, ValueError, TypeError, AttributeError,
    LookupError, RepetiteurError,
)  # fmt: skip
_AGAIN = "Install again: python -m pip install --force-reinstall"
_ROOM = "Make the folder writable, or make room on its disk."


def doctor() -> None:
    """Check this machine: what works, and what to do about what does not.

    Ends with code 0 when all is well, and with 1 otherwise. That the face's networks
    are not installed is said, and no fault.
    """
    checks: list[tuple[str, Callable[[], str], str]] = [
        ("Répétiteur", _program, ""),
        ("Python", _python, ""),
        ("cores", _cores, ""),
        ("weights", _weights, ""),
        ("pose model", _network, f"{_AGAIN} ai-edge-litert"),
        ("video", _video, f"{_AGAIN} av"),
        ("pictures", _pictures, f"{_AGAIN} opencv-python-headless"),
        ("data folder", _data_folder, _ROOM),
        ("cache folder", _cache_folder, _ROOM),
    ]
    well = [_report(*check) for check in checks]
    if not all(well):
        raise typer.Exit(SOMETHING_WRONG)


def _report(name: str, check: Callable[[], str], to_do: str) -> bool:
    try:
        typer.echo(f"ok    {name:12}  {check()}")
    except _BROKEN as error:
        said = " ".join(str(error).split()) or type(error).__name__
        # Errors of our own say what to do themselves.
        advice = "" if isinstance(error, RepetiteurError) else f" {to_do}"
        typer.echo(f"FAIL  {name:12}  {said}{advice}")
        return False
    return True


def _program() -> str:
    return f"{__version__} in {Path(__file__).parents[1]}"


def _python() -> str:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def _cores() -> str:
    if hasattr(os, "sched_getaffinity"):
        return str(len(os.sched_getaffinity(0)))
    return str(os.cpu_count() or 1)


def _weights() -> str:
    """Where they lie. A face's may be missing: who looks at none needs none."""
    from repetiteur.track.weights import known, path_of

    names = {one.name for one in known()}
    without = {
        one.name
        for one in known()
        if one.name.startswith("face_") and one.state == "missing"
    }
    found = [path_of(name) for name in sorted(names - without)]
    said = f"{len(found)} networks in {found[0].parent}"
    if without:
        return f'{said}; those of a face come with "repetiteur models install"'
    return said


def _network() -> str:
    """The smallest network, on a black picture."""
    import numpy as np
    from ai_edge_litert.interpreter import Interpreter

    from repetiteur.track.weights import path_of

    net = Interpreter(model_path=str(path_of("pose_detection")), num_threads=1)
    net.allocate_tensors()
    (entry,) = net.get_input_details()
    net.set_tensor(entry["index"], np.zeros(entry["shape"], np.float32))
    net.invoke()
    ways_out = [net.get_tensor(out["index"]) for out in net.get_output_details()]
    if not all(np.isfinite(out).all() for out in ways_out):
        raise RuntimeError("The network gives no numbers for a black picture.")
    return f"LiteRT {_version_of('ai-edge-litert')} runs it"


def _video() -> str:
    """Two frames, written and read again in memory."""
    import av

    memory = BytesIO()
    with av.open(memory, "w", format="mp4") as target:
        stream = target.add_stream("mpeg4", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(2):
            target.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        target.mux(stream.encode())
    memory.seek(0)
    with av.open(memory, "r") as source:
        count = sum(1 for _ in source.decode(video=0))
    if count != 2:
        raise RuntimeError(f"PyAV {av.__version__} decodes {count} of 2 frames.")
    codec = ".".join(map(str, av.library_versions["libavcodec"]))
    return f"PyAV {av.__version__} with libavcodec {codec} decodes"


def _pictures() -> str:
    import cv2
    import numpy as np

    black = np.zeros((8, 8, 3), np.uint8)
    if cv2.resize(black, (4, 4)).shape != (4, 4, 3):
        raise RuntimeError(f"OpenCV {cv2.__version__} cannot scale a picture.")
    return f"OpenCV {cv2.__version__}"


def _data_folder() -> str:
    from repetiteur.track.weights import data_folder

    return _writable(data_folder())


def _cache_folder() -> str:
    import platformdirs

    return _writable(platformdirs.user_cache_path("repetiteur", appauthor=False))


def _writable(folder: Path) -> str:
    """Try the folder, or what it would be made in."""
    place = next(found for found in (folder, *folder.parents) if found.exists())
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"\0" * 4096)
    except OSError as error:
        raise OSError(f"{folder} cannot be written: {error.strerror}.") from error
    return str(folder)


def _version_of(distribution: str) -> str:
    from importlib.metadata import version

    return version(distribution)
