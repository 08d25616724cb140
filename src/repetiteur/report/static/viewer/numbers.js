/** Numbers: limits, straight lines between points, and how amounts are said. */

/** The number nearest to a value that lies between two limits. */
export function within(low, value, high) {
  return Math.max(low, Math.min(high, value));
}

/**
 * A value between points, by straight lines; at a standstill, its end.
 *
 * @param {number[]} xs never decreasing
 * @param {number[]} ys as many
 * @param {number} x before the first and after the last, their values
 * @returns {number}
 */
export function lookup(xs, ys, x) {
  let a = 0, b = xs.length - 1;
  if (x >= xs[b]) return ys[b];
  if (x <= xs[0]) return ys[0];
  while (b - a > 1) {
    const middle = (a + b) >> 1;
    if (xs[middle] <= x) a = middle; else b = middle;
  }
  return ys[a] + (ys[b] - ys[a]) * (x - xs[a]) / (xs[b] - xs[a]);
}

/** Seconds as whole thousandths, to the nearest five. */
export function thousandths(seconds) {
  return Math.round(seconds * 200) * 5;
}

/** Thousandths with their sign, and a real minus: "+180", "−40", "0". */
export function signedThousandths(seconds) {
  const whole = thousandths(seconds), sign = whole > 0 ? "+" : whole < 0 ? "−" : "";
  return sign + Math.abs(whole);
}

/** A moment in words: "4.0 s", "2:05.0 min". */
export function sayTime(seconds) {
  const tenths = Math.round(seconds * 10);
  if (Math.abs(tenths) < 600) return `${(tenths / 10).toFixed(1)} s`;
  const rest = (tenths % 600 / 10).toFixed(1).padStart(4, "0");
  return `${Math.floor(tenths / 600)}:${rest} min`;
}
