import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, civilDate } from "../../kernel/index.js";
import { keyOfBody, parseBody } from "./body.js";
import { checkDocument } from "./document.js";
import { accountsExamples, exampleToday, exampleYearEnd } from "./examples.js";
import { checkFiling, opinions, regularities, type TypedFiling } from "./opinion.js";
import { accountsDue, accountsState, isYearEnd, lastYearEnd } from "./year.js";

const place = (field: string) => field;
const [good] = accountsExamples;

describe("a filing of accounts", () => {
  it.each(accountsExamples.map((example) => [example.title, example] as const))("%s", (_title, example) => {
    const checked = checkFiling(example.typed, example.body, exampleYearEnd, exampleToday, place);
    expect(checked.ok ? [] : checked.error.map(({ code }) => code)).toEqual(example.problems);
  });

  it("names everything that is wrong at once, each with its field", () => {
    const nothing = Object.fromEntries(Object.keys(good!.typed).map((key) => [key, " "])) as TypedFiling;
    const checked = checkFiling(nothing, good!.body, exampleYearEnd, exampleToday, place);
    expect(checked.ok ? [] : checked.error.map(({ field, code }) => `${field} ${code}`)).toEqual([
      "yearEnd accounts-year-wrong",
      "signedOn accounts-signed-missing",
      "opinion accounts-opinion-unknown",
      "regularity accounts-regularity-missing",
      "auditor accounts-auditor-missing",
      "documentSha256 accounts-document-missing",
    ]);
  });

  it.each([
    [
      "the year is not over",
      { signedOn: "2025-08-30" },
      "2025-08-31",
      ["accounts-year-not-over", "accounts-signed-before-year-end"],
    ],
    ["it is signed tomorrow", { signedOn: "2025-12-12" }, "2025-12-11", ["accounts-signed-in-future"]],
    ["it is signed today", { signedOn: "2025-12-11" }, "2025-12-11", []],
    ["it is signed on the first day it can be", { signedOn: "2025-09-01" }, "2025-12-11", []],
    ["the year ends in March", { yearEnd: "2025-03-31" }, "2025-12-11", ["accounts-year-wrong"]],
    ["there are grounds against a clean opinion", { grounds: "stock" }, "2025-12-20", ["accounts-grounds-unexpected"]],
    [
      "the grounds are a book",
      { opinion: "adverse", grounds: "x".repeat(4001) },
      "2025-12-20",
      ["accounts-text-too-long"],
    ],
    ["a trust has no regularity", { regularity: "not-applicable" }, "2025-12-20", ["accounts-regularity-missing"]],
    ["the hash is cut off", { documentSha256: "0f0f" }, "2025-12-20", ["accounts-document-missing"]],
  ])("is judged where %s", (_what, change, today, codes) => {
    const checked = checkFiling({ ...good!.typed, ...change }, good!.body, exampleYearEnd, civilDate(today), place);
    expect(checked.ok ? [] : checked.error.map(({ code }) => code)).toEqual(codes);
  });

  it("holds grounds exactly where something is not clean, whatever was typed", () => {
    const text = fc.constantFrom("", "a reason");
    fc.assert(
      fc.property(
        fc.constantFrom(...opinions),
        text,
        fc.constantFrom(...regularities, "", "?"),
        text,
        (opinion, grounds, regularity, of) => {
          const typed = { ...good!.typed, opinion, grounds, regularity, regularityGrounds: of };
          const checked = checkFiling(typed, good!.body, exampleYearEnd, exampleToday, place);
          if (!checked.ok) return checked.error.length > 0;
          const { value } = checked;
          return (
            (value.grounds !== null) === (value.opinion !== "unqualified") &&
            (value.regularityGrounds !== null) === (value.regularity === "modified")
          );
        },
      ),
    );
  });
});

describe("whose accounts they are", () => {
  it.each(["trust-90001", "school-900003"])("is read back from %s", (key) => {
    const body = parseBody(key);
    expect(body.ok && keyOfBody(body.value)).toBe(key);
  });

  it.each(["", "trust", "trust-x", "school-1", "pupil-900003"])("is not read from %j", (key) => {
    expect(parseBody(key).ok).toBe(false);
  });
});

describe("the year of accounts", () => {
  it("ends on 31 August and its opinion is due on 31 December", () => {
    expect(accountsDue(civilDate("2025-08-31"))).toBe("2025-12-31"); // published: Academy Trust Handbook
    expect([civilDate("2025-08-31"), civilDate("2025-09-01")].map(lastYearEnd)).toEqual(["2024-08-31", "2025-08-31"]);
    expect([civilDate("2025-08-31"), civilDate("2025-03-31")].map(isYearEnd)).toEqual([true, false]);
  });

  it.each([
    [null, "2025-12-31", "due"],
    [null, "2026-01-01", "missing"],
    ["2025-12-31", "2026-05-01", "filed"],
    ["2026-01-01", "2026-05-01", "filed-late"],
  ])("with a filing on %s stands on %s as %s", (filed, today, state) => {
    expect(accountsState(filed === null ? null : civilDate(filed), civilDate("2025-08-31"), civilDate(today))).toBe(
      state,
    );
  });

  it("is never passed because nothing came", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), (days) => {
        const state = accountsState(null, civilDate("2025-08-31"), addDays(civilDate("2025-09-01"), days));
        return state === "due" || state === "missing";
      }),
    );
  });
});

describe("the document of a filing", () => {
  const pdf = (text: string) => new TextEncoder().encode(text);
  it.each([
    ["a PDF", "%PDF-1.7\n…\n%%EOF\n", null],
    ["nothing", "", "accounts-document-missing"],
    ["a picture", "\u0089PNG", "accounts-document-not-pdf"],
    ["half a PDF", "%PDF-1.7\n1 0 obj", "accounts-document-not-pdf"],
    ["a large PDF", `%PDF-1.7\n${"x".repeat(100)}%%EOF`, "accounts-document-too-large"],
  ])("may be a whole PDF: %s", (_what, text, code) => {
    const checked = checkDocument(pdf(text), "accounts.pdf", 100);
    expect(checked.ok ? null : checked.error.code).toBe(code);
  });
});
