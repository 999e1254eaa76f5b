import { itemsOfBooklet } from "../src/accountability/reference-assessments/fieldwork/assembly.js";
import { madeUpItem } from "../src/accountability/reference-assessments/fieldwork/examples.js";
import { exportJob, orderExport } from "../src/accountability/reference-assessments/fieldwork/export-job.js";
import { orderSample } from "../src/accountability/reference-assessments/fieldwork/jobs.js";
import type { FieldPupil } from "../src/accountability/reference-assessments/fieldwork/pupil.js";
import { createStudy } from "../src/accountability/reference-assessments/fieldwork/service.js";
import { makeBooklets } from "../src/accountability/reference-assessments/fieldwork/service-booklets.js";
import {
  answerForSchool,
  importPupils,
} from "../src/accountability/reference-assessments/fieldwork/service-schools.js";
import { importPaper } from "../src/accountability/reference-assessments/fieldwork/service-sessions.js";
import {
  findExport,
  findStudy,
  listExport,
  loadPupils,
  loadSchools,
} from "../src/accountability/reference-assessments/fieldwork/store.js";
import { civilDate, seededRandom } from "../src/kernel/index.js";
import type { Database } from "../src/platform/database/index.js";
import { runToEnd } from "../src/platform/jobs/index.js";
import { accept, draft, fieldworkJobs, headOf, statistician } from "./assessment-fieldwork.js";

/** A cycle of Year 4 mathematics, in the field in May of its year. */
export interface FieldCycle {
  readonly cycle: number;
  readonly schools: number;
  readonly pupilsPerSchool: number;
  /** How much abler its pupils are, in logits. */
  readonly shift: number;
}

export const idOf = ({ cycle }: Pick<FieldCycle, "cycle">): string => `mathematics-y4-${cycle}`;
const daysOf = ({ cycle }: FieldCycle) => ({
  before: new Date(`${cycle}-01-11T10:00:00Z`),
  during: new Date(`${cycle}-05-11T09:00:00Z`),
});

/** Begins a study, assembles its booklets of the whole bank and draws its schools; every seventh that is asked refuses, and the next stands in. */
export async function drawCycle(database: Database, order: FieldCycle): Promise<void> {
  const { cycle, schools, pupilsPerSchool } = order;
  const id = idOf(order);
  const { before } = daysOf(order);
  const today = civilDate(`${cycle}-01-11`);
  const days = {
    ...{ answerBy: civilDate(`${cycle}-02-26`), opens: civilDate(`${cycle}-05-04`) },
    ...{ closes: civilDate(`${cycle}-05-28`), eraseOn: civilDate(`${cycle}-09-30`) },
  };
  const title = `Mathematics in Year 4, ${cycle}`;
  const begun = accept(
    await createStudy(database, statistician, { ...draft, ...days, id, title, cycle }, today, before),
  );
  const booklets = { blocks: 4, booklets: 4, size: 2, minutes: 40, leastOfEach: 0, seed: 5 };
  const { version } = accept(await makeBooklets(database, statistician, id, booklets, begun.version, before));
  const sample = { schools, pupilsPerSchool, tilt: 0, method: "coordinated", rotation: 0, seed: 11 } as const;
  const job = accept(await orderSample(database, statistician, id, sample, version, before));
  await runToEnd(database, job, fieldworkJobs);
  const invited = async () => (await loadSchools(database.queries, id)).filter((school) => school.state === "invited");
  for (let asked = await invited(), n = 1; asked.length > 0; asked = await invited())
    for (const { urn, version: expected, choice } of asked) {
      const takesPart = choice > 0 || n++ % 7 > 0;
      const answer = { study: id, urn, takesPart, reason: takesPart ? "" : "A new building", roll: 30, expected };
      accept(await answerForSchool(database, headOf(urn), { ...answer, sessionOn: `${cycle}-05-11` }, today, before));
    }
}

/** Whether a pupil is disadvantaged, a girl, stays away; how able, and what is answered rightly. */
function truthOf({ shift }: FieldCycle, { urn, line }: FieldPupil, cycle: number) {
  const school = 0.4 * seededRandom(5).fork(urn).normal();
  const random = seededRandom(6).fork(`${cycle} ${urn} ${line}`);
  const poor = random.uniform() < 0.35;
  const girl = random.uniform() < 0.5;
  const away = random.uniform() < 0.1;
  const ability = school + 0.9 * random.normal() + shift - (poor ? 0.6 : 0);
  const isRight = (n: number) => random.uniform() < 1 / (1 + Math.exp(0.9 * ((n % 5) / 2 - 1) - 1.2 * ability));
  return { poor, girl, away, ability, isRight };
}

/** Mean and standard deviation of the abilities of those who answered. */
export async function abilityIn(database: Database, order: FieldCycle) {
  const pupils = (await loadPupils(database.queries, idOf(order))).filter(({ state }) => state === "finished");
  const abilities = pupils.map((pupil) => truthOf(order, pupil, order.cycle).ability);
  const mean = abilities.reduce((sum, one) => sum + one, 0) / abilities.length;
  return { mean, sd: Math.sqrt(abilities.reduce((sum, one) => sum + (one - mean) ** 2, 0) / abilities.length) };
}

/** What schools say of their pupils: one school in nine says nothing of its own. */
export async function describeCycle(database: Database, order: FieldCycle): Promise<void> {
  const id = idOf(order);
  const pupils = await loadPupils(database.queries, id);
  const urns = [...new Set(pupils.map(({ urn }) => urn))].filter((_, k) => k % 9 < 8);
  for (const urn of urns) {
    const lines = pupils
      .filter((pupil) => pupil.urn === urn)
      .map((pupil) => {
        const { poor, girl, away } = truthOf(order, pupil, order.cycle);
        const attendance = away ? (pupil.line! % 2 === 0 ? "absent" : "left") : "expected";
        return `${pupil.line},${girl ? "female" : "male"},${poor ? "yes" : "no"},${order.cycle - 9}-03,,${attendance}`;
      });
    const file = Buffer.from(`line,sex,disadvantaged,born,arrangements,attendance\n${lines.join("\n")}\n`);
    accept(await importPupils(database, headOf(urn), { study: id, urn }, file, "pupils.csv"));
  }
}

/** What a pupil answers, in order of presentation. */
export async function answersOfPupil(database: Database, order: FieldCycle, pupil: FieldPupil) {
  const booklets = (await findStudy(database.queries, idOf(order)))!.booklets!;
  const { isRight } = truthOf(order, pupil, order.cycle);
  return itemsOfBooklet(booklets, pupil.booklet)
    .flat()
    .map((item) => {
      const n = Number(item.slice(1));
      const { kind, marks } = madeUpItem(n);
      const wrong = kind === "choice" ? "A" : "0";
      return { item, answer: isRight(n) ? marks[0]!.answer : wrong };
    });
}

/** Everybody who was not on a tablet answers on paper. @param onTablet codes */
export async function paperOfCycle(
  database: Database,
  order: FieldCycle,
  onTablet: readonly string[] = [],
): Promise<void> {
  const lines: string[] = [];
  for (const pupil of await loadPupils(database.queries, idOf(order))) {
    const { away } = truthOf(order, pupil, order.cycle);
    if (away || onTablet.includes(pupil.code!)) continue;
    for (const { item, answer } of await answersOfPupil(database, order, pupil))
      lines.push(`${pupil.code},${item},${answer}`);
  }
  const file = Buffer.from(`pupil,item,answer\n${lines.join("\n")}\n`);
  accept(await importPaper(database, statistician, idOf(order), file, "paper.csv", daysOf(order).during));
}

/** The files of a cycle, by name. */
export async function filesOfCycle(
  database: Database,
  order: FieldCycle,
  wanted: Parameters<typeof orderExport>[3],
): Promise<Readonly<Record<string, string>>> {
  const id = idOf(order);
  const job = accept(await orderExport(database, statistician, id, wanted));
  const state = await runToEnd(database, job, [exportJob], { clock: () => daysOf(order).during });
  if (state.state !== "succeeded") throw new Error(state.error ?? state.state);
  const files: Record<string, string> = {};
  for (const { name } of await listExport(database.queries, id))
    files[name] = (await findExport(database.queries, id, name))!;
  return files;
}
