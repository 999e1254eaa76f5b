import { afterAll, beforeAll, expect, inject, it, onTestFinished } from "vitest";
import { changeCase } from "../src/accountability/quality-mark/cases/store-case.js";
import { outcomesSigned, reviewReader, saveReview } from "../src/accountability/quality-mark/index.js";
import { importOutcomes } from "../src/accountability/safeguarding/index.js";
import { keptDuties } from "../src/accountability/school-information/entries.js";
import { civilDate, type Urn } from "../src/kernel/index.js";
import { migrationSets } from "../src/main/parts.js";
import { productServer } from "../src/main/serve.js";
import { type Database, migrate, openDatabase } from "../src/platform/database/index.js";
import { type Actor, publicActor, systemActor } from "../src/platform/identity/index.js";
import { updateRegister } from "../src/register/index.js";
import { csrfOf } from "./cookie-jar.js";
import { describeStores } from "./databases.js";
import { caseYear, publishRegion, withCases } from "./sample-cases.js";
import { registerOfReview, reviewDay, reviewForStore } from "./saved-review.js";
import { type WholeProduct, wholeProduct } from "./whole-product.js";

const urn = "800001" as Urn;
const address = `/schools/${urn}`;
const { heading, schools } = reviewForStore(40);
let product: WholeProduct;

beforeAll(async () => {
  product = await wholeProduct(await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") }));
});
afterAll(async () => {
  await product?.server.close();
  await product?.database.close();
});

const bodyOf = async (url: string) => (await product.server.inject(url)).body;

/** How many questions the database is asked meanwhile. */
async function asked(what: () => Promise<unknown>): Promise<number> {
  const { queries } = product.database;
  const select = queries.select;
  let count = 0;
  queries.select = ((...columns: Parameters<typeof select>) => {
    count++;
    return select.apply(queries, columns);
  }) as typeof select;
  await what().finally(() => {
    queries.select = select;
  });
  return count;
}

it.each([address, "/schools/compare", "/school-information"])("%s is kept between publications", async (url) => {
  await bodyOf(url);
  await bodyOf(url); // the directory that the first one made is in use now
  const again = await product.server.inject(url);
  expect([again.statusCode, again.headers["cache-control"]]).toEqual([200, "no-cache"]);
  await expect.poll(() => asked(() => bodyOf(url))).toBe(0); // but for the look, ten times a second, whether it still holds
});

it("a review that another process publishes, and a register that it imports, are seen at once", async () => {
  const { database } = product;
  const before = await bodyOf(address);
  await saveReview(database.queries, { ...heading, academicYear: "2026/27" }, schools);
  await expect.poll(() => bodyOf(address), { interval: 100 }).toContain("2026/27");
  expect(before).not.toContain("2026/27");
  const contents = registerOfReview(
    schools.map((own) => (own.urn === urn ? { ...own, name: "Renamed Invented School" } : own)),
  );
  const source = { name: "invented", asOf: reviewDay, synthetic: true, files: [] };
  expect(await updateRegister(database, contents, source)).toMatchObject({ ok: true });
  await expect.poll(() => bodyOf(address), { interval: 100 }).toContain("Renamed Invented School");
  await expect.poll(() => bodyOf("/schools?text=renamed+invented"), { interval: 100 }).toContain(address);
});

const later = new Date("2026-12-20T10:00:00Z");
const london = "E12000007";

/** A server whose asker changes, as a process of its own would have it. */
async function process(database: Database) {
  let actor: Actor = publicActor;
  const server = await productServer(database, "0.0.0", [], { clock: () => later, identify: async () => actor });
  onTestFinished(async () => {
    await server.close();
    await database.close();
  });
  const body = async (url: string) => (await server.inject(url)).body;
  /** What the school's office says on its page, through the form. */
  async function say(school: string, statement: string) {
    actor = {
      ...{ kind: "person", id: "o", name: "Ottilie Made-Up" },
      grants: [{ role: "school", scope: { kind: "school", urn: school as Urn } }],
    };
    const form = await server.inject(`/schools/${school}/information`);
    const fields = keptDuties.flatMap(({ id }, k): [string, string][] => [
      [`${id}-link`, ""],
      [`${id}-statement`, k === 0 ? statement : ""],
    ]);
    const payload = new URLSearchParams([...fields, ["version", "0"], ["_csrf", csrfOf(form.body)]]).toString();
    const answer = await server.inject({
      ...{ method: "POST", url: `/schools/${school}/information`, payload },
      headers: { "content-type": "application/x-www-form-urlencoded", cookie: `_csrf=${form.cookies[0]!.value}` },
    });
    actor = publicActor;
    return answer.statusCode;
  }
  return { database, body, say };
}

describeStores("a school's kept page", (_fresh, place) => {
  it("changes with a publication, an office's edit, a suspension, a merger and an academy's audit, in every process", async () => {
    const location = await place();
    const database = await openDatabase(location);
    await migrate(database, migrationSets);
    const { review } = await withCases(database, 20, 0);
    await saveReview(database.queries, { ...review.heading, academicYear: caseYear }, review.schools);
    const processes = [await process(database)];
    // The embedded database is one process's own.
    if (location.kind === "postgresql") processes.push(await process(await openDatabase(location)));
    const everywhere = async (url: string, text: string) => {
      for (const { body } of processes)
        await expect.poll(async () => (await body(url)).includes(text), { interval: 20 }).toBe(true);
    };
    for (const { urn } of review.schools) await everywhere(`/schools/${urn}`, "In review");

    await publishRegion(database, london, later);
    const reader = reviewReader(database.queries, () => civilDate("2026-12-20"));
    const { lines } = await reader.schools({ decision: "awarded", region: london, offset: 0, limit: 10 });
    const [school, other, third] = lines.map(({ urn }) => urn) as [Urn, Urn, Urn];
    const url = `/schools/${school}`;
    await everywhere(url, "Awarded");

    expect(await processes[0]!.say(school, "Our invented vegetable garden.")).toBe(303);
    expect(await processes[0]!.body(url)).toContain("Our invented vegetable garden."); // not polled: whoever saved sees it
    await everywhere(url, "Our invented vegetable garden.");

    const command = { kind: "suspend", words: "Safeguarding has to be put right." } as const;
    const change = {
      urn: school,
      academicYear: caseYear,
      expected: null,
      command,
      actor: systemActor("tests"),
      at: later,
    };
    await database.queries.transaction((queries) => changeCase(queries, change));
    await everywhere(url, command.words);

    await everywhere(`/schools/${other}`, "Awarded");
    const contents = registerOfReview(review.schools);
    const closed = { status: "closed", closed: civilDate("2026-12-19") } as const;
    const merged = {
      ...contents,
      schools: contents.schools.map((own) => (own.urn === other ? { ...own, ...closed } : own)),
    };
    const source = { name: "invented", asOf: civilDate("2026-12-19"), synthetic: true, files: [] };
    expect(await updateRegister(database, merged, source)).toMatchObject({ ok: true });
    await everywhere(`/schools/${other}`, "19 December 2026");

    // A third school becomes an academy: its mark stays where it is, and an audit under the new number reaches it.
    const academy = "899999" as Urn;
    const before = contents.schools.find(({ urn }) => urn === third)!;
    const tie = { established: civilDate("2026-12-19"), linkName: null };
    const converted = {
      ...contents,
      schools: [
        { ...before, ...closed },
        { ...before, urn: academy, name: "Invented Academy" },
      ],
      links: [
        { ...tie, urn: third, linkUrn: academy, linkType: "Successor" },
        { ...tie, urn: academy, linkUrn: third, linkType: "Predecessor" },
      ],
    };
    expect(await updateRegister(database, converted, source)).toMatchObject({ ok: true });
    await everywhere(`/schools/${academy}`, `This is the school that has been URN ${third}.`);
    await everywhere(`/schools/${academy}`, "Awarded");
    const audit = { urn: academy, outcome: "not-secure", on: civilDate("2026-12-20"), place: "a test" } as const;
    expect(await importOutcomes(database, systemActor("tests"), [audit], "tests", later)).toMatchObject({ ok: true });
    await database.queries.transaction((queries) => outcomesSigned(queries, [academy], later));
    await everywhere(`/schools/${third}`, "The safeguarding audit of 20 December 2026 found safeguarding not secure.");
    await everywhere(`/schools/${academy}`, "Suspended");
  });
});
