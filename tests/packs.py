"""Small packages that stand for the pose model's: pins, tarballs, and an npm."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import sys
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

from repetiteur.track._pins import Package, Weight

CONTENTS = {
    "pose_detection": b"detector" * 100,
    "pose_landmark_lite": b"lite" * 100,
    "pose_landmark_full": b"full" * 300,
    "pose_landmark_heavy": b"heavy" * 500,
}


def members() -> dict[str, bytes]:
    """What the package holds, by the package's own names."""
    of_nets = {f"package/{name}.data": CONTENTS[name] for name in CONTENTS}
    return {"package/package.json": b"{}", **of_nets, "package/pose.js": b"..."}


def tarball(path: Path, content: dict[str, bytes] | None = None) -> Path:
    """Write a package as npm would, the same to the last bit each time."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        for name, data in (members() if content is None else content).items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    path.write_bytes(gzip.compress(raw.getvalue(), mtime=0))
    return path


def wheel(path: Path, contents: dict[str, bytes] = CONTENTS) -> Path:
    """Write a wheel of this program that holds nothing but weights."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(f"repetiteur/track/models/{name}.tflite", data)
    return path


def pins(folder: Path) -> Package:
    """The pins of the small package."""
    digest = hashlib.sha512(tarball(folder / "pinned.tgz").read_bytes()).digest()
    return Package(
        name="@small/pose",
        version="1.2.3",
        integrity=f"sha512-{base64.b64encode(digest).decode()}",
        weights=tuple(
            Weight(
                name=name,
                member=f"package/{name}.data",
                size=len(data),
                sha256=hashlib.sha256(data).hexdigest(),
            )
            for name, data in CONTENTS.items()
        ),
    )


def npm(folder: Path, brings: Path | None, *, says: str = "", code: int = 0) -> Path:
    """Write an npm that counts its calls, and brings a file or nothing."""
    folder.mkdir(exist_ok=True)
    program = folder / "npm"
    program.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, sys\n"
        f"with open({str(folder / 'calls')!r}, 'a') as calls:\n"
        "    print(*sys.argv[1:], file=calls)\n"
        f"brings = {str(brings) if brings else None!r}\n"
        "if brings:\n"
        "    pathlib.Path('small-pose-1.2.3.tgz').write_bytes("
        "pathlib.Path(brings).read_bytes())\n"
        f"sys.stderr.write({says!r})\n"
        f"sys.exit({code})\n"
    )
    program.chmod(0o755)
    return folder


def no_face(body: Package) -> Package:
    """A face's package that holds nothing, beside a body's."""
    return replace(body, name="@small/face", weights=())


#: Two networks that lie in one member of the face's package.
FACE = {"face_mesh": b"mesh" * 300, "face_detection": b"face" * 50}
_FACE_MEMBER = "package/face.data"


def face_members() -> dict[str, bytes]:
    """What the face's package holds, by its own names."""
    packed = FACE["face_mesh"] + b"between" + FACE["face_detection"]
    return {"package/package.json": b"{}", _FACE_MEMBER: packed}


def face_pins(folder: Path) -> Package:
    """The pins of a small package for the face."""
    packed = face_members()
    digest = hashlib.sha512(tarball(folder / "face.tgz", packed).read_bytes()).digest()
    return Package(
        name="@small/face",
        version="4.5.6",
        integrity=f"sha512-{base64.b64encode(digest).decode()}",
        weights=tuple(
            Weight(
                name=name,
                member=_FACE_MEMBER,
                start=packed[_FACE_MEMBER].index(data),
                size=len(data),
                sha256=hashlib.sha256(data).hexdigest(),
            )
            for name, data in FACE.items()
        ),
    )
