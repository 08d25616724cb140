/** The ladder under the stage, and the overview over the slider. */

import { drawing, escaped, hatching, px } from "./marks.js";
import { sayTime, signedThousandths, within } from "./numbers.js";

const LADDER = { height: 78, seconds: 5.4, upper: 22, lower: 56 };
const OVERVIEW = { height: 44, edge: 9, zero: 24, apart: 11 };

/**
 * The ladder: each count or second is a rung from the reference's rail to the take's. A rung
 * that leans right is late.
 *
 * @param {import("./time.js").Time} time
 * @param {number} now moment of the reference
 * @param {number} width pixels
 * @returns {string} SVG
 */
export function ladder(time, now, width) {
  const { height, upper, lower, seconds } = LADDER, second = width / seconds;
  const x = moment => width / 2 + (moment - now) * second, side = seconds / 2 + 0.5;
  const left = px(Math.max(0, x(time.span[0]))), right = px(Math.min(width, x(time.span[1])));
  const rail = (who, y) => `<path class="rail ${who}" d="M${left} ${y}H${right}"/>`;
  const gaps = time.unjudged(now - side, now + side)
    .map(([a, b]) => hatching(x(a), upper, x(b) - x(a), lower - upper));
  const rungs = time.timing.filter(row => Math.abs(row.n - now) <= side)
    .map(row => rung(row, time.slots.short(time.slots.of(row.n)), x));
  const head = `<path class="playhead" d="M${px(width / 2)} ${upper - 6}V${lower + 6}"/>`;
  const inner = [rail("ref", upper), rail("take", lower), ...gaps, ...rungs, head];
  const label = `Timing around ${sayTime(now)}: ${time.sayLateness(now)}`;
  return drawing(width, height, inner.join(""), label);
}

function rung(row, name, x) {
  const { height, upper, lower } = LADDER, from = px(x(row.n)), to = px(x(row.n + row.v));
  const doubt = `M${px(x(row.n + row.lo))} ${lower}H${px(x(row.n + row.hi))}`;
  const far = row.far ? " far" : "";
  const late = `<text class="ms strong" x="${to}" y="${height - 4}" text-anchor="middle">` +
    `${signedThousandths(row.v)}</text>`;
  return `<text class="count" x="${from}" y="13" text-anchor="middle">${escaped(name)}</text>` +
    `<circle class="j ref" cx="${from}" cy="${upper}" r="3.4"/><path class="unc" d="${doubt}"/>` +
    `<path class="rung${far}" d="M${from} ${upper + 4}L${to} ${lower - 4}"/>` +
    `<circle class="j take" cx="${to}" cy="${lower}" r="3.6"/>` + (row.far ? late : "");
}

/**
 * The whole recording: lateness, the places of the notes, and the loop.
 *
 * @param {import("./time.js").Time} time
 * @param {import("./rehearsal.js").Note[]} notes
 * @param {import("./rehearsal.js").Note | null} loop
 * @param {number} width pixels
 * @returns {string} SVG
 */
export function overview(time, notes, loop, width) {
  const { height, edge, zero } = OVERVIEW, room = width - 2 * edge;
  const x = place => edge + place / time.end * room, at = moment => x(time.placeOf(moment));
  const gaps = time.unjudged(...time.span)
    .map(([a, b]) => hatching(at(a), zero - 10, at(b) - at(a), 20));
  const wide = within(1, room / (time.timing.length + 1) * 0.7, 3.5);
  const ticks = time.timing.map(row => {
    const late = within(-13, row.v / time.reach * 13, 13), far = row.far ? " far" : "";
    const high = `y="${px(zero - Math.max(0, late))}" height="${px(Math.max(1, Math.abs(late)))}"`;
    return `<rect class="tick${far}" x="${px(at(row.r) - wide / 2)}" width="${px(wide)}" ${high}/>`;
  });
  const line = `<path class="zero" d="M${edge} ${zero}H${width - edge}"/>`;
  const inner = [line, ...gaps, ...ticks, numbers(notes, x, width), loop ? bracket(loop, x) : ""];
  return drawing(width, height, inner.join(""));
}

/** Numbers stand apart; a moment of the same place shares the line. */
function numbers(notes, x, width) {
  const taken = [], { height, apart } = OVERVIEW;
  return [...notes].sort((a, b) => a.at - b.at).map(note => {
    const at = taken.reduce((free, one) => (free < one + apart ? one + apart : free), x(note.at));
    if (at > width - 4) return "";
    taken.push(at);
    const place = `x="${px(at)}" y="${height - 2}" text-anchor="middle"`;
    return `<text class="mark-n" ${place}>${escaped(note.id.slice(1))}</text>`;
  }).join("");
}

function bracket(loop, x) {
  const a = px(x(loop.from)), b = px(x(loop.to)), top = OVERVIEW.zero - 14;
  return `<path class="loop" d="M${a} ${top}v28M${b} ${top}v28M${a} ${top}H${b}"/>`;
}
