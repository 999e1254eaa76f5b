import { type Study, type StudyMaterial, studyProblem } from "../../accountability/reference-assessments/index.js";
import { columnOf, err, ok, type Problem, type Progress, type Result } from "../../kernel/index.js";
import type { Responses } from "../../statistics/item-response/index.js";
import { collectProblems } from "../problems.js";
import { withBackgroundColumns } from "./study-background.js";
import { readBooklets } from "./study-booklets.js";
import { type ListedItem, readItems } from "./study-items.js";
import { readPersons, type StudyPersons } from "./study-persons.js";
import { scoreResponses } from "./study-responses.js";
import { longScores, wideScores } from "./study-scores.js";

/** Weights may miss the stated population by this share before it is a problem: response rates and rounding, not a lost factor. */
const mostMissed = 0.05;

function weightsOf(study: Study, persons: StudyPersons): Result<Float64Array, readonly Problem[]> {
  const { weight, size } = study.persons;
  const { table, cycles, cycle, placeOf } = persons;
  const problems = collectProblems();
  const weights =
    weight === null ? new Float64Array(table.rows).fill(1) : columnOf(table, weight, "number").values.slice();
  weights.forEach((value, row) => {
    if (value >= 0 && Number.isFinite(value)) return;
    problems.add(studyProblem("study-weight-invalid", placeOf(row, weight ?? ""), `the weight is ${value}`));
  });
  if (problems.count() === 0)
    cycles.forEach((name, k) => {
      if (weights.some((value, row) => value > 0 && cycle[row] === k)) return;
      const place = study.placeOf(["persons", "weight"]);
      problems.add(studyProblem("study-weight-invalid", place, `every weight of ${name} is 0`));
    });
  if (problems.count() === 0 && size !== null)
    cycles.forEach((name, k) => {
      let sum = 0;
      for (let row = 0; row < table.rows; row++) if (cycle[row] === k) sum += weights[row]!;
      if (Math.abs(sum - size) > mostMissed * size)
        problems.add(
          studyProblem(
            "weights-do-not-sum",
            study.placeOf(["persons", "population"]),
            `the weights of ${name} add up to ${Math.round(sum).toLocaleString("en-GB")}, and the population is ${size.toLocaleString("en-GB")}`,
          ),
        );
    });
  return problems.count() > 0 ? err(problems.all()) : ok(weights);
}

/** Items that pupils of a cycle have responses to. */
function itemsByCycle(
  { items, booklets, booklet, starts, scores }: Responses,
  cycle: Uint16Array,
  cycles: number,
): Uint8Array[] {
  const taken = Array.from({ length: cycles }, () => new Uint8Array(items.length));
  booklet.forEach((one, person) => {
    const seen = taken[cycle[person]!]!;
    booklets[one]!.forEach((item, at) => {
      if (scores[starts[person]! + at] !== 255) seen[item] = 1;
    });
  });
  return taken;
}

function checkLinks(study: Study, { cycles, cycle }: StudyPersons, responses: Responses): readonly Problem[] {
  if (cycles.length < 2) return [];
  const taken = itemsByCycle(responses, cycle, cycles.length);
  return cycles.flatMap((name, k) => {
    const shared = responses.items.filter(
      (_, item) => taken[k]![item] === 1 && taken.some((other, o) => o !== k && other[item] === 1),
    );
    if (shared.length > 0) return [];
    const own = taken[k]!.reduce((sum, one) => sum + one, 0);
    return [
      studyProblem(
        "cycles-without-common-items",
        study.placeOf(["cycles", k]),
        `none of the ${own} items of cycle ${name} was given in another cycle`,
      ),
    ];
  });
}

async function responsesOf(
  study: Study,
  persons: StudyPersons,
  listed: readonly ListedItem[] | null,
  progress: Progress,
): Promise<Result<Pick<StudyMaterial, "items" | "responses" | "notes">, readonly Problem[]>> {
  const byName = new Map((listed ?? []).map((item) => [item.name, item]));
  const raw = study.responses.long
    ? await longScores(study, persons, byName, progress)
    : wideScores(study, persons, byName);
  if (!raw.ok) return raw;
  const map = await readBooklets(study, raw.value.items, progress);
  if (!map.ok) return map;
  const scored = scoreResponses(study, persons, raw.value, map.value, byName);
  if (!scored.ok) return scored;
  const unlinked = checkLinks(study, persons, scored.value.responses);
  return unlinked.length > 0 ? err(unlinked) : scored;
}

/** Reads every file that a study names and checks them against each other, all or nothing. */
export async function readStudy(
  written: Study,
  progress: Progress,
): Promise<Result<StudyMaterial, readonly Problem[]>> {
  const named = await withBackgroundColumns(written);
  if (!named.ok) return named;
  const study = named.value;
  progress.stage("reading the items");
  const listed = await readItems(study, progress);
  if (!listed.ok) return listed;
  progress.stage("reading the pupils");
  const names = listed.value ? listed.value.map(({ name }) => name) : null;
  const persons = await readPersons(study, names, progress);
  if (!persons.ok) return persons;
  const weights = weightsOf(study, persons.value);
  if (!weights.ok) return weights;
  const { table, cycles, cycle, replicateColumns, valueColumns } = persons.value;
  const numbers = (columns: readonly string[]) =>
    columns.length === 0 ? null : columns.map((name) => columnOf(table, name, "number").values);
  const shared = {
    ...{ study, cycles, cycle, persons: table, weights: weights.value },
    replicates: numbers(replicateColumns),
    plausibleValues: numbers(valueColumns),
  };
  if (valueColumns.length > 0)
    return ok({ ...shared, items: [], responses: null, notes: [...study.defaults, ...persons.value.notes] });
  progress.stage("checking the responses");
  const found = await responsesOf(study, persons.value, listed.value, progress);
  if (!found.ok) return found;
  return ok({ ...shared, ...found.value, notes: [...study.defaults, ...persons.value.notes, ...found.value.notes] });
}
