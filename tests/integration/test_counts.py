"""The command that counts, as people run it."""

from __future__ import annotations

import json

import numpy as np
import pytest

import commands
from played import plucked
from repetiteur.io.audio import read_audio
from repetiteur.io.counts import read_counts
from repetiteur.io.wav import write_wav

TRUE = np.arange(1.0, 17.0, 0.6)


@pytest.fixture
def run(monkeypatch, capfd):
    """Run a command: ``run("counts", path)``."""
    return commands.runner(monkeypatch, capfd)


@pytest.fixture
def music(tmp_path):
    """A waltz of plucked notes."""
    write_wav(plucked(TRUE, seconds=18.0), tmp_path / "waltz.wav")
    return tmp_path / "waltz.wav"


def test_a_table_that_can_be_edited_and_clicks(run, music, tmp_path):
    table, click = tmp_path / "waltz.csv", tmp_path / "click.wav"
    options = ("--metre", 3, "--bpm", 100, "--one", 1.6, "-o", table, "--click", click)
    done = run("counts", music, *options)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    counts = read_counts(table)
    assert counts.label[:3].tolist() == ["0·6", "1·1", "1·2"]
    np.testing.assert_allclose(counts.time_s[: len(TRUE)], TRUE, atol=0.03)
    own, with_clicks = read_audio(music), read_audio(click)
    assert (with_clicks.rate, len(with_clicks.samples)) == (own.rate, len(own.samples))


def test_what_was_assumed_is_said_and_a_row_stands_for_each_phrase(run, music):
    done = run("counts", music)
    assert done.returncode == 0
    for said in ("4 beats in a bar", "the first 1 at", "about 100 beats a minute"):
        assert said in done.stderr
    assert "phrase" in done.stdout
    assert len(done.stdout.splitlines()) < 8


def test_json_and_csv_hold_the_same(run, music, tmp_path):
    found = json.loads(run("counts", music, "--bpm", 100, "--json").stdout)
    table = tmp_path / "a.csv"
    table.write_text(run("counts", music, "--bpm", 100, "--csv").stdout)
    assert found["schema"] == "repetiteur.counts/1"
    times = [row["time_s"] for row in found["counts"]]
    np.testing.assert_allclose(times, read_counts(table).time_s)


def test_nothing_that_is_read_is_written_over(run, music, tmp_path):
    before = music.read_bytes()
    (tmp_path / "link.wav").symlink_to(music)
    for target in (music, tmp_path / "link.wav"):
        done = run("counts", music, "--click", target)
        assert done.returncode == 3
        assert "a name of its own" in done.stderr
    assert music.read_bytes() == before
    done = run("counts", music, "-o", tmp_path / "a", "--click", tmp_path / "a")
    assert done.returncode == 2


@pytest.mark.parametrize(
    "options",
    [
        ("--from", "a.csv"),
        ("--of", "a.wav"),
        ("--from", "a.csv", "--of", "a.wav", "--metre", 3),
        ("--metre", 0),
        ("--bpm", "nan"),
        ("--bpm", 5),
        ("--one", "first"),
        ("--json", "--csv"),
    ],
)
def test_wrong_usage(run, music, options):
    assert run("counts", music, *options).returncode == 2


def test_what_cannot_be_counted(run, music, tmp_path):
    write_wav(plucked([], seconds=5.0), tmp_path / "noise.wav")
    silent = plucked([], seconds=5.0)
    silent.samples[:] = 0.0
    write_wav(silent, tmp_path / "silent.wav")
    done = run("counts", tmp_path / "silent.wav")
    assert done.returncode == 4
    assert "silent" in done.stderr
    assert run("counts", tmp_path / "nowhere.wav").returncode == 3
    done = run("counts", music, "--one", 99)
    assert done.returncode == 4
    assert "near 99 s" in done.stderr


def test_counts_are_carried_over_to_the_same_playback(run, music, tmp_path):
    table, later = tmp_path / "waltz.csv", tmp_path / "later.wav"
    run("counts", music, "--metre", 3, "--bpm", 100, "--one", 1, "-o", table)
    write_wav(plucked(TRUE + 2.5, seconds=20.5, seed=0), later)
    there = tmp_path / "later.csv"
    done = run("counts", later, "--from", table, "--of", music, "-o", there)
    assert done.returncode == 0, done.stderr
    assert "counts carried over" in done.stderr
    first, second = read_counts(table), read_counts(there)
    both = [label in first.label for label in second.label]
    assert np.mean(both) == 1.0
    assert len(second) > 0.8 * len(first)
    near = [first.time_s[first.label == label][0] for label in second.label]
    np.testing.assert_allclose(second.time_s - near, 2.5, atol=0.02)


def test_other_music_gets_no_counts(run, music, tmp_path):
    table, other = tmp_path / "waltz.csv", tmp_path / "other.wav"
    run("counts", music, "--bpm", 100, "-o", table)
    rng = np.random.default_rng(3)
    write_wav(
        plucked(np.cumsum(rng.uniform(0.2, 0.9, 30)), seconds=20.0, seed=8), other
    )
    there = tmp_path / "other.csv"
    done = run("counts", other, "--from", table, "--of", music, "-o", there)
    assert done.returncode == 4
    assert not there.exists()
