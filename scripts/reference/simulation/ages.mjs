// Ages of secondary teachers from 35 to 54, census by census: how many are 54 and so turn 55 within the year, and the ages before. Each census
// uses nothing later than the first year's flows and the census at their end, which a run that starts there begins with.
import { number, readRows, round, sum } from "../england/reading.mjs";

const bands = ["Less than 35", "35-54", "55 and over"];
const middle = 20;

/** Who turned 35 in the year up to each census of 2011 to 2017, and what became of a teacher of 35 to 54 by then: net of leavers and entrants. */
export function turning(folder) {
  const entrants = readRows(folder, "swf_entrants_subject_age_2011_2017");
  const leavers = readRows(folder, "swf_leavers_subject_age_2011_2017");
  const total = (rows, year, band, test = () => true) =>
    sum(
      rows
        .filter((row) => Number(row.CensusYear) === year && row.AgeGroup === bands[band] && test(row))
        .map((row) => number(row.StockSize)),
    );
  const came = (row) => row.QualifiedEntrantType !== "Not a qualified Entrant";
  const stayed = (row) => row.QualifiedLeaverType === "Not a qualified Leaver";
  return Array.from({ length: 7 }, (_, i) => {
    const year = 2011 + i;
    const turned = (band) =>
      total(entrants, year, band) - total(leavers, year, band, stayed) - total(entrants, year, band, came);
    const turned55 = turned(2);
    const turned35 = turned(1) + turned55;
    return {
      turned35: round(turned35, 1),
      kept: round((total(entrants, year, 1) + turned55 - turned35) / total(leavers, year, 1), 5),
    };
  });
}

/**
 * By census and secondary subject: teachers who are 54, so that the stock of 55 and over follows from census to census with the flows that the
 * simulation runs on: leavers of 55 and over (who counts as one once turned 55) and entrants by kind. A subject has its share over all years.
 */
function atFiftyFour({ stocks, flows, shares, firstStocks, firstFlows }) {
  const kinds = ["newlyQualified", "returners", "newToSector"];
  const at = (i) => firstStocks + i + 1 - firstFlows;
  const entered = (s, i) => sum(kinds.map((kind) => flows[kind][s + 1][at(i)] * shares[kind][2]));
  const turned = (s, i) =>
    stocks[i + 1][s][2] - stocks[i][s][2] + flows.over55[s + 1][at(i)] * sum(stocks[i][s]) - entered(s, i);
  const subjects = stocks[0].map((_, s) => s);
  const years = stocks.slice(0, -1).map((_, i) => i);
  const national = years.map((i) => sum(subjects.map((s) => turned(s, i))));
  const ofMiddle = (i) => national[i] / sum(subjects.map((s) => stocks[i][s][1]));
  // Of the years known at a census: its own flows over those that the country's share would give it.
  const standing = (s, upTo) => {
    const known = years.filter((i) => i <= upTo);
    return sum(known.map((i) => turned(s, i))) / sum(known.map((i) => ofMiddle(i) * stocks[i][s][1]));
  };
  const came = years.map((i) => sum(subjects.map((s) => entered(s, i))));
  return { national, came, standing: years.map((i) => subjects.map((s) => standing(s, i))) };
}

/** Solves a system by elimination with exchange of rows. */
export function solve(a, b) {
  const m = a.map((row, i) => [...row, b[i]]);
  const n = b.length;
  for (let k = 0; k < n; k++) {
    let p = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(m[i][k]) > Math.abs(m[p][k])) p = i;
    [m[k], m[p]] = [m[p], m[k]];
    for (let i = k + 1; i < n; i++) {
      const f = m[i][k] / m[k][k];
      for (let j = k; j <= n; j++) m[i][j] -= f * m[k][j];
    }
  }
  const x = new Array(n).fill(0);
  for (let i = n - 1; i >= 0; i--) x[i] = (m[i][n] - sum(x.map((v, j) => (j > i ? m[i][j] * v : 0)))) / m[i][i];
  return x;
}

/**
 * Teachers of each age from 35 to 54 at a census: the curve of least curvature (sum of squared second differences over birth cohorts, what a year
 * leaves of one taken out) through everything that is known: those of 54 at this census and at earlier ones, who are older now; those who turned
 * 35 since 2011; and how many there are from 35 to 54.
 */
function curve(known, kept, count) {
  const ages = Math.max(...known.keys()) - 34;
  const scale = (age) => kept ** (age - 35);
  const rows = [...known].map(([age, n]) => [
    Array.from({ length: ages }, (_, k) => (k === age - 35 ? 1 : 0)),
    n / scale(age),
  ]);
  rows.push([Array.from({ length: ages }, (_, k) => (k < middle ? scale(35 + k) : 0)), count]);
  const size = ages + rows.length;
  const a = Array.from({ length: size }, () => new Array(size).fill(0));
  for (let c = 1; c + 1 < ages; c++)
    for (const [i, u] of [-1, 0, 1].entries())
      for (const [j, v] of [-1, 0, 1].entries()) a[c + u][c + v] += [1, -2, 1][i] * [1, -2, 1][j];
  rows.forEach(([row], r) => {
    row.forEach((w, k) => {
      a[k][ages + r] = w;
      a[ages + r][k] = w;
    });
  });
  const z = solve(a, [...new Array(ages).fill(0), ...rows.map(([, n]) => n)]);
  const counts = z.slice(0, middle).map((n, k) => n * scale(35 + k));
  if (counts.some((n) => !(n > 0)))
    throw new Error(`there would be no teachers of some age: ${counts.map(Math.round)}`);
  return counts;
}

/** Ages from 55 to 67 and over of entrants, and the log-odds of leaving there over 55 to 59: as the simulation assumes them. */
const olderEntrants = [1, 0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.2, 0.15, 0.1, 0.07, 0.05, 0.03];
const olderLeaving = (age) => (age < 60 ? 0 : age < 65 ? 1 : 1.6);

/**
 * Teachers of 55 to 67 and over at a census: those who turned 55 in each year before it (as many as in the first year known, before that) and who
 * entered since, less leavers at the one level of leaving for which there are as many as published.
 * @param turned teachers of 54 at each census of 2010 and after, up to this one
 * @param came entrants of 55 and over, in the year up to each census of 2011 and after
 */
function olderAges(turned, came, count) {
  const shape = olderEntrants.map((w) => w / sum(olderEntrants));
  const lived = (level) => {
    const stays = shape.map((_, k) => 1 / (1 + Math.exp(level + olderLeaving(55 + k))));
    let ages = shape.map(() => 0);
    for (let year = -40; year < turned.length - 1; year++) {
      const older = [turned[Math.max(0, year)], ...ages];
      older[ages.length - 1] += older.pop();
      ages = older.map((n, k) => n * stays[k] + shape[k] * came[Math.max(0, year)]);
    }
    return ages;
  };
  let [low, high] = [-8, 8];
  for (let step = 0; step < 60; step++) {
    const level = (low + high) / 2;
    if (sum(lived(level)) > count) low = level;
    else high = level;
  }
  return lived((low + high) / 2);
}

/**
 * By census from 2010 to the last but one of the tables: shares of the ages from 35 to 54, and from 55, among all secondary teachers of those
 * ages, and by subject (the first is all, for primary) the share of 54.
 */
export function ages(teachers, turned) {
  const { national, standing, came } = atFiftyFour(teachers);
  const tables = national.map((_, i) => {
    const known = new Map(Array.from({ length: i + 1 }, (_, j) => [54 + i - j, national[j]]));
    for (let j = 1; j <= i; j++) known.set(35 + i - j, turned[j - 1].turned35);
    const kept = sum(turned.slice(0, i + 1).map((year) => year.kept)) / (i + 1);
    const count = sum(teachers.stocks[i].map((row) => row[1]));
    return curve(known, kept, count).map((n) => n / count);
  });
  const [band, shares] = [
    (i, b) => sum(teachers.stocks[i].map((row) => row[b])),
    (row) => row.map((n) => n / sum(row)),
  ];
  const older = national.map((_, i) => shares(olderAges(national.slice(0, i + 1), came, band(i, 2))));
  return {
    olderAges: older.map((row) => row.map((share) => round(share, 5))),
    middleAges: tables.map((row) => row.map((share) => round(share, 5))),
    atFiftyFour: tables.map((row, i) => [1, ...standing[i]].map((f) => round(f * row.at(-1), 5))),
  };
}
