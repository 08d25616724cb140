/** The place of one dancer on a stage of films: the film, or why there is none. */

import { bytesOf } from "./body.js";
import { drawnBones } from "./bones.js";
import { lone } from "./figures.js";
import { sayTime } from "./numbers.js";
import { follower } from "./reel.js";

const NAMES = { ref: "Reference", take: "You" };

/**
 * @typedef {object} Screen
 * @property {"ref" | "take"} who
 * @property {HTMLElement} element
 * @property {string | null} why there is no film
 * @property {import("./layout.js").Shape} shape
 * @property {() => boolean} sounds whether there is anything to be heard
 * @property {(quiet: boolean) => void} mute
 * @property {() => void} rest stop where it is
 * @property {() => number | null} moment that is playing; null while it rests
 * @property {(box: import("./layout.js").Box, settings: object) => void} put
 * @property {(rehearsal: object, moment: object, speed: number) => void} show
 */

/**
 * A screen on which the drawn figure stands.
 *
 * @param {"ref" | "take"} who
 * @param {string} why there is no film
 * @returns {Screen}
 */
export function drawnScreen(who, why) {
  const element = document.createElement("div");
  element.className = `film ${who}`;
  const screen = {
    who, element, why,
    shape: { size: [3, 4], trunk: null },
    sounds: () => false, mute: () => {}, rest: () => {}, moment: () => null,
    put({ x, y, width, height }, { mirror, bones }) {
      const style = { left: x, top: y, width, height };
      for (const side in style) element.style[side] = `${style[side]}px`;
      element.classList.toggle("mirrored", mirror && !screen.why);
      element.classList.toggle("bare", !bones);
    },
    show: (rehearsal, moment) => drawFigure(screen, rehearsal, moment),
  };
  return screen;
}

/**
 * A screen on which a film is shown, or the drawn figure when it cannot be.
 *
 * @param {"ref" | "take"} who
 * @param {import("./reel.js").Reel} reel
 * @param {{chains: number[][], dots: number[]}} films which joints are lines and dots
 * @param {string | null} content of the film, as base64; null where it lies in a file
 * @param {() => void} changed called when it turns out that it cannot be shown
 * @returns {Screen}
 */
export function filmScreen(who, reel, films, content, changed) {
  const screen = drawnScreen(who, null), { show } = screen;
  const bones = document.createElement("div"), video = playerOf(who, reel, content);
  let picture = -1;
  screen.element.append(video, bones);
  const film = follower(video, reel, now => {
    if (now === picture) return;
    picture = now;
    bones.innerHTML = drawnBones(who, films, reel, picture);
  });
  video.addEventListener("error", () => {
    const why = reel.file ? `${reel.file} is not beside this page` : "it cannot be played";
    Object.assign(screen, { why, show, sounds: () => false, moment: () => null });
    changed();
  });
  return Object.assign(screen, {
    shape: reel,
    sounds: () => reel.sound,
    mute: quiet => {
      video.muted = quiet;
    },
    rest: () => video.pause(),
    moment: film.moment,
    show(_, moment, speed) {
      if (moment.settings.playing) film.run(moment[who], speed);
      else film.rest(moment[who]);
    },
  });
}

function playerOf(who, reel, content) {
  const video = document.createElement("video");
  Object.assign(video, {
    muted: true, playsInline: true, preload: "auto",
    disablePictureInPicture: true, disableRemotePlayback: true, tabIndex: -1,
  });
  video.setAttribute("aria-label", `Film: ${NAMES[who]}`);
  const load = () => {
    video.src = content === null ? reel.file
      : URL.createObjectURL(new Blob([bytesOf(content)], { type: "video/mp4" }));
  };
  setTimeout(load); // the page stands first
  return video;
}

/** The drawn figure in place of a film, and why. */
function drawFigure(screen, rehearsal, moment) {
  const { element, who, why } = screen, { clientWidth: width, clientHeight: height } = element;
  const said = document.createElement("p");
  said.textContent = `${NAMES[who]}: ${why}. The figure is drawn.`;
  element.classList.add("gone");
  element.innerHTML = lone(rehearsal, moment, who, width, height);
  element.firstChild.setAttribute("aria-label", `${NAMES[who]} at ${sayTime(moment[who])}`);
  element.append(said);
}
