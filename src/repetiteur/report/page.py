"""The report: one self-contained page that opens offline and asks for nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

import repetiteur
from repetiteur.rehearsal import Rehearsal
from repetiteur.report import facts, recordings, unseen, view, words
from repetiteur.report.beside import links
from repetiteur.report.charts import charts
from repetiteur.report.clock import clock_by_music, slots
from repetiteur.report.data import embedded, page_data
from repetiteur.report.earlier import ledgers
from repetiteur.report.film_data import contents, film_data, gone
from repetiteur.report.films import NO_FILMS, Films
from repetiteur.report.floors import basis
from repetiteur.report.modules import joined
from repetiteur.report.music import on_music
from repetiteur.report.paper import paper
from repetiteur.report.qualities import qualities
from repetiteur.report.stills import stills
from repetiteur.report.strip import strip

_TURNOUT = "turnout_total"


def render(
    rehearsal: Rehearsal,
    *,
    films: Films = NO_FILMS,
    blur_faces: bool = False,
    beside: Collection[str] = (),
) -> str:
    """The whole page as HTML.

    Parameters
    ----------
    rehearsal : Rehearsal
    films : Films, optional
        The recordings, small (:func:`repetiteur.report.films.make_films`).
    blur_faces : bool
        Hide the faces of both dancers in the pictures, and tell nothing of them.
    beside : collection of str
        Names of the files that are written beside the page: it links to these.

    Returns
    -------
    str
        HTML with its styles, script, data and pictures inside. Every text from outside
        is escaped; the content policy allows this script, these styles, embedded
        pictures and the films alone, and no connection.
    """
    findings = rehearsal.findings
    pictures = stills(rehearsal, blur_faces=blur_faces)
    notes = view.note_views(findings, pictures)
    nothing = view.nothing_judged(findings)
    shown = NO_FILMS if nothing else films
    reasons, since = unseen.unseen(findings.not_judged), ledgers(findings.earlier or ())
    timing = view.timing_rows(findings)
    steps = None if nothing else strip(rehearsal)
    quality = None if nothing else qualities(rehearsal, blur_faces=blur_faces)
    styles = [_static("tokens.css"), _static("report.css")]
    if steps is not None and steps.style:
        styles.append(steps.style)
    script = "" if nothing else viewer()
    data = "" if nothing else embedded(page_data(rehearsal) | film_data(shown))
    return _template().render(
        **_of_rehearsal(rehearsal),
        spoken=notes[: view.SPOKEN],
        lesser=notes[view.SPOKEN :],
        nothing=nothing,
        unseen=reasons,
        timing=timing,
        steps=steps,
        charts=None if nothing else charts(rehearsal, view.SPOKEN),
        quality=quality,
        earlier=None if findings.earlier is None else since,
        paper=paper(len(reasons), since),
        parts=view.parts(
            unseen=reasons, score=timing, steps=steps, quality=quality, since=since
        ),
        pictured=bool(pictures.of),
        no_picture=pictures.missing or gone(rehearsal, shown),
        files=links(beside),
        version=repetiteur.__version__,
        styles=[Markup(style) for style in styles],
        script=Markup(script),
        data=Markup(data),  # no "<" is left in it
        films=contents(shown),
        filmed=bool(shown.of),
        sounding=any(reel.has_sound for reel in shown.of.values()),
        policy=content_policy(styles, [script] if script else [], media(shown)),
        counted=words.counted,
        size=words.size,
    )


def _of_rehearsal(rehearsal: Rehearsal) -> dict[str, Any]:
    """What the template says of a rehearsal, whatever is shown of it."""
    findings = rehearsal.findings
    seen = any(map(recordings.is_seen, (rehearsal.reference, rehearsal.take)))
    laid_open, folded = view.systems(rehearsal)
    return {
        "title": words.title_of(rehearsal.take.source),
        "role": words.title_of(rehearsal.reference.source),
        "opening": view.opening(findings),
        "facts": facts.facts(rehearsal),
        "spread": facts.spread(rehearsal),
        "basis": basis(findings.floors),
        "within": findings.within_floor,
        "strengths": findings.strengths,
        "many": unseen.mostly_unseen(findings.not_judged),
        "unsure": rehearsal.alignment.confidence < facts.DOUBTFUL,
        "floor": view.timing_floor(findings),
        "on_music": on_music(rehearsal),
        "unit": slots(rehearsal).unit,
        "to_music": clock_by_music(rehearsal) is not None,
        "systems": laid_open,
        "folded": folded,
        "recordings": recordings.recording_rows(rehearsal),
        "histories": recordings.histories(rehearsal),
        "seen": seen,
        "record": "film" if seen else "record",
        "turnout": any(one.measure == _TURNOUT for one in findings.not_judged),
    }


def media(films: Films) -> str:
    """Where films may come from: what the page holds, or what lies beside it."""
    if not films.of:
        return ""
    return "blob:" if films.inside else "'self' file:"


def content_policy(styles: list[str], scripts: list[str], films: str = "") -> str:
    """A content policy that allows these inline blocks and nothing else.

    ``films`` are the sources of the films, if there are any.

    Examples
    --------
    >>> content_policy([], ["x"]).split("; ")[1]
    "script-src 'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='"
    """
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {_sources(scripts)}",
            f"style-src {_sources(styles)}",
            "img-src data:",
            *([f"media-src {films}"] if films else []),
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _sources(blocks: list[str]) -> str:
    digests = (hashlib.sha256(block.encode()).digest() for block in blocks)
    hashes = [f"'sha256-{base64.b64encode(d).decode('ascii')}'" for d in digests]
    return " ".join(hashes) or "'none'"


@cache
def viewer() -> str:
    """The viewer's modules as one script."""
    return joined("main.js", lambda name: _static(f"viewer/{name}"))


@cache
def _static(name: str) -> str:
    text = files("repetiteur.report").joinpath("static", name).read_text("utf-8")
    return text.replace("\r\n", "\n")


class _Tight(PackageLoader):
    """Templates without their indentation, which weighs a tenth of a long page."""

    def get_source(self, environment: Environment, template: str) -> tuple[Any, ...]:
        text, *rest = super().get_source(environment, template)
        return re.sub(r"\n\s+", "\n", text), *rest


@cache
def _template() -> Template:
    environment = Environment(
        loader=_Tight("repetiteur.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
