/** The transport: one clock drives both performances, and whoever follows it. */

import { within } from "./numbers.js";

/**
 * @typedef {object} Settings a new one for each change, so that one look tells
 * @property {boolean} playing
 * @property {number} rate of the performances' own speed
 * @property {import("./rehearsal.js").Note | null} loop the note that is looped
 * @property {boolean} byClock whether the take runs in its own time
 * @property {boolean} mirror as in a studio mirror
 * @property {boolean} overlay one over the other
 * @property {boolean} live whether the take runs at its own speed, as its sound needs;
 *   else the reference does
 * @property {boolean} film whether films are shown where there are some
 * @property {boolean} bones whether over them the bones are
 * @property {boolean} sound whether the take is heard
 * @property {number} turn degrees, from -180 to 180
 *
 * @typedef {object} Moment
 * @property {number} place of the clock, seconds
 * @property {number} ref
 * @property {number} take the moment of each performance, seconds
 * @property {Settings} settings
 *
 * @typedef {object} Stage what follows the clock
 * @property {(moment: Moment) => void} place show this moment, now; called again
 *   for the same moment when the width has changed
 *
 * @typedef {object} Timer
 * @property {() => number} now milliseconds
 * @property {(then: (now: number) => void) => void} next call before the next frame
 */

const LONGEST_FRAME_MS = 100; // a page that was away goes on from where it was

/**
 * A transport, at rest.
 *
 * @param {import("./time.js").Time} time
 * @param {Timer} timer
 * @param {Partial<Settings> & {place?: number}} [start]
 */
export function transportOf(time, timer, start = {}) {
  const stages = [], { place: first = 0, ...settled } = start;
  let place = first, last = 0, leader = () => null;
  let settings = Object.freeze({
    playing: false, rate: 0.5, loop: null, byClock: false,
    mirror: false, overlay: false, turn: 0,
    live: false, film: true, bones: true, sound: false, ...settled,
  });

  function momentAt(at) {
    const ref = time.refAt(at);
    const take = settings.byClock ? time.byClock(ref) : time.takeAt(at);
    return { place: at, ref, take, settings };
  }

  const moment = () => momentAt(place);

  function show() {
    const now = moment();
    for (const stage of stages) stage.place(now);
  }

  function set(changes) {
    settings = Object.freeze({ ...settings, ...changes });
    show();
  }

  function seek(to) {
    place = within(0, to, time.end);
    show();
  }

  function onwards(passed) {
    const seconds = settings.live ? passed / time.paceAt(place, settings.byClock) : passed;
    if (!settings.byClock) return place + seconds;
    // By the clock, what stands in the take alone is passed over.
    return Math.max(place + 1e-6, time.placeOf(time.refAt(place) + seconds));
  }

  /** Seconds that have gone by; where a film plays, those that it has played. */
  function gone(milliseconds, rate) {
    const heard = settings.live ? leader() : null;
    if (heard !== null) return heard - moment().take;
    return rate * within(0, milliseconds, LONGEST_FRAME_MS) / 1000;
  }

  function frame(now) {
    if (!settings.playing) return;
    const { loop, rate } = settings, next = onwards(gone(now - last, rate));
    last = now;
    if (next < (loop ? loop.to : time.end)) seek(next);
    else if (loop) seek(loop.from);
    else {
      place = time.end;
      pause();
    }
    if (settings.playing) timer.next(frame);
  }

  function play() {
    if (settings.playing) return;
    if (place >= time.end - 0.01) place = 0;
    last = timer.now();
    set({ playing: true });
    timer.next(frame);
  }

  function pause() {
    if (settings.playing) set({ playing: false });
  }

  /** To the count or whole second of the reference after this one, or before. */
  function slot(by) {
    pause();
    seek(time.placeOf(time.slots.next(time.refAt(place), by)));
  }

  return {
    follow: (...more) => stages.push(...more),
    /** Be led by a film: `film` gives the moment of the take, null while it rests. */
    ledBy: film => {
      leader = film;
    },
    ahead: seconds => momentAt(onwards(seconds * settings.rate)),
    moment, show, set, seek, play, pause, slot,
    toggle: () => (settings.playing ? pause() : play()),
    nudge: by => {
      pause();
      seek(place + by);
    },
    turn: degrees => set({ turn: ((degrees + 180) % 360 + 360) % 360 - 180 }),
  };
}

/** @typedef {ReturnType<typeof transportOf>} Transport */
