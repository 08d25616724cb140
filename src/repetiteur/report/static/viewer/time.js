/** Time: the clock's place belongs to a moment of each, through the alignment. */

import { lookup, sayTime, thousandths } from "./numbers.js";
import { slotsOf } from "./slots.js";

/**
 * The time of a rehearsal. Places are the clock's seconds, moments a performance's.
 *
 * @param {import("./rehearsal.js").Rehearsal} rehearsal
 */
export function timeOf(rehearsal) {
  const { path, clock, timing, judged, alone, span, floor } = rehearsal;
  const rows = column => timing.map(row => row[column]);
  const when = rows("r"), slots = slotsOf(rehearsal);
  const bySlot = new Map(timing.map(row => [slots.of(row.n), row]));
  const lateness = ["v", "lo", "hi"].map(column => [column, rows(column)]);

  const refAt = place => lookup(path.p, path.r, place);
  const takeAt = place => lookup(path.p, path.t, place);
  const placeOf = reference => lookup(path.r, path.p, reference);

  /**
   * Where the take would be, had it kept with the music, or one tempo; it begins anew
   * after a break.
   */
  function byClock(reference) {
    if (clock.r) return lookup(clock.r, clock.t, reference);
    const part = clock.parts.findLast(([since]) => reference >= since);
    return clock.ratio * reference + (part ? part[1] : clock.offset);
  }

  /** Seconds that the take goes on by for each of the clock; 1 where it stands still. */
  function paceAt(place, isByClock) {
    const near = 1e-3, at = isByClock ? spot => byClock(refAt(spot)) : takeAt;
    const pace = isByClock && !clock.r ? clock.ratio : (at(place + near) - at(place)) / near;
    return pace > 0.05 ? pace : 1;
  }

  /** Lateness in words: "in time", "180 ms late", "not judged". */
  function sayLateness(reference) {
    if (!judged.some(([a, b]) => reference >= a && reference <= b)) return "not judged";
    const row = bySlot.get(slots.of(reference));
    if (!row || !row.far) return "in time";
    return `${Math.abs(thousandths(row.v))} ms ${row.v > 0 ? "late" : "early"}`;
  }

  /** The same at a place; where one dances without the other there is none. */
  function sayAt(place) {
    const found = alone.find(([a, b]) => place > a && place < b);
    return found ? found[2] : sayLateness(refAt(place));
  }

  return {
    end: path.p[path.p.length - 1],
    span, floor, timing, judged, refAt, takeAt, placeOf, byClock, paceAt, sayLateness, sayAt,
    slots,
    rowOf: slot => bySlot.get(slot),
    latenessAt: reference => Object.fromEntries(
      lateness.map(([column, values]) => [column, lookup(when, values, reference)])),
    unjudged: (from, to) => unjudged(rehearsal, from, to),
    reach: reachOf(timing),
    say: place => `${sayTime(refAt(place))}, ${sayAt(place)}`,
  };
}

/** @typedef {ReturnType<typeof timeOf>} Time */

/** What was not judged between two moments of the reference, as stretches. */
function unjudged({ judged, span }, a, b) {
  const found = [], last = Math.min(b, span[1]);
  let from = Math.max(a, span[0]);
  for (const [start, end] of judged) {
    if (end <= from) continue;
    if (start >= last) break;
    if (start > from) found.push([from, start]);
    from = end;
  }
  if (from < last) found.push([from, last]);
  return found;
}

/** Half the height of the scale of lateness, seconds. */
function reachOf(timing) {
  const far = timing.filter(row => row.far).map(row =>
    Math.min(Math.max(Math.abs(row.lo), Math.abs(row.hi)), Math.abs(row.v) * 1.8));
  return Math.max(0.15, ...timing.map(row => Math.abs(row.v) * 1.5), ...far);
}
