import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilDate } from "../../../kernel/index.js";
import { type Certificate, codeFrom, judgeCode, readCode } from "./certificate.js";
import { certificatePdf, printable } from "./report-certificate.js";

const certificate: Certificate = {
  ...{ urn: "900002", name: "Otter\u2019s Mead Academy", authority: "Devon", academicYear: "2025/26" },
  ...{ awardedOn: civilDate("2026-01-15"), until: civilDate("2027-01-15"), event: 812, synthetic: true },
  reasons: [{ code: "safeguarding-secure", text: "Safeguarding is secure: audited on 3 October 2025." }],
};
const digest = (text: string) => createHash("sha256").update(text).digest();
const code = codeFrom("900002", "2025/26", digest("a"));

describe("the code of a certificate", () => {
  it("is read however it was typed", () => {
    expect(code).toMatch(/^QM-900002-2025(-[2-9A-Z]{4}){4}$/);
    for (const typed of [code, code.toLowerCase(), code.replaceAll("-", " "), ` ${code.replaceAll("-", "")} `])
      expect(readCode(typed)).toEqual({ urn: "900002", academicYear: "2025/26", code });
    for (const typed of ["", "QM", code.slice(0, -1), `${code}2`, code.replace("QM", "QN")])
      expect(readCode(typed)).toBeNull();
  });

  it("is another one for whatever was altered", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        fc.pre(a !== b);
        return codeFrom("900002", "2025/26", digest(a)) !== codeFrom("900002", "2025/26", digest(b));
      }),
    );
  });

  it.each([
    ["not a code", "QM-1", code, { state: "awarded", academicYear: "2025/26" }, "unreadable"],
    ["the right one", code, code, { state: "awarded", academicYear: "2025/26" }, "holds"],
    [
      "one letter changed",
      `${code.slice(0, -1)}${code.endsWith("2") ? "3" : "2"}`,
      code,
      { state: "awarded", academicYear: "2025/26" },
      "different",
    ],
    ["no award of that year", code, null, { state: "refused", academicYear: "2025/26" }, "unknown"],
    ["a school without any mark", code, null, null, "unknown"],
    ["suspended since", code, code, { state: "suspended", academicYear: "2025/26" }, "suspended"],
    ["run out", code, code, { state: "expired", academicYear: "2025/26" }, "expired"],
    ["withdrawn on appeal", code, code, { state: "withdrawn", academicYear: "2025/26" }, "withdrawn"],
    ["a later review has decided", code, code, { state: "refused", academicYear: "2026/27" }, "replaced"],
  ])("is judged: %s", (_what, typed, expected, now, finding) => {
    expect(judgeCode(readCode(typed), expected, now)).toBe(finding);
  });
});

describe("the certificate as a PDF", () => {
  it("has the same bytes each time, and others for another certificate", async () => {
    const make = (one: Certificate) => certificatePdf(one, code);
    const [first, again, other] = await Promise.all([
      make(certificate),
      make(certificate),
      make({ ...certificate, until: civilDate("2028-01-15") }),
    ]);
    expect(Buffer.from(first).toString("latin1", 0, 5)).toBe("%PDF-");
    expect(Buffer.compare(first, again)).toBe(0);
    expect(Buffer.compare(first, other)).not.toBe(0);
  });

  it("is made for any name", async () => {
    expect(printable("St Żółć\u2019s – Łódź 学校 \u{1F600}")).toBe("St Zólc\u2019s – Lódz ?? ?");
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 60 }), async (name) => {
        expect((await certificatePdf({ ...certificate, name }, code)).length).toBeGreaterThan(500);
      }),
      { numRuns: 20 },
    );
  });
});
