"""synctoolbox on one pair of recordings, in its own environment.

    python -m venv peer && peer/bin/pip install synctoolbox
    peer/bin/python benchmarks/music_peer.py pairs/

For every ``NAME.npz`` of the folder (``first``, ``second``, ``rate``) it writes
``NAME.out.npz``: ``path`` (2, points) in seconds and ``cpu_s``. The steps are those of
the library's own example: tuning, pitch features, quantized chroma and DLNCO at 50 Hz,
MrMsDTW with weights (1.5, 1.5, 2).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
from synctoolbox.dtw.mrmsdtw import sync_via_mrmsdtw
from synctoolbox.feature.chroma import pitch_to_chroma, quantize_chroma
from synctoolbox.feature.dlnco import pitch_onset_features_to_DLNCO
from synctoolbox.feature.pitch import audio_to_pitch_features
from synctoolbox.feature.pitch_onset import audio_to_pitch_onset_features
from synctoolbox.feature.utils import estimate_tuning

FRAMES_PER_S = 50


def features(sound, rate):
    tuning = estimate_tuning(sound, rate)
    pitch = audio_to_pitch_features(
        f_audio=sound, Fs=rate, tuning_offset=tuning, feature_rate=FRAMES_PER_S
    )
    chroma = quantize_chroma(f_chroma=pitch_to_chroma(f_pitch=pitch))
    onset = audio_to_pitch_onset_features(f_audio=sound, Fs=rate, tuning_offset=tuning)
    dlnco = pitch_onset_features_to_DLNCO(
        f_peaks=onset,
        feature_rate=FRAMES_PER_S,
        feature_sequence_length=chroma.shape[1],
    )
    return chroma, dlnco


def lined_up(first, second, rate):
    one, two = features(first, rate), features(second, rate)
    path = sync_via_mrmsdtw(
        f_chroma1=one[0],
        f_onset1=one[1],
        f_chroma2=two[0],
        f_onset2=two[1],
        input_feature_rate=FRAMES_PER_S,
        step_weights=np.array([1.5, 1.5, 2.0]),
        threshold_rec=10**6,
    )
    return path / FRAMES_PER_S


def main() -> None:
    files = sorted(Path(sys.argv[1]).glob("*.npz"))
    files = [file for file in files if not file.name.endswith(".out.npz")]
    with np.load(files[0]) as pair:  # touch all code once
        rate = int(pair["rate"])
        lined_up(pair["first"][: 10 * rate], pair["second"][: 10 * rate], rate)
    for file in files:
        with np.load(file) as pair:
            first, second, rate = pair["first"], pair["second"], int(pair["rate"])
        start = time.process_time()
        path = lined_up(first, second, rate)
        cpu_s = time.process_time() - start
        np.savez(file.with_suffix(".out.npz"), path=path, cpu_s=cpu_s)


if __name__ == "__main__":
    main()
