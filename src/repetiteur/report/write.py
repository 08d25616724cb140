"""Everything of a rehearsal, as files in one folder."""

from __future__ import annotations

from pathlib import Path

from repetiteur.io.files import staged_folder
from repetiteur.io.formats import write_poses
from repetiteur.rehearsal import Rehearsal
from repetiteur.report.exports import alignment_csv, notes_json, notes_vtt, to_json
from repetiteur.report.page import render

FILES = (
    "report.html",
    "notes.json",
    "notes.vtt",
    "alignment.csv",
    "reference.nc",
    "take.nc",
)


def write_report(rehearsal: Rehearsal, directory: Path) -> None:
    """Write the page, the notes, the line-up and both motions.

    Parameters
    ----------
    rehearsal : Rehearsal
    directory : Path
        Receives ``report.html``, ``notes.json``, ``notes.vtt``, ``alignment.csv``,
        ``reference.nc`` and ``take.nc``. All of them appear, or none.
    """
    texts = {
        "report.html": render(rehearsal),
        "notes.json": to_json(notes_json(rehearsal)),
        "notes.vtt": notes_vtt(rehearsal),
        "alignment.csv": alignment_csv(rehearsal),
    }
    with staged_folder(directory) as folder:
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        write_poses(rehearsal.reference.poses, folder / "reference.nc")
        write_poses(rehearsal.take.poses, folder / "take.nc")
