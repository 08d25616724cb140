/** The score: a phrase, or eight seconds, to a system, figures above the ribbon. */

import { bodyAt, middle, onPicture } from "./body.js";
import { figure } from "./figure.js";
import { drawing, escaped, hatching, px, straight } from "./marks.js";
import { signedThousandths, within } from "./numbers.js";

const EDGE = 6;

/** @typedef {{first: number, many: number}} Line the slots of a system */

/**
 * One system.
 *
 * @param {import("./rehearsal.js").Rehearsal} rehearsal
 * @param {import("./time.js").Time} time
 * @param {Line} line
 * @param {number} width pixels
 * @returns {string} SVG, with a hidden playhead
 */
export function system(rehearsal, time, line, width) {
  const page = ruled(time, line, width), { top, zero, height, from, to } = page;
  const { slots } = time, say = slot => time.sayLateness(slots.at[slot]);
  const said = page.slots.map(slot => `${slots.unit} ${slots.name(slot)} ` +
    `${time.rowOf(slot) ? say(slot) : "not judged"}`);
  const head = `<path class="playhead" d="M0 ${top - 4}V${zero + 48}" visibility="hidden"/>`;
  const inner = lines(slots, page) + figures(rehearsal, slots.at, page) + ground(time, page) +
    gaps(time, page) + ribbon(time, from, to, page) + counts(time, page) +
    signs(time, page) + head;
  return drawing(width, height, inner, `Timing: ${said.join(", ")}`);
}

/** A system's first and last moment, and the moment under a point of it. */
export function systemSpan({ slots: { edges, longest } }, { first, many }, width) {
  const second = (width - 2 * EDGE) / longest, from = edges[first];
  return {
    from,
    to: edges[first + many],
    at: x => from + (x - EDGE) / second,
    x: moment => EDGE + (moment - from) * second,
  };
}

/** Where everything lies in a system. */
function ruled(time, line, width) {
  const { from, to, x } = systemSpan(time, line, width), { first, many } = line;
  const wide = (x(to) - x(from)) / many; // of a slot
  const every = wide > 58 ? 1 : 2; // on a phone every other one, larger
  const size = Math.min(72, every * wide / 1.17), floor = Math.round(size * 1.3);
  const top = floor + 14, zero = top + 44, [begins, ends] = time.span;
  return {
    first, from, to, x, every, floor, top, zero, scale: size / 1800,
    slots: Array.from({ length: many }, (_, k) => first + k),
    height: zero + 84,
    left: x(Math.max(from, begins)),
    right: x(Math.min(to, ends)),
    y: late => zero - within(-44, late / time.reach * 40, 44),
    drawn: moment => moment >= begins - 0.25 && moment <= ends + 0.25,
  };
}

function lines({ edges }, { slots, x, left, right, top, zero }) {
  return slots.slice(1).map(slot => x(edges[slot]))
    .filter(at => at > left && at < right)
    .map(at => `<path class="grid" d="M${px(at)} ${top}V${zero + 44}"/>`).join("");
}

function figures({ figures: { ref } }, moments, { slots, every, drawn, x, floor, scale }) {
  return slots.filter((slot, k) => k % every === 0 && drawn(moments[slot])).map(slot => {
    const at = moments[slot];
    const joints = bodyAt(ref, at), place = x(at) - middle(joints) * scale;
    const seen = onPicture(joints, { x: place, floor, scale });
    return figure("ref", seen, scale, { bare: true });
  }).join("");
}

function ground({ floor: noise }, { left, right, floor, zero, y }) {
  const high = px(y(noise)), tall = px(y(-noise) - y(noise)), wide = px(right - left);
  return `<path class="floor" d="M${px(left)} ${floor + 3.5}H${px(right)}"/>` +
    `<rect class="noise" x="${px(left)}" y="${high}" width="${wide}" height="${tall}"/>` +
    `<path class="zero" d="M${px(left)} ${zero}H${px(right)}"/>`;
}

function gaps(time, { from, to, x, top }) {
  return time.unjudged(from, to).map(([a, b]) => {
    const wide = x(b) - x(a), size = `width="${px(wide)}" height="88"`;
    const veil = `<rect class="veil" x="${px(x(a))}" y="${top}" ${size}/>`;
    return veil + hatching(x(a), top, wide, 88);
  }).join("");
}

/**
 * The ribbon between two moments: it is as wide as the interval, and breaks where
 * nothing was judged.
 *
 * @param {import("./time.js").Time} time
 * @param {number} a
 * @param {number} b
 * @param {{x: (moment: number) => number, y: (late: number) => number}} page
 * @returns {string} SVG
 */
export function ribbon(time, a, b, { x, y }) {
  return time.judged.map(([start, end]) => {
    const from = Math.max(a, start), to = Math.min(b, end);
    if (to <= from) return "";
    const pieces = Math.max(2, Math.ceil((to - from) * 10));
    const points = Array.from({ length: pieces + 1 }, (_, k) => {
      const at = from + (to - from) * k / pieces, { v, lo, hi } = time.latenessAt(at);
      return { middle: [x(at), y(v)], low: [x(at), y(lo)], high: [x(at), y(hi)] };
    });
    const edge = [...points.map(p => p.high), ...points.map(p => p.low).reverse()];
    return `<path class="ribbon" d="${straight(edge)}Z"/>` +
      `<path class="line take" d="${straight(points.map(p => p.middle))}"/>`;
  }).join("");
}

function counts(time, { slots, x, y, zero }) {
  return slots.map(slot => {
    const row = time.rowOf(slot), at = px(x(time.slots.at[slot])), strong = row && row.far;
    const name = escaped(time.slots.short(slot));
    const size = strong ? 3.6 : 2;
    const dot = row
      ? `<circle class="pt" cx="${px(x(row.r))}" cy="${px(y(row.v))}" r="${size}"/>` : "";
    const late = row ? signedThousandths(row.v) : "n. j.", bold = strong ? " strong" : "";
    return dot +
      `<text class="count" x="${at}" y="${zero + 62}" text-anchor="middle">${name}</text>` +
      `<text class="ms${bold}" x="${at}" y="${zero + 79}" text-anchor="middle">${late}</text>`;
  }).join("");
}

/** What above and below mean, never over the hatching. */
function signs(time, { from, to, x, top, zero }) {
  const start = Math.max(from, time.span[0]);
  const free = time.unjudged(from, to).filter(([a]) => a <= start + 1e-6)
    .reduce((latest, [, end]) => Math.max(latest, end), start);
  if (free >= to - 1) return "";
  const at = px(x(free) + 3);
  return `<text class="side" x="${at}" y="${top + 9}">+ late</text>` +
    `<text class="side" x="${at}" y="${zero + 42}">− early</text>`;
}
