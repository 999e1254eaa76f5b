import { columnOf, err, ok, type Problem, type Result } from "../../../kernel/index.js";
import {
  drawsOf,
  givenReplicates,
  type ReplicateMethod,
  replicateDesign,
  type SurveyDesign,
} from "../../../statistics/survey/index.js";
import type { StudyMaterial } from "../study/material.js";
import { studyProblem } from "../study/problem.js";

/** A cycle's design, and in words how it was made. */
export interface CycleDesign {
  readonly design: SurveyDesign;
  readonly words: string;
}

/** Groups of a simple random sample that are dropped in turn. */
const randomGroups = 100;

const labels = (material: StudyMaterial, column: string, rows: Int32Array): readonly string[] => {
  const { codes, levels } = columnOf(material.persons, column, "category");
  return Array.from(rows, (row) => levels[codes[row]!]!);
};

/** How replicates are made from columns: by what is named, where no method is. */
function methodOf({ design }: StudyMaterial["study"]): ReplicateMethod {
  if (design.method) return design.method;
  if (design.zone !== null) return "JK2";
  return design.stratum !== null ? "JKn" : "JK1";
}

/** The design of the pupils of one cycle. @param rows of the material */
export function designOfCycle(
  material: StudyMaterial,
  cycle: string,
  rows: Int32Array,
): Result<CycleDesign, readonly Problem[]> {
  const { study, replicates } = material;
  const { design } = study;
  const weights = Float64Array.from(rows, (row) => material.weights[row]!);
  const method = methodOf(study);
  const found = (made: ReturnType<typeof replicateDesign>, words: string): Result<CycleDesign, readonly Problem[]> =>
    made.ok
      ? ok({ design: made.value, words })
      : err(made.error.map((fault) => ({ ...fault, place: `${cycle}: ${fault.place}` })));
  if (replicates) {
    if (!design.method)
      return err([
        studyProblem(
          "study-setting-needed",
          study.placeOf(["design", "replicates"]),
          "replicate weights need `design.method`",
          "Add it as the survey's documentation has it: `method: Fay, fay: 0.5` in PISA, `method: JK2` in TIMSS.",
        ),
      ]);
    const columns = replicates.map((column) => Float64Array.from(rows, (row) => column[row]!));
    const made = givenReplicates({
      ...{ weights, replicates: columns, method },
      ...(design.fay === null ? {} : { fay: design.fay }),
      ...(design.scale === null ? {} : { scale: design.scale }),
      ...(design.factors === null ? {} : { rscales: design.factors }),
    });
    return found(made, `${columns.length} replicate weights of the files (${method})`);
  }
  const options = {
    ...{ weights, method, seed: study.draws.seed },
    ...(design.fay === null ? {} : { fay: design.fay }),
    ...(design.bothSides ? { bothSides: true } : {}),
  };
  if (design.zone !== null) {
    const zones = labels(material, design.zone, rows);
    const side = design.replicate ?? design.cluster;
    if (side === null)
      return err([
        studyProblem(
          "study-setting-needed",
          study.placeOf(["design", "zone"]),
          "a zone needs its halves: `design.replicate`, or the schools",
        ),
      ]);
    const halves = labels(material, side, rows);
    const sides = design.replicate === null ? { clusters: halves } : { replicate: halves };
    const made = replicateDesign({ ...options, zones, ...sides, lonely: "as-coded" });
    return found(
      made,
      `${method} of ${new Set(zones).size} zones${design.bothSides ? ", either half left out once" : ""}`,
    );
  }
  const clusters = design.cluster === null ? null : labels(material, design.cluster, rows);
  if (design.stratum !== null) {
    const strata = labels(material, design.stratum, rows);
    const made = replicateDesign({ ...options, strata, ...(clusters ? { clusters } : {}) });
    return found(made, `${method} of ${new Set(strata).size} strata`);
  }
  if (clusters)
    return found(replicateDesign({ ...options, clusters }), `${method} of ${new Set(clusters).size} schools`);
  const draws = drawsOf(study.draws.seed, `random groups of ${cycle}`);
  const groups = Math.min(randomGroups, rows.length);
  const order = Array.from(rows, (_, k) => ({ k, at: draws.uniform() })).sort((a, b) => a.at - b.at);
  const group = new Int32Array(rows.length);
  order.forEach(({ k }, at) => {
    group[k] = at % groups;
  });
  const made = replicateDesign({ ...options, method: "JK1", clusters: group });
  return found(made, `no design was named: a simple random sample, by a jackknife of ${groups} random groups`);
}
