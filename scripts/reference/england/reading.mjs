// Small readers and statistics for the target script: CSV with quotes, percentages, quantiles, normal scores.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** Rows of a CSV (or .csv.gz) file as objects, in the order of the file. */
export function readRows(folder, name) {
  const packed = join(folder, `${name}.csv.gz`);
  const text = existsSync(packed)
    ? gunzipSync(readFileSync(packed)).toString("utf8")
    : readFileSync(join(folder, `${name}.csv`), "utf8");
  const [header, ...lines] = records(text.replace(/^\uFEFF/, ""));
  return lines
    .filter((line) => line.length > 1)
    .map((line) => Object.fromEntries(header.map((key, i) => [key, line[i] ?? ""])));
}

function records(text) {
  const rows = [];
  let row = [];
  let from = 0;
  let field = "";
  let quoted = false;
  for (let i = 0; i <= text.length; i++) {
    const c = i < text.length ? text.charCodeAt(i) : 10;
    if (quoted) {
      if (c !== 34) continue;
      field += text.slice(from, i);
      if (text.charCodeAt(i + 1) === 34) {
        field += '"';
        i++;
      } else quoted = false;
      from = i + 1;
    } else if (c === 34) {
      quoted = true;
      from = i + 1;
    } else if (c === 44 || c === 10) {
      row.push(`${field}${text.slice(from, i)}`.replace(/\r$/, ""));
      field = "";
      from = i + 1;
      if (c === 10) {
        rows.push(row);
        row = [];
      }
    }
  }
  return rows;
}

/** A number, also with a percent sign or thousands' commas; null for suppression marks and blanks. */
export function number(text) {
  const plain = String(text ?? "").replace(/[%,\s]/g, "");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

/** Rounded; minus nought becomes nought. */
export const round = (value, digits) => Number(value.toFixed(digits)) + 0;
export const sum = (values) => values.reduce((a, b) => a + b, 0);
export const mean = (values) => sum(values) / values.length;
export const covariance = (x, y) => {
  const [mx, my] = [mean(x), mean(y)];
  return mean(x.map((value, i) => (value - mx) * (y[i] - my)));
};
export const deviation = (values) => Math.sqrt(covariance(values, values));
export const correlation = (x, y) => covariance(x, y) / deviation(x) / deviation(y);

/** The probabilities at which every distribution is kept. */
export const grid = [
  0, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9,
  0.95, 0.975, 0.99, 1,
];

/** Quantiles at {@link grid} by linear interpolation between order statistics (R's type 7). */
export function quantiles(values, digits) {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return grid.map((p) => {
    const at = p * (sorted.length - 1);
    const low = Math.floor(at);
    const high = Math.min(low + 1, sorted.length - 1);
    return round(sorted[low] + (at - low) * (sorted[high] - sorted[low]), digits);
  });
}

/** Inverse of the standard normal distribution function (Acklam's rational approximation, relative error below 1.2e-9). */
export function normalQuantile(p) {
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ];
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const tail = (q) =>
    (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
    ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
  if (p < 0.02425) return tail(Math.sqrt(-2 * Math.log(p)));
  if (p > 1 - 0.02425) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q) /
    (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1)
  );
}

/** Normal scores of the values that are there, by average rank: Φ⁻¹((rank − ½) ÷ n); null where the value is null. */
export function normalScores(values) {
  const order = values
    .map((value, i) => [value, i])
    .filter(([value]) => value !== null)
    .sort((a, b) => a[0] - b[0]);
  const scores = values.map(() => null);
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j < order.length && order[j][0] === order[i][0]) j++;
    const score = normalQuantile((i + j) / 2 / order.length);
    for (let k = i; k < j; k++) scores[order[k][1]] = score;
    i = j;
  }
  return scores;
}

/** The items in groups by key. */
export function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  }
  return groups;
}
