/** A film of one performance, and how it keeps to the clock. */

import { bodyAt, inflated, positions } from "./body.js";
import { within } from "./numbers.js";

/**
 * @typedef {object} Reel
 * @property {number} start the moment of the recording at which it begins, seconds
 * @property {[number, number]} size pixels
 * @property {number[]} times of its pictures, seconds since it begins
 * @property {(picture: number) => ([number, number] | null)[]} joints pixels; null was
 *   not seen
 * @property {[number, number, number] | null} trunk the hips' usual place and the
 *   trunk's length, pixels
 * @property {boolean} sound whether it has any
 * @property {string} [file] where it lies beside the page
 */

const PER_PIXEL = 4;
const BYTES = 7; // of a joint in a picture: whether it was seen, and two for each axis
const CATCH_UP_S = 0.4; // a film that is behind is there again after so long
const MOST_HASTE = 0.25; // of its speed, that a film runs faster or slower for it
const NEAR_S = 0.006; // what is no nearer to the clock than this is let be
const JUMP_S = 0.25; // what is further off jumps
const SAME_PACE = 0.02; // a change that is not worth its cost
const MEANWHILE_S = 0.08; // that a jump may take
const SLOWEST = 0.07, FASTEST = 16; // that players play at

/**
 * A film from the data of a report.
 *
 * @param {object} data as `repetiteur.report.films.film_data` gives it
 * @returns {Promise<Reel>}
 */
export async function reelOf(data) {
  const gaps = new Uint32Array((await inflated(data.times)).buffer), times = [];
  for (const gap of gaps) times.push((times.length ? times[times.length - 1] : 0) + gap / 1e6);
  const { every, frames, grain, packed } = data.joints, bytes = await inflated(packed);
  const alone = new Array(bytes.length / frames / BYTES).fill(-1);
  const body = { joints: [...alone.keys()], start: 0, rate: 1 / every, frames,
    mm: positions(bytes, alone, frames, grain) };
  const joints = picture => Object.values(bodyAt(body, picture))
    .map(place => place && [place[0] / PER_PIXEL, place[1] / PER_PIXEL]);
  return { ...data, times, joints };
}

/** The picture that is shown at a moment of a film. */
export function pictureAt(times, seconds) {
  let a = 0, b = times.length;
  while (b - a > 1) {
    const middle = (a + b) >> 1;
    if (times[middle] <= seconds + 0.001) a = middle; else b = middle;
  }
  return a;
}

/** The picture that is nearest in time to a moment of a film. */
export function nearestPicture(times, seconds) {
  const at = pictureAt(times, seconds), next = Math.min(at + 1, times.length - 1);
  return times[next] - seconds < seconds - times[at] ? next : at;
}

/**
 * How fast a film is to run, so that it is with the clock again soon.
 *
 * @param {number} speed of the clock, in seconds of the film
 * @param {number} behind seconds that the film is behind the clock
 * @returns {number | null} null: it is so far off that it is to jump
 */
export function paceOf(speed, behind) {
  if (Math.abs(behind) > JUMP_S) return null;
  if (Math.abs(behind) < NEAR_S) return speed;
  const haste = within(-MOST_HASTE, behind / CATCH_UP_S / speed, MOST_HASTE);
  return within(SLOWEST, speed * (1 + haste), FASTEST);
}

/**
 * A player of one film that follows the clock.
 *
 * @param {HTMLVideoElement} video
 * @param {Reel} reel
 * @param {(picture: number) => void} shown called with each picture that is shown
 */
export function follower(video, reel, shown) {
  let wanted = null;
  const frames = "requestVideoFrameCallback" in video;
  const last = reel.times[reel.times.length - 1];

  function onFrame(_, { mediaTime }) {
    shown(pictureAt(reel.times, mediaTime));
    video.requestVideoFrameCallback(onFrame);
  }

  function jump(to) {
    wanted = to;
    if (video.seeking || !video.readyState) return;
    if (Math.abs(video.currentTime - to) > 1e-4) video.currentTime = to;
    wanted = null;
  }

  /** Show the picture of a moment, and stay there. */
  function rest(seconds) {
    if (!video.paused) video.pause();
    const picture = nearestPicture(reel.times, seconds - reel.start);
    jump(reel.times[picture] + 0.002); // well inside of the picture
  }

  /** Run with the clock, which is at a moment and goes on at a speed. */
  function run(seconds, speed) {
    const at = seconds - reel.start;
    if (speed < SLOWEST || at < 0 || at > last) return rest(seconds);
    if (!video.readyState) return;
    const pace = paceOf(speed, at - video.currentTime);
    if (pace === null) jump(Math.min(at + MEANWHILE_S * speed, last));
    else if (Math.abs(video.playbackRate / pace - 1) > SAME_PACE) video.playbackRate = pace;
    if (video.paused) video.play().catch(() => {}); // a pause that comes at once
    if (!frames) shown(pictureAt(reel.times, video.currentTime));
  }

  if (frames) video.requestVideoFrameCallback(onFrame);
  function arrived() {
    if (wanted !== null) jump(wanted);
    else if (video.paused) shown(pictureAt(reel.times, video.currentTime));
  }

  video.addEventListener("seeked", arrived);
  video.addEventListener("loadedmetadata", arrived);
  /** The moment that it plays, or is on its way to; null while it rests. */
  function moment() {
    const plays = !video.paused && !video.ended && video.readyState > 0;
    return plays ? reel.start + (wanted ?? video.currentTime) : null;
  }

  return { rest, run, moment };
}
