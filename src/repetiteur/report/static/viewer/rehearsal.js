/** A rehearsal as the viewer reads it. All times are seconds, all turns degrees. */

import { inflated, positions } from "./body.js";

/**
 * @typedef {object} Gap a difference on its scale
 * @property {number} v the estimate
 * @property {number} lo
 * @property {number} hi the 90 % interval
 * @property {number} floor half the width of the noise
 * @property {number} max half the width of the scale
 * @property {string} text the estimate, with its unit
 * @property {string} less
 * @property {string} more what the scale's ends mean
 *
 * @typedef {object} Note
 * @property {string} id "n1" is the first
 * @property {number} at its place on the clock
 * @property {number} from
 * @property {number} to where its loop begins and ends
 * @property {{at: number, from: number, to: number}[]} also its further moments
 * @property {number} ref_s
 * @property {number} take_s its moment in each performance
 * @property {boolean} clock whether it is about time
 * @property {number} turn from where it shows
 * @property {string} [mark] the limb that was measured
 * @property {string} [side]
 * @property {string} [ref]
 * @property {string} [take] the angle of each
 * @property {Gap} [gap]
 *
 * @typedef {object} Row lateness at a count, or a second, of the reference
 * @property {number} n the moment of that slot
 * @property {number} r its moment
 * @property {number} v lateness
 * @property {number} lo
 * @property {number} hi its 90 % interval
 * @property {boolean} far whether all of it lies beyond the floor
 *
 * @typedef {object} Rehearsal
 * @property {{ref: import("./body.js").Figure, take: import("./body.js").Figure}} figures
 * @property {boolean} flat as one camera saw it: it cannot be turned
 * @property {number} top height of the stage, millimetres
 * @property {{p: number[], r: number[], t: number[]}} path places of the clock, and the
 *   moment of each performance there
 * @property {{ratio: number, offset: number, parts: [number, number][], r?: number[],
 *   t?: number[]}} clock one tempo, and where the same music is heard in both its moments
 * @property {{longest: number, at?: number[], names?: string[]}} slots seconds of the
 *   longest line of the ribbon; the counts, and what they are called
 * @property {[number, number]} span first and last moment of the reference
 * @property {[number, number][]} judged where lateness was
 * @property {[number, number, string][]} alone where one dances without the other
 * @property {number} floor of lateness
 * @property {Row[]} timing
 * @property {Note[]} notes
 * @property {object} [films] the recordings, where they are videos: what the bones are,
 *   and by who dances the data of a {@link import("./reel.js").Reel}, or `why` there is none
 */

/**
 * A rehearsal from the data of a report.
 *
 * @param {object} data as `repetiteur.report.data.page_data` gives it
 * @returns {Promise<Rehearsal>}
 */
export async function rehearsalOf(data) {
  const { joints, parents, figures, path, timing, clock, ...rest } = data;
  const figureOf = async ({ packed, grain, ...figure }) => {
    const mm = positions(await inflated(packed), parents, figure.frames, grain);
    return { ...figure, joints, mm };
  };
  const [ref, take, ...long] = await Promise.all(
    [figureOf(figures.ref), figureOf(figures.take), unfolded(path), unfolded(timing)]);
  const [steps, rows] = long;
  const times = Object.entries(steps).map(([name, each]) => [name, seconds(each)]);
  const music = clock.r ? { r: seconds(clock.r), t: seconds(clock.t) } : {};
  return {
    ...rest, clock: { ...clock, ...music }, figures: { ref, take },
    path: Object.fromEntries(times), timing: rows,
  };
}

/** Moments from milliseconds, each since the one before. */
function seconds(steps) {
  let sum = 0;
  return steps.map(step => (sum += step) / 1000);
}

async function unfolded(text) {
  return JSON.parse(new TextDecoder().decode(await inflated(text)));
}
