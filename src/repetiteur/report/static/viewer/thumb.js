/** The moment of a note: one of the two, drawn from where it shows. */

import { angleMark } from "./angle.js";
import { bodyAt, middle, onPicture, turned } from "./body.js";
import { figure } from "./figure.js";
import { drawing } from "./marks.js";

/**
 * One of a note's two pictures. A note about time shows both at one moment.
 *
 * @param {import("./rehearsal.js").Rehearsal} rehearsal
 * @param {import("./time.js").Time} time
 * @param {import("./rehearsal.js").Note} note
 * @param {"ref" | "take"} who
 * @param {number} width pixels
 * @returns {string} SVG
 */
export function thumb(rehearsal, time, note, who, width) {
  const height = Math.round(Math.min(width * 1.06, 196));
  const scale = Math.min(height / 1.22, width / 1.26) / 1800;
  const late = note.clock && who === "take";
  const take_s = late ? time.byClock(note.ref_s) : note.take_s;
  const body = (one, at) => turned(bodyAt(rehearsal.figures[one], at), note.turn);
  const joints = body(who, who === "ref" ? note.ref_s : take_s);
  const place = { x: width / 2 - middle(joints) * scale, floor: height - 16, scale };
  const at = onPicture(joints, place);
  const before = late && onPicture(body("ref", note.ref_s), place);
  const ghost = late ? `<g class="ghost">${figure("ref", before, scale, { bare: true })}</g>` : "";
  const floor = `<path class="floor" d="M10 ${height - 15.5}H${width - 10}"/>`;
  const mark = note.mark ? angleMark(at, note, who) : "";
  return drawing(width, height, floor + ghost + figure(who, at, scale) + mark);
}

/** From where a note's pictures are drawn, in words; nothing where from the front. */
export function sayView(note) {
  const view = { 45: "half turned", 90: "from the side" }[Math.abs(note.turn)];
  return view ? ` Drawn ${view}.` : "";
}
