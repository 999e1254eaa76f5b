import { formatCsv } from "../../../ingest/index.js";
import { err, type Json, ok, type Problem, valueOn } from "../../../kernel/index.js";
import type { Database, Queries } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/day/index.js";
import { type Actor, actFor } from "../../../platform/identity/index.js";
import { defineJob, fromJson, JobFailure, type JobId, startJob, toJson } from "../../../platform/jobs/index.js";
import { disclosureRuleOn } from "../parameters.js";
import { told } from "./jobs.js";
import { mostUnknown } from "./parameters.js";
import { problem } from "./problem.js";
import { type FieldMaterial, type StudyTables, studyTables } from "./responses-file.js";
import { notAllowed, type Outcome, runsAssessments, unknownStudy } from "./service.js";
import { findStudy, loadPupils, loadResponses, loadSchools, saveExport } from "./store.js";
import { itemsNamed } from "./store-items.js";
import type { FieldStudy } from "./study.js";
import { studyText, weightsText } from "./study-file.js";

/** Which files are wanted. */
export interface ExportOrder {
  /** Earlier assessments of the same subject and year, so that the change since them is told. */
  readonly with: readonly string[];
  /** The version of the curriculum that pupils of a cycle were taught, as the bank of items names it. */
  readonly curricula: readonly { readonly cycle: number; readonly version: string }[];
}

/** The files of one assessment by itself. */
export const aloneOrder: ExportOrder = { with: [], curricula: [] };

interface ExportInput extends ExportOrder {
  readonly study: string;
  readonly title: string;
}

async function materialOf(queries: Queries, study: FieldStudy): Promise<FieldMaterial> {
  const { id, booklets } = study;
  return {
    study,
    schools: await loadSchools(queries, id),
    pupils: await loadPupils(queries, id),
    responses: await loadResponses(queries, id),
    items: await itemsNamed(queries, booklets?.blocks.flatMap(({ items }) => items) ?? []),
  };
}

/** The files of an export by name. */
function filesOf(tables: StudyTables, { curricula }: ExportOrder): ReadonlyMap<string, string> {
  const study = studyText(tables, new Map(curricula.map(({ cycle, version }) => [cycle, version])));
  const csv = ({ header, rows }: StudyTables["pupils"]) => formatCsv(header, rows);
  return new Map([
    ["study.yaml", study.text],
    ["pupils.csv", csv(tables.pupils)],
    ["items.csv", csv(tables.items)],
    ["booklets.csv", csv(tables.booklets)],
    ["weights.json", weightsText(tables)],
    ["cautions.txt", study.cautions.map((caution) => `${caution}\n`).join("")],
  ]);
}

/** Makes the files of a study for calibration and estimates. */
export const exportJob = defineJob<Json>({
  kind: "assessment-fieldwork/export",
  title: (input) => `Write the responses of ${fromJson<{ title: string }>(input).title}`,
  key: (input) => fromJson<{ study: string }>(input).study,
  async compute({ queries, input, now }) {
    const order = fromJson<ExportInput>(input);
    const cycles: FieldMaterial[] = [];
    for (const id of [...order.with, order.study]) {
      const study = await findStudy(queries, id);
      if (!study) throw new JobFailure(`There is no assessment ${id} any more.`);
      cycles.push(await materialOf(queries, study));
    }
    const today = dayInEngland(now);
    const rule = {
      fewestPupils: disclosureRuleOn(today).fewestPupils,
      mostUnknown: valueOn(mostUnknown, today).value,
    };
    const tables = studyTables(
      cycles.sort((a, b) => a.study.cycle - b.study.cycle),
      rule,
    );
    if (!tables.ok) throw told(tables.error);
    const unspoken = order.curricula.filter(({ version }) => !tables.value.curricula.includes(version));
    if (unspoken.length > 0)
      throw told(unspoken.map(({ version }) => unknownCurriculum(version, tables.value.curricula)));
    return toJson(Object.fromEntries(filesOf(tables.value, order)));
  },
  async step({ queries, input, computed, now }) {
    const { study: id } = fromJson<{ study: string }>(input);
    await saveExport(queries, id, new Map(Object.entries(fromJson<Record<string, string>>(computed))), now);
    const result = { href: `/assessment-fieldwork/studies/${id}`, text: "See the files" };
    return { cursor: null, done: 1, of: 1, finished: true, result };
  },
});

const unknownCurriculum = (version: string, known: readonly string[]): Problem =>
  problem(
    "fieldwork-export-invalid",
    "curricula",
    `no item says whether it is covered by "${version}"`,
    known.length > 0 ? `The items speak of ${known.join(", ")}.` : "Say so in the bank, as 2014=yes|2028=no.",
  );

/** Why an earlier assessment can't be put into the same files. */
function cycleProblems(study: FieldStudy, earlier: FieldStudy): Problem[] {
  const wrong = (message: string) =>
    problem("fieldwork-export-invalid", "with", message, "Name earlier assessments of the same subject and year.");
  const found: Problem[] = [];
  if (earlier.phase !== study.phase || earlier.subject.toLowerCase() !== study.subject.toLowerCase())
    found.push(wrong(`${earlier.id} is of another subject or year`));
  if (earlier.cycle >= study.cycle)
    found.push(wrong(`the cycle of ${earlier.id}, ${earlier.cycle}, is not before ${study.cycle}`));
  return found;
}

async function exportProblems(queries: Queries, study: FieldStudy, order: ExportOrder): Promise<Problem[]> {
  const found: Problem[] = [];
  const cycles = [study.cycle];
  for (const id of order.with) {
    const earlier = await findStudy(queries, id);
    if (!earlier) found.push(...unknownStudy(id).error);
    else {
      found.push(...cycleProblems(study, earlier));
      if (cycles.includes(earlier.cycle) && earlier.cycle !== study.cycle)
        found.push(
          problem(
            "fieldwork-export-invalid",
            "with",
            `two assessments are of the cycle ${earlier.cycle}`,
            "Name one of them.",
          ),
        );
      cycles.push(earlier.cycle);
    }
  }
  for (const { cycle } of order.curricula)
    if (!cycles.includes(cycle))
      found.push(
        problem("fieldwork-export-invalid", "curricula", `no assessment of the files is of the cycle ${cycle}`),
      );
  return found;
}

/** Orders the files of a study, with earlier ones where a change is to be told. */
export async function orderExport(
  database: Database,
  actor: Actor,
  id: string,
  order: ExportOrder = aloneOrder,
): Outcome<JobId> {
  if (!runsAssessments(actor)) return notAllowed(id);
  return database.queries.transaction(async (queries) => {
    await actFor(queries, actor);
    const study = await findStudy(queries, id);
    if (!study) return unknownStudy(id);
    const wrong = await exportProblems(queries, study, order);
    if (wrong.length > 0) return err(wrong);
    const input: ExportInput = { ...order, study: id, title: study.title };
    return ok(await startJob(queries, exportJob, toJson(input), actor));
  });
}
