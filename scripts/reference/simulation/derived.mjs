// What follows from the published figures: intakes to Reception, stocks by subject after 2017, and posts that the need implies are unfilled.
import { round, sum } from "../england/reading.mjs";

/** Of Year 11 into a sixth form, of Year 12 into Year 13: assumed; the share of Year 6 that goes on to secondary is solved. */
const stayingOn = [0.36, 0.86];

/** Solves a symmetric positive system by elimination. */
function solve(a, b) {
  const n = b.length;
  const m = a.map((row, i) => [...row, b[i]]);
  for (let k = 0; k < n; k++) {
    for (let i = k + 1; i < n; i++) {
      const f = m[i][k] / m[k][k];
      if (f !== 0) for (let j = k; j <= n; j++) m[i][j] -= f * m[k][j];
    }
  }
  const x = new Array(n).fill(0);
  for (let i = n - 1; i >= 0; i--) x[i] = (m[i][n] - sum(x.map((v, j) => (j > i ? m[i][j] * v : 0)))) / m[i][i];
  return x;
}

/**
 * Intakes to Reception for which the pupils of both phases follow, by penalised least squares: the sum of squared differences from the
 * published pupils plus a hundredth of that of the intakes' second differences.
 */
function fitIntakes({ primary, secondary, firstNumbers }, transfer) {
  const years = primary.pupils.length;
  const first = firstNumbers - 13;
  const count = years + 13;
  const rows = [];
  for (let t = 0; t < years; t++) {
    const now = t + 13;
    const row = (from, weights) => {
      const values = new Array(count).fill(0);
      for (const [k, w] of weights.entries()) values[now - from - k] = w;
      return values;
    };
    rows.push([row(0, new Array(7).fill(1)), primary.pupils[t]]);
    const after = [...new Array(5).fill(1), stayingOn[0], stayingOn[0] * stayingOn[1]].map((w) => w * transfer);
    rows.push([row(7, after), secondary.pupils[t]]);
  }
  const fitted = rows.length;
  for (let c = 1; c + 1 < count; c++) {
    const values = new Array(count).fill(0);
    [values[c - 1], values[c], values[c + 1]] = [0.1, -0.2, 0.1];
    rows.push([values, 0]);
  }
  const a = Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (_, j) => sum(rows.map(([r]) => r[i] * r[j]))),
  );
  const x = solve(
    a,
    Array.from({ length: count }, (_, i) => sum(rows.map(([r, y]) => r[i] * y))),
  );
  const misses = rows.slice(0, fitted).map(([r, y]) => (sum(r.map((w, i) => w * x[i])) - y) / y);
  const objective = sum(rows.map(([r, y]) => (sum(r.map((w, i) => w * x[i])) - y) ** 2));
  return { first, x, objective, worst: Math.max(...misses.map(Math.abs)) };
}

export function intakes(teachers) {
  let [low, high] = [0.7, 1.1];
  for (let k = 0; k < 60; k++) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (fitIntakes(teachers, a).objective < fitIntakes(teachers, b).objective) high = b;
    else low = a;
  }
  const transfer = (low + high) / 2;
  const { first, x, worst } = fitIntakes(teachers, transfer);
  return { first, intakes: x.map(Math.round), transfer: round(transfer, 4), stayingOn, worst: round(worst, 4) };
}

/** Stock by subject (full-time equivalents) 2010 to 2026: published by subject to 2017, then carried on by the flows; always raked to the phase. */
export function subjectStocks(teachers) {
  const { flows, stocks, primary, secondary, firstStocks, firstNumbers, firstFlows } = teachers;
  const table = [];
  for (let year = firstStocks; year <= 2026; year++) {
    const t = year - firstFlows;
    const before = table.at(-1);
    const raw =
      year < firstStocks + stocks.length
        ? stocks[year - firstStocks].map((bands) => sum(bands))
        : before
            .slice(1)
            .map(
              (fte, k) =>
                fte * (1 - flows.under55[k + 1][t] - flows.over55[k + 1][t]) +
                flows.newlyQualified[k + 1][t] +
                flows.returners[k + 1][t] +
                flows.newToSector[k + 1][t],
            );
    const scale = secondary.teachers[year - firstNumbers] / sum(raw);
    table.push([primary.teachers[year - firstNumbers], ...raw.map((fte) => round(fte * scale, 1))]);
  }
  return table;
}

/** How far the carried stocks of 2017 are from the published ones, when carried from 2011: the mean of absolute shares. */
export function carriedError(teachers) {
  const known = { ...teachers, stocks: teachers.stocks.slice(0, 2) };
  const [carried, published] = [subjectStocks(known)[7], subjectStocks(teachers)[7]];
  return published.map((fte, s) => round((carried[s] - fte) / fte, 4));
}

/**
 * Posts without a teacher of the subject, as a share of the stock of 2024: trainees of 2024 below the department's need, as the newly
 * qualified entrants they would have become; not below a half of a per cent.
 */
export function unfilled(teachers, stocks) {
  const { flows, need, trainees, firstFlows, firstNeed, firstTrainees } = teachers;
  const stock = stocks[2024 - teachers.firstStocks];
  return stock.map((fte, s) => {
    const recruits = trainees[s][2024 - firstTrainees];
    const conversion = flows.newlyQualified[s][2025 - firstFlows] / recruits;
    return round(Math.max(0.005, ((need[s][2024 - firstNeed] - recruits) * conversion) / fte), 4);
  });
}
