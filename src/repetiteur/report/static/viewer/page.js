/** The report's page: finds its places, fills them, and lets them follow the clock. */

import { figureStage } from "./figures.js";
import { filmStage } from "./film.js";
import { glyph } from "./glyph.js";
import { listen } from "./keys.js";
import { px } from "./marks.js";
import { drawingsOver } from "./over.js";
import { controls, readings } from "./player.js";
import { reelOf } from "./reel.js";
import { rehearsalOf } from "./rehearsal.js";
import { system, systemSpan } from "./score.js";
import { sayView, thumb } from "./thumb.js";
import { timeOf } from "./time.js";
import { transportOf } from "./transport.js";

/**
 * Bring a report to life.
 *
 * @param {Document} page
 */
export async function openReport(page) {
  const rehearsal = await rehearsalOf(JSON.parse(page.querySelector("#data").textContent));
  const time = timeOf(rehearsal), [first] = rehearsal.notes;
  const timer = { now: () => performance.now(), next: then => requestAnimationFrame(then) };
  const start = { place: first ? first.at : 0, turn: first ? first.turn : 0,
    live: Boolean(rehearsal.films) };
  const transport = transportOf(time, timer, start);
  const score = scoreOf(page, rehearsal, time, transport);
  transport.follow(
    await stageOf(page, rehearsal, transport),
    readings(page, rehearsal, time),
    controls(page, rehearsal, time, transport),
    score,
    drawingsOver(page, time, transport),
  );
  letNotesShow(page, rehearsal, transport);
  letMomentsShow(page, time, transport);

  function draw() {
    drawNotes(page, rehearsal, time);
    score.draw();
    transport.show();
  }

  whenItChanges(page, score, transport, draw);
  page.documentElement.classList.add("js");
  draw();
}

/** The films, where there are some, and the drawn figures. */
async function stageOf(page, rehearsal, transport) {
  const element = page.querySelector("#stage");
  const drawn = figureStage(element, rehearsal, transport);
  if (!rehearsal.films) return drawn;
  page.addEventListener("visibilitychange", () => {
    if (page.hidden) transport.pause(); // a film would go on without the clock
  });
  const contentOf = who => page.querySelector(`#film-${who}`)?.textContent || null;
  const [ref, take] = await Promise.all(["ref", "take"].map(async who => {
    const film = rehearsal.films[who];
    return film.why ? film : reelOf(film);
  }));
  return filmStage(element, rehearsal, transport, { ref, take }, contentOf, drawn);
}

/** Draw again when the width changes, and for paper as wide as that is. */
function whenItChanges(page, score, transport, draw) {
  let frame = 0;
  const again = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  };
  new ResizeObserver(again).observe(page.querySelector("main"));
  for (const folded of page.querySelectorAll("details")) {
    folded.addEventListener("toggle", () => {
      if (!folded.open || !folded.querySelector("[data-system]")) return;
      score.draw();
      transport.show();
    });
  }
  for (const [when, onPaper] of [["beforeprint", true], ["afterprint", false]]) {
    addEventListener(when, () => {
      page.documentElement.classList.toggle("paper", onPaper);
      draw();
    });
  }
}

/** The moments and the glyphs of the notes. */
function drawNotes(page, rehearsal, time) {
  const noteOf = Object.fromEntries(rehearsal.notes.map(note => [note.id, note]));
  for (const element of page.querySelectorAll("[data-thumb]")) {
    const [id, who] = element.dataset.thumb.split(" ");
    const width = Math.round(element.clientWidth);
    if (width) element.innerHTML = thumb(rehearsal, time, noteOf[id], who, width);
  }
  for (const element of page.querySelectorAll("[data-view]")) {
    element.textContent = sayView(noteOf[element.dataset.view]);
  }
  for (const element of page.querySelectorAll("[data-glyph]")) {
    const { gap } = noteOf[element.dataset.glyph], width = Math.round(element.clientWidth);
    if (gap && width) element.innerHTML = glyph(gap, width);
  }
}

/** The systems of the score: a click goes there, and the playhead follows. */
function scoreOf(page, rehearsal, time, transport) {
  let systems = [];

  function drawSystem(element) {
    const { system: first, many } = element.dataset, width = Math.round(element.clientWidth);
    const line = { first: Number(first), many: Number(many) };
    if (!width || element.closest("details:not([open])")) return [];
    const span = systemSpan(time, line, width);
    element.innerHTML = system(rehearsal, time, line, width);
    element.onclick = event => {
      const x = event.clientX - element.getBoundingClientRect().left;
      transport.seek(time.placeOf(span.at(x)));
    };
    return [{ ...span, head: element.querySelector(".playhead") }];
  }

  return {
    draw() {
      systems = [...page.querySelectorAll("[data-system]")].flatMap(drawSystem);
    },
    place({ ref }) {
      for (const { head, from, to, x } of systems) {
        const inside = ref >= from && ref < to;
        head.setAttribute("visibility", inside ? "visible" : "hidden");
        if (inside) head.setAttribute("transform", `translate(${px(x(ref))} 0)`);
      }
    },
  };
}

/** A moment's button goes there; the player is seen, and its keys go on from there. */
function letMomentsShow(page, time, transport) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  for (const button of page.querySelectorAll("[data-go]")) {
    button.onclick = () => {
      transport.pause();
      transport.set({ loop: null });
      transport.seek(time.placeOf(Number(button.dataset.go)));
      bring(page.querySelector("#player"), calm.matches);
    };
  }
}

/** Bring the player to where it is seen, with the focus in it. */
function bring(player, calm) {
  const { top } = player.getBoundingClientRect();
  if (top < 0 || top > innerHeight * 0.6) {
    player.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  }
  player.focus({ preventScroll: true });
}

/** "Show me": loops a note at half speed, seen from where it shows. */
function letNotesShow(page, rehearsal, transport) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const player = page.querySelector("#player"), back = page.querySelector("#back");

  function showNote(note) {
    transport.set({ turn: note.turn, loop: note, byClock: note.clock, rate: 0.5 });
    back.hidden = false;
    back.href = `#${note.id}`;
    back.textContent = `Back to note ${note.id.slice(1)}`;
    bring(player, calm.matches);
    if (calm.matches) transport.pause();
    transport.seek(calm.matches ? note.at : note.from);
    if (!calm.matches) transport.play();
  }

  for (const button of page.querySelectorAll("[data-show]")) {
    const note = rehearsal.notes.find(one => one.id === button.dataset.show);
    const again = note.also[button.dataset.again]; // another moment of the same note
    button.onclick = () => showNote({ ...note, ...again });
  }
  listen(player, rehearsal, transport, showNote);
}
