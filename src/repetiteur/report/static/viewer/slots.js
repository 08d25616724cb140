/** Slots of the reference: the counts of its music, or its seconds. */

/**
 * The slots of a rehearsal.
 *
 * @param {Pick<import("./rehearsal.js").Rehearsal, "slots" | "span">} rehearsal
 */
export function slotsOf({ slots = {}, span }) {
  const counted = Boolean(slots.at), at = slots.at || secondsOf(span);
  const edges = edgesOf(at);

  /** The slot that a moment lies in; the first before all, the last after them. */
  function of(moment) {
    let a = 0, b = at.length;
    while (a < b - 1) {
      const middle = (a + b) >> 1;
      if (edges[middle] <= moment) a = middle; else b = middle;
    }
    return a;
  }

  return {
    at, edges, of,
    many: at.length,
    longest: slots.longest || 8,
    unit: counted ? "count" : "second",
    /** What it is called among all, and in its line. */
    name: slot => (counted ? slots.names[slot] : `${at[slot]}`),
    short: slot => (counted ? slots.names[slot].split("·").pop() : `${at[slot]}`),
    /** The first moment of a slot after this one, or before. */
    next(moment, by) {
      const slot = of(moment), near = 1e-6;
      if (by > 0) return at.find(time => time > moment + near) ?? moment;
      return at.slice(0, slot + 1).findLast(time => time < moment - near) ?? moment;
    },
  };
}

/** @typedef {ReturnType<typeof slotsOf>} Slots */

function secondsOf([first, last]) {
  const from = Math.floor(first + 0.5), to = Math.floor(last + 0.5);
  return Array.from({ length: to - from + 1 }, (_, k) => from + k);
}

/** Where each begins and the last ends: half way to the next. */
function edgesOf(at) {
  const last = at.length - 1;
  if (!last) return [at[0] - 0.5, at[0] + 0.5];
  const middle = at.slice(1).map((time, k) => (time + at[k]) / 2);
  return [2 * at[0] - middle[0], ...middle, 2 * at[last] - middle[last - 1]];
}
