"use strict";
/* ───────── 1. Data. Positions are whole millimetres, three to a joint; all times are seconds. */
const $ = (q, el = document) => el.querySelector(q), $$ = (q, el = document) => [...el.querySelectorAll(q)];
const DATA = JSON.parse($("#data").textContent);
const NOTES = Object.fromEntries(DATA.notes.map(n => [n.id, n]));
const JOINTS = DATA.joints, MISSING = -32768;
function unpack(text) { // base64 of little-endian int16
  const raw = atob(text), bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return new Int16Array(bytes.buffer);
}
const FIG = {};
for (const who of ["ref", "take"]) { const f = DATA.figures[who]; FIG[who] = { start: f.start, rate: f.rate, frames: f.frames, mm: unpack(f.mm) }; delete f.mm; }

/* ───────── 2. Body: one set of proportions for both figures, so that nobody's body is compared. */
const RAD = Math.PI / 180;
function body(who, seconds) { // joints at a moment, {name: [x, y, z] or null}; straight lines between frames
  const f = FIG[who], n = JOINTS.length, at = Math.max(0, Math.min(f.frames - 1, (seconds - f.start) * f.rate));
  const k = Math.floor(at), u = at - k, a = k * n * 3, b = Math.min(k + 1, f.frames - 1) * n * 3, J = {};
  for (let j = 0; j < n; j++) {
    const p = a + 3 * j, q = b + 3 * j, no0 = f.mm[p] === MISSING, no1 = f.mm[q] === MISSING;
    if (no0 && no1) { J[JOINTS[j]] = null; continue; }
    if (no0 || no1) { const s = no0 ? q : p; J[JOINTS[j]] = [f.mm[s], f.mm[s + 1], f.mm[s + 2]]; continue; }
    J[JOINTS[j]] = [f.mm[p] + u * (f.mm[q] - f.mm[p]), f.mm[p + 1] + u * (f.mm[q + 1] - f.mm[p + 1]), f.mm[p + 2] + u * (f.mm[q + 2] - f.mm[p + 2])];
  }
  return J;
}
function spin(J, degrees) { // turn about the vertical
  if (!degrees) return J;
  const c = Math.cos(degrees * RAD), s = Math.sin(degrees * RAD), T = {};
  for (const k in J) { const p = J[k]; T[k] = p && [p[0] * c + p[2] * s, p[1], p[2] * c - p[0] * s]; }
  return T;
}
function middle(J) { let a = 0, b = 0; for (const k in J) if (J[k]) { a = Math.min(a, J[k][0]); b = Math.max(b, J[k][0]); } return (a + b) / 2; }

/* ───────── 3. Drawing. Everything is SVG in real pixels, redrawn when the width changes; text never scales. */
const f1 = n => (Math.round(n * 10) / 10).toString();
const esc = s => String(s).replace(/[&<>"']/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]);
const svg = (w, h, inner, label) => `<svg width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" ${label ? `role="img" aria-label="${esc(label)}"` : 'aria-hidden="true"'}>${inner}</svg>`;
function project(J, cx, floor, s, mirror) { // s is pixels per mm; a little of the depth is seen, as from the stalls
  const P = {}, way = mirror ? -1 : 1;
  for (const k in J) { const p = J[k]; P[k] = p && [cx + way * p[0] * s, floor - (p[1] * .995 - p[2] * .085) * s, p[2]]; }
  return P;
}
const poly = pts => "M" + pts.map(p => f1(p[0]) + " " + f1(p[1])).join("L");
function runs(points) { // what stands between missing joints
  const out = [[]];
  for (const p of points) { if (p) out[out.length - 1].push(p); else out.push([]); }
  return out.filter(r => r.length > 1);
}
function smooth(p) { // Catmull-Rom: an arm is one curve from the back to the fingers
  let d = "M" + f1(p[0][0]) + " " + f1(p[0][1]);
  for (let i = 0; i < p.length - 1; i++) {
    const a = p[Math.max(i - 1, 0)], b = p[i], c = p[i + 1], e = p[Math.min(i + 2, p.length - 1)], q = 5.2;
    d += `C${f1(b[0] + (c[0] - a[0]) / q)} ${f1(b[1] + (c[1] - a[1]) / q)} ${f1(c[0] - (e[0] - b[0]) / q)} ${f1(c[1] - (e[1] - b[1]) / q)} ${f1(c[0])} ${f1(c[1])}`;
  }
  return d;
}
const between = (a, b, u) => a && b ? [a[0] + (b[0] - a[0]) * u, a[1] + (b[1] - a[1]) * u, a[2]] : null;
function figure(who, P, s, bare) {
  const unit = 1800 * s, W = Math.max((who === "ref" ? .0075 : .0145) * unit, who === "ref" ? 1.15 : 1.9);
  const limb = (d, z) => `<path d="${d}" stroke-width="${f1(W)}" opacity="${f1(Math.max(.45, Math.min(1, .9 + z / 700)))}"/>`;
  const draw = (points, line, by, of) => runs(points).map(r => limb(line(r), by && of ? by[2] - of[2] : 0)).join("");
  let o = `<g class="fig ${who}">`;
  for (const k of ["left_", "right_"]) {
    o += draw([P[k + "hip"], P[k + "knee"], P[k + "ankle"], P[k + "toe"]], poly, P[k + "knee"], P.pelvis);
    o += draw([P.neck, P[k + "shoulder"], P[k + "elbow"], P[k + "wrist"], P[k + "hand"]], smooth, P[k + "elbow"], P.neck);
  }
  o += draw([P.pelvis, P.chest, P.neck, between(P.neck, P.head, .4)], smooth);
  o += draw([P.left_hip, P.right_hip], poly);
  const hr = .043 * unit;
  if (P.head) {
    o += `<ellipse class="head" cx="${f1(P.head[0])}" cy="${f1(P.head[1])}" rx="${f1(hr * .86)}" ry="${f1(hr * 1.08)}" stroke-width="${f1(Math.max(W * .8, 1))}"/>`;
    if (P.face && P.face[2] >= P.head[2] - 40) o += `<path d="${poly([[P.head[0] * .35 + P.face[0] * .65, P.head[1] * .35 + P.face[1] * .65 + hr * .12], [P.face[0], P.face[1] + hr * .2]])}" stroke-width="${f1(Math.max(W * .7, 1))}"/>`;
  }
  const rJ = Math.max(W * (who === "ref" ? 1.35 : .95), 1.3);
  if (!bare) for (const side of ["left_", "right_"]) for (const part of ["knee", "ankle", "elbow"]) { const p = P[side + part];
    if (p) o += `<circle class="j" cx="${f1(p[0])}" cy="${f1(p[1])}" r="${f1(rJ)}" stroke-width="${f1(Math.min(W, 1.4))}"/>`; }
  return o + "</g>";
}
/* Angle mark on a thumbnail: the two directions and the arc between them. `from` null means hanging straight down. */
function angleMark(P, n, who) {
  const k = n.side + "_", limbs = { knee: [k + "hip", k + "knee", k + "ankle"], leg: [null, k + "hip", k + "ankle"],
    elbow: [k + "shoulder", k + "elbow", k + "wrist"], arm: [null, k + "shoulder", k + "wrist"], upper_arm: [null, k + "shoulder", k + "elbow"], pitch: [null, "pelvis", "neck"], lean: [null, "pelvis", "neck"] }[n.mark];
  const [from, joint, end] = limbs, at = P[joint], to = P[end], before = from && P[from];
  if (!at || !to || (from && !before)) return "";
  const down = to[1] < at[1] && /pitch|lean/.test(n.mark) ? -Math.PI / 2 : Math.PI / 2;
  const a0 = from ? Math.atan2(at[1] - before[1], at[0] - before[0]) : down, a1 = Math.atan2(to[1] - at[1], to[0] - at[0]);
  let da = a1 - a0; while (da > Math.PI) da -= 2 * Math.PI; while (da < -Math.PI) da += 2 * Math.PI;
  const r = from ? 30 : 26, big = Math.abs(da) > Math.PI ? 1 : 0, sw = da > 0 ? 1 : 0, p = (a, q) => [at[0] + Math.cos(a) * q, at[1] + Math.sin(a) * q];
  const arc = `M${poly([p(a0, r)]).slice(1)}A${r} ${r} 0 ${big} ${sw} ${poly([p(a0 + da, r)]).slice(1)}`;
  const through = { knee: [k + "hip", k + "knee", k + "ankle"], leg: [k + "hip", k + "knee", k + "ankle", k + "toe"],
    elbow: [k + "shoulder", k + "elbow", k + "wrist"], arm: [k + "shoulder", k + "elbow", k + "wrist"], upper_arm: [k + "shoulder", k + "elbow"], pitch: ["pelvis", "chest", "neck"], lean: ["pelvis", "chest", "neck"] }[n.mark];
  const thick = runs(through.map(j => P[j])).map(poly).join("");
  const mid = p(a0 + da * .45, r + 17), left = from && Math.cos(a0 + da / 2) > .2;
  const lab = from ? [at[0] + (left ? -17 : 17), at[1] + 4, left ? "end" : "start"] : [mid[0] + 3, mid[1] + 5, "middle"];
  const value = n[who] === undefined ? "" : `<text class="angle" x="${f1(lab[0])}" y="${f1(lab[1])}" text-anchor="${lab[2]}">${esc(n[who])}</text>`;
  return `<path class="sector ${who}" d="M${f1(at[0])} ${f1(at[1])}L${arc.slice(1)}Z"/><path class="guide" d="${poly([at, p(a0, r + 10)])}"/><path class="accent ${who}" d="${thick}"/>${value}`;
}
const VIEWS = { 45: "half turned", 90: "from the side" };
function drawThumbs() {
  for (const el of $$("[data-thumb]")) {
    const [id, who] = el.dataset.thumb.split(" "), n = NOTES[id], w = Math.round(el.clientWidth);
    if (!w) continue;
    const h = Math.round(Math.min(w * 1.06, 196)), fl = h - 16, s = Math.min(h / 1.22, w / 1.26) / 1800, late = n.clock && who === "take";
    const J = spin(body(who, who === "ref" ? n.ref_s : late ? clockTake(n.ref_s) : n.take_s), n.turn), mx = middle(J), cx = w / 2 - mx * s;
    const ghost = late ? `<g class="ghost">${figure("ref", project(spin(body("ref", n.ref_s), n.turn), cx, fl, s, false), s, true)}</g>` : "";
    const P = project(J, cx, fl, s, false);
    el.innerHTML = svg(w, h, `<path class="floor" d="M10 ${h - 15.5}H${w - 10}"/>` + ghost + figure(who, P, s) + (n.mark ? angleMark(P, n, who) : ""));
  }
  for (const el of $$("[data-view]")) { const view = VIEWS[Math.abs(NOTES[el.dataset.view].turn)]; el.textContent = view ? ` Drawn ${view}.` : ""; }
}
/* The interval glyph: noise floor shaded around zero, 90 % interval as a bar, the estimate as a dot. */
function drawGlyphs() {
  for (const el of $$("[data-glyph]")) {
    const d = NOTES[el.dataset.glyph].gap, w = Math.round(el.clientWidth), h = 74, y = 38, pad = 12;
    if (!d || !w) continue;
    const X = v => pad + (v + d.max) / (2 * d.max) * (w - 2 * pad), a = X(-d.floor), b = X(d.floor);
    el.innerHTML = svg(w, h,
      `<rect class="noise" x="${f1(a)}" y="${y - 13}" width="${f1(b - a)}" height="26"/><path class="noise-edge" d="M${f1(a)} ${y - 13}v26M${f1(b)} ${y - 13}v26"/>` +
      `<path class="axis" d="M${pad} ${y}H${w - pad}"/><path class="zero" d="M${f1(X(0))} ${y - 17}v34"/>` +
      `<path class="bar" d="M${f1(X(d.lo))} ${y}H${f1(X(d.hi))}M${f1(X(d.lo))} ${y - 6}v12M${f1(X(d.hi))} ${y - 6}v12"/><circle class="est" cx="${f1(X(d.v))}" cy="${y}" r="5"/>` +
      `<text class="val" x="${f1(Math.max(28, Math.min(w - 28, X(d.v))))}" y="${y - 16}" text-anchor="middle">${esc(d.text)}</text>` +
      `<text x="${pad}" y="${h - 6}">${esc(d.less)}</text><text x="${f1(X(0))}" y="${h - 6}" text-anchor="middle">same</text><text x="${w - pad}" y="${h - 6}" text-anchor="end">${esc(d.more)}</text>`);
  }
}

/* ───────── 4. Time. The clock's place p belongs to a moment of each performance, through the alignment. */
const PATH = DATA.path, END = PATH.p[PATH.p.length - 1], TIMING = DATA.timing;
function lookup(xs, ys, x) { // straight lines between points; at a standstill, its end
  let a = 0, b = xs.length - 1;
  if (x >= xs[b]) return ys[b];
  if (x <= xs[0]) return ys[0];
  while (b - a > 1) { const m = (a + b) >> 1; if (xs[m] <= x) a = m; else b = m; }
  return ys[a] + (ys[b] - ys[a]) * (x - xs[a]) / (xs[b] - xs[a]);
}
const refAt = p => lookup(PATH.p, PATH.r, p), takeAt = p => lookup(PATH.p, PATH.t, p), placeOfRef = r => lookup(PATH.r, PATH.p, r);
const clockTake = r => DATA.clock.ratio * r + DATA.clock.parts.reduce((o, [since, off]) => r >= since ? off : o, DATA.clock.offset); // where the take would be, had it kept one tempo
const judgedAt = r => DATA.judged.some(([a, b]) => r >= a && r <= b);
const ROWS = { r: TIMING.map(t => t.r), v: TIMING.map(t => t.v), lo: TIMING.map(t => t.lo), hi: TIMING.map(t => t.hi) };
const latenessAt = r => ({ v: lookup(ROWS.r, ROWS.v, r), lo: lookup(ROWS.r, ROWS.lo, r), hi: lookup(ROWS.r, ROWS.hi, r) });
const ROW = new Map(TIMING.map(t => [t.n, t])); // by second
const milli = v => Math.round(v * 200) * 5, signedMs = v => { const m = milli(v); return (m > 0 ? "+" : m < 0 ? "−" : "") + Math.abs(m); };
const sayTime = t => { const d = Math.round(t * 10); return Math.abs(d) < 600 ? `${(d / 10).toFixed(1)} s` : `${Math.floor(d / 600)}:${(d % 600 / 10).toFixed(1).padStart(4, "0")} min`; };
const sayOffset = r => { if (!judgedAt(r)) return "not judged"; const row = ROW.get(Math.round(r)); if (!row || !row.far) return "in time"; return `${Math.abs(milli(row.v))} ms ${row.v > 0 ? "late" : "early"}`; };
const sayAt = p => (DATA.alone.find(([a, b]) => p > a && p < b) || [])[2] || sayOffset(refAt(p)); // where one dances without the other there is no lateness

/* ───────── 5. The score: eight seconds to a system, the reference's figures above the ribbon of early and late. */
const REACH = Math.max(.15, ...TIMING.map(t => Math.abs(t.v) * 1.5), ...TIMING.filter(t => t.far).map(t => Math.min(Math.max(Math.abs(t.lo), Math.abs(t.hi)), Math.abs(t.v) * 1.8)));
function hatched(a, b) { // what was not judged between two moments of the reference
  const out = []; let from = Math.max(a, DATA.span[0]); const last = Math.min(b, DATA.span[1]);
  for (const [p, q] of DATA.judged) { if (q <= from) continue; if (p >= last) break; if (p > from) out.push([from, p]); from = q; }
  if (from < last) out.push([from, last]);
  return out;
}
function ribbon(a, b, X, Y) { // pieces of the ribbon between two moments; it breaks where nothing was judged
  let o = "";
  for (const [p, q] of DATA.judged) {
    const from = Math.max(a, p), to = Math.min(b, q); if (to <= from) continue;
    const n = Math.max(2, Math.ceil((to - from) * 10)), up = [], dn = [], mid = [];
    for (let i = 0; i <= n; i++) { const r = from + (to - from) * i / n, l = latenessAt(r); up.push([X(r), Y(l.hi)]); dn.unshift([X(r), Y(l.lo)]); mid.push([X(r), Y(l.v)]); }
    o += `<path class="ribbon" d="${poly([...up, ...dn])}Z"/><path class="line take" d="${poly(mid)}"/>`;
  }
  return o;
}
function drawSystem(el) {
  if (el.closest("details:not([open])")) return;
  const first = +el.dataset.system, w = Math.round(el.clientWidth); if (!w) return;
  const padL = 6, cw = (w - 2 * padL) / 8, every = cw > 58 ? 1 : 2, size = Math.min(72, every * cw / 1.17), s = size / 1800;
  const figH = Math.round(size * 1.3), top = figH + 14, ry = top + 44, h = ry + 84, a = first - .5, b = first + 7.5;
  const X = r => padL + (r - a) * cw, Y = v => ry - Math.max(-44, Math.min(44, v / REACH * 40)), said = [];
  const inside = m => m >= DATA.span[0] - .5 && m <= DATA.span[1] + .5;
  const x0 = X(Math.max(a, DATA.span[0])), x1 = X(Math.min(b, DATA.span[1]));
  let o = "";
  for (let i = 0; i < 8; i++) {
    const m = first + i, x = X(m);
    if (i && x - cw / 2 < x1 && x - cw / 2 > x0) o += `<path class="grid" d="M${f1(x - cw / 2)} ${top}V${ry + 44}"/>`;
    if (i % every || m < DATA.span[0] - .25 || m > DATA.span[1] + .25) continue; // on a phone every other second, larger
    const J = body("ref", m); o += figure("ref", project(J, x - middle(J) * s, figH, s, false), s, true);
  }
  o += `<path class="floor" d="M${f1(x0)} ${figH + 3.5}H${f1(x1)}"/>`;
  o += `<rect class="noise" x="${f1(x0)}" y="${f1(Y(DATA.floor))}" width="${f1(x1 - x0)}" height="${f1(Y(-DATA.floor) - Y(DATA.floor))}"/>`;
  o += `<path class="zero" d="M${f1(x0)} ${ry}H${f1(x1)}"/>`;
  const gaps = hatched(a, b);
  for (const [p, q] of gaps) { const box = `x="${f1(X(p))}" y="${top}" width="${f1(X(q) - X(p))}" height="88"`; o += `<rect class="veil" ${box}/><rect fill="url(#hatch)" ${box}/>`; }
  o += ribbon(a, b, X, Y);
  for (let i = 0; i < 8; i++) {
    const m = first + i, x = X(m); if (!inside(m)) continue;
    const here = ROW.get(m);
    if (here) o += `<circle class="pt" cx="${f1(X(here.r))}" cy="${f1(Y(here.v))}" r="${here.far ? 3.6 : 2}"/>`;
    o += `<text class="count" x="${f1(x)}" y="${ry + 62}" text-anchor="middle">${m}</text><text class="ms${here && here.far ? " strong" : ""}" x="${f1(x)}" y="${ry + 79}" text-anchor="middle">${here ? signedMs(here.v) : "n. j."}</text>`;
    said.push(`second ${m} ${here ? sayOffset(m) : "not judged"}`);
  }
  const free = gaps.filter(([p]) => p <= Math.max(a, DATA.span[0]) + 1e-6).reduce((m, g) => Math.max(m, g[1]), Math.max(a, DATA.span[0])); // never over the hatching
  if (free < b - 1) o += `<text class="side" x="${f1(X(free) + 3)}" y="${top + 9}">+ late</text><text class="side" x="${f1(X(free) + 3)}" y="${ry + 42}">− early</text>`;
  o += `<path class="playhead" data-x="${padL}" data-a="${a}" data-b="${b}" data-w="${cw}" d="M0 ${top - 4}V${ry + 48}" visibility="hidden"/>`;
  el.innerHTML = svg(w, h, o, `Timing: ${said.join(", ")}`);
  el.onclick = e => seek(placeOfRef(a + (e.clientX - el.getBoundingClientRect().left - padL) / cw));
}
function drawScore() { $$("[data-system]").forEach(drawSystem); HEADS = $$(".playhead[data-a]"); }
let HEADS = [];

/* ───────── 6. The player. */
const S = { p: 0, on: false, rate: .5, loop: null, mirror: false, overlay: false, clock: false, turn: 0 };
const calm = matchMedia("(prefers-reduced-motion: reduce)");
function moments() { const r = refAt(S.p); return { ref: r, take: S.clock ? clockTake(r) : takeAt(S.p) }; }
function drawStage(at) {
  const el = $("#stage"), w = el.clientWidth, h = el.clientHeight, fl = h - 22;
  if (!w) return; // on paper there is no player
  const s = Math.min((h - 34) / DATA.top, (S.overlay ? w / 1.45 : w / 2 / 1.3) / 1800), cx = who => S.overlay ? w / 2 : who === "ref" ? w / 4 : w * 3 / 4;
  let o = `<path class="floor" d="M14 ${fl + 2}H${w - 14}"/>`;
  if (!S.overlay) o += `<path class="grid" d="M${f1(w / 2)} 16V${fl - 6}"/>`;
  for (const who of ["ref", "take"]) {
    const trail = { left_toe: [], right_toe: [], left_hand: [], right_hand: [] }; // of toes and fingers, as in chronophotography
    for (let i = 0; i <= 8; i++) { const Q = project(spin(body(who, at[who] - .06 * i), S.turn), cx(who), fl, s, S.mirror); for (const k in trail) trail[k].push(Q[k]); }
    for (const k in trail) o += runs(trail[k]).map(r => `<path class="trail ${who}" d="${poly(r)}"/>`).join("");
    o += figure(who, project(spin(body(who, at[who]), S.turn), cx(who), fl, s, S.mirror), s);
  }
  el.innerHTML = svg(w, h, o, `Reference at ${sayTime(at.ref)}, take at ${sayTime(at.take)}`);
}
/* The ladder: each second is a rung from the reference's rail to yours. A rung that leans right is late. */
function drawLadder(now) {
  const el = $("#ladder"), w = el.clientWidth, h = 78, pxs = w / 5.4, X = t => w / 2 + (t - now) * pxs, y0 = 22, y1 = 56, side = w / 2 / pxs + .5;
  if (!w) return;
  const L = Math.max(0, X(DATA.span[0])), R = Math.min(w, X(DATA.span[1]));
  let o = `<path class="rail ref" d="M${f1(L)} ${y0}H${f1(R)}"/><path class="rail take" d="M${f1(L)} ${y1}H${f1(R)}"/>`;
  for (const [a, b] of hatched(now - side, now + side)) o += `<rect fill="url(#hatch)" x="${f1(X(a))}" y="${y0}" width="${f1(X(b) - X(a))}" height="${y1 - y0}"/>`;
  for (const t of TIMING) {
    if (t.n < now - side || t.n > now + side) continue;
    const x0 = X(t.n), x1 = X(t.n + t.v);
    o += `<text class="count" x="${f1(x0)}" y="13" text-anchor="middle">${t.n}</text><circle class="j ref" cx="${f1(x0)}" cy="${y0}" r="3.4"/>`;
    o += `<path class="unc" d="M${f1(X(t.n + t.lo))} ${y1}H${f1(X(t.n + t.hi))}"/><path class="rung${t.far ? " far" : ""}" d="M${f1(x0)} ${y0 + 4}L${f1(x1)} ${y1 - 4}"/><circle class="j take" cx="${f1(x1)}" cy="${y1}" r="3.6"/>`;
    if (t.far) o += `<text class="ms strong" x="${f1(x1)}" y="${h - 4}" text-anchor="middle">${signedMs(t.v)}</text>`;
  }
  el.innerHTML = svg(w, h, o + `<path class="playhead" d="M${f1(w / 2)} ${y0 - 6}V${y1 + 6}"/>`, `Timing around ${sayTime(now)}: ${sayOffset(now)}`);
}
function drawOverview() {
  const el = $("#overview"), w = el.clientWidth, h = 44, pad = 9, X = p => pad + p / END * (w - 2 * pad), XR = r => X(placeOfRef(r)), y = 24;
  if (!w) return;
  let o = `<path class="zero" d="M${pad} ${y}H${w - pad}"/>`, taken = [];
  for (const [a, b] of hatched(...DATA.span)) o += `<rect fill="url(#hatch)" x="${f1(XR(a))}" y="${y - 10}" width="${f1(XR(b) - XR(a))}" height="20"/>`;
  const tw = Math.max(1, Math.min(3.5, (w - 2 * pad) / (TIMING.length + 1) * .7));
  for (const t of TIMING) { const v = Math.max(-13, Math.min(13, t.v / REACH * 13)); o += `<rect class="tick${t.far ? " far" : ""}" x="${f1(XR(t.r) - tw / 2)}" y="${f1(Math.min(y, y - v))}" width="${f1(tw)}" height="${f1(Math.max(1, Math.abs(v)))}"/>`; }
  for (const n of [...DATA.notes].sort((a, b) => a.at - b.at)) { // numbers stand apart; a moment of the same place shares the line
    let x = X(n.at); for (const t of taken) if (x < t + 11) x = t + 11;
    if (x > w - 4) continue;
    taken.push(x); o += `<text class="mark-n" x="${f1(x)}" y="${h - 2}" text-anchor="middle">${esc(n.id.slice(1))}</text>`; }
  if (S.loop) { const n = NOTES[S.loop], a = f1(X(n.from)), b = f1(X(n.to)); o += `<path class="loop" d="M${a} ${y - 14}v28M${b} ${y - 14}v28M${a} ${y - 14}H${b}"/>`; }
  el.innerHTML = svg(w, h, o);
}
function place() { // everything that follows the clock
  const at = moments(); drawStage(at); drawLadder(at.ref);
  const scrub = $("#scrub"), late = sayAt(S.p);
  scrub.value = S.p; scrub.setAttribute("aria-valuetext", `${sayTime(at.ref)}, ${late}`);
  $("#where").innerHTML = `<b>second ${Math.round(at.ref)}</b>`; $("#off").textContent = late; $("#clock").textContent = `yours ${sayTime(at.take)}`;
  for (const head of HEADS) { const a = +head.dataset.a, b = +head.dataset.b, inside = at.ref >= a && at.ref < b;
    head.setAttribute("visibility", inside ? "visible" : "hidden"); if (inside) head.setAttribute("transform", `translate(${f1(+head.dataset.x + (at.ref - a) * head.dataset.w)} 0)`); }
}
function seek(p) { S.p = Math.max(0, Math.min(END, p)); place(); }
function onwards(p, dt) { return S.clock ? Math.max(p + 1e-6, placeOfRef(refAt(p) + dt)) : p + dt; } // by the clock, what stands in the take alone is passed over
let last = 0;
function frame(now) {
  if (!S.on) return;
  const dt = Math.min(.1, Math.max(0, now - last) / 1000); last = now;
  let p = onwards(S.p, dt * S.rate); const a = S.loop ? NOTES[S.loop].from : 0, b = S.loop ? NOTES[S.loop].to : END;
  if (p >= b) { if (S.loop) p = a; else { p = END; setOn(false); } }
  S.p = p; place(); if (S.on) requestAnimationFrame(frame);
}
function setOn(on) {
  if (S.on === on) return;
  S.on = on; $("#play .word").textContent = on ? "Pause" : "Play"; $("#play path").setAttribute("d", on ? "M3 2h4v12H3zM9 2h4v12H9z" : "M3 1.5 14 8 3 14.5z");
  if (on) { if (S.p >= END - .01) S.p = 0; last = performance.now(); requestAnimationFrame(frame); } else $("#said").textContent = `${sayTime(refAt(S.p))}, ${sayAt(S.p)}`;
}
function setLoop(id) { S.loop = id; $("#loop").value = id || ""; for (const a of $$(".note")) a.classList.toggle("is-on", a.id === id); drawOverview(); }
function setFlag(k, on) { S[k] = on; $(`[data-flag="${k}"]`).setAttribute("aria-pressed", on); place(); }
function setClock(on) { S.clock = on; $(`input[name=clock][value=${on ? "clock" : "step"}]`).checked = true; place(); }
function setRate(r) { S.rate = r; $(`input[name=rate][value="${r}"]`).checked = true; }
function setTurn(degrees) { if (DATA.flat) return; S.turn = ((degrees + 180) % 360 + 360) % 360 - 180; place(); }
function show(id) {
  const n = NOTES[id], back = $("#back"); if (!n) return;
  S.turn = n.turn; setLoop(id); setClock(n.clock); setRate(.5); back.hidden = false; back.href = "#" + id; back.textContent = `Back to note ${id.slice(1)}`;
  const player = $("#player"), box = player.getBoundingClientRect();
  if (box.top < 0 || box.top > innerHeight * .6) player.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
  player.focus({ preventScroll: true });
  if (calm.matches) { setOn(false); seek(n.at); } else { seek(n.from); setOn(true); }
}
function drawAll() { drawThumbs(); drawGlyphs(); drawScore(); drawOverview(); place(); }

const step = by => { setOn(false); seek(placeOfRef(by > 0 ? Math.floor(refAt(S.p) + 1 + 1e-6) : Math.ceil(refAt(S.p) - 1 - 1e-6))); };
const one = 1 / FIG.ref.rate;
$("#scrub").max = END;
$("#play").onclick = () => setOn(!S.on);
$("#scrub").oninput = e => { setOn(false); seek(+e.target.value); };
$("#prev").onclick = () => step(-1); $("#next").onclick = () => step(1);
if (!DATA.flat) $("#turn").onclick = () => setTurn(S.turn + 45); // what one camera saw has no other side
$("#stage").onpointerdown = e => { // a drag walks around the figures
  if (e.pointerType === "touch") return;
  const from = e.clientX, turn = S.turn, el = $("#stage"); el.setPointerCapture(e.pointerId);
  el.onpointermove = m => setTurn(turn + (S.mirror ? -1 : 1) * (m.clientX - from) / 2);
  el.onpointerup = el.onpointercancel = () => { el.onpointermove = null; };
};
$("#loop").onchange = e => { const id = e.target.value; setLoop(id || null); if (id) seek(NOTES[id].from); };
$$("[data-flag]").forEach(b => b.onclick = () => setFlag(b.dataset.flag, !S[b.dataset.flag]));
$$("input[name=rate]").forEach(r => r.onchange = () => setRate(+r.value));
$$("input[name=clock]").forEach(r => r.onchange = () => setClock(r.value === "clock"));
$$("[data-show]").forEach(b => b.onclick = () => show(b.dataset.show));
$("#player").addEventListener("keydown", e => { // letters act only while the player has the focus
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.tagName === "SELECT" || (e.target.type === "radio" && /Arrow| /.test(e.key))) return;
  const onButton = e.target.tagName === "BUTTON", range = e.target.type === "range", nudge = by => { setOn(false); seek(S.p + by); };
  const act = { " ": () => !onButton && setOn(!S.on), k: () => setOn(!S.on), ArrowLeft: () => !range && nudge(-one), ArrowRight: () => !range && nudge(one),
    "[": () => step(-1), "]": () => step(1), m: () => setFlag("mirror", !S.mirror), o: () => setFlag("overlay", !S.overlay), t: () => setTurn(S.turn + 45), l: () => setLoop(null) }[e.key];
  if (act) { if (act() !== false) e.preventDefault(); } else if (/^[1-9]$/.test(e.key) && NOTES["n" + e.key]) { show("n" + e.key); e.preventDefault(); }
});
$$("details").forEach(d => d.addEventListener("toggle", () => d.open && $("[data-system]", d) && (drawScore(), place())));
document.documentElement.classList.add("js");
let raf = 0; new ResizeObserver(() => { cancelAnimationFrame(raf); raf = requestAnimationFrame(drawAll); }).observe($("main"));
addEventListener("beforeprint", () => { $$("details:not(.numbers)").forEach(d => d.open = true); drawAll(); });
S.p = DATA.notes.length ? DATA.notes[0].at : 0; S.turn = DATA.notes.length ? DATA.notes[0].turn : 0;
drawAll();
