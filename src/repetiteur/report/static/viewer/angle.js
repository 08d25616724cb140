/** The angle of a note on a drawn body: its two directions and the arc between. */

import { escaped, px, runs, straight } from "./marks.js";

/** Joints of a limb, with the side's own; what is measured against hanging has no first. */
const LIMBS = {
  knee: { ends: ["hip", "knee", "ankle"], bold: ["hip", "knee", "ankle"] },
  leg: { ends: [null, "hip", "ankle"], bold: ["hip", "knee", "ankle", "toe"] },
  elbow: { ends: ["shoulder", "elbow", "wrist"], bold: ["shoulder", "elbow", "wrist"] },
  arm: { ends: [null, "shoulder", "wrist"], bold: ["shoulder", "elbow", "wrist"] },
  upper_arm: { ends: [null, "shoulder", "elbow"], bold: ["shoulder", "elbow"] },
  pitch: { ends: [null, "pelvis", "neck"], bold: ["pelvis", "chest", "neck"] },
  lean: { ends: [null, "pelvis", "neck"], bold: ["pelvis", "chest", "neck"] },
};
const TRUNK = ["pelvis", "chest", "neck"];

/**
 * The mark of a note's angle.
 *
 * @param {import("./body.js").Joints} at on the picture
 * @param {import("./rehearsal.js").Note} note
 * @param {"ref" | "take"} who
 * @returns {string} SVG; nothing where a joint that it needs was not seen
 */
export function angleMark(at, note, who) {
  const limb = LIMBS[note.mark];
  const seen = name => name && at[TRUNK.includes(name) ? name : `${note.side}_${name}`];
  const [from, joint, end] = limb.ends.map(seen);
  if (!joint || !end || (limb.ends[0] && !from)) return "";
  const arc = arcBetween(from, joint, end, limb === LIMBS.pitch || limb === LIMBS.lean);
  const bold = runs(limb.bold.map(seen)).map(straight).join("");
  return sector(joint, arc, who) +
    `<path class="guide" d="${straight([joint, arc.at(arc.start, arc.radius + 10)])}"/>` +
    `<path class="accent ${who}" d="${bold}"/>` + value(joint, arc, Boolean(from), note[who]);
}

function arcBetween(from, joint, end, upright) {
  const way = (a, b) => Math.atan2(b[1] - a[1], b[0] - a[0]), full = 2 * Math.PI;
  const plumb = upright && end[1] < joint[1] ? -Math.PI / 2 : Math.PI / 2;
  const start = from ? way(from, joint) : plumb, turn = way(joint, end) - start;
  return {
    start,
    sweep: turn - full * Math.round(turn / full),
    radius: from ? 30 : 26,
    at: (angle, far) => [joint[0] + Math.cos(angle) * far, joint[1] + Math.sin(angle) * far],
  };
}

function sector(joint, { start, sweep, radius, at }, who) {
  const [a, b] = [start, start + sweep].map(angle => at(angle, radius).map(px).join(" "));
  const round = `A${radius} ${radius} 0 0 ${sweep > 0 ? 1 : 0} ${b}`;
  const path = `M${px(joint[0])} ${px(joint[1])}L${a}${round}Z`;
  return `<path class="sector ${who}" d="${path}"/>`;
}

function value(joint, { start, sweep, radius, at }, bent, said) {
  if (said === undefined) return "";
  const left = Math.cos(start + sweep / 2) > 0.2, far = at(start + sweep * 0.45, radius + 17);
  const x = bent ? joint[0] + (left ? -17 : 17) : far[0] + 3;
  const y = bent ? joint[1] + 4 : far[1] + 5;
  const anchor = bent ? (left ? "end" : "start") : "middle";
  const place = `x="${px(x)}" y="${px(y)}" text-anchor="${anchor}"`;
  return `<text class="angle" ${place}>${escaped(said)}</text>`;
}
