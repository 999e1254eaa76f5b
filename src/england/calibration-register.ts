import { regions } from "../register/index.js";
import { assumptions } from "./assumptions.js";
import { type CalibrationRow, distributionRow, figureRow, pooledQuantiles, tableRow } from "./comparison.js";
import type { England } from "./england.js";
import { mobilityOf } from "./mobility.js";
import { addUpSchools, type PupilView } from "./moments.js";
import { pupilsOfCohort } from "./published-moments.js";
import { fewestPublished } from "./school-moments.js";
import {
  authorityTargets,
  keyStage2Progress,
  primaryRegions,
  progress8,
  schoolContext,
  secondaryRegions,
  trustTargets,
} from "./targets/index.js";

const census = "School census, January 2023";

/** Counts, sizes, intakes, trusts and moves. */
export function registerRows(england: England, views: readonly PupilView[]): CalibrationRow[] {
  return [
    ...countRows(england),
    ...sizeRows(england),
    ...cohortRows(england, views),
    trustRow(england),
    ...moveRows(england),
  ];
}

function countRows(england: England): CalibrationRow[] {
  const columns = ["primary", "secondary", "special", "alternative"] as const;
  const made = new Set(england.authorities.map((authority) => authority.code as string));
  const real = columns.map((_, k) =>
    authorityTargets.reduce((sum, [code, counts]) => (made.has(code) ? sum + counts[k]! : sum), 0),
  );
  const typeOf = (kind: string, phase: string) =>
    kind === "mainstream" ? phase : kind === "special" ? "special" : "alternative";
  const synthetic = columns.map(
    (column) => england.schools.filter((school) => typeOf(school.kind, school.phase) === column).length,
  );
  const words = {
    phase: "all",
    target: "Schools in the regions made",
    unit: "schools",
    use: "given",
    tolerance: 0,
    source: census,
  } as const;
  return [tableRow(words, columns, real, synthetic)];
}

function sizeRows(england: England): CalibrationRow[] {
  return (["primary", "secondary"] as const).flatMap((phase) => {
    const targets = england.regions.map(({ code }) =>
      phase === "primary" ? primaryRegions[code] : secondaryRegions[code],
    );
    const pool = (key: "size" | "fsm") =>
      pooledQuantiles(targets.map((target) => ({ quantiles: target[key], weight: target.schools })));
    const schools = england.schools.filter((school) => school.phase === phase && school.kind === "mainstream");
    const words = { phase, use: "given", source: census } as const;
    return [
      distributionRow(
        { ...words, target: "Pupils on roll of a school", unit: "pupils", tolerance: 0.01 },
        pool("size"),
        schools.map((school) => school.pupils),
      ),
      distributionRow(
        { ...words, target: "Free school meals in six years, of a school", unit: "percent", tolerance: 0.01 },
        pool("fsm"),
        schools.map((school) => school.fsm6Percent),
      ),
    ];
  });
}

function cohortRows(england: England, views: readonly PupilView[]): CalibrationRow[] {
  const everywhere = england.regions.length === regions.length;
  return england.phases.flatMap(({ phase }, i) => {
    const isPrimary = phase === "primary";
    const view = views[i]!;
    const sums = addUpSchools(view, england.schools.length);
    const last = (view.years - 1) * sums.schools;
    const shown = england.schools.flatMap((school, s) =>
      school.kind === "mainstream" && sums.count[last + s]! >= fewestPublished ? [sums.cohort[last + s]!] : [],
    );
    const source = isPrimary
      ? "Key stage 2 performance tables 2018"
      : "Key stage 4 performance tables 2019 (provisional)";
    const cohort = distributionRow(
      {
        phase,
        target: "Pupils of one cohort of a school with a published score",
        unit: "pupils",
        use: "checked",
        tolerance: 0.09,
        source,
      },
      (isPrimary ? keyStage2Progress : progress8).cohort.quantiles,
      shown,
    );
    if (!everywhere) return [cohort];
    const words = {
      phase,
      target: "Pupils of one cohort in all state schools",
      unit: "pupils",
      use: "solved",
      tolerance: 0.01,
    } as const;
    const total = figureRow(
      {
        ...words,
        source: isPrimary
          ? "Key stage 1 to 2 transition matrices 2019"
          : "Key stage 2 to 4 transition matrices 2023/24",
      },
      pupilsOfCohort[phase],
      view.rows / view.years,
      pupilsOfCohort[phase],
    );
    return [cohort, total];
  });
}

function trustRow(england: England): CalibrationRow {
  const sizes = england.trusts.filter((trust) => trust.kind === "multi-academy").map((trust) => trust.academies);
  const all = trustTargets.sizes.flatMap(([size, trusts]) => Array.from({ length: trusts }, () => size));
  const labels = ["mean", "median", "75%", "95%"];
  const of = (values: readonly number[]) => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (p: number) => sorted[Math.floor(p * (sorted.length - 1))]!;
    return [values.reduce((a, b) => a + b, 0) / values.length, at(0.5), at(0.75), at(0.95)];
  };
  return tableRow(
    {
      phase: "all",
      target: "Academies of a multi-academy trust",
      unit: "academies",
      use: "given",
      tolerance: 0.5,
      source: "Get information about schools, groups, 29 March 2024",
    },
    labels,
    of(all),
    of(sizes),
  );
}

function moveRows(england: England): CalibrationRow[] {
  const made = england.phases.find((one) => one.phase === "secondary");
  if (!made) return [];
  const { leavers, stable } = mobilityOf(england, made);
  const median = Float64Array.from(leavers).sort()[leavers.length >> 1]!;
  return [
    figureRow(
      {
        phase: "secondary",
        target: assumptions.leaverRate.label,
        unit: "percent",
        use: "solved",
        tolerance: 0.5,
        source: "FFT Education Datalab, Who's Left",
      },
      assumptions.leaverRate.value,
      median,
    ),
    distributionRow(
      {
        phase: "secondary",
        target: "Stability of a school: pupils on roll who came at the usual time",
        unit: "percent",
        use: "solved",
        tolerance: 0.12,
        source:
          "Department for Education, similar schools service, 2026 (1,393 schools; the definition is our reading)",
      },
      schoolContext.stability,
      stable,
    ),
  ];
}
