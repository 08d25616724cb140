/** A stage of films, side by side or one over the other, with the bones over them. */

import { laidOut } from "./layout.js";
import { drawnScreen, filmScreen } from "./screen.js";

const WHO = ["ref", "take"];
const AHEAD_S = 0.1; // over which the clock's speed is taken

/**
 * @typedef {import("./reel.js").Reel | {why: string}} Film why: there is none
 */

/**
 * The films of a rehearsal on a stage. A film that cannot be had gives way to the drawn
 * figure, and its place says so.
 *
 * @param {HTMLElement} element
 * @param {import("./rehearsal.js").Rehearsal} rehearsal
 * @param {import("./transport.js").Transport} transport
 * @param {{ref: Film, take: Film}} reels with why where there is none
 * @param {(who: string) => string | null} contentOf a film as base64, where the page
 *   holds it
 * @param {import("./transport.js").Stage} drawn the stage of drawn figures
 * @returns {import("./transport.js").Stage}
 */
export function filmStage(element, rehearsal, transport, reels, contentOf, drawn) {
  const { films } = rehearsal, stage = document.createElement("div");
  stage.className = "films";
  const places = WHO.map(who => reels[who].why ? drawnScreen(who, reels[who].why)
    : filmScreen(who, reels[who], films, contentOf(who), transport.show));
  stage.append(...places.map(place => place.element));
  let shown = null, seen = [];
  transport.ledBy(() => shown ? places[1].moment() : null);

  function arrange(settings) {
    const width = element.clientWidth;
    const now = [settings, width, innerHeight, ...places.map(place => place.why)];
    if (now.every((one, k) => one === seen[k])) return;
    seen = now;
    const { height, boxes } = laidOut(places.map(p => p.shape), width, room(), settings);
    element.style.height = `${Math.round(height)}px`;
    stage.classList.toggle("over", settings.overlay);
    places.forEach((place, k) => place.put(boxes[k], settings));
    listenTo(places, settings);
  }

  return {
    place(moment) {
      const { settings } = moment;
      if (settings.film !== shown) {
        shown = settings.film;
        element.classList.toggle("filmed", shown);
        element.replaceChildren(...(shown ? [stage] : []));
        element.style.height = "";
        for (const place of places) place.rest();
        seen = [];
      }
      if (!shown) return drawn.place(moment);
      if (!element.clientWidth) return; // on paper there is no player
      arrange(settings);
      const ahead = settings.playing ? transport.ahead(AHEAD_S) : moment;
      for (const place of places) {
        const speed = (ahead[place.who] - moment[place.who]) / AHEAD_S;
        const leads = place.who === "take" && settings.live && speed > 0;
        place.show(rehearsal, moment, leads ? settings.rate : speed);
      }
    },
  };
}

/** The most height that films may take, pixels: the controls stay in sight. */
function room() {
  const beside = matchMedia("(min-width: 64rem)").matches;
  return beside ? Math.max(200, Math.min(innerHeight - 540, 400)) : 0.45 * innerHeight;
}

/** The take's sound, or the reference's where the take has none; one alone is heard. */
function listenTo(places, { sound }) {
  const heard = places.findLast(({ sounds }) => sounds());
  for (const place of places) place.mute(!(sound && place === heard));
}
