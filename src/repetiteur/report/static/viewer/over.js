/** Drawings over the reference's seconds: the playhead moves over them, and a click goes there. */

import { within } from "./numbers.js";

/**
 * What follows the clock over the drawings of a page.
 *
 * @param {ParentNode} root
 * @param {import("./time.js").Time} time
 * @param {import("./transport.js").Transport} transport
 * @returns {import("./transport.js").Stage}
 */
export function drawingsOver(root, time, transport) {
  const drawings = [...root.querySelectorAll("[data-over]")].map(element => {
    const [from, to] = element.dataset.over.split(" ").map(Number);
    element.onclick = ({ clientX }) => {
      const { left, width } = element.getBoundingClientRect();
      const share = within(0, (clientX - left) / width, 1);
      transport.seek(time.placeOf(from + share * (to - from)));
    };
    return { from, to, head: element.querySelector(".playhead") };
  });
  return {
    place({ ref }) {
      for (const { from, to, head } of drawings) {
        if (!head) continue;
        const inside = ref >= from && ref <= to, at = 100 * (ref - from) / (to - from);
        head.setAttribute("visibility", inside ? "visible" : "hidden");
        if (inside) for (const x of ["x1", "x2"]) head.setAttribute(x, `${at.toFixed(2)}%`);
      }
    },
  };
}
