import type { FigureRow, StudyResults, TrendRow } from "./published/results.js";
import {
  componentsInWords,
  conditionalInWords,
  type LevelWords,
  levelInWords,
  sharedInWords,
  testInWords,
} from "./published/words.js";
import type { StudyAnswer } from "./service.js";

const count = (value: number) => value.toLocaleString("en-GB");
const figure = (value: number | null, decimals = 4) => (value === null ? "–" : value.toFixed(decimals));

/** Rows of texts with their columns below each other, figures to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, j) => Math.max(...rows.map((row) => row[j]!.length)));
  return rows.map(
    (row) => `  ${row.map((cell, j) => (j === 0 ? cell.padEnd(widths[j]!) : cell.padStart(widths[j]!))).join("  ")}`,
  );
}

/** The most items that a terminal is shown; the file has all. */
const mostItems = 40;

function calibrationLines({ calibration, items, scale }: StudyResults): string[] {
  if (!calibration) return [];
  const shown = items.slice(0, mostItems);
  return [
    `${calibration.model}: ${count(calibration.persons)} pupils, ${items.length} items, ${calibration.parameters} parameters`,
    `Log-likelihood ${calibration.logLikelihood.toFixed(4)}; ${calibration.iterations} evaluations of ${calibration.nodes} nodes; errors: ${calibration.errors}`,
    ...aligned([
      ["Group", "pupils", "mean", "error", "sd", "error"],
      ...calibration.groups.map((one) => [
        one.group,
        count(one.n),
        figure(one.mean),
        figure(one.meanError),
        figure(one.sd),
        figure(one.sdError),
      ]),
    ]),
    ...aligned([
      ["Item", "pupils", "facility", "slope", "error", "difficulty", "error of intercept", "infit"],
      ...shown.map((item) => [
        item.item,
        count(item.n),
        figure(item.facility, 3),
        figure(item.slope, 3),
        figure(item.slopeError, 3),
        figure(item.difficulty, 3),
        figure(item.interceptError, 3),
        figure(item.infit, 2),
      ]),
    ]),
    ...(items.length > shown.length ? [`  … and ${items.length - shown.length} more items`] : []),
    `Scale: ${scale.words}`,
  ];
}

/** Conditional likelihood: its items where it stands alone, how far it is from the calibration where it stands beside one, and the tests. */
function conditionalLines({ conditional, calibration }: StudyResults): string[] {
  return conditional.flatMap((record) => {
    const shown = record.items.slice(0, mostItems);
    const model = [...new Set(record.items.map((row) => row.model))].join(" and ");
    return [
      `${conditionalInWords(record)} (${model}; errors: ${record.errors})`,
      ...(calibration
        ? []
        : aligned([
            ["Item", "difficulty", "error", ...(shown.some(({ maximum }) => maximum > 1) ? ["thresholds"] : [])],
            ...shown.map((row) => [
              row.item,
              figure(row.difficulty, 3),
              figure(row.difficultyError, 3),
              ...(shown.some(({ maximum }) => maximum > 1)
                ? [row.thresholds.map((one) => figure(one, 3)).join(" ")]
                : []),
            ]),
          ])),
      ...(!calibration && record.items.length > shown.length
        ? [`  … and ${record.items.length - shown.length} more items`]
        : []),
      ...record.tests.map((test) => `  ${testInWords(test)}`),
      ...record.cautions.map((text) => `  ${text}`),
    ];
  });
}

/** Which common items don't tie two cycles, and why. */
const leftOutOf = ({ leftOut = [] }: StudyResults["links"][number]) =>
  leftOut.length === 0 ? "" : `; left out: ${leftOut.map(({ item, reason }) => `${item} (${reason})`).join(", ")}`;

/** Items that function otherwise for a group, by class. */
function functioningLines({ dif }: StudyResults): string[] {
  if (dif.length === 0) return [];
  const of = (wanted: string) => dif.filter((row) => row.class === wanted);
  const named = of("C").map(({ item, focal }) => `${item} (${focal})`);
  return [
    `Differential functioning: ${dif.length} comparisons, ${of("C").length} of ETS class C${named.length > 0 ? ` (${named.slice(0, 10).join(", ")}${named.length > 10 ? " …" : ""})` : ""}, ${of("B").length} of class B`,
  ];
}

const share = (row: FigureRow | TrendRow) => row.statistic === "standard";

function uncertainCells(row: FigureRow | TrendRow): string[] {
  const [factor, decimals] = share(row) ? [100, 1] : [1, 1];
  const shown = (value: number) => (value * factor).toFixed(decimals);
  return [shown(row.value), shown(row.standardError), `${shown(row.low)} to ${shown(row.high)}`];
}

const whose = (row: LevelWords) => levelInWords(row);

function figureLines({ disclosed }: StudyResults): string[] {
  const shown = disclosed.figures.filter(({ statistic }) => ["mean", "standard", "gap"].includes(statistic));
  if (shown.length === 0) return [];
  const rows = shown.map((row) => [
    `${row.cycle}, ${whose(row)}${row.of === null ? "" : `, % ${row.of}`}`,
    count(row.n),
    ...uncertainCells(row),
  ]);
  return aligned([["Figure", "pupils", "value", "error", "interval"], ...rows]);
}

function trendLines({ disclosed }: StudyResults): string[] {
  const shown = disclosed.trends.filter(({ statistic }) => statistic === "mean" || statistic === "gap");
  if (shown.length === 0) return [];
  const rows = shown.map((row) => [
    `${row.from} to ${row.to}, ${whose(row)}`,
    ...uncertainCells(row),
    row.distinguishable ? "distinguishable from none" : "not distinguishable from none",
  ]);
  return aligned([["Change", "value", "error", "interval", ""], ...rows]);
}

/** A study's answer as a terminal shows it. */
export function answerInWords({ results, files }: StudyAnswer, folder: string | null): string {
  const lines = [
    results.title,
    ...calibrationLines(results),
    ...conditionalLines(results),
    ...functioningLines(results),
    ...results.links.map(
      (link) =>
        `Link ${link.from} to ${link.to}: ${link.commonItems} common items, ${link.method}; error of a mean ${link.linkingError.toFixed(2)}, of the unit ${(100 * link.unitError).toFixed(2)}%${leftOutOf(link)}`,
    ),
    ...results.regressions.flatMap(({ cycle, components }) =>
      components ? [`${cycle}: ${componentsInWords(components)}`] : [],
    ),
    ...results.shared.map(sharedInWords),
    ...figureLines(results),
    ...trendLines(results),
    ...results.designs.map(({ cycle, words }) => `Errors of ${cycle}: ${words}.`),
    ...results.disclosed.heldBack
      .slice(0, 10)
      .map(
        ({ cycle, group, level, reason }) =>
          `Held back: ${cycle}${group === null ? "" : `, ${group}: ${level}`}: ${reason}.`,
      ),
    ...(results.disclosed.heldBack.length > 10
      ? [`… and ${results.disclosed.heldBack.length - 10} more held back.`]
      : []),
    ...(results.calibration?.cautions ?? []).map((text) => `Caution: ${text}`),
    ...results.notes.map((text) => `Note: ${text}`),
    ...(folder === null ? [] : [`Written to ${folder}: ${files.join(", ")}`]),
  ];
  return `${lines.join("\n")}\n`;
}
