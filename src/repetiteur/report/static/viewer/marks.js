/** SVG as text, in real pixels: a drawing never scales, so its text never does. */

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A pixel to one decimal. */
export function px(value) {
  return (Math.round(value * 10) / 10).toString();
}

/** A text that may come from outside, safe in markup. */
export function escaped(text) {
  return String(text).replace(/[&<>"']/g, sign => ENTITIES[sign]);
}

/**
 * A drawing; without a label it is decoration, which a screen reader passes over.
 *
 * @param {number} width
 * @param {number} height
 * @param {string} inner markup
 * @param {string} [label] what it shows, in words
 * @returns {string}
 */
export function drawing(width, height, inner, label) {
  const told = label ? `role="img" aria-label="${escaped(label)}"` : 'aria-hidden="true"';
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg ${size} ${told}>${inner}</svg>`;
}

/** The path of straight lines through points. */
export function straight(points) {
  return "M" + points.map(([x, y]) => `${px(x)} ${px(y)}`).join("L");
}

/** The path of a curve through points (Catmull and Rom): an arm is one curve. */
export function curved(points) {
  const pull = 5.2, last = points.length - 1;
  let path = `M${px(points[0][0])} ${px(points[0][1])}`;
  for (let i = 0; i < last; i++) {
    const before = points[Math.max(i - 1, 0)], from = points[i];
    const to = points[i + 1], after = points[Math.min(i + 2, last)];
    const leave = [0, 1].map(k => px(from[k] + (to[k] - before[k]) / pull)).join(" ");
    const arrive = [0, 1].map(k => px(to[k] - (after[k] - from[k]) / pull)).join(" ");
    path += `C${leave} ${arrive} ${px(to[0])} ${px(to[1])}`;
  }
  return path;
}

/** What stands between missing points: runs of two or more. */
export function runs(points) {
  const found = [[]];
  for (const point of points) {
    if (point) found[found.length - 1].push(point); else found.push([]);
  }
  return found.filter(run => run.length > 1);
}

/** Hatching, for what was not judged; the page defines its pattern once. */
export function hatching(x, y, width, height) {
  const place = `x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"`;
  return `<rect fill="url(#hatch)" ${place}/>`;
}
