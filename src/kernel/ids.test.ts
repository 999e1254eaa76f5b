import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  parseAuthorityCode,
  parseCompanyNumber,
  parseGroupUid,
  parseLaestab,
  parseTrn,
  parseUkprn,
  parseUpn,
  parseUrn,
  type Upn,
  type Urn,
  upnCheckLetter,
} from "./ids.js";

const digits = (n: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n }).map((d) => d.join(""));
const twelve = fc
  .tuple(digits(11), fc.constantFrom(..."0123456789ABCDEFGHJKLMNPQRTUVWXYZ"))
  .map(([head, last]) => head + last);

describe("UPN", () => {
  // Published: the vectors of the department's multiplication tables check and its UPN guide (england.md §2.1).
  it.each([
    ["801200005001", "B"],
    ["801200001001", "H"],
    ["201100018042", "R"],
    ["20110001804V", "T"],
  ])("with %s begins with %s", (rest, letter) => {
    expect(upnCheckLetter(rest)).toBe(letter);
    expect(parseUpn(letter + rest)).toEqual({ ok: true, value: letter + rest });
  });

  it("names the letter the digits call for", () => {
    const parsed = parseUpn("A801200005001");
    expect(parsed.ok ? "" : parsed.error).toContain("its digits call for B");
  });

  it.each([
    "",
    "B80120000500",
    "B8012000050011",
    "I801200005001",
    "b801200005001",
    "B80120000500O",
    "B80120X005001",
    " B801200005001",
  ])("refuses %j", (text) => {
    expect(parseUpn(text).ok).toBe(false);
  });

  it("accepts one check letter and no other", () => {
    fc.assert(
      fc.property(twelve, (rest) => {
        const accepted = [..."ABCDEFGHJKLMNPQRTUVWXYZ"].filter((letter) => parseUpn(letter + rest).ok);
        expect(accepted).toEqual([upnCheckLetter(rest)]);
      }),
    );
  });

  // Closed form: 23 is prime and every position (2 to 13) and difference of digits (1 to 9) is smaller.
  it("finds every single wrong digit", () => {
    fc.assert(
      fc.property(digits(12), fc.nat({ max: 11 }), fc.integer({ min: 1, max: 9 }), (rest, place, by) => {
        const wrong = `${rest.slice(0, place)}${(Number(rest.charAt(place)) + by) % 10}${rest.slice(place + 1)}`;
        expect(parseUpn(upnCheckLetter(rest) + wrong).ok).toBe(false);
      }),
    );
  });

  it("finds every swap of two neighbouring digits", () => {
    fc.assert(
      fc.property(digits(12), fc.nat({ max: 10 }), (rest, place) => {
        fc.pre(rest.charAt(place) !== rest.charAt(place + 1));
        const swapped = rest.slice(0, place) + rest.charAt(place + 1) + rest.charAt(place) + rest.slice(place + 2);
        expect(parseUpn(upnCheckLetter(rest) + swapped).ok).toBe(false);
      }),
    );
  });

  it.each(["", "80120000500", "8012000050011", "80120000500I", "80120000500b"])(
    "has no check letter for %j",
    (rest) => {
      expect(() => upnCheckLetter(rest)).toThrow(RangeError);
    },
  );
});

describe("ids of schools, people and groups", () => {
  it.each([
    ["URN", parseUrn, "100000", ["10000", "1000000", "10000a", " 100000", ""]],
    ["local authority code", parseAuthorityCode, "201", ["20", "2011", "E09"]],
    ["UKPRN", parseUkprn, "10017649", ["20017649", "1001764", "100176490"]],
    ["TRN", parseTrn, "0123456", ["123456", "01234567", "RP12345"]],
    ["group UID", parseGroupUid, "1000", ["", "1234567", "TR0001"]],
    ["company number", parseCompanyNumber, "07465701", ["7465701", "sc123456", "S1234567"]],
  ] as const)("reads a %s", (name, parse, good, bad) => {
    expect(parse(good)).toEqual({ ok: true, value: good });
    for (const text of bad) {
      const parsed = parse(text);
      expect(parsed.ok ? "read" : parsed.error).toContain(`"${text}" is not a ${name}`);
    }
  });

  it("reads a Scottish company number", () => {
    expect(parseCompanyNumber("SC123456").ok).toBe(true);
  });

  it("reads a LAESTAB with and without its stroke, and keeps it without", () => {
    expect(parseLaestab("2013614")).toEqual({ ok: true, value: "2013614" });
    expect(parseLaestab("201/3614")).toEqual({ ok: true, value: "2013614" });
  });

  it.each(["/2013614", "2/013614", "201//3614", "201-3614", "20136", ""])("refuses %j as a LAESTAB", (text) => {
    expect(parseLaestab(text).ok).toBe(false);
  });

  it("keeps the kinds of ids apart", () => {
    const upn = parseUpn("B801200005001");
    if (!upn.ok) throw new Error(upn.error);
    // @ts-expect-error a UPN is not a URN: this line fails the type check when the brands are lost
    const urn: Urn = upn.value;
    const same: Upn = upn.value;
    expect(urn).toBe(same);
  });
});
