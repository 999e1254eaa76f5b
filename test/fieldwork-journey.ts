import type { Item } from "../src/accountability/reference-assessments/fieldwork/item.js";
import { importItems } from "../src/accountability/reference-assessments/fieldwork/service-items.js";
import type { FieldStudy } from "../src/accountability/reference-assessments/fieldwork/study.js";
import { accept, before, draft, during, itemsFile, statistician } from "./assessment-fieldwork.js";
import { body, type Journey, today } from "./journey.js";

interface SchoolPart {
  readonly school: { readonly version: number };
  readonly pupils: readonly {
    readonly line: number;
    readonly code: string;
    readonly booklet: number;
    readonly version: number;
  }[];
}

/** A school's part: it accepts, says something of its first pupil, and that pupil answers every question. */
async function schoolPart({ as, product }: Journey, params: { readonly study: string; readonly urn: string }) {
  const ask = as("head");
  const read = async () => body(await ask("readFieldSchool", { params })) as unknown as SchoolPart;
  const acceptance = { takesPart: true, reason: "", roll: 30, sessionOn: "2027-05-11" };
  await ask("answerForSchool", { params, version: (await read()).school.version, body: acceptance });
  const [{ line, code, booklet, version }] = (await read()).pupils as [SchoolPart["pupils"][number]];
  const facts = {
    sex: "female",
    disadvantaged: "no",
    born: "2018-03",
    attendance: "expected",
    arrangements: ["reader"],
  };
  await ask("describePupil", { params: { ...params, line }, version, body: facts });
  const { blocks, booklets } = (body(await as("statistician")("readFieldStudy", { params })) as unknown as FieldStudy)
    .booklets!;
  const bank = (await as("statistician")("listItems")).body as readonly Item[];
  const asked = booklets[booklet - 1]!.flatMap((block) => blocks[block]!.items);
  product.setClock(during);
  for (const [n, item] of asked.entries()) {
    const answer = bank.find(({ id }) => id === item)!.marks[0]!.answer;
    const sent = { answer, device: "tablet-1", sequence: n + 1 };
    await as("pupil")("saveSessionAnswer", { params: { code, item }, body: sent });
  }
  await as("pupil")("finishSession", { params: { code }, body: {} });
}

/** An assessment from its beginning to its files; every school with pupils of the year is drawn. */
export async function fieldwork(journey: Journey): Promise<void> {
  const { as, known, product, database, urns, runJob } = journey;
  const ask = as("statistician");
  const [study, item] = [draft.id, "Q3"];
  const params = { study };
  known.set("study", study).set("file", "pupils.csv");
  product.setClock(before);
  accept(await importItems(database, statistician, itemsFile(12), "items.csv", before));
  let { version } = await ask("beginFieldStudy", { body: draft });
  const booklets = { blocks: 4, booklets: 4, size: 2, minutes: 30, leastOfEach: 0, seed: 5 };
  ({ version } = await ask("assembleBooklets", { params, version, body: booklets }));
  const order = { schools: urns.length, pupilsPerSchool: 6, tilt: 0, method: "systematic", rotation: 0, seed: 11 };
  await runJob(Number(body(await ask("drawFieldSample", { params, version, body: order })).job));
  await schoolPart(journey, { study, urn: urns[0]! });
  await runJob(Number(body(await ask("writeFieldFiles", { params })).job));
  const history = { study, cycle: draft.cycle, exposures: 1, drift: -0.4, driftError: 0.1, decision: "not linked" };
  await ask("recordItem", { params: { item }, version: 1, body: { status: "retired", history } });
  product.setClock(today);
}
