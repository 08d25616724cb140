"""Weights of an optional tracker: brought by a user, right or refused."""

from __future__ import annotations

import hashlib
import tomllib
import zipfile

import pytest

import packs
from repetiteur.errors import MissingWeights
from repetiteur.track import _brought, _pins, weights

CONTENT = bytes(range(256)) * 20
FILE = "small_net.onnx"
ARCHIVE = "their-small-net_20230605.zip"
INSIDE = "20230606/rtmpose_onnx/small/end2end.onnx"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A data folder of its own, small pins, and no npm."""
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    net = _pins.Weight("small_net", "end2end.onnx", len(CONTENT), sha256, ".onnx")
    small = packs.pins(tmp_path)
    monkeypatch.setattr(_pins, "pinned", lambda: small)
    monkeypatch.setattr(_pins, "face", lambda: packs.no_face(small))
    monkeypatch.setattr(_pins, "brought", lambda: (_pins.Brought(net, "rtm", ARCHIVE),))
    place = tmp_path / "home" / "models"
    monkeypatch.setattr(weights, "data_folder", lambda: place)
    monkeypatch.setattr(weights, "_PACKAGE", tmp_path / "package")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return place


def archive(path, content=CONTENT, name=INSIDE):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("20230606/rtmpose_onnx/small/detail.json", "{}")
        out.writestr(name, content)
    return path


def there(home):
    return sorted(file.name for file in home.iterdir()) if home.exists() else []


def test_the_table_says_what_it_must_be():
    table = tomllib.loads(_pins._TABLE.read_text("utf-8"))
    for facts in table["brought"].values():
        assert len(bytes.fromhex(facts["sha256"])) == 32
        assert facts["archive"].endswith(".zip")
        assert facts["member"].endswith(".onnx")


@pytest.mark.parametrize("kind", ["archive", "file", "their name", "our name"])
def test_install_from_what_holds_it(tmp_path, home, kind):
    source = tmp_path / "source"
    if kind == "archive":
        source = archive(tmp_path / ARCHIVE)
    elif kind == "file":
        source = tmp_path / "any.onnx"
        source.write_bytes(CONTENT)
    else:
        source.mkdir()
        name = FILE if kind == "our name" else "end2end.onnx"
        (source / name).write_bytes(CONTENT)
    said = weights.install(source)
    assert there(home) == [FILE], "and nothing of the pose model's is asked for"
    assert weights.path_of("small_net").read_bytes() == CONTENT
    assert (said[-1].name, said[-1].state) == ("small_net", "right")


def test_a_folder_with_all_weights_gives_all(tmp_path, home):
    source = tmp_path / "all"
    source.mkdir()
    (source / FILE).write_bytes(CONTENT)
    for name, data in packs.CONTENTS.items():
        (source / f"{name}.tflite").write_bytes(data)
    assert {weight.state for weight in weights.install(source)} == {"right"}
    assert there(home) == sorted([FILE, *(f"{name}.tflite" for name in packs.CONTENTS)])


@pytest.mark.parametrize("how", ["other", "shorter", "longer"])
def test_another_network_is_refused_and_leaves_what_was_there(tmp_path, home, how):
    home.mkdir(parents=True)
    (home / FILE).write_bytes(b"what was there")
    other = {"other": CONTENT[::-1], "shorter": CONTENT[:-1], "longer": CONTENT + b"!"}
    for source in (archive(tmp_path / "a.zip", other[how]), tmp_path / "b.onnx"):
        if source.suffix == ".onnx":
            source.write_bytes(other[how])
        with pytest.raises(MissingWeights, match="refused") as told:
            weights.install(source)
        assert "\n" not in str(told.value)
    assert (home / FILE).read_bytes() == b"what was there"


@pytest.mark.parametrize("how", ["cut short", "spoilt", "an encrypted member"])
def test_a_broken_archive_is_said_in_one_line(tmp_path, home, how):
    source = archive(tmp_path / ARCHIVE)
    whole = bytearray(source.read_bytes())
    if how == "cut short":
        whole = whole[: len(whole) // 2]
    elif how == "spoilt":
        middle = whole.index(INSIDE.encode()) + len(INSIDE)
        whole[middle : middle + 8] = b"\xff" * 8
    else:
        for head in (b"PK\x03\x04", b"PK\x01\x02"):
            at = whole.rindex(head) + (6 if head[2] == 3 else 8)
            whole[at] |= 1
    source.write_bytes(whole)
    with pytest.raises(MissingWeights, match="cannot be read") as told:
        weights.install(source)
    assert "\n" not in str(told.value)
    assert not there(home)


def test_an_archive_has_bounds(tmp_path, home, monkeypatch):
    monkeypatch.setattr(_brought, "_MOST_BYTES", 100)
    with pytest.raises(MissingWeights):
        weights.install(archive(tmp_path / ARCHIVE))
    assert not there(home)


def test_members_are_never_written_by_their_own_names(tmp_path, home):
    weights.install(archive(tmp_path / ARCHIVE, name="../../end2end.onnx"))
    assert there(home) == [FILE]
    assert not list(tmp_path.glob("end2end*"))


def test_a_changed_file_is_refused_later(tmp_path, home):
    weights.install(archive(tmp_path / ARCHIVE))
    (home / FILE).write_bytes(CONTENT[::-1])
    with pytest.raises(MissingWeights, match=r"small_net\.onnx is not the file"):
        weights.path_of("small_net")
    assert [weight.state for weight in weights.brought()] == ["wrong"]


def test_what_is_missing_names_the_tracker_and_the_archive():
    with pytest.raises(MissingWeights, match=f"The tracker rtm needs .*{ARCHIVE}"):
        weights.path_of("small_net")
    assert weights.brought() == []
