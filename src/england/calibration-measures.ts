import { columnOf } from "../kernel/index.js";
import { type CalibrationRow, distributionRow, figureRow, type RowWords, tableRow } from "./comparison.js";
import { contextualised } from "./contextualised.js";
import type { England, EnglandPhase } from "./england.js";
import { type PupilView, spreadOf } from "./moments.js";
import { wantedSchools } from "./published-moments.js";
import { momentsOfSchools, type SchoolMoments } from "./school-moments.js";
import { subjectMoments } from "./solve-primary.js";
import { keyStage2Progress, valueAdded2010 } from "./targets/index.js";

/** Spread, stability and company of schools' published measures. */
export function measureRows(england: England, views: readonly PupilView[]): CalibrationRow[] {
  return england.phases.flatMap((made, i) => {
    const view = views[i]!;
    return [
      ...schoolRows(england, view),
      ...(made.phase === "primary" ? subjectRows(england, made, view) : valueAddedRows(england, made, view)),
    ];
  });
}

/** A phase's published measure and the same from the synthetic pupils. */
interface Compared {
  readonly england: England;
  readonly wanted: ReturnType<typeof wantedSchools>;
  readonly found: SchoolMoments;
  readonly name: string;
  words(target: string, use: RowWords["use"], tolerance: number, unit?: string): RowWords;
}

function schoolRows(england: England, view: PupilView): CalibrationRow[] {
  const isPrimary = view.phase === "primary";
  const wanted = wantedSchools(view.phase);
  const years = Object.keys(wanted.targets.years);
  const points = isPrimary ? "scaled score points" : "Progress 8 points";
  const source = `Performance tables ${years[0]}–${years[years.length - 1]}`;
  const compared: Compared = {
    england,
    wanted,
    found: momentsOfSchools(england, view),
    name: isPrimary ? "Key stage 2 progress" : "Progress 8",
    words: (target, use, tolerance, unit = points) => ({ phase: view.phase, target, unit, use, tolerance, source }),
  };
  return [
    ...spreadRows(compared, isPrimary),
    ...(view.years > 1 ? [stabilityRow(compared)] : []),
    ...companyRows(compared, isPrimary),
    ...intakeAndSpecialRows(compared, isPrimary),
  ];
}

function spreadRows({ wanted, found, name, words }: Compared, isPrimary: boolean): CalibrationRow[] {
  const { targets, points, deviation } = wanted;
  const scores = found.scores.map((score) => score / points);
  const distributions = Object.entries(targets.years).map(([year, { quantiles }]) => {
    // Progress 8 of 2016 was computed on the old grades, with a smaller spread: it is shown and not fitted to.
    const fits = isPrimary || year !== "2016";
    const about = words(`${name} of mainstream schools, ${year}`, fits ? "solved" : "checked", fits ? 0.06 : 0.15);
    return distributionRow(about, quantiles, scores);
  });
  const about = words(`Standard deviation of schools' ${name}, share of it`, "solved", 0.04);
  return [...distributions, figureRow(about, deviation / points, found.deviation / points, deviation / points)];
}

function stabilityRow({ wanted, found, name, words }: Compared): CalibrationRow {
  const target = `Correlation of schools' ${name} from year to year, mean over pairs of three years`;
  return figureRow(words(target, "solved", 0.03, "correlation"), wanted.stability, found.stability);
}

/** What goes with a school's progress: free school meals, authority, region. */
function companyRows({ england, wanted, found, name, words }: Compared, isPrimary: boolean): CalibrationRow[] {
  const { targets, points, deviation } = wanted;
  return [
    figureRow(
      words(`Correlation of schools' ${name} with free school meals`, "solved", 0.04, "correlation"),
      targets.withFsm,
      found.withFsm,
    ),
    figureRow(
      words(`Variance of schools' ${name} between authorities within regions, share of all`, "solved", 0.04, "share"),
      (targets.authorityVariance * points ** 2) / deviation ** 2,
      found.authorityVariance / found.deviation ** 2,
    ),
    tableRow(
      words(`Regions' mean ${name} less the country's`, "solved", isPrimary ? 0.15 : 0.06),
      england.regions.map((region) => region.name),
      england.regions.map((region) => targets.regions[region.code]!),
      england.regions.map((region) => found.regions.get(region.code)! / points),
    ),
  ];
}

function intakeAndSpecialRows({ wanted, found, name, words }: Compared, isPrimary: boolean): CalibrationRow[] {
  const { targets, points } = wanted;
  const intake = spreadOf(found.expected).mean;
  const unit = isPrimary ? "scaled score points" : "Attainment 8 points";
  return [
    distributionRow(
      words("What schools' prior attainment leads to nationally, less its mean", "solved", 0.06, unit),
      targets.intake.quantiles.map((value) => value - targets.intake.mean),
      found.expected.map((value) => value - intake),
    ),
    figureRow(
      words(`Mean ${name} of special schools`, "solved", isPrimary ? 0.5 : 0.08),
      targets.special.mean,
      found.special.mean / points,
    ),
    figureRow(
      words(`Standard deviation of special schools' ${name}`, "checked", isPrimary ? 1.5 : 0.25),
      targets.special.deviation,
      found.special.deviation / points,
    ),
  ];
}

function subjectRows(england: England, made: EnglandPhase, view: PupilView): CalibrationRow[] {
  const scores = ["ks2_reading", "ks2_maths"].map((column) => columnOf(made.pupils, column, "number").values);
  return [
    figureRow(
      {
        phase: "primary",
        target: "Correlation of schools' progress in reading and mathematics",
        unit: "correlation",
        use: "solved",
        tolerance: 0.03,
        source: "Key stage 2 performance tables 2018",
      },
      keyStage2Progress.readingWithMaths,
      subjectMoments(view, england, scores).correlation,
    ),
  ];
}

function valueAddedRows(england: England, made: EnglandPhase, view: PupilView): CalibrationRow[] {
  const { between, within, shrunken } = contextualised(england, made, view);
  const source = "Performance tables 2010, contextual value added with its limits";
  const pupil = Math.sqrt(valueAdded2010.varianceWithin);
  return [
    figureRow(
      {
        phase: "secondary",
        target: "Share of variance between schools, given prior attainment and context",
        unit: "share",
        use: "checked",
        tolerance: 0.04,
        source,
      },
      valueAdded2010.share,
      between / (between + within),
    ),
    distributionRow(
      {
        phase: "secondary",
        target: "Contextual value added of schools, in standard deviations of pupils",
        unit: "pupil standard deviations",
        use: "checked",
        tolerance: 0.1,
        source,
      },
      valueAdded2010.quantiles.map((score) => score / pupil),
      shrunken.map((score) => score / Math.sqrt(within)),
    ),
    figureRow(
      {
        phase: "secondary",
        target: "Standard deviation of contextual value added, in standard deviations of pupils",
        unit: "pupil standard deviations",
        use: "checked",
        tolerance: 0.1,
        source,
      },
      valueAdded2010.deviation / pupil,
      spreadOf(shrunken).deviation / Math.sqrt(within),
    ),
  ];
}
