"""The commands about the pose model and the machine it runs on."""

import pytest
from typer.testing import CliRunner

import packs
from repetiteur.cli import doctor, main
from repetiteur.errors import MissingWeights
from repetiteur.track import _pins, weights


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    small = packs.pins(tmp_path)
    monkeypatch.setattr(_pins, "pinned", lambda: small)
    monkeypatch.setattr(_pins, "face", lambda: packs.no_face(small))
    place = tmp_path / "home" / "models"
    monkeypatch.setattr(weights, "data_folder", lambda: place)
    monkeypatch.setattr(weights, "_PACKAGE", tmp_path / "package")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return place


def run(*words):
    return CliRunner().invoke(main.app, list(map(str, words)))


def test_list_shows_each_network_and_its_state(home):
    home.mkdir(parents=True)
    (home / "pose_detection.tflite").write_bytes(packs.CONTENTS["pose_detection"])
    (home / "pose_landmark_lite.tflite").write_bytes(b"?")
    done = run("models", "list")
    assert done.exit_code == 0
    rows = [line.split() for line in done.stdout.splitlines()]
    assert [(row[0], row[3]) for row in rows] == [
        ("pose_detection", "right"),
        ("pose_landmark_lite", "wrong"),
        ("pose_landmark_full", "missing"),
        ("pose_landmark_heavy", "missing"),
    ]
    assert rows[0][4] == str(home / "pose_detection.tflite")


def test_install_from_a_file(home, tmp_path):
    done = run("models", "install", "--from", packs.tarball(tmp_path / "some.tgz"))
    assert done.exit_code == 0
    assert done.stdout.count(" right ") == 4
    assert len(list(home.iterdir())) == 4


def test_install_that_cannot_ends_with_3_and_one_line(monkeypatch, capfd):
    monkeypatch.setattr("sys.argv", ["repetiteur", "models", "install"])
    with pytest.raises(SystemExit) as left:
        main.main()
    assert left.value.code == 3
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith("repetiteur: The models' weights need npm")


def lines(done):
    return {line[6:18].strip(): line for line in done.stdout.splitlines()}


def test_doctor_says_what_to_do_about_missing_weights():
    done = run("doctor")
    assert done.exit_code == 1
    said = lines(done)
    assert said["weights"].startswith("FAIL")
    assert 'Run "repetiteur models install"' in said["weights"]
    for well in ("Répétiteur", "Python", "cores", "video", "pictures"):
        assert said[well].startswith("ok"), said[well]


@pytest.fixture
def body_alone(home, tmp_path, monkeypatch):
    """The body's networks are installed, and the face's, which there are, are not."""
    weights.install(packs.tarball(tmp_path / "some.tgz"))
    face = packs.face_pins(tmp_path)
    monkeypatch.setattr(_pins, "face", lambda: face)
    monkeypatch.setattr(doctor, "_network", lambda: "runs")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return home


def test_without_a_face_the_doctor_is_calm(body_alone):
    done = run("doctor")
    assert done.exit_code == 0, done.stdout
    said = lines(done)["weights"]
    assert said.startswith("ok    weights       4 networks in ")
    assert said.endswith('those of a face come with "repetiteur models install"')


def test_a_face_that_is_damaged_is_a_fault(body_alone):
    (body_alone / "face_mesh.tflite").write_bytes(b"?")
    done = run("doctor")
    assert done.exit_code == 1
    assert lines(done)["weights"].startswith("FAIL")
    assert "face_mesh" in lines(done)["weights"]


def test_doctor_is_content_when_all_is_well(tmp_path, monkeypatch):
    weights.install(packs.tarball(tmp_path / "some.tgz"))
    monkeypatch.setattr(doctor, "_network", lambda: "runs")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    done = run("doctor")
    assert done.exit_code == 0, done.stdout
    assert all(line.startswith("ok ") for line in done.stdout.splitlines())


@pytest.mark.parametrize("check", ["_network", "_video", "_pictures", "_cache_folder"])
def test_doctor_goes_on_after_a_library_that_is_broken(monkeypatch, check):
    def broken():
        raise ImportError("libx.so: wrong\nELF class")

    monkeypatch.setattr(doctor, check, broken)
    done = run("doctor")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 9
    assert "libx.so: wrong ELF class " in done.stdout


def test_a_network_that_is_no_network_is_said(tmp_path):
    weights.install(packs.tarball(tmp_path / "some.tgz"))
    said = lines(run("doctor"))["pose model"]
    assert said.startswith("FAIL")
    assert "ai-edge-litert" in said


def test_the_real_detector_runs(monkeypatch):
    monkeypatch.undo()
    try:
        weights.path_of("pose_detection")
    except MissingWeights as missing:
        pytest.skip(str(missing))
    assert "runs it" in doctor._network()


def test_a_folder_under_a_file_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="cannot be written"):
        doctor._writable(tmp_path / "file" / "models")
