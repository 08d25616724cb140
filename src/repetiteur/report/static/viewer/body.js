/** Bodies in space: joints at a moment, in whole millimetres; one set of proportions. */

import { within } from "./numbers.js";

/** Stands in a file of positions for a joint that was not seen. */
export const MISSING = -32768;

/**
 * @typedef {[number, number, number]} Point x to the right, y up, z to the viewer
 * @typedef {Object<string, Point | null>} Joints by name; null was not seen
 *
 * @typedef {object} Figure a dancer to be drawn
 * @property {string[]} joints names
 * @property {number} start time of the first frame, seconds
 * @property {number} rate frames a second
 * @property {number} step of the keyboard, seconds: a frame as it was recorded, or a 30th
 * @property {number} frames
 * @property {Int16Array} mm three to a joint, frame after frame
 */

/** What base64 stands for. */
export function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const signs = atob(text), bytes = new Uint8Array(signs.length);
  for (let i = 0; i < signs.length; i++) bytes[i] = signs.charCodeAt(i);
  return bytes;
}

/** Whole numbers of 16 bits, little-endian, from base64. */
export function unpacked(text) {
  return new Int16Array(bytesOf(text).buffer);
}

/** What deflated bytes in base64 stand for. */
export async function inflated(text) {
  const small = new Blob([bytesOf(text)]).stream();
  const whole = new Response(small.pipeThrough(new DecompressionStream("deflate")));
  return new Uint8Array(await whole.arrayBuffer());
}

/**
 * Positions from bytes: each joint and axis by itself, first whether it was seen, then
 * the lower and the upper byte of its steps, counted 0, -1, 1, -2, 2 and so on. A joint
 * is told from the one that it hangs on.
 *
 * @param {Uint8Array} bytes
 * @param {number[]} parents for each joint an earlier one, or -1
 * @param {number} frames
 * @param {number} grain millimetres
 * @returns {Int16Array} whole millimetres, three to a joint, frame after frame
 */
export function positions(bytes, parents, frames, grain) {
  const count = parents.length, seen = count * frames, wide = 3 * count;
  const low = bytes.subarray(seen, 4 * seen), high = bytes.subarray(4 * seen);
  const at = new Int32Array(3 * seen), mm = new Int16Array(3 * seen);
  for (let channel = 0; channel < wide; channel++) {
    const parent = parents[Math.floor(channel / 3)], axis = channel % 3;
    const start = channel * frames, above = (3 * parent + axis) * frames;
    for (let frame = 0, sum = 0; frame < frames; frame++) {
      const step = low[start + frame] | high[start + frame] << 8;
      sum += step & 1 ? -(step + 1 >> 1) : step >> 1;
      at[start + frame] = sum + (parent < 0 ? 0 : at[above + frame]);
      const there = bytes[Math.floor(channel / 3) * frames + frame];
      mm[frame * wide + channel] = there ? at[start + frame] * grain : MISSING;
    }
  }
  return mm;
}

/**
 * Joints at a moment, by curves through the frames (Catmull and Rom).
 *
 * @param {Figure} figure
 * @param {number} seconds before the first frame and after the last, those
 * @returns {Joints}
 */
export function bodyAt(figure, seconds) {
  const { joints, mm, frames } = figure, wide = 3 * joints.length;
  const at = within(0, (seconds - figure.start) * figure.rate, frames - 1);
  const frame = Math.floor(at), found = {};
  const near = [-1, 0, 1, 2].map(by => within(0, frame + by, frames - 1) * wide);
  joints.forEach((name, joint) => {
    found[name] = between(mm, near.map(start => start + 3 * joint), at - frame);
  });
  return found;
}

/** Between the middle two of four frames; one that was not seen gives way to the next. */
function between(mm, [before, from, to, after], share) {
  const seen = place => mm[place] !== MISSING;
  if (!share && !seen(from)) return null;
  if (!seen(from) && !seen(to)) return null;
  const b = seen(from) ? from : to, c = seen(to) ? to : from;
  const a = seen(before) ? before : b, d = seen(after) ? after : c;
  return [0, 1, 2].map(k => curve(mm[a + k], mm[b + k], mm[c + k], mm[d + k], share));
}

function curve(a, b, c, d, share) {
  const bend = 2 * a - 5 * b + 4 * c - d, twist = 3 * (b - c) + d - a;
  return b + share / 2 * (c - a + share * (bend + share * twist));
}

/** A body turned about the vertical, degrees, from the viewer to the right. */
export function turned(joints, degrees) {
  if (!degrees) return joints;
  const c = Math.cos(degrees * Math.PI / 180), s = Math.sin(degrees * Math.PI / 180);
  const turn = p => p && [p[0] * c + p[2] * s, p[1], p[2] * c - p[0] * s];
  return Object.fromEntries(Object.entries(joints).map(([name, p]) => [name, turn(p)]));
}

/** Half way between what reaches furthest to the left and to the right. */
export function middle(joints) {
  const across = Object.values(joints).filter(Boolean).map(p => p[0]);
  return (Math.min(0, ...across) + Math.max(0, ...across)) / 2;
}

/**
 * A body on the picture; a little of the depth is seen, as from the stalls.
 *
 * @param {Joints} joints
 * @param {{x: number, floor: number, scale: number, mirror?: boolean}} place where the
 *   pelvis and the floor lie, and pixels per millimetre
 * @returns {Joints} pixels; the third number stays the depth in millimetres
 */
export function onPicture(joints, { x, floor, scale, mirror = false }) {
  const way = mirror ? -scale : scale, seen = {};
  for (const name in joints) {
    const p = joints[name];
    seen[name] = p && [x + way * p[0], floor - (p[1] * 0.995 - p[2] * 0.085) * scale, p[2]];
  }
  return seen;
}
