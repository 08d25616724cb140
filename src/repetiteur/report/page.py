"""The report: one self-contained page that opens offline and asks for nothing."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

import repetiteur
from repetiteur.rehearsal import Rehearsal
from repetiteur.report import recordings, unseen, view, words
from repetiteur.report.data import embedded, page_data
from repetiteur.report.stills import stills
from repetiteur.report.strip import strip


def render(rehearsal: Rehearsal) -> str:
    """The whole page as HTML.

    Parameters
    ----------
    rehearsal : Rehearsal

    Returns
    -------
    str
        HTML with its styles, script, data and pictures inside. Every text from outside
        is escaped; the content policy allows this script, these styles and embedded
        pictures alone, and no connection.
    """
    findings = rehearsal.findings
    pictures = stills(rehearsal)
    notes = view.note_views(findings, pictures)
    nothing = view.nothing_judged(findings)
    laid_open, folded = view.systems(rehearsal)
    steps = None if nothing else strip(rehearsal)
    styles = [_static("tokens.css"), _static("report.css")]
    if steps is not None and steps.style:
        styles.append(steps.style)
    script = _static("report.js")
    data = "" if nothing else embedded(page_data(rehearsal))
    return _template().render(
        title=words.title_of(rehearsal.take.source),
        role=words.title_of(rehearsal.reference.source),
        opening=view.opening(findings),
        facts=view.facts(rehearsal),
        spread=view.spread(rehearsal),
        spoken=notes[: view.SPOKEN],
        lesser=notes[view.SPOKEN :],
        within=findings.within_floor,
        strengths=findings.strengths,
        unseen=unseen.unseen(findings.not_judged),
        many=unseen.mostly_unseen(findings.not_judged),
        nothing=nothing,
        unsure=rehearsal.alignment.confidence < view.DOUBTFUL,
        timing=view.timing_rows(findings),
        floor=view.timing_floor(findings),
        steps=steps,
        systems=laid_open,
        folded=folded,
        recordings=recordings.recording_rows(rehearsal),
        histories=recordings.histories(rehearsal),
        seen=any(map(recordings.is_seen, (rehearsal.reference, rehearsal.take))),
        pictured=bool(pictures.of),
        no_picture=pictures.missing,
        version=repetiteur.__version__,
        styles=[Markup(style) for style in styles],
        script=Markup("" if nothing else script),
        data=Markup(data),  # no "<" is left in it
        policy=content_policy(styles, [] if nothing else [script]),
        counted=words.counted,
        size=words.size,
    )


def content_policy(styles: list[str], scripts: list[str]) -> str:
    """A content policy that allows these inline blocks and nothing else.

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
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _sources(blocks: list[str]) -> str:
    digests = (hashlib.sha256(block.encode()).digest() for block in blocks)
    hashes = [f"'sha256-{base64.b64encode(d).decode('ascii')}'" for d in digests]
    return " ".join(hashes) or "'none'"


@cache
def _static(name: str) -> str:
    text = files("repetiteur.report").joinpath("static", name).read_text("utf-8")
    return text.replace("\r\n", "\n")


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("repetiteur.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
