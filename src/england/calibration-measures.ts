import { columnOf } from "../kernel/index.js";
import { type CalibrationRow, distributionRow, figureRow, type RowWords, tableRow } from "./comparison.js";
import { contextualised } from "./contextualised.js";
import type { England, EnglandPhase } from "./england.js";
import { type PupilView, spreadOf, viewPupils } from "./moments.js";
import { wantedSchools } from "./published-moments.js";
import { momentsOfSchools } from "./school-moments.js";
import { subjectMoments } from "./solve-primary.js";
import { keyStage2Progress, valueAdded2010 } from "./targets/index.js";

/** Spread, stability and company of schools' published measures. */
export function measureRows(england: England): CalibrationRow[] {
  return england.phases.flatMap((made) => {
    const view = viewPupils(england, made);
    return [
      ...schoolRows(england, view),
      ...(made.phase === "primary" ? subjectRows(england, made, view) : valueAddedRows(england, made, view)),
    ];
  });
}

function schoolRows(england: England, view: PupilView): CalibrationRow[] {
  const { phase } = view;
  const { targets, points, stability, deviation } = wantedSchools(phase);
  const found = momentsOfSchools(england, view);
  const name = phase === "primary" ? "Key stage 2 progress" : "Progress 8";
  const unit = phase === "primary" ? "scaled score points" : "Progress 8 points";
  const years = Object.keys(targets.years);
  const words = (target: string, use: RowWords["use"], tolerance: number, of = unit): RowWords => ({
    phase,
    target,
    unit: of,
    use,
    tolerance,
    source: `Performance tables ${years[0]}–${years[years.length - 1]}`,
  });
  const scores = found.scores.map((score) => score / points);
  const intakeMean = spreadOf(found.expected).mean;
  const distributions = years.map((year) => {
    // Progress 8 of 2016 was computed on the old grades, with a smaller spread: it is shown and not fitted to.
    const fits = phase === "primary" || year !== "2016";
    return distributionRow(
      words(`${name} of mainstream schools, ${year}`, fits ? "solved" : "checked", fits ? 0.05 : 0.15),
      targets.years[year]!.quantiles,
      scores,
    );
  });
  return [
    ...distributions,
    figureRow(
      words(`Standard deviation of schools' ${name}`, "solved", 0.04),
      deviation / points,
      found.deviation / points,
      deviation / points,
    ),
    ...(view.years > 1
      ? [
          figureRow(
            words(
              `Correlation of schools' ${name} from year to year, mean over pairs of three years`,
              "solved",
              0.03,
              "correlation",
            ),
            stability,
            found.stability,
          ),
        ]
      : []),
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
      words(`Regions' mean ${name} less the country's`, "solved", phase === "primary" ? 0.15 : 0.06),
      england.regions.map((region) => region.name),
      england.regions.map((region) => targets.regions[region.code]!),
      england.regions.map((region) => found.regions.get(region.code)! / points),
    ),
    distributionRow(
      words(
        "What schools' prior attainment leads to nationally, less its mean",
        "solved",
        0.06,
        phase === "primary" ? "scaled score points" : "Attainment 8 points",
      ),
      targets.intake.quantiles.map((value) => value - targets.intake.mean),
      found.expected.map((value) => value - intakeMean),
    ),
    tableRow(
      words(`${name} of special schools`, "checked", phase === "primary" ? 1.5 : 0.15),
      ["mean", "standard deviation"],
      [targets.special.mean, targets.special.deviation],
      [found.special.mean / points, found.special.deviation / points],
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
