import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilDate } from "../../../kernel/index.js";
import { assemble, blocksOf, itemsOfBooklet } from "./assembly.js";
import { madeUpItem, madeUpSchools } from "./examples.js";
import { schoolsToInvite, unitOutcome } from "./field.js";
import { phaseFrame, strataOf } from "./frame.js";
import { fieldsOfItem, itemOfFields, itemProblems, scoreOf } from "./item.js";
import { readPupil } from "./pupil.js";
import { drawSample } from "./sample.js";
import { keepsAnswer, scaledResponses } from "./session.js";
import { orderProblems, type SampleOrder, type StudyDraft, studyProblems } from "./study.js";

const study = { id: "maths-y4-2027", phase: "year-4" } as const;
const order: SampleOrder = { schools: 30, pupilsPerSchool: 20, tilt: 0, method: "systematic", rotation: 0, seed: 7 };
const framed = phaseFrame(madeUpSchools(400), "year-4");

describe("the frame of a phase", () => {
  it("has schools that take the age, in four equal groups of pupils by free meals, and says who is left out", () => {
    const odd = [
      { ...madeUpSchools(1)[0]!, urn: "1", typeGroup: "Independent schools" },
      { ...madeUpSchools(1)[0]!, urn: "2", type: "Community special school" },
      { ...madeUpSchools(1)[0]!, urn: "3", pupils: null },
      { ...madeUpSchools(1)[0]!, urn: "4", lowAge: 11, highAge: 16 },
      { ...madeUpSchools(1)[0]!, urn: "5", lowAge: 4, highAge: 7 },
      { ...madeUpSchools(1)[0]!, urn: "6", freeSchoolMealsPercent: null },
    ];
    const frame = phaseFrame([...madeUpSchools(400), ...odd], "year-4");
    expect(frame.schools).toHaveLength(401);
    expect(frame.leftOut.map(({ why, schools }) => [why, schools])).toEqual([
      ["independent schools", 1],
      ["schools whose number of pupils the register doesn't have", 1],
      ["special schools and alternative provision", 1],
    ]);
    const { strata } = strataOf(frame.schools);
    const persons = strata.filter(({ name }) => name.endsWith("of free meals")).map((stratum) => stratum.persons);
    expect(persons).toHaveLength(4);
    // Equal but for the school on each border.
    expect(Math.max(...persons) - Math.min(...persons)).toBeLessThan(200);
  });

  it("draws the same from the same seed in any order of the register, and other schools from another", () => {
    const back = phaseFrame([...madeUpSchools(400)].reverse(), "year-4");
    const urns = (seed: number, schools = framed.schools) => {
      const drawn = drawSample(study, schools, { ...order, seed }, 1);
      if (!drawn.ok) throw new Error(drawn.error[0]!.message);
      return drawn.value.schools.map(({ urn, unit, choice }) => `${urn} ${unit} ${choice}`);
    };
    expect(urns(7, back.schools)).toEqual(urns(7));
    expect(urns(8)).not.toEqual(urns(7));
    expect(new Set(urns(7).map((one) => one.split(" ")[0])).size).toBe(urns(7).length);
  });

  it("expects the frame's pupils again: probabilities sum to the units drawn, weights to the pupils", () => {
    const drawn = drawSample(study, framed.schools, { ...order, schools: 60, pupilsPerSchool: 1 }, 1);
    if (!drawn.ok) throw new Error("not drawn");
    const first = drawn.value.schools.filter(({ choice }) => choice === 0);
    expect(first).toHaveLength(60);
    const total = framed.schools.reduce((sum, { size }) => sum + size, 0);
    const weighted = first.reduce((sum, { size, probability }) => sum + size / probability, 0);
    // With probabilities proportional to size each school stands for the same number of pupils of its stratum.
    expect(weighted / total).toBeCloseTo(1, 6);
  });

  it("shares no school between coordinated draws of two phases with one frame, and the same ones without rotation", () => {
    const urns = (phase: "reception" | "year-4", rotation: number) => {
      const wanted = { ...order, method: "coordinated", rotation } as const;
      const drawn = drawSample({ id: "x", phase }, phaseFrame(madeUpSchools(400), phase).schools, wanted, 1);
      if (!drawn.ok) throw new Error("not drawn");
      return new Set(drawn.value.schools.filter(({ choice }) => choice === 0).map(({ urn }) => urn));
    };
    const [reception, four, again] = [urns("reception", 0), urns("year-4", 0), urns("year-4", 0)];
    expect([...reception].filter((urn) => four.has(urn)).length).toBeLessThanOrEqual(1);
    expect(again).toEqual(four);
    // A fixed number of schools moves the border a little, so a few of the thirty may stay.
    expect([...urns("year-4", 1)].filter((urn) => four.has(urn)).length).toBeLessThanOrEqual(5);
  });

  it("refuses more schools than there are, by the name of what is wrong", () => {
    expect(drawSample(study, framed.schools, { ...order, schools: 5000 }, 1)).toMatchObject({
      ok: false,
      error: [{ code: "fieldwork-sample-invalid" }],
    });
    expect(drawSample(study, [], order, 1)).toMatchObject({ ok: false, error: [{ place: "the register" }] });
  });
});

describe("a refusal", () => {
  it("invites the next choice once all before have refused, and nobody when none is left", () => {
    const unit = (...states: ["reserve" | "invited" | "accepted" | "refused", number][]) =>
      states.map(([state, choice]) => ({ state, choice }));
    expect(schoolsToInvite(unit(["refused", 0], ["reserve", 1], ["reserve", 2]))).toEqual(unit(["reserve", 1]));
    expect(schoolsToInvite(unit(["refused", 0], ["invited", 0], ["reserve", 1]))).toEqual([]);
    expect(schoolsToInvite(unit(["refused", 0], ["refused", 1], ["reserve", 2]))).toEqual(unit(["reserve", 2]));
    expect(schoolsToInvite(unit(["refused", 0], ["refused", 1]))).toEqual([]);
    expect(unitOutcome(unit(["refused", 0], ["accepted", 1]))).toBe("first-replacement");
  });
});

describe("an item", () => {
  it("is read back from the line that it is written to", () => {
    for (const n of [1, 2, 3, 4, 5, 6]) expect(itemOfFields(fieldsOfItem(madeUpItem(n)))).toEqual(madeUpItem(n));
    expect(itemProblems(madeUpItem(1), "line 2")).toEqual([]);
  });

  it.each([
    ["choice", "b", 1],
    ["choice", "A", 0],
    ["choice", "E", undefined],
    ["choice", " ", null],
    ["number", "1,250", 2],
    ["number", "1250.0", 2],
    ["number", "1200", 1],
    ["number", "many", 0],
    ["marked", "2", 2],
    ["marked", "3", undefined],
    ["text", "  The  Fox ", 1],
  ] as const)("of the kind %s gives %j %j points", (kind, answer, points) => {
    const item = {
      choice: {
        kind,
        options: ["A", "B", "C"].map((id) => ({ id, text: id })),
        marks: [{ answer: "B", score: 1 }],
        maximum: 1,
      },
      number: {
        kind,
        options: [],
        marks: [
          { answer: "1250", score: 2 },
          { answer: "1200", score: 1 },
        ],
        maximum: 2,
      },
      text: { kind, options: [], marks: [{ answer: "the fox", score: 1 }], maximum: 1 },
      marked: { kind, options: [], marks: [], maximum: 2 },
    }[kind];
    expect(scoreOf(item, answer)).toBe(points);
  });

  it("is refused with every reason by its line", () => {
    const wrong = { ...madeUpItem(1), id: "1x", kind: "essay", marks: [] } as never;
    const messages = itemProblems(wrong, "items.csv, line 9");
    expect(messages.length).toBeGreaterThanOrEqual(3);
    expect(messages.every(({ place }) => place === "items.csv, line 9")).toBe(true);
  });
});

describe("booklets", () => {
  const items = Array.from({ length: 42 }, (_, n) => madeUpItem(n));
  it("keep stimuli together, share blocks evenly and stay within their minutes", () => {
    const blocks = blocksOf(items, 7);
    for (const stimulus of new Set(items.map((item) => item.stimulus)))
      expect(blocks.filter((block) => block.some((item) => item.stimulus === stimulus))).toHaveLength(1);
    const made = assemble(items, { blocks: 7, booklets: 7, size: 3, minutes: 30, leastOfEach: 1, seed: 3 });
    if (!made.ok) throw new Error(made.error[0]!.message);
    // Seven blocks in seven booklets of three: each pair of blocks meets once (the Fano plane).
    expect(made.value.balance.pairs.counts).toEqual([0, 21]);
    expect(itemsOfBooklet(made.value, 1).flat().length).toBeGreaterThan(10);
  });

  it("are refused with what is still broken", () => {
    expect(assemble(items, { blocks: 7, booklets: 7, size: 3, minutes: 2, leastOfEach: 1, seed: 3 })).toMatchObject({
      ok: false,
      error: expect.arrayContaining([expect.objectContaining({ code: "fieldwork-booklets-impossible" })]),
    });
    expect(
      assemble(items.slice(0, 3), { blocks: 7, booklets: 7, size: 3, minutes: 30, leastOfEach: 0, seed: 3 }).ok,
    ).toBe(false);
  });
});

describe("answers from tablets", () => {
  it("end the same however often and in whatever order they arrive, while one tablet sends them", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 30 }), (arrivals) => {
        let kept: { device: string; sequence: number } | null = null;
        for (const sequence of arrivals)
          if (keepsAnswer({ device: "a", sequence }, kept, "a")) kept = { device: "a", sequence };
        expect(kept?.sequence).toBe(Math.max(...arrivals));
      }),
    );
  });

  it("from a tablet that the session left fill gaps and overwrite nothing", () => {
    expect(keepsAnswer({ device: "old", sequence: 9 }, null, "new")).toBe(true);
    expect(keepsAnswer({ device: "old", sequence: 9 }, { device: "new", sequence: 1 }, "new")).toBe(false);
    expect(keepsAnswer({ device: "new", sequence: 1 }, { device: "old", sequence: 9 }, "new")).toBe(true);
  });

  it("that are missing are omitted up to the first after the last answer, and not reached from there", () => {
    const scaled = scaledResponses(
      ["a", "b", "c", "d", "e"].map((id) => ({ id })),
      new Map([
        ["a", 1],
        ["c", 0],
      ]),
    );
    expect([...scaled.values()]).toEqual([1, "omitted", 0, "omitted", "not-reached"]);
  });
});

describe("what people write", () => {
  const draft: StudyDraft = {
    ...{ id: "maths-y4-2027", title: "Mathematics, Year 4", subject: "mathematics", phase: "year-4", cycle: 2027 },
    ...{ answerBy: civilDate("2027-02-01"), opens: civilDate("2027-05-04"), closes: civilDate("2027-05-28") },
    eraseOn: civilDate("2027-09-30"),
  };
  const days = (a: string, b: string) => (Date.parse(b) - Date.parse(a)) / 86_400_000;
  it("of a study is refused by its field", () => {
    expect(studyProblems(draft, 180, days)).toEqual([]);
    const wrong = {
      ...draft,
      id: "Maths 4",
      title: "",
      cycle: 4,
      closes: civilDate("2027-05-01"),
      eraseOn: civilDate("2028-09-30"),
    };
    expect(studyProblems(wrong, 180, days).map(({ place }) => place)).toEqual([
      "id",
      "title",
      "cycle",
      "closes",
      "eraseOn",
    ]);
    expect(orderProblems({ ...order, schools: 1.5, seed: -1 }).map(({ place }) => place)).toEqual(["schools", "seed"]);
  });

  it("of a pupil is refused by its field", () => {
    const fields = {
      sex: "f",
      disadvantaged: "yes",
      born: "2018-13",
      attendance: "here",
      arrangements: ["reader", "magic"],
    };
    expect(readPupil(fields, "line 3").problems.map(({ message }) => message)).toEqual([
      '"f" is no answer for sex',
      '"here" is no answer for attendance',
      '"magic" is no answer for arrangements',
      '"2018-13" is no month of birth',
    ]);
  });
});
