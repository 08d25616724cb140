"""Everything of a rehearsal, as files in one folder."""

from __future__ import annotations

from pathlib import Path

from repetiteur.errors import CannotWrite
from repetiteur.io.files import reason, staged_folder
from repetiteur.io.formats import write_poses
from repetiteur.rehearsal import Rehearsal
from repetiteur.report.curves import curves_csv
from repetiteur.report.exports import alignment_csv, notes_json, notes_vtt, to_json
from repetiteur.report.films import FILES as FILMS
from repetiteur.report.films import NO_FILMS, Progress, make_films
from repetiteur.report.page import render

FILES = (
    "report.html",
    "notes.json",
    "notes.vtt",
    "alignment.csv",
    "curves.csv",
    "reference.nc",
    "take.nc",
)
_OURS = '<meta name="generator" content="repetiteur '


def write_report(
    rehearsal: Rehearsal,
    directory: Path,
    *,
    films: bool = True,
    blur_faces: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write the page, the notes, the line-up and both motions.

    Parameters
    ----------
    rehearsal : Rehearsal
    directory : Path
        Receives ``report.html``, ``notes.json``, ``notes.vtt``, ``alignment.csv``,
        ``curves.csv``, ``reference.nc`` and ``take.nc``; and ``reference_film.mp4`` and
        ``take_film.mp4`` where the films are too large for the page. All of them
        appear, or none. Films that lie there from an earlier report, and are none of
        this one's, are removed.
    films : bool
        Whether the page shows the recordings that are videos.
    blur_faces : bool
        Hide the faces of both dancers in films and pictures; not those of others.
    progress : callable, optional
        ``progress(done, total)``, in pictures of the films.
    """
    earlier = _films_of(directory / "report.html")
    texts = {
        "notes.json": to_json(notes_json(rehearsal)),
        "notes.vtt": notes_vtt(rehearsal),
        "alignment.csv": alignment_csv(rehearsal),
        "curves.csv": curves_csv(rehearsal.findings.courses),
    }
    with staged_folder(directory) as folder:
        shown = NO_FILMS
        if films:
            shown = make_films(
                rehearsal, folder, blur_faces=blur_faces, progress=progress
            )
        texts["report.html"] = render(
            rehearsal, films=shown, blur_faces=blur_faces, beside=FILES
        )
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        write_poses(rehearsal.reference.poses, folder / "reference.nc")
        write_poses(rehearsal.take.poses, folder / "take.nc")
        if shown.inside:
            for reel in shown.of.values():
                reel.path.unlink()
    _remove([directory / name for name in earlier], kept=texts["report.html"])


def _films_of(page: Path) -> list[str]:
    """Names of the films that an earlier report of this program has beside it."""
    try:
        text = page.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return []
    if _OURS not in text:
        return []
    return [name for name in FILMS.values() if _named(name, text)]


def _named(film: str, page: str) -> bool:
    """Whether a page plays a film that lies beside it."""
    return f'"file":"{film}"' in page


def _remove(films: list[Path], kept: str) -> None:
    """Remove films that the new page does not play: nobody expects them there."""
    for film in films:
        if _named(film.name, kept):
            continue
        try:
            film.unlink(missing_ok=True)
        except OSError as error:
            raise CannotWrite(
                f"{film.name} is of an earlier report and needs to be removed, and "
                f"cannot: {reason(error)}. Remove it by hand."
            ) from error
