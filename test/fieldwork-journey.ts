import { expect } from "vitest";
import type { Item } from "../src/accountability/reference-assessments/fieldwork/item.js";
import type { FieldStudy } from "../src/accountability/reference-assessments/fieldwork/study.js";
import { before, draft, during, itemsFile } from "./assessment-fieldwork.js";
import { body, type Journey, today } from "./journey.js";

interface Pupil {
  readonly line: number;
  readonly code: string;
  readonly booklet: number;
}

interface SchoolPart {
  readonly school: { readonly version: number };
  readonly pupils: readonly Pupil[];
}

/** A file as programs send it. */
const sent = (name: string, content: string | Buffer) => ({
  file: { name, base64: Buffer.from(content).toString("base64") },
});

/** A school's part: it accepts, says something of its pupils, the first answers every question and the second one on paper. */
async function schoolPart({ as, product, known }: Journey, params: { readonly study: string; readonly urn: string }) {
  const ask = as("head");
  const read = async () => body(await ask("readFieldSchool", { params })) as unknown as SchoolPart;
  const acceptance = { takesPart: true, reason: "", roll: 30, sessionOn: "2027-05-11" };
  await ask("answerForSchool", { params, version: (await read()).school.version, body: acceptance });
  const [{ line, code, booklet }, second] = (await read()).pupils as readonly Pupil[] as [Pupil, Pupil];
  known.set("line", String(line)).set("readSession", code);
  const facts = {
    sex: "female",
    disadvantaged: "no",
    born: "2018-03",
    attendance: "expected",
    arrangements: ["reader"],
  };
  const described = sent("pupils.csv", `line,sex,disadvantaged,born,arrangements,attendance\n${line},male,no,,,\n`);
  await ask("importPupils", { params, body: described });
  const { version } = await ask("readFieldPupil", { params: { ...params, line } });
  const again = await ask("describePupil", { params: { ...params, line }, version, body: facts });
  expect(again.version).toBe(version + 1);
  await ask("describePupil", { params: { ...params, line }, version: again.version, body: facts });
  const { blocks, booklets } = (body(await as("statistician")("readFieldStudy", { params })) as unknown as FieldStudy)
    .booklets!;
  const bank = (await as("statistician")("listItems")).body as readonly Item[];
  const asked = booklets[booklet - 1]!.flatMap((block) => blocks[block]!.items);
  product.setClock(during);
  await as("pupil")("beginSession", { params: { code }, body: { device: "tablet-1" } });
  for (const [n, item] of asked.entries()) {
    const answer = bank.find(({ id }) => id === item)!.marks[0]!.answer;
    const given = { answer, device: "tablet-1", sequence: n + 1 };
    await as("pupil")("saveSessionAnswer", { params: { code, item }, body: given });
  }
  await as("pupil")("finishSession", { params: { code }, body: {} });
  const item = blocks[booklets[second.booklet - 1]![0]!]!.items[0]!;
  const third = (await read()).pupils[2]!.line;
  const last = await ask("readFieldPupil", { params: { ...params, line: third } });
  await ask("erasePupil", { params: { ...params, line: third }, version: last.version, body: { asked: "parent" } });
  const paper = sent("paper.csv", `pupil,item,answer\n${second.code},${item},\n`);
  await as("statistician")("importPaperAnswers", { params, body: paper });
}

/** A study that nobody took part in, erased after its last day. */
async function erasure({ as, product }: Journey): Promise<void> {
  const ask = as("statistician");
  const { version } = await ask("beginFieldStudy", { body: { ...draft, id: "science-y4-2027" } });
  product.setClock(new Date("2027-06-01T10:00:00Z"));
  const params = { study: "science-y4-2027" };
  await ask("eraseFieldPupils", { params, version, body: { reason: "It was called off." } });
  product.setClock(before);
}

/** An assessment from its beginning to its files; every school with pupils of the year is drawn. */
export async function fieldwork(journey: Journey): Promise<void> {
  const { as, known, product, urns, runJob } = journey;
  const ask = as("statistician");
  const [study, item] = [draft.id, "Q3"];
  const params = { study };
  known.set("study", study).set("file", "pupils.csv").set("item", item);
  product.setClock(before);
  await ask("importItems", { body: sent("items.csv", itemsFile(12)) });
  await erasure(journey);
  let { version } = await ask("beginFieldStudy", { body: draft });
  const booklets = { blocks: 4, booklets: 4, size: 2, minutes: 30, leastOfEach: 0, seed: 5 };
  ({ version } = await ask("assembleBooklets", { params, version, body: booklets }));
  const order = { schools: urns.length, pupilsPerSchool: 6, tilt: 0, method: "systematic", rotation: 0, seed: 11 };
  await runJob(Number(body(await ask("drawFieldSample", { params, version, body: order })).job));
  await schoolPart(journey, { study, urn: urns[0]! });
  await runJob(Number(body(await ask("writeFieldFiles", { params, body: {} })).job));
  const history = { study, cycle: draft.cycle, decision: "not to be linked" };
  const read = await ask("readItem", { params: { item } });
  await ask("recordItem", { params: { item }, version: read.version, body: { status: "retired", history } });
  product.setClock(today);
}
