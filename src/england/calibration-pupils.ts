import { columnOf, type Table } from "../kernel/index.js";
import { assumptions, ethnicGroups } from "./assumptions.js";
import { type CalibrationRow, figureRow, tableRow } from "./comparison.js";
import type { England } from "./england.js";
import { bandedScores, bandOf, meanOfBands, meanWhere, type PupilView, spreadOf } from "./moments.js";
import { foundEffects, wantedEffects } from "./published-moments.js";
import { knotOf, knotsOf, seventhYearCounts } from "./scales.js";
import { sharesByGroup } from "./solve-primary.js";
import { expectedAttainment8, keyStage2Transition, keyStage4Transition, progress8 } from "./targets/index.js";

const stage2 = "Key stage 1 to 2 transition matrices, 2019";
const stage4 = "Key stage 2 to 4 transition matrices, 2023/24";
const bandLabels = [
  "below 80",
  "80–89.5",
  "90–95.5",
  "96–99.5",
  "100–102",
  "102.5–104.5",
  "105–107",
  "107.5–109.5",
  "110–113",
  "113.5–116.5",
  "117–120",
];

/** Attainment, transitions, circumstances and progress of pupils. */
export function pupilRows(england: England, views: readonly PupilView[]): CalibrationRow[] {
  return england.phases.flatMap(({ phase, pupils }, i) => {
    const part: Part = { table: pupils, view: views[i]! };
    return phase === "primary" ? primaryRows(part) : secondaryRows(part);
  });
}

function primaryRows(part: Part): CalibrationRow[] {
  const { view } = part;
  return [
    ...transitionAtEleven(part),
    bandRow(view, view.outcome, "Key stage 2 score"),
    ...groupRows(view, view.outcome),
    ...progressRows(view),
  ];
}

function secondaryRows(part: Part): CalibrationRow[] {
  const { table, view } = part;
  return [
    bandRow(view, view.prior, "Key stage 2 score as prior attainment"),
    ...groupRows(view, view.prior),
    ...transitionAtSixteen(part),
    ...progressRows(view),
    ...missingRows(part),
    ethnicRow(table),
  ];
}

interface Part {
  readonly table: Table;
  readonly view: PupilView;
}

function transitionAtEleven({ table, view }: Part): CalibrationRow[] {
  const groups = knotsOf("primary");
  const total = seventhYearCounts.reduce((a, b) => a + b, 0);
  const counts = groups.map(() => 0);
  for (let row = 0; row < view.rows; row++)
    if (!Number.isNaN(view.prior[row]!)) counts[knotOf("primary", view.prior[row]!)]!++;
  const known = counts.reduce((a, b) => a + b, 0);
  const labels = groups.map((_, i) => `group ${i + 1}`);
  const words = { phase: "primary", source: stage2 } as const;
  const seven = tableRow(
    { ...words, target: "Pupils by attainment group at seven", unit: "percent", use: "given", tolerance: 0.05 },
    labels,
    seventhYearCounts.map((count) => (100 * count) / total),
    counts.map((count) => (100 * count) / known),
  );
  const subjects = (["reading", "maths"] as const).flatMap((subject) => {
    const found = sharesByGroup(
      columnOf(table, subject === "reading" ? "ks2_reading" : "ks2_maths", "number").values,
      view.prior,
    );
    return [0, 1].map((k) => {
      const real = groups.map((_, g) => {
        const rows = g === 22 ? [23, 24] : [g + 1];
        const sum = (columns: readonly number[]) =>
          rows.reduce((all, r) => all + columns.reduce((s, c) => s + keyStage2Transition[subject][r]![c]!, 0), 0);
        return (100 * sum(k === 0 ? [2, 3] : [3])) / sum([1, 2, 3]);
      });
      return tableRow(
        {
          ...words,
          target: `${subject === "reading" ? "Reading" : "Mathematics"} at ${k === 0 ? "100" : "110"} or more at eleven, by attainment group at seven`,
          unit: "percent",
          use: "solved",
          tolerance: 1.5,
        },
        labels,
        real,
        found.map((shares) => 100 * shares[k]!),
        seventhYearCounts,
      );
    });
  });
  return [seven, ...subjects];
}

function bandRow(view: PupilView, scores: Float64Array, target: string): CalibrationRow {
  const published = keyStage4Transition.total.slice(0, 11).map(([pupils]) => pupils!);
  const all = published.reduce((a, b) => a + b, 0);
  const counts = published.map(() => 0);
  for (const score of scores) if (!Number.isNaN(score)) counts[bandOf(score)]!++;
  const known = counts.reduce((a, b) => a + b, 0);
  return tableRow(
    {
      phase: view.phase,
      target,
      unit: "percent of pupils",
      use: view.phase === "primary" ? "solved" : "given",
      tolerance: view.phase === "primary" ? 0.6 : 0.2,
      source: stage4,
    },
    bandLabels,
    published.map((count) => (100 * count) / all),
    counts.map((count) => (100 * count) / known),
  );
}

/** Key stage 2 scores of groups, both sides from the middles of the bands. */
function groupRows(view: PupilView, scores: Float64Array): CalibrationRow[] {
  const banded = bandedScores(scores);
  const t = keyStage4Transition;
  const none = view.is("sen", "none");
  const rows: readonly (readonly [string, number, number])[] = [
    ["disadvantaged", meanOfBands(t.disadvantaged), meanWhere(banded, view.is("fsm6", "yes"))],
    ["not disadvantaged", meanOfBands(t.other), meanWhere(banded, view.is("fsm6", "no"))],
    ["any SEN", meanOfBands(t.need), meanWhere(banded, (row) => !none(row))],
    ["no SEN", meanOfBands(t.noNeed), meanWhere(banded, none)],
    ["other first language", meanOfBands(t.otherLanguage), meanWhere(banded, view.is("first_language", "other"))],
    ["English", meanOfBands(t.english), meanWhere(banded, view.is("first_language", "english"))],
    ["girls", meanOfBands(t.girls), meanWhere(banded, view.is("sex", "girl"))],
    ["boys", meanOfBands(t.boys), meanWhere(banded, view.is("sex", "boy"))],
  ];
  return [
    tableRow(
      {
        phase: view.phase,
        target: "Mean key stage 2 score of groups of pupils",
        unit: "scaled score points",
        use: "solved",
        tolerance: 0.6,
        source: stage4,
      },
      rows.map(([label]) => label),
      rows.map(([, real]) => real),
      rows.map(([, , synthetic]) => synthetic),
    ),
  ];
}

function transitionAtSixteen({ view }: Part): CalibrationRow[] {
  const means = expectedAttainment8.map(() => Number.NaN);
  for (let row = 0; row < view.rows; row++)
    if (!Number.isNaN(view.prior[row]!)) means[knotOf("secondary", view.prior[row]!)] = view.expected[row]!;
  const curve = tableRow(
    {
      phase: "secondary",
      target: "Mean Attainment 8 by key stage 2 score",
      unit: "points",
      use: "solved",
      tolerance: 0.3,
      source: "Progress 8 ready reckoner, December 2024",
    },
    expectedAttainment8.map(([from, to]) => `${from}–${to}`),
    expectedAttainment8.map(([, , mean]) => mean),
    means,
  );
  const deviation = figureRow(
    {
      phase: "secondary",
      target: "Standard deviation of pupils' Progress 8",
      unit: "Progress 8 points",
      use: "solved",
      tolerance: 0.02,
      source: "Key stage 4 performance tables 2019, from the published limits",
    },
    progress8.pupilDeviation,
    spreadOf(view.progress).deviation / 10,
  );
  return [curve, deviation, ...[1, 2].map((column) => basicsRow(view, column))];
}

/** Passes in English and mathematics, read as an Attainment 8 above the point that gives the published share over all pupils. */
function basicsRow(view: PupilView, column: number): CalibrationRow {
  const bands = keyStage4Transition.total.slice(0, 11);
  const sum = (k: number) => bands.reduce((all, band) => all + band[k]!, 0);
  const known: number[] = [];
  for (let row = 0; row < view.rows; row++) if (!Number.isNaN(view.prior[row]!)) known.push(view.outcome[row]!);
  const sorted = Float64Array.from(known).sort();
  const point = sorted[Math.floor((1 - sum(column) / sum(0)) * sorted.length)]!;
  const counts = bands.map(() => [0, 0]);
  for (let row = 0; row < view.rows; row++) {
    if (Number.isNaN(view.prior[row]!)) continue;
    const band = counts[bandOf(view.prior[row]!)]!;
    band[0]!++;
    if (view.outcome[row]! > point || (view.outcome[row] === point && row % 2 === 0)) band[1]!++;
  }
  const grade = column === 1 ? 4 : 5;
  return tableRow(
    {
      phase: "secondary",
      target: `English and mathematics at grade ${grade} and over (Attainment 8 above ${point}), by key stage 2 score`,
      unit: "percent",
      use: "checked",
      tolerance: 5,
      source: stage4,
    },
    bandLabels,
    bands.map((band) => (100 * band[column]!) / band[0]!),
    counts.map(([all, reached]) => (100 * reached!) / all!),
    bands.map((band) => band[0]!),
  );
}

const effectWords = {
  fsm: "disadvantaged less others",
  support: "SEN support less none",
  plan: "plan less none",
  otherLanguage: "other first language less English",
  girls: "girls less boys",
  mixed: "Mixed less White",
  asian: "Asian less White",
  black: "Black less White",
  chinese: "Chinese less White",
  other: "other ethnic groups less White",
  lookedAfter: "looked after",
} as const;

function progressRows(view: PupilView): CalibrationRow[] {
  const points = view.phase === "primary" ? 1 : 10;
  const [wanted, found] = [wantedEffects(view.phase), foundEffects(view.phase, view)];
  const names = Object.keys(effectWords) as (keyof typeof effectWords)[];
  const source =
    view.phase === "primary"
      ? "Local authority interactive tool: key stage 2 progress 2019; ethnic groups from shares at the expected standard 2023; language and sex from the transition matrices 2023/24"
      : "Local authority interactive tool: Progress 8 2023/24; language from the transition matrices 2023/24; sex from the 2018 performance tables; other ethnic groups assumed";
  return [
    tableRow(
      {
        phase: view.phase,
        target:
          view.phase === "primary"
            ? "Differences of progress (language, sex, ethnic group: of attainment)"
            : "Differences of Progress 8",
        unit: view.phase === "primary" ? "scaled score points" : "Progress 8 points",
        use: "solved",
        tolerance: view.phase === "primary" ? 0.2 : 0.05,
        source,
      },
      names.map((name) => effectWords[name]),
      names.map((name) => (wanted[name] ?? Number.NaN) / points),
      names.map((name) => found[name] / points),
    ),
  ];
}

function missingRows({ view }: Part): CalibrationRow[] {
  const other = view.is("first_language", "other");
  const share = (test: (row: number) => boolean) => {
    const missing = view.prior.map((score) => (Number.isNaN(score) ? 100 : 0));
    return meanWhere(missing, test);
  };
  return [
    tableRow(
      {
        phase: "secondary",
        target: "Pupils without key stage 2 score",
        unit: "percent",
        use: "given",
        tolerance: 0.2,
        source: stage4,
      },
      ["other first language", "English"],
      assumptions.missingPrior.value.map((value) => 100 * value),
      [share(other), share((row) => !other(row))],
    ),
  ];
}

function ethnicRow(table: Table): CalibrationRow {
  const column = columnOf(table, "ethnic_group", "category");
  const counts = ethnicGroups.map((group) => {
    const code = column.levels.indexOf(group);
    return column.codes.reduce((sum, one) => (one === code ? sum + 1 : sum), 0);
  });
  return tableRow(
    {
      phase: "secondary",
      target: "Pupils by major ethnic group",
      unit: "percent",
      use: "given",
      tolerance: 1.5,
      source: "Schools, pupils and their characteristics 2020/21 (all phases)",
    },
    ethnicGroups,
    assumptions.ethnicShares.value.map((share) => 100 * share),
    counts.map((count) => (100 * count) / table.rows),
  );
}
