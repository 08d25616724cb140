/** The keyboard: letters act only while the player has the focus. */

import { flip } from "./player.js";

/**
 * @param {HTMLElement} player
 * @param {import("./rehearsal.js").Rehearsal} rehearsal
 * @param {import("./transport.js").Transport} transport
 * @param {(note: import("./rehearsal.js").Note) => void} showNote
 */
export function listen(player, rehearsal, transport, showNote) {
  const frame = rehearsal.figures.ref.step;
  const acts = {
    " ": transport.toggle,
    k: transport.toggle,
    ArrowLeft: () => transport.nudge(-frame),
    ArrowRight: () => transport.nudge(frame),
    "[": () => transport.slot(-1),
    "]": () => transport.slot(1),
    m: () => flip(transport, "mirror"),
    o: () => flip(transport, "overlay"),
    t: () => rehearsal.flat || transport.turn(transport.moment().settings.turn + 45),
    l: () => transport.set({ loop: null }),
  };
  if (rehearsal.films) {
    acts.f = () => flip(transport, "film");
    acts.b = () => flip(transport, "bones");
    acts.s = () => flip(transport, "sound");
  }
  for (const note of rehearsal.notes.slice(0, 9)) acts[note.id.slice(1)] = () => showNote(note);

  player.addEventListener("keydown", event => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || isOwn(key, target)) return;
    if (!Object.hasOwn(acts, key)) return;
    acts[key]();
    event.preventDefault();
  });
}

/** Whether a control does something of its own with a key. */
function isOwn(key, { tagName, type }) {
  if (tagName === "SELECT") return true;
  if (tagName === "BUTTON") return key === " ";
  return { radio: /^(Arrow.*| )$/, range: /^Arrow/ }[type]?.test(key) || false;
}
