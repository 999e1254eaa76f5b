import type { ConditionalRecord, ConditionalTestRow, RegressionRecord, SharedSchoolsRecord } from "./results.js";

/** Whom a figure is of. */
export interface LevelWords {
  readonly group: string | null;
  readonly level: string | null;
}

/** As "all pupils", or "sex: girls". */
export const levelInWords = ({ group, level }: LevelWords): string =>
  group === null ? "all pupils" : `${group}: ${level}`;

/** What two cycles have in common, as "2021 and 2025: 40 schools are in both (of 150 and 150); their covariance is counted." */
export const sharedInWords = ({ from, to, schools, ofFrom, ofTo, counted }: SharedSchoolsRecord): string =>
  `${from} and ${to}: ${schools} schools are in both (of ${ofFrom} and ${ofTo}); ${counted ? "their covariance is taken off the error of changes" : "too few for a covariance: the cycles count as independent"}.`;

const count = (value: number) => value.toLocaleString("en-GB");
const probability = (p: number) => (p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`);

/** What principal components stand in for. */
export const componentsInWords = ({ columns, kept, share }: NonNullable<RegressionRecord["components"]>): string =>
  `${kept} principal components with ${(100 * share).toFixed(1)}% of the variance stand in for the ${columns} columns of the background; groups are conditioned on as they are.`;

/** A conditional calibration, and how the marginal one lies beside it. */
export function conditionalInWords({
  cycle,
  items,
  logLikelihood,
  informative,
  persons,
  joint,
}: ConditionalRecord): string {
  const of = cycle === null ? "" : ` of ${cycle}`;
  const fit = `Conditional likelihood${of}: ${items.length} questions, log-likelihood ${logLikelihood.toFixed(4)}, ${count(informative)} of ${count(persons)} pupils tell something (neither the lowest nor the highest score)`;
  const compared = items.filter(({ difference }) => difference !== null);
  if (compared.length === 0) return `${fit}.`;
  const size = (row: (typeof items)[number]) => Math.abs(row.difference!);
  const most = compared.reduce((a, b) => (size(b) > size(a) ? b : a));
  const told = compared.filter(({ adjustedP }) => adjustedP !== null && adjustedP < 0.05).length;
  const all = joint ? `; all together F = ${joint.f.toFixed(2)}, ${probability(joint.p)}` : "";
  return `${fit}. The marginal difficulties are within ${size(most).toFixed(3)} logits of it (${most.item}); ${told} of ${compared.length} differences are told from none, corrected for their number${all}.`;
}

/** One of Andersen's tests. */
export function testInWords({ by, levels, chiSquare, degreesOfFreedom, p, leftOut }: ConditionalTestRow): string {
  const named = levels.map(({ level, pupils }) => `${level} (${count(pupils)})`).join(", ");
  const without = leftOut.length === 0 ? "" : `; without ${leftOut.join(", ")}, of which a level lacks a category`;
  return `Andersen's test by ${by}, ${named}: χ² = ${chiSquare.toFixed(2)} with ${degreesOfFreedom} degrees of freedom, ${probability(p)}${without}.`;
}
