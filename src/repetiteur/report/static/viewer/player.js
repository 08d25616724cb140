/** The player's controls and readings, on a page or in an application. */

import { ladder, overview } from "./ladder.js";
import { escaped } from "./marks.js";
import { sayTime } from "./numbers.js";

const PLAY = "M3 1.5 14 8 3 14.5z", PAUSE = "M3 2h4v12H3zM9 2h4v12H9z";

/**
 * The controls: what they do, and how they show what is set.
 *
 * @param {ParentNode} root
 * @param {import("./rehearsal.js").Rehearsal} rehearsal
 * @param {import("./time.js").Time} time
 * @param {import("./transport.js").Transport} transport
 * @returns {import("./transport.js").Stage}
 */
export function controls(root, rehearsal, time, transport) {
  const one = query => root.querySelector(query), all = query => root.querySelectorAll(query);
  const noteOf = id => rehearsal.notes.find(note => note.id === id) || null;
  let shown = null;

  one("#scrub").max = time.end;
  one("#scrub").oninput = event => {
    transport.pause();
    transport.seek(Number(event.target.value));
  };
  one("#play").onclick = transport.toggle;
  one("#prev").onclick = () => transport.slot(-1);
  one("#next").onclick = () => transport.slot(1);
  one("#loop").onchange = event => {
    const loop = noteOf(event.target.value);
    transport.set({ loop });
    if (loop) transport.seek(loop.from);
  };
  for (const button of all("[data-flag]")) {
    button.onclick = () => flip(transport, button.dataset.flag);
  }
  for (const input of all("input[name=rate]")) {
    input.onchange = () => transport.set({ rate: Number(input.value) });
  }
  for (const input of all("input[name=clock]")) {
    input.onchange = () => transport.set({ byClock: input.value === "clock" });
  }
  const turn = one("#turn"); // what one camera saw has no other side
  if (turn) turn.onclick = () => transport.turn(transport.moment().settings.turn + 45);

  function showSettings({ playing, rate, loop, byClock, ...flags }) {
    one("#play .word").textContent = playing ? "Pause" : "Play";
    one("#play path").setAttribute("d", playing ? PAUSE : PLAY);
    one("#loop").value = loop ? loop.id : "";
    one(`input[name=rate][value="${rate}"]`).checked = true;
    one(`input[name=clock][value=${byClock ? "clock" : "step"}]`).checked = true;
    for (const button of all("[data-flag]")) {
      button.setAttribute("aria-pressed", String(flags[button.dataset.flag]));
    }
    for (const note of all(".note")) note.classList.toggle("is-on", note.id === loop?.id);
  }

  return {
    place({ place, settings }) {
      if (settings === shown) return;
      if (shown?.playing && !settings.playing) one("#said").textContent = time.say(place);
      shown = settings;
      showSettings(settings);
    },
  };
}

/** Switch a setting that is on or off. */
export function flip(transport, name) {
  transport.set({ [name]: !transport.moment().settings[name] });
}

/**
 * What follows the clock beside the stage: slider, readings, ladder and overview.
 *
 * @param {ParentNode} root
 * @param {import("./rehearsal.js").Rehearsal} rehearsal
 * @param {import("./time.js").Time} time
 * @returns {import("./transport.js").Stage}
 */
export function readings(root, rehearsal, time) {
  const [rungs, whole, scrub, where, off, clock] =
    ["ladder", "overview", "scrub", "where", "off", "clock"]
      .map(id => root.querySelector(`#${id}`));
  const { slots } = time;
  let drawn = {};

  function drawOverview(loop) {
    const width = whole.clientWidth;
    if (!width || (drawn.width === width && drawn.loop === loop)) return;
    drawn = { width, loop };
    whole.innerHTML = overview(time, rehearsal.notes, loop, width);
  }

  return {
    place({ place, ref, take, settings }) {
      const late = time.sayAt(place);
      if (rungs.clientWidth) rungs.innerHTML = ladder(time, ref, rungs.clientWidth);
      drawOverview(settings.loop);
      scrub.value = place;
      scrub.setAttribute("aria-valuetext", `${sayTime(ref)}, ${late}`);
      where.innerHTML = `<b>${slots.unit} ${escaped(slots.name(slots.of(ref)))}</b>`;
      off.textContent = late;
      clock.textContent = `yours ${sayTime(take)}`;
    },
  };
}
