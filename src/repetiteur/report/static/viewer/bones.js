/** Bones over a film: thin with open joints the reference, thick and filled the take. */

import { px, runs, straight } from "./marks.js";

/**
 * The bones of a picture, in the pixels of its film.
 *
 * @param {"ref" | "take"} who
 * @param {{chains: number[][], dots: number[]}} films which joints are lines and dots
 * @param {import("./reel.js").Reel} reel
 * @param {number} picture
 * @returns {string} SVG
 */
export function drawnBones(who, { chains, dots }, reel, picture) {
  const at = reel.joints(picture), [width, height] = reel.size;
  const lines = chains.flatMap(chain => runs(chain.map(joint => at[joint])))
    .map(straight).join("");
  const radius = px(height / 110);
  const marks = dots.map(joint => at[joint]).filter(Boolean)
    .map(([x, y]) => `<circle class="j" cx="${px(x)}" cy="${px(y)}" r="${radius}"/>`).join("");
  return `<svg class="bones ${who}" viewBox="0 0 ${width} ${height}" aria-hidden="true">` +
    `<path class="rim" d="${lines}"/><path class="bone" d="${lines}"/>${marks}</svg>`;
}
