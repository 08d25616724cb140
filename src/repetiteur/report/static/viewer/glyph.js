/** The interval glyph: noise shaded around zero, the interval a bar, the estimate a dot. */

import { drawing, escaped, px } from "./marks.js";
import { within } from "./numbers.js";

const HEIGHT = 74, MIDDLE = 38, EDGE = 12;

/**
 * A difference on its scale.
 *
 * @param {import("./rehearsal.js").Gap} gap
 * @param {number} width pixels
 * @returns {string} SVG
 */
export function glyph(gap, width) {
  const x = value =>
    EDGE + (value + gap.max) / (2 * gap.max) * (width - 2 * EDGE);
  const [left, right] = [x(-gap.floor), x(gap.floor)], y = MIDDLE;
  const [low, high] = [px(x(gap.lo)), px(x(gap.hi))];
  const text = (at, place, anchor, said) =>
    `<text x="${px(at)}" y="${place}" text-anchor="${anchor}">${escaped(said)}</text>`;
  const value = `x="${px(within(28, x(gap.v), width - 28))}" y="${y - 16}"`;
  return drawing(width, HEIGHT,
    `<rect class="noise" x="${px(left)}" y="${y - 13}" width="${px(right - left)}" height="26"/>` +
    `<path class="noise-edge" d="M${px(left)} ${y - 13}v26M${px(right)} ${y - 13}v26"/>` +
    `<path class="axis" d="M${EDGE} ${y}H${width - EDGE}"/>` +
    `<path class="zero" d="M${px(x(0))} ${y - 17}v34"/>` +
    `<path class="bar" d="M${low} ${y}H${high}M${low} ${y - 6}v12M${high} ${y - 6}v12"/>` +
    `<circle class="est" cx="${px(x(gap.v))}" cy="${y}" r="5"/>` +
    `<text class="val" ${value} text-anchor="middle">${escaped(gap.text)}</text>` +
    text(EDGE, HEIGHT - 6, "start", gap.less) + text(x(0), HEIGHT - 6, "middle", "same") +
    text(width - EDGE, HEIGHT - 6, "end", gap.more));
}
