import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { expectTablesMatch } from "../../../test/tables-match.js";
import { civilDate, type Urn } from "../../kernel/index.js";
import { type Database, migrate } from "../../platform/database/index.js";
import { type Actor, actingAs, identityMigrations, publicActor, systemActor } from "../../platform/identity/index.js";
import { logMigrations, readStream } from "../../platform/log/index.js";
import { registerMigrations, schoolWith, updateRegister } from "../../register/index.js";
import { measureExamples } from "../measures/examples.js";
import { measuresMigrations, type ProposedMeasure, proposeMeasure } from "../measures/index.js";
import type { ConsultationStep, Response } from "./consultation.js";
import { specialistFrameworkMigrations } from "./index.js";
import {
  type ConsultationDraft,
  createConsultation,
  groupView,
  moderate,
  rate,
  respond,
  stepConsultation,
  writeStatement,
} from "./service.js";
import { adoptFramework, type ProposedFramework, recordFindings } from "./service-framework.js";
import { adoptedFramework, findConsultation, loadFindings, loadRatings, loadResponses } from "./store.js";
import {
  consultationTable,
  findingTable,
  frameworkTable,
  ratingTable,
  responseTable,
  statementTable,
} from "./store-tables.js";

const member = (n: number): Actor => ({
  ...{ kind: "person", id: `member-${n}`, name: `Member ${n} Example` },
  grants: [{ role: "working-group", scope: { kind: "country" } }],
});
const chair = member(1);
const now = new Date("2026-11-26T10:00:00Z");
const [during, after] = [civilDate("2026-02-01"), civilDate("2026-04-06")];
const draft: ConsultationDraft = {
  id: "specialist-schools",
  title: "How should special schools be judged?",
  about: "The group reports to the regional directors.",
  opens: civilDate("2026-01-12"),
  closes: civilDate("2026-04-05"),
  questions: [{ id: "progress", kind: "open", text: "What shows that pupils make progress?" }],
};
const response: Response = {
  respondent: "special school",
  name: "Larkrise Special School",
  answers: { progress: "Small steps, written down." },
  evidence: [{ title: "A study", link: "", shows: "Small steps add up." }],
  mayBePublished: true,
};

async function group(fresh: () => Promise<Database>): Promise<Database> {
  const database = await fresh();
  const sets = [
    identityMigrations,
    logMigrations,
    registerMigrations,
    measuresMigrations,
    specialistFrameworkMigrations,
  ];
  await migrate(database, sets);
  return database;
}

const versionOf = async (database: Database) => (await findConsultation(database.queries, draft.id))?.version ?? 0;

async function step(database: Database, taken: ConsultationStep, today = after): Promise<void> {
  const order = { id: draft.id, step: taken, expected: await versionOf(database) };
  const done = await stepConsultation(database, chair, order, today, now);
  if (!done.ok) throw new Error(`${taken}: ${done.error[0]?.message}`);
}

/** A consultation in its first round: a response, a statement, and ten members who rate it high and one who rates it low. */
async function firstRound(database: Database): Promise<void> {
  await createConsultation(database, chair, draft, now);
  await step(database, "open", during);
  await respond(database, publicActor, draft.id, response, during, now);
  await step(database, "close");
  await writeStatement(
    database,
    chair,
    {
      id: draft.id,
      words: "Progress is judged from each pupil's own start.",
      restsOn: [1],
      expected: await versionOf(database),
    },
    now,
  );
  await step(database, "begin-round");
  for (let n = 1; n <= 11; n++) {
    const rating = n === 11 ? 4 : 7 + (n % 3);
    const rated = await rate(
      database,
      member(n),
      draft.id,
      [{ statement: 1, rating, remark: n === 11 ? "Too vague." : "" }],
      now,
    );
    expect(rated).toEqual({ ok: true, value: 1 });
  }
}

async function reported(database: Database): Promise<void> {
  await firstRound(database);
  await step(database, "end-round");
  await step(database, "report");
}

const criterion = {
  id: "progress-made",
  title: "Progress from each pupil's own start",
  question: "Do the records show the progress that the plans set out?",
  evidence: ["plans and reviews of a sample of pupils"],
  ...{ required: true, measure: "progress-against-plans", statement: 1, without: null },
};
const proposed: ProposedFramework = {
  title: "Framework for special schools",
  from: civilDate("2026-09-01"),
  kinds: ["special"],
  criteria: [criterion],
  consultation: draft.id,
};

async function admitted(database: Database): Promise<void> {
  const judgement: ProposedMeasure = {
    ...measureExamples[0]!.measure,
    ...{ id: "progress-against-plans", title: "Progress against plans", basis: "judgement" as const, outcomes: [] },
    population: { kinds: ["special"], pupils: "pupils with a plan", leavesOut: "" },
  };
  const made = await proposeMeasure(database, systemActor("tests"), judgement, 0, now);
  expect(made).toMatchObject({ value: { outcome: "admitted" } });
}

describeStores("the Expert Working Group", (fresh) => {
  it("has the tables that Drizzle is told of", async () => {
    const tables = [consultationTable, responseTable, statementTable, ratingTable, frameworkTable, findingTable];
    await expectTablesMatch(await group(fresh), tables);
  });

  it("hears anybody while a consultation is open, and nobody before or after", async () => {
    const database = await group(fresh);
    await createConsultation(database, chair, draft, now);
    expect(await respond(database, publicActor, draft.id, response, during, now)).toMatchObject({
      error: [{ code: "consultation-unknown" }],
    });
    await step(database, "open", during);
    const both = await Promise.all([1, 2].map(() => respond(database, publicActor, draft.id, response, during, now)));
    expect(both.map((received) => received.ok && received.value).sort()).toEqual([1, 2]);
    expect(await respond(database, publicActor, draft.id, response, after, now)).toMatchObject({
      error: [{ code: "consultation-not-open" }],
    });
    expect((await readStream(database.queries, `specialist-framework/response/${draft.id}/2`)).length).toBe(1);
  });

  it("shows the public what may be published and is not hidden, and nothing of a draft", async () => {
    const database = await group(fresh);
    await createConsultation(database, chair, draft, now);
    const seen = () => actingAs(database, publicActor, (queries) => findConsultation(queries, draft.id));
    expect(await seen()).toBeNull();
    await step(database, "open", during);
    expect(await seen()).not.toBeNull();
    await respond(database, publicActor, draft.id, response, during, now);
    await respond(database, publicActor, draft.id, { ...response, mayBePublished: false }, during, now);
    const numbers = async (actor: Actor) =>
      (await actingAs(database, actor, (queries) => loadResponses(queries, draft.id))).map(({ number }) => number);
    expect([await numbers(publicActor), await numbers(chair)]).toEqual([[1], [1, 2]]);
    await moderate(database, chair, { id: draft.id, response: 1, because: "It names a pupil." }, now);
    expect(await numbers(publicActor)).toEqual([]);
    await moderate(database, chair, { id: draft.id, response: 1, because: null }, now);
    expect(await numbers(publicActor)).toEqual([1]);
  });

  it("rates without seeing each other's ratings, and sees the spread when the round has ended", async () => {
    const database = await group(fresh);
    await firstRound(database);
    const own = await actingAs(database, member(3), (queries) => loadRatings(queries, draft.id));
    expect(own.map(({ member: who }) => who)).toEqual(["member-3"]);
    const view = async () =>
      (await groupView(database, chair, (await findConsultation(database.queries, draft.id))!, after))!;
    expect(await view()).toMatchObject({ ratedNow: 11, statements: [{ rounds: [] }] });
    await step(database, "end-round");
    const ended = await view();
    expect(ended).toMatchObject({ ratedNow: null, statements: [{ agreement: "in" }] });
    expect(ended.statements[0]?.rounds[0]?.remarks).toEqual(["Too vague."]);
    expect(
      await groupView(database, publicActor, (await findConsultation(database.queries, draft.id))!, after),
    ).toBeNull();
    const events = await readStream(database.queries, `specialist-framework/ratings/${draft.id}/1/member-11`);
    expect(JSON.stringify(events)).not.toContain("Too vague");
  });

  it("refuses ratings that are none, and outside a round", async () => {
    const database = await group(fresh);
    await firstRound(database);
    const bad = [
      { statement: 1, rating: 10, remark: "" },
      { statement: 2, rating: 5, remark: "" },
    ];
    const refused = await rate(database, chair, draft.id, bad, now);
    expect(refused.ok ? [] : refused.error.map(({ message }) => message)).toEqual([
      "10 is no whole number from 1 to 9",
      "there is none",
    ]);
    await step(database, "end-round");
    expect((await rate(database, chair, draft.id, [{ statement: 1, rating: 5, remark: "" }], now)).ok).toBe(false);
  });

  it("reports what the records say", async () => {
    const database = await group(fresh);
    await reported(database);
    const consultation = await findConsultation(database.queries, draft.id);
    expect(consultation?.report).toMatchObject({ responses: 1, members: 11, agreedIn: 1, agreedOut: 0, leftOpen: 0 });
    expect(consultation?.report?.evidence).toEqual([{ ...response.evidence[0], response: 1 }]);
  });

  it("adopts a framework that rests on the report and on an admitted measure", async () => {
    const database = await group(fresh);
    await firstRound(database);
    const early = await adoptFramework(database, chair, proposed, 0, now);
    expect(early).toMatchObject({ error: [{ place: "consultation" }] });
    await step(database, "end-round");
    await step(database, "report");
    expect((await adoptFramework(database, chair, proposed, 0, now)).ok).toBe(false);
    await admitted(database);
    expect((await adoptFramework(database, chair, proposed, 0, now)).ok).toBe(true);
    await expect(adoptFramework(database, chair, proposed, 0, now)).rejects.toMatchObject({
      code: "changed-meanwhile",
    });
    const on = (day: string) => adoptedFramework(database.queries, "special", civilDate(day));
    expect([(await on("2026-08-31"))?.version, (await on("2026-09-01"))?.version]).toEqual([undefined, 1]);
    expect(await adoptedFramework(database.queries, "pupil-referral-unit", civilDate("2027-01-01"))).toBeNull();
  });

  it("records what officers of the region found, under the framework that holds", async () => {
    const database = await group(fresh);
    await reported(database);
    await admitted(database);
    await adoptFramework(database, chair, proposed, 0, now);
    const urn = "100001" as Urn;
    const school = schoolWith({
      urn,
      name: "Larkrise",
      authority: "390" as never,
      type: "Community special school",
      status: "open",
    });
    const source = { name: "tests", asOf: civilDate("2026-09-01"), synthetic: true, files: [] };
    await updateRegister(database, { schools: [school], groups: [], memberships: [], links: [] }, source);
    const officer = (region: string): Actor => ({
      ...{ kind: "person", id: "officer", name: "Otto Example" },
      grants: [{ role: "regional-officer", scope: { kind: "region", code: region } }],
    });
    const order = {
      school: { urn, region: "E12000001", kind: "special" as const },
      framework: 1,
      findings: [
        { criterion: "progress-made", outcome: "met" as const, on: civilDate("2026-11-02"), grounds: "Twelve plans." },
      ],
      expected: 0,
    };
    const today = civilDate("2026-11-26");
    expect(await recordFindings(database, officer("E12000002"), order, today, now)).toMatchObject({
      error: [{ code: "framework-role" }],
    });
    const future = { ...order, findings: [{ ...order.findings[0]!, on: civilDate("2026-12-01"), grounds: "" }] };
    const refused = await recordFindings(database, officer("E12000001"), future, today, now);
    expect(refused.ok ? 0 : refused.error.length).toBe(2);
    expect(await recordFindings(database, officer("E12000001"), order, today, now)).toEqual({ ok: true, value: 1 });
    expect((await loadFindings(database.queries, urn, 1)).findings.get("progress-made")?.outcome).toBe("met");
  });
});
