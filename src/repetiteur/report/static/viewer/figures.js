/** A stage of drawn figures, side by side or one over the other. */

import { bodyAt, onPicture, turned } from "./body.js";
import { figure } from "./figure.js";
import { drawing, px, runs, straight } from "./marks.js";
import { sayTime } from "./numbers.js";

const TRAILS = ["left_toe", "right_toe", "left_hand", "right_hand"];
const PAST = Array.from({ length: 9 }, (_, k) => 0.06 * k); // seconds

/**
 * Both dancers at a moment, with the trails of toes and fingers.
 *
 * @param {import("./rehearsal.js").Rehearsal} rehearsal
 * @param {import("./transport.js").Moment} moment
 * @param {number} width
 * @param {number} height pixels
 * @returns {string} SVG
 */
export function figures(rehearsal, moment, width, height) {
  const { mirror, overlay } = moment.settings, floor = height - 22;
  const room = overlay ? width / 1.45 : width / 2.6;
  const scale = Math.min((height - 34) / rehearsal.top, room / 1800);
  let inner = `<path class="floor" d="M14 ${floor + 2}H${width - 14}"/>`;
  if (!overlay) inner += `<path class="grid" d="M${px(width / 2)} 16V${floor - 6}"/>`;
  for (const [who, x] of [["ref", width / 4], ["take", width * 3 / 4]]) {
    const place = { x: overlay ? width / 2 : x, floor, scale, mirror };
    inner += dancer(rehearsal, moment, who, place);
  }
  const label = `Reference at ${sayTime(moment.ref)}, take at ${sayTime(moment.take)}`;
  return drawing(width, height, inner, label);
}

/**
 * One dancer alone at a moment, as where the other is seen on film.
 *
 * @param {import("./rehearsal.js").Rehearsal} rehearsal
 * @param {import("./transport.js").Moment} moment
 * @param {"ref" | "take"} who
 * @param {number} width
 * @param {number} height pixels
 * @returns {string} SVG
 */
export function lone(rehearsal, moment, who, width, height) {
  const floor = height - 22, { mirror } = moment.settings;
  const scale = Math.min((height - 34) / rehearsal.top, width / 1.3 / 1800);
  const inner = dancer(rehearsal, moment, who, { x: width / 2, floor, scale, mirror });
  return drawing(width, height, inner, `At ${sayTime(moment[who])}`);
}

function dancer(rehearsal, moment, who, place) {
  const { turn } = moment.settings;
  const past = PAST.map(ago =>
    onPicture(turned(bodyAt(rehearsal.figures[who], moment[who] - ago), turn), place));
  return trails(who, past) + figure(who, past[0], place.scale);
}

/** As in chronophotography. */
function trails(who, past) {
  return TRAILS.flatMap(name => runs(past.map(at => at[name])))
    .map(run => `<path class="trail ${who}" d="${straight(run)}"/>`).join("");
}

/**
 * The stage in an element; a drag walks around the figures, unless they are flat.
 *
 * @param {HTMLElement} element
 * @param {import("./rehearsal.js").Rehearsal} rehearsal
 * @param {import("./transport.js").Transport} transport
 * @returns {import("./transport.js").Stage}
 */
export function figureStage(element, rehearsal, transport) {
  if (!rehearsal.flat) turnByDragging(element, transport);
  return {
    place(moment) {
      const { clientWidth: width, clientHeight: height } = element;
      if (width) element.innerHTML = figures(rehearsal, moment, width, height);
    },
  };
}

function turnByDragging(element, transport) {
  element.onpointerdown = down => {
    if (down.pointerType === "touch") return; // a finger scrolls the page
    const { turn, mirror } = transport.moment().settings, way = mirror ? -1 : 1;
    element.setPointerCapture(down.pointerId);
    element.onpointermove = move =>
      transport.turn(turn + way * (move.clientX - down.clientX) / 2);
    element.onpointerup = element.onpointercancel = () => {
      element.onpointermove = null;
    };
  };
}
