import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { measureExamples } from "../src/accountability/measures/examples.js";
import { currentCertificate } from "../src/accountability/quality-mark/certificate/service.js";
import { allMet } from "../src/accountability/safeguarding/examples.js";
import { viewAudit } from "../src/accountability/safeguarding/service-audits.js";
import { statementOrder } from "../src/teachers/supply/jobs.js";
import { makeStatement } from "../src/teachers/supply/statement.js";
import { changeStatement } from "../src/teachers/supply/store.js";
import { during } from "./assessment-fieldwork.js";
import { describeStores } from "./databases.js";
import { fieldwork } from "./fieldwork-journey.js";
import { begin, body, everybody, type Journey, specialist, tiedOfficer, today, trust, year } from "./journey.js";
import type { Asked } from "./published-answers.js";
import { region } from "./safeguarding-region.js";
import { sampleResults } from "./sample-assessment.js";
import { madeUpRun } from "./sample-supply.js";

/**
 * Operations for which no successful answer is made here, each with the reason. A new operation is in none of these lists: it fails the test until
 * it answers, of itself where it only reads, or by a line of the journey where it changes something.
 */
const unreached: Readonly<Record<string, string>> = {};

async function people({ as, known }: Journey): Promise<void> {
  const ask = as("admin");
  const { id } = body(await ask("addProgram", { body: { name: "A program (made up)" } })) as { id: string };
  known.set("id", id);
  const scope = { kind: "region", code: region };
  const role = { role: "regional-officer", scope, reason: "A test." };
  const first = await ask("readPerson", { params: { id } });
  const granted = await ask("grantRole", { params: { id }, version: first.version, body: role });
  const [held] = body(granted).roles as { id: number }[];
  const end = { params: { id, role: held!.id }, version: granted.version, body: { reason: "It was a test." } };
  await ask("endRole", end);
}

async function register({ as, known, runJob }: Journey): Promise<void> {
  const lines =
    "Group UID,Group ID,Group Name,Group Type,Group Status,Open date\n90002,TR90002,OTTER TRUST,Multi-academy trust,Open,01/09/2015\n";
  for (const [text, state] of [
    [lines, "imported"],
    [lines.replace("90002,", "9000x,"), "refused"],
  ] as const) {
    const files = [{ name: "groups.csv", base64: Buffer.from(text).toString("base64") }];
    const ordered = body(await as("admin")("orderRegisterImport", { body: { asOf: "2026-11-25", files } }));
    await runJob(Number(ordered.job));
    known.set("order", String(ordered.id));
    expect(body(await as("admin")("readRegisterImport", { params: { order: Number(ordered.id) } }))).toMatchObject({
      state,
    });
  }
}

async function measures({ as, known }: Journey): Promise<void> {
  const [ask, { measure }] = [as("official"), measureExamples[0]!];
  await ask("judgeMeasure", { body: measure });
  const made = await ask("proposeMeasure", { params: { measure: measure.id }, body: measure });
  const judgement = {
    ...{ ...measure, id: "progress-against-plans", title: "Progress against plans", basis: "judgement", outcomes: [] },
    population: { kinds: ["special"], pupils: "pupils with a plan", leavesOut: "" },
  };
  await ask("proposeMeasure", { params: { measure: judgement.id }, body: judgement });
  const withdrawal = { until: "2027-09-01", because: "Another was agreed." };
  await ask("withdrawMeasure", { params: { measure: measure.id }, version: made.version, body: withdrawal });
  known.set("measure", measure.id);
}

async function framework({ as, known, product }: Journey): Promise<void> {
  const consultation = "specialist-schools";
  known.set("consultation", consultation);
  const params = { consultation };
  const draft = {
    ...{
      title: "How should special schools be judged?",
      about: "A report follows.",
      opens: "2026-01-12",
      closes: "2026-04-05",
    },
    questions: [{ id: "progress", kind: "open", text: "What shows that pupils make progress?" }],
  };
  product.setClock(new Date("2026-02-01T12:00:00Z"));
  let { version } = await as("member-1")("writeConsultation", { params, body: draft });
  const step = async (taken: string) => {
    ({ version } = await as("member-1")("stepConsultation", { params, version, body: { step: taken } }));
  };
  await step("open");
  const response = {
    ...{ respondent: "special school", name: "", answers: { progress: "Small steps." }, mayBePublished: true },
    evidence: [{ title: "A study", link: "", shows: "Small steps add up." }],
  };
  const { number } = body(await as("nobody")("respondToConsultation", { params, body: response }));
  const shown = { params: { consultation, number: Number(number) }, body: { hiddenBecause: null } };
  product.setClock(new Date("2026-04-06T12:00:00Z"));
  await step("close");
  await as("member-1")("moderateResponse", shown);
  const statement = { words: "Progress is judged from each pupil's own start.", restsOn: [Number(number)] };
  ({ version } = await as("member-1")("writeStatement", { params, version, body: statement }));
  await step("begin-round");
  for (let n = 1; n <= 9; n++) {
    const ratings = [{ statement: 1, rating: n < 9 ? 8 : 2, remark: n < 9 ? "" : "Too vague." }];
    await as(`member-${n}`)("rateStatements", { params, body: { ratings } });
  }
  await step("end-round");
  await step("report");
  const criterion = {
    ...{ id: "progress-made", title: "Progress", question: "Do the records show it?", evidence: ["plans"] },
    ...{ required: true, measure: "progress-against-plans", statement: 1, without: null },
  };
  const adopted = { title: "Framework", from: "2026-09-01", kinds: ["special"], criteria: [criterion], consultation };
  await as("member-1")("adoptFramework", { body: adopted });
  product.setClock(today);
  const finding = { criterion: "progress-made", outcome: "met", on: "2026-11-20", grounds: "Twelve plans were read." };
  await as("officer")("recordFindings", {
    params: { urn: specialist },
    body: { framework: 1, findings: [finding] },
  });
}

async function accounts({ as, known }: Journey): Promise<void> {
  const place = { body: `trust-${trust}`, yearEnd: "2025-08-31" };
  for (const [name, value] of Object.entries(place)) known.set(name, value);
  const filing = {
    ...{ yearEnd: place.yearEnd, opinion: "unqualified", regularity: "clean", signedOn: "2025-12-11" },
    ...{ auditor: "Invented & Partners", documentSha256: "a".repeat(64) },
  };
  const { version } = await as("finance")("fileAccounts", { params: place, body: filing });
  await as("finance")("correctAccounts", {
    params: place,
    version,
    body: { ...filing, auditor: "Invented and Partners" },
  });
}

async function schoolPage({ as, urns }: Journey): Promise<void> {
  const entries = { curriculum: { link: "https://school.invalid/curriculum", statement: "" } };
  await as("office")("changeSchoolInformation", { params: { urn: urns[0]! }, body: { entries } });
}

/** A head's own answer: two corrections, one withdrawn and one raised, and the last word. */
async function schoolSide({ as, known }: Journey, urn: string): Promise<void> {
  const ask = as("head");
  const draft = {
    ...{ pupil: "GP-1", reason: "left-england", action: "leave-out" },
    facts: { leftOn: "2026-03-27", country: "Spain" },
  };
  const documents = [{ name: "letter.pdf", base64: Buffer.from("%PDF-1.7\nmade up\n%%EOF").toString("base64") }];
  type Side = { corrections: { id: string; state: string }[]; documents: { id: string }[] };
  const made = body(await ask("draftCorrection", { params: { urn }, body: draft })) as Side;
  const correction = made.corrections[0]!.id;
  await ask("withdrawCorrection", { params: { urn, correction } });
  const again = body(await ask("draftCorrection", { params: { urn }, body: { ...draft, pupil: "GP-2" } })) as Side;
  const params = { urn, correction: again.corrections.find(({ state }) => state === "draft")!.id };
  const added = await ask("addCorrectionDocuments", { params, body: { documents } });
  known.set("document", (body(added) as Side).documents[0]!.id);
  const { version } = await ask("raiseCorrection", { params, version: added.version });
  await ask("answerCase", { params: { urn }, version, body: { step: "finish-answer" } });
  await as("officer")("takeCaseStep", {
    params: { year, urn },
    version: version + 1,
    body: { step: "settle-correction", number: 1, accepted: false, words: "The letter names another pupil." },
  });
}

async function cases(journey: Journey): Promise<void> {
  const { as, urns, known, product, runJob, database } = journey;
  product.setClock(today);
  const step = async (who: string, urn: string, given: object) => {
    const params = { year, urn };
    const { version } = await as(who)("readCase", { params });
    return body(await as(who)("takeCaseStep", { params, version, body: given }));
  };
  const all = (await as("officer")("listCases", { params: { year }, query: { region } })).body;
  for (const { urn, proposed } of all as { urn: string; proposed: string }[]) {
    await step("officer", urn, { step: "send-to-school", answerBy: "2026-12-20" });
    await step("head", urn, { step: "represent", words: "The corridor was being painted." });
    if (urn === urns[0]) await schoolSide(journey, urn);
    else await step("head", urn, { step: "finish-answer" });
    const { state } = await step("officer", urn, { step: "decide", decision: proposed, words: "As it stands." });
    if (state === "second-reader") await step("director", urn, { step: "agree" });
  }
  await as("officer")("drawSecondReadings", { params: { year }, body: { region } });
  const drawn = (await as("officer")("listCases", { params: { year }, query: { region } })).body;
  for (const { urn, state } of drawn as { urn: string; state: string }[])
    if (state === "second-reader") await step("director", urn, { step: "agree" });
  const { job } = body(await as("officer")("publishCases", { params: { year }, body: { region } }));
  await runJob(Number(String(job).split("/").at(-1)));
  const award = (all as { urn: string; proposed: string }[]).find(({ proposed }) => proposed === "awarded");
  const certificate = await currentCertificate(database, award!.urn, today);
  if (!certificate.ok) throw new Error(certificate.error.message);
  known.set("checkCertificate", certificate.value.code);
  const enquiry = { body: { urns: [...urns], purpose: "inspection" } };
  for (const form of ["askExemptions", "askExemptionsCsv"]) await as("agency")(form, enquiry);
  await as("agency")("askExemption", { params: { urn: urns[0]! } });
}

async function jobs({ as, known }: Journey): Promise<void> {
  const ordered = await as("officer")("orderAuditPlan", { params: { region }, body: { away: [], from: null } });
  const job = Number(body(ordered).job);
  known.set("job", String(job));
  expect(body(await as("officer")("stopJob", { params: { job } }))).toMatchObject({ state: "stopped" });
  await as("officer")("resumeJob", { params: { job } });
}

/** A charter suspended and restored; an interest that ended. */
async function charters({ as }: Journey): Promise<void> {
  const ask = as("admin");
  const params = { charter: tiedOfficer.charter };
  const day = "2026-11-26";
  let { version } = await ask("readOfficer", { params });
  ({ version } = await ask("suspendCharter", { params, version, body: { from: day, why: "Made up." } }));
  ({ version } = await ask("restoreCharter", { params, version, body: { on: day, why: "Nothing was found." } }));
  ({ version } = await ask("renewCharter", { params, version, body: { until: "2030-09-01" } }));
  await ask("endInterest", { params: { ...params, number: 1 }, version, body: { on: day } });
}

async function audits(journey: Journey): Promise<void> {
  const { as, known, runJob, urns } = journey;
  await charters(journey);
  await jobs(journey);
  await runJob(Number(known.get("job")));
  const [plan] = (await as("officer")("listAuditPlans", { params: { region } })).body as { id: number }[];
  known.set("plan", String(plan!.id));
  await as("officer")("adoptAuditPlan", { params: { region, plan: plan!.id } });
  const planned = (await as("officer")("listAuditsOfRegion", { params: { region } })).body as {
    id: string;
    urn: string;
    officer: string;
  }[];
  const one = planned.find(({ urn }) => urn === urns[0])!; // its case will not be an award
  const [first, second] = one.officer.endsWith("1") ? ["officer-1", "officer-2"] : ["officer-2", "officer-1"];
  const number = one.id.replace(`-${one.urn}`, "");
  for (const [name, value] of [
    ["charter", one.officer],
    ["audit", number],
  ] as const)
    known.set(name, value);
  const params = { urn: one.urn, audit: number };
  await as("lead")("answerAuditRequests", { params, body: { requests: [] } });
  await as(first)("beginAudit", { params });
  const view = await viewAudit(journey.database, everybody(first, urns), one.id, today);
  if (!view.ok) throw new Error(view.error[0]?.message);
  for (const answer of allMet(view.value.sections)) {
    const found =
      answer.requirement === "policies.conduct"
        ? { judgement: "not-met", note: "Of 2019.", action: "Write it anew." }
        : {};
    const { requirement, ...given } = { ...answer, ...found };
    await as(first)("saveAuditAnswer", {
      params: { ...params, requirement },
      body: { ...given, base: 0, client: randomUUID() },
    });
  }
  const requirement = "policies.conduct";
  const base64 = Buffer.from("%PDF-1.7 made up").toString("base64");
  const files = ["conduct.pdf", "again.pdf"].map((name, i) => ({ name, base64: `${base64.slice(0, -4)}${i}AA=` }));
  const added = await as(first)("addAuditEvidence", { params, body: { requirement, files } });
  const [kept, wrong] = (added.body as { files: { id: string }[] }).files;
  known.set("readAuditEvidence", kept!.id);
  await as(first)("removeAuditEvidence", { params: { ...params, file: wrong!.id } });
  await as(first)("signAudit", { params, body: { declared: true, asked: true } });
  await as(second)("readAuditAgain", { params, body: { agrees: true, words: "" } });
  const action = { ...params, requirement: "policies.conduct" };
  await as("lead")("reportActionDone", { params: action, body: { words: "Written and read by all." } });
  await as(first)("judgeAction", { params: action, body: { closes: true, words: "Seen." } });
  const correction = { outcome: "not-secure", words: "A record had been overlooked." };
  await as("director")("correctAuditOutcome", { params, body: correction });
  await as(first)("openReAudit", { params, body: { on: "2027-01-11" } });
  const raised = await as(first)("raiseEscalation", { params: { urn: one.urn }, body: { words: "Made up." } });
  const escalation = String(body(raised).id);
  await as("director")("answerEscalation", { params: { region, escalation }, body: { closes: false, words: "Rung." } });
}

async function teacherSupply({ as, known, database }: Journey): Promise<void> {
  const asked = await as("planner")("askForStatement", { body: { year: 2026, draws: 20 } });
  const statement = String(body(asked).id);
  const content = makeStatement([madeUpRun()], statementOrder(2026));
  await changeStatement(database.queries, { id: Number(statement), version: 1 }, { state: "made", content });
  known.set("statement", statement);
  const params = { statement };
  const { version } = await as("planner")("readStatement", { params });
  await as("official")("publishStatement", { params, version, body: { answer: "Two thousand more places." } });
  await as("official")("adoptShortageList", { params, version: 0, body: { from: "2027-09-01" } });
  await as("reader")("runScenario", {
    body: { overrides: [{ path: "pay.uplift", from: 2027, to: null, value: 0.02 }] },
  });
}

async function assessments({ as, known }: Journey): Promise<void> {
  const ask = as("statistician");
  const body = { ...(await sampleResults()), phase: "Year 4", synthetic: true };
  await ask("publishAssessment", { params: { assessment: "made-up-mathematics" }, body });
  const params = { assessment: "made-up-by-mistake" };
  const { version } = await ask("publishAssessment", { params, body });
  await ask("withdrawPublication", { params, version, body: { reason: "It was a test." } });
  known.set("assessment", "made-up-mathematics");
}

/** What a read needs beside its address. */
const queries: Readonly<Record<string, Asked["query"]>> = {
  suggestSchools: { text: "school" },
  planFieldSample: { schools: 6 }, // the journey has seven
};

/** Asks every operation that only reads, in each of its forms. */
async function readAll({ as, answers, known, urns, product }: Journey): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const { method, path, operationId, content } of answers.operations.filter((one) => one.method === "GET")) {
    const own = known.get(operationId.replace(/Csv$/, ""));
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const lacking = names.filter((name) => own === undefined && !known.has(name));
    if (lacking.length > 0) {
      missing.push(`${method} ${path} (${operationId}): the test knows no ${lacking.join(", ")}`);
      continue;
    }
    const params = Object.fromEntries(names.map((name) => [name, own ?? known.get(name)!]));
    const query = operationId === "compareSchools" ? { urn: urns.slice(0, 2).join() } : queries[operationId];
    const reader = operationId === "listMyAudits" ? "officer-1" : "reader";
    product.setClock(operationId === "readSession" ? during : today); // a session can be read in its window alone
    for (const accept of content.keys()) await as(reader)(operationId, { params, accept, ...(query && { query }) });
  }
  return missing;
}

describeStores("the interface's answers", (fresh) => {
  it("fit the document that the server publishes, operation by operation", async () => {
    const journey = await begin(await fresh());
    const schools = [people, register, measures, framework, accounts, schoolPage, audits, cases];
    for (const part of [...schools, teacherSupply, assessments, fieldwork]) await part(journey);
    const missing = await readAll(journey);
    expect(missing).toEqual([]);
    const { operations, answered } = journey.answers;
    const silent = operations.filter(({ operationId }) => !answered.has(operationId) && !(operationId in unreached));
    expect(silent.map(({ method, path, operationId }) => `${method} ${path} (${operationId})`)).toEqual([]);
    expect(journey.answers.empty()).toEqual([]);
    expect(Object.keys(unreached).filter((operationId) => answered.has(operationId))).toEqual([]);
    expect(journey.product.failures()).toEqual([]);
    await journey.product.server.close();
  });
});
