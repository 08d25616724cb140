/** A drawn dancer: thin with open joints the reference, thick and filled the take. */

import { curved, px, runs, straight } from "./marks.js";

const SIDES = ["left_", "right_"];

/** What each of the two is drawn with, of its height or in pixels. */
const HANDS = {
  ref: { width: 0.0075, least: 1.15, joint: 1.35 },
  take: { width: 0.0145, least: 1.9, joint: 0.95 },
};

/**
 * The figure of one dancer.
 *
 * @param {"ref" | "take"} who
 * @param {import("./body.js").Joints} at on the picture
 * @param {number} scale pixels per millimetre
 * @param {{bare?: boolean}} [how] bare: without its joints
 * @returns {string} SVG
 */
export function figure(who, at, scale, { bare = false } = {}) {
  const tall = 1800 * scale, hand = HANDS[who];
  const width = Math.max(hand.width * tall, hand.least);
  const inner = limbs(at, width) + head(at, 0.043 * tall, width);
  const dots = bare ? "" : joints(at, Math.max(width * hand.joint, 1.3), width);
  return `<g class="fig ${who}">${inner}${dots}</g>`;
}

function limbs(at, width) {
  const part = (points, line, depth = 0) =>
    runs(points).map(run => limb(line(run), width, depth)).join("");
  const behind = (one, other) => (one && other ? one[2] - other[2] : 0);
  let drawn = "";
  for (const side of SIDES) {
    const of = name => at[side + name];
    const leg = ["hip", "knee", "ankle", "toe"].map(of);
    const arm = [at.neck, ...["shoulder", "elbow", "wrist", "hand"].map(of)];
    drawn += part(leg, straight, behind(of("knee"), at.pelvis));
    drawn += part(arm, curved, behind(of("elbow"), at.neck));
  }
  drawn += part([at.pelvis, at.chest, at.neck, nape(at)], curved);
  return drawn + part([at.left_hip, at.right_hip], straight);
}

function limb(path, width, depth) {
  const opacity = Math.max(0.45, Math.min(1, 0.9 + depth / 700)); // behind is fainter
  return `<path d="${path}" stroke-width="${px(width)}" opacity="${px(opacity)}"/>`;
}

function nape({ neck, head }) {
  if (!neck || !head) return null;
  return [neck[0] + (head[0] - neck[0]) * 0.4, neck[1] + (head[1] - neck[1]) * 0.4];
}

function head({ head, face }, radius, width) {
  if (!head) return "";
  const size = `rx="${px(radius * 0.86)}" ry="${px(radius * 1.08)}"`;
  const line = `stroke-width="${px(Math.max(width * 0.8, 1))}"`;
  const round = `<ellipse class="head" cx="${px(head[0])}" cy="${px(head[1])}" ${size} ${line}/>`;
  if (!face || face[2] < head[2] - 40) return round; // it looks away
  const from = [0, 1].map(k => head[k] * 0.35 + face[k] * 0.65);
  const nose = straight([[from[0], from[1] + radius * 0.12], [face[0], face[1] + radius * 0.2]]);
  return round + `<path d="${nose}" stroke-width="${px(Math.max(width * 0.7, 1))}"/>`;
}

function joints(at, radius, width) {
  const names = SIDES.flatMap(side => ["knee", "ankle", "elbow"].map(part => side + part));
  const dot = ([x, y]) =>
    `<circle class="j" cx="${px(x)}" cy="${px(y)}" r="${px(radius)}"` +
    ` stroke-width="${px(Math.min(width, 1.4))}"/>`;
  return names.map(name => at[name]).filter(Boolean).map(dot).join("");
}
