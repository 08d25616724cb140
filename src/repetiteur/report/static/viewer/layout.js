/** Where films stand on a stage, from their sizes alone. */

const GAP = 4; // pixels between the films
const MUCH_LARGER = 1.5; // films are, where they stand below one another

/**
 * @typedef {{x: number, y: number, width: number, height: number}} Box pixels
 *
 * @typedef {object} Shape of a film
 * @property {[number, number]} size pixels
 * @property {[number, number, number] | null} trunk
 */

/**
 * Where the films stand on a stage: beside one another, below one another where they
 * are much larger so, or one over the other so that the dancers are equally large.
 *
 * @param {Shape[]} shapes the reference's, and the take's
 * @param {number} width
 * @param {number} most height that there is room for
 * @param {{overlay: boolean, mirror: boolean}} settings
 * @returns {{height: number, boxes: Box[]}}
 */
export function laidOut(shapes, width, most, { overlay, mirror }) {
  if (overlay) return over(shapes, width, most, mirror);
  const beside = row(shapes, (width - GAP) / 2, most, (k, box) => ({
    ...box, x: box.x + k * (width + GAP) / 2,
  }));
  const below = row(shapes, width, (most - GAP) / 2, (k, box, high) => ({
    ...box, y: box.y + k * (high + GAP),
  }));
  const area = ({ boxes }) => Math.min(...boxes.map(box => box.width * box.height));
  if (area(below) < MUCH_LARGER * area(beside)) return beside;
  return { ...below, height: 2 * below.height + GAP };
}

/** Films in places of one width and one height, each in the middle of its own. */
function row(shapes, width, most, put) {
  const high = Math.min(most, Math.max(...shapes.map(({ size }) => width * size[1] / size[0])));
  const boxes = shapes.map(({ size }, k) => {
    const box = fitted(size, width, high);
    return put(k, { ...box, x: (width - box.width) / 2, y: (high - box.height) / 2 }, high);
  });
  return { height: high, boxes };
}

function fitted([wide, high], width, most) {
  const scale = Math.min(width / wide, most / high);
  return { width: wide * scale, height: high * scale };
}

/** The take is moved and scaled so that its hips and trunk lie on the reference's. */
function over(shapes, width, most, mirror) {
  const [ref, take] = shapes, whole = fitted(ref.size, width, most);
  const under = { ...whole, x: (width - whole.width) / 2, y: 0 };
  let box = { ...fitted(take.size, width, most), y: 0 };
  box.x = (width - box.width) / 2;
  if (ref.trunk && take.trunk) {
    const scale = whole.width / ref.size[0], own = scale * ref.trunk[2] / take.trunk[2];
    box = {
      width: own * take.size[0], height: own * take.size[1],
      x: under.x + scale * ref.trunk[0] - own * take.trunk[0],
      y: scale * ref.trunk[1] - own * take.trunk[1],
    };
  }
  const boxes = [under, box];
  for (const one of boxes) if (mirror) one.x = width - one.x - one.width;
  return { height: whole.height, boxes };
}
