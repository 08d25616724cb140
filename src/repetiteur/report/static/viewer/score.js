/** The score: eight seconds to a system, figures above the ribbon of early and late. */

import { bodyAt, middle, onPicture } from "./body.js";
import { figure } from "./figure.js";
import { drawing, hatching, px, straight } from "./marks.js";
import { signedThousandths, within } from "./numbers.js";

const EDGE = 6, SECONDS = 8;

/**
 * One system.
 *
 * @param {import("./rehearsal.js").Rehearsal} rehearsal
 * @param {import("./time.js").Time} time
 * @param {number} first its first second
 * @param {number} width pixels
 * @returns {string} SVG, with a hidden playhead
 */
export function system(rehearsal, time, first, width) {
  const page = ruled(time, first, width), { top, zero, height, from, to } = page;
  const said = seconds(first).filter(page.inside).map(second =>
    `second ${second} ${time.rowOf(second) ? time.sayLateness(second) : "not judged"}`);
  const head = `<path class="playhead" d="M0 ${top - 4}V${zero + 48}" visibility="hidden"/>`;
  const inner = lines(page) + figures(rehearsal, page) + ground(time, page) +
    gaps(time, page) + ribbon(time, from, to, page) + counts(time, page) +
    signs(time, page) + head;
  return drawing(width, height, inner, `Timing: ${said.join(", ")}`);
}

/** A system's first and last moment, and the moment under a point of it. */
export function systemSpan(first, width) {
  const second = (width - 2 * EDGE) / SECONDS, from = first - 0.5;
  return {
    from,
    to: from + SECONDS,
    at: x => from + (x - EDGE) / second,
    x: moment => EDGE + (moment - from) * second,
  };
}

/** Where everything lies in a system. */
function ruled(time, first, width) {
  const { from, to, x } = systemSpan(first, width), second = x(1) - x(0);
  const every = second > 58 ? 1 : 2; // on a phone every other second, larger
  const size = Math.min(72, every * second / 1.17), floor = Math.round(size * 1.3);
  const top = floor + 14, zero = top + 44, [begins, ends] = time.span;
  return {
    first, from, to, x, second, every, floor, top, zero, scale: size / 1800,
    height: zero + 84,
    left: x(Math.max(from, begins)),
    right: x(Math.min(to, ends)),
    y: late => zero - within(-44, late / time.reach * 40, 44),
    inside: moment => moment >= begins - 0.5 && moment <= ends + 0.5,
    drawn: moment => moment >= begins - 0.25 && moment <= ends + 0.25,
  };
}

const seconds = first => Array.from({ length: SECONDS }, (_, k) => first + k);

function lines({ first, x, second, left, right, top, zero }) {
  return seconds(first).slice(1).map(moment => x(moment) - second / 2)
    .filter(at => at > left && at < right)
    .map(at => `<path class="grid" d="M${px(at)} ${top}V${zero + 44}"/>`).join("");
}

function figures({ figures: { ref } }, { first, every, drawn, x, floor, scale }) {
  return seconds(first).filter((at, k) => k % every === 0 && drawn(at)).map(at => {
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

function counts(time, { first, inside, x, y, zero }) {
  return seconds(first).filter(inside).map(moment => {
    const row = time.rowOf(moment), at = px(x(moment)), strong = row && row.far;
    const size = strong ? 3.6 : 2;
    const dot = row
      ? `<circle class="pt" cx="${px(x(row.r))}" cy="${px(y(row.v))}" r="${size}"/>` : "";
    const late = row ? signedThousandths(row.v) : "n. j.", bold = strong ? " strong" : "";
    return dot +
      `<text class="count" x="${at}" y="${zero + 62}" text-anchor="middle">${moment}</text>` +
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
