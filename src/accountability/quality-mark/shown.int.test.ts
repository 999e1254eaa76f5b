import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { caseYear, publishRegion, withCases } from "../../../test/sample-cases.js";
import { civilDate } from "../../kernel/index.js";
import { systemActor } from "../../platform/identity/index.js";
import { changeCase } from "./cases/store-case.js";
import { marksOf } from "./marks/store-marks.js";
import { reviewReader, saveReview } from "./store.js";

const london = "E12000007";
const later = new Date("2026-12-20T10:00:00Z");
const published = civilDate("2026-12-20");
const everyone = { offset: 0, limit: 1000 };

describeStores("what the public sees of a review whose year has cases", (fresh) => {
  it("is nothing before publication, then what was published, and at once what becomes of a mark", async () => {
    const { database, review } = await withCases(await fresh(), 40, 0);
    await saveReview(database.queries, { ...review.heading, academicYear: caseYear }, review.schools);
    const reader = reviewReader(database.queries, () => published);

    expect(await reader.review()).toMatchObject({ standing: "in-review" });
    const before = await reader.schools(everyone);
    expect(new Set(before.lines.map(({ decision }) => decision))).toEqual(new Set(["in-review"]));
    expect((await reader.country()).decisions).toMatchObject({ "in-review": before.total, awarded: 0, refused: 0 });
    const measured = before.lines.find(({ valueAdded }) => valueAdded !== null)!;
    expect(await reader.school(measured.urn)).toMatchObject({
      ...{ decision: "in-review", reasons: [], mark: null, probabilityOtherwise: null },
      valueAdded: measured.valueAdded,
    });

    await publishRegion(database, london, later);
    expect(await reader.review()).toMatchObject({ standing: "published" });
    const { lines } = await reader.schools(everyone);
    const inLondon = lines.filter(({ region }) => region === "London");
    const marks = await marksOf(
      database.queries,
      inLondon.map(({ urn }) => urn),
      published,
    );
    for (const { urn, decision } of inLondon) {
      const mark = marks.get(urn)!;
      expect(decision).toBe(mark.state === "not-decided" ? mark.decision : mark.state);
      const { urn: _u, decision: _d, reasons, ...shown } = mark;
      expect(await reader.school(urn)).toMatchObject({ decision, reasons, mark: shown });
    }
    for (const line of lines.filter(({ region }) => region !== "London")) expect(line.decision).toBe("in-review");
    const region = (await reader.region(london))!.region;
    const awarded = inLondon.filter(({ decision }) => decision === "awarded");
    expect(region.decisions).toMatchObject({ awarded: awarded.length, "in-review": 0 });
    expect((await reader.schools({ ...everyone, decision: "awarded" })).total).toBe(awarded.length);

    const { urn } = awarded[0]!;
    const command = { kind: "suspend", words: "Safeguarding has to be put right." } as const;
    const actor = systemActor("tests");
    await database.queries.transaction((queries) =>
      changeCase(queries, { urn, academicYear: caseYear, expected: null, command, actor, at: later }),
    );
    expect((await reader.lines()).get(urn)?.decision).toBe("suspended");
    expect((await reader.schools({ ...everyone, decision: "suspended" })).lines.map((line) => line.urn)).toEqual([urn]);
    expect((await reader.country()).decisions).toMatchObject({ awarded: awarded.length - 1, suspended: 1 });
    expect(await reader.school(urn)).toMatchObject({ mark: { state: "suspended", words: command.words } });

    const nextYear = reviewReader(database.queries, () => civilDate("2027-12-20"));
    expect((await nextYear.country()).decisions).toMatchObject({ awarded: 0, suspended: 0, expired: awarded.length });
  });
});
