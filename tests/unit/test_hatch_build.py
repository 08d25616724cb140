"""The build's step for the weights, without a network."""

import importlib.util
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import packs
from repetiteur.track import _pins, weights

pytest.importorskip("hatchling", reason="hatchling builds; it is not installed")
ROOT = Path(__file__).parents[2]
FILES = {f"{name}.tflite" for name in packs.CONTENTS}


class Stopped(Exception):
    """The build was ended."""


class App:
    """What of hatchling's application the step needs."""

    def abort(self, message):
        raise Stopped(message)


@pytest.fixture
def home(tmp_path, monkeypatch):
    small = packs.pins(tmp_path)
    monkeypatch.setattr(_pins, "pinned", lambda: small)
    monkeypatch.setattr(_pins, "face", lambda: packs.no_face(small))
    place = tmp_path / "home" / "models"
    monkeypatch.setattr(weights, "data_folder", lambda: place)
    monkeypatch.setattr(weights, "_PACKAGE", tmp_path / "package")
    monkeypatch.delenv("REPETITEUR_MODELS_DIR", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return place


@pytest.fixture
def build(home):
    """Run the step; give back what goes into the wheel, as it is at that moment."""
    spec = importlib.util.spec_from_file_location(
        "hatch_build", ROOT / "hatch_build.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def build(version):
        hook = module.WeightsHook(str(ROOT), {}, None, None, "", "wheel", App())
        data = {"force_include": {}}
        hook.initialize(version, data)
        inside = {
            name: Path(file).read_bytes()
            for file, name in data["force_include"].items()
        }
        hook.finalize(version, data, "")
        build.left = [file for file in data["force_include"] if Path(file).exists()]
        return inside

    return build


def expected():
    return {
        f"repetiteur/track/models/{name}.tflite": data
        for name, data in packs.CONTENTS.items()
    }


needs_programs = pytest.mark.skipif(os.name != "posix", reason="a program is a script")


@needs_programs
def test_a_wheel_holds_what_npm_brings(build, home, tmp_path):
    packs.npm(tmp_path / "bin", packs.tarball(tmp_path / "some.tgz"))
    assert build("standard") == expected()
    assert build.left == []
    assert not home.exists()


def test_a_wheel_takes_right_weights_that_are_there(build, tmp_path):
    weights.install(packs.tarball(tmp_path / "some.tgz"))
    assert build("standard") == expected()
    assert len(build.left) == len(packs.CONTENTS)


def test_a_wheel_takes_a_named_folder(build, home, tmp_path, monkeypatch):
    named = tmp_path / "named"
    named.mkdir()
    weights.gather(named, packs.tarball(tmp_path / "some.tgz"))
    monkeypatch.setenv("REPETITEUR_MODELS_DIR", str(named))
    assert build("standard") == expected()
    assert {file.name for file in named.iterdir()} == FILES


def test_a_named_folder_with_a_wrong_file_ends_the_build(build, tmp_path, monkeypatch):
    weights.install(packs.tarball(tmp_path / "some.tgz"))
    monkeypatch.setenv("REPETITEUR_MODELS_DIR", str(tmp_path))
    with pytest.raises(Stopped, match="lacks pose_detection"):
        build("standard")


@needs_programs
def test_an_editable_install_fills_the_data_folder(build, home, tmp_path):
    bin_ = packs.npm(tmp_path / "bin", packs.tarball(tmp_path / "some.tgz"))
    for _ in range(2):
        assert build("editable") == {}
    assert {file.name for file in home.iterdir()} == FILES
    assert len((bin_ / "calls").read_text().splitlines()) == 1


@pytest.mark.parametrize("version", ["standard", "editable"])
def test_a_build_without_npm_ends_with_one_sentence(build, home, version):
    with pytest.raises(Stopped) as told:
        build(version)
    assert str(told.value).startswith("repetiteur: The models' weights need npm")
    assert "REPETITEUR_MODELS_DIR" in str(told.value)
    assert "\n" not in str(told.value)
    assert not home.exists()


def test_the_build_is_set_up_for_it():
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = table["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert "custom" in wheel["hooks"]
    needed = " ".join(table["build-system"]["requires"])
    assert "platformdirs" in needed


def test_the_module_that_the_build_uses_needs_little():
    """An isolated build has nothing but what is named in ``build-system``."""
    code = (
        "import sys; from repetiteur.track import weights; "
        "heavy = {'numpy', 'xarray', 'av', 'cv2', 'scipy', 'yaml'} & set(sys.modules); "
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
