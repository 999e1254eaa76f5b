import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Urn } from "../kernel/index.js";
import { followSuccessors, successorsOf } from "./school-links.js";
import type { RegisterStatus, SchoolLink } from "./types.js";

const link = (urn: string, linkType: string, linkUrn: string): SchoolLink => ({
  urn: urn as Urn,
  linkUrn: linkUrn as Urn,
  linkType,
  established: null,
  linkName: null,
});

function follow(urn: string, links: readonly SchoolLink[], statuses: Record<string, RegisterStatus>) {
  return followSuccessors(urn as Urn, successorsOf(links), (school) => statuses[school]);
}

describe("the successors of a school", () => {
  it("lead over closed schools to the open one", () => {
    const links = [link("100001", "Successor", "100002"), link("100002", "Successor", "100003")];
    const statuses = { "100001": "closed", "100002": "closed", "100003": "open" } as const;
    expect(follow("100001", links, statuses)).toEqual({ open: ["100003"], ended: [], circular: [] });
  });

  it("are found where the register only says who came before", () => {
    const links = [link("100002", "Predecessor - merged", "100001")];
    expect(follow("100001", links, { "100001": "closed", "100002": "open" }).open).toEqual(["100002"]);
  });

  it("are the school itself while it is open, and while it is only proposed to close", () => {
    const links = [link("100001", "Successor", "100002")];
    for (const status of ["open", "open-proposed-to-close"] as const)
      expect(follow("100001", links, { "100001": status, "100002": "open" }).open).toEqual(["100001"]);
  });

  it("are several after a split", () => {
    const links = [
      link("100001", "Successor - Split School", "100003"),
      link("100001", "Successor - Split School", "100002"),
    ];
    const statuses = { "100001": "closed", "100002": "open", "100003": "open" } as const;
    expect(follow("100001", links, statuses).open).toEqual(["100002", "100003"]);
  });

  it("lead through schools that the register doesn't describe", () => {
    const links = [link("100001", "Successor", "100002"), link("100002", "Successor", "100003")];
    expect(follow("100001", links, { "100001": "closed", "100003": "open" }).open).toEqual(["100003"]);
  });

  it("end where a school closed for good, or nothing is known", () => {
    expect(follow("100001", [], { "100001": "closed" })).toEqual({ open: [], ended: ["100001"], circular: [] });
    expect(follow("100009", [], {})).toEqual({ open: [], ended: ["100009"], circular: [] });
  });

  it("do not take a shared sixth form for a successor", () => {
    const links = [
      link("100001", "Sixth Form Centre Link", "100002"),
      link("100001", "Result of Amalgamation", "100002"),
    ];
    expect(follow("100001", links, { "100001": "closed", "100002": "open" }).open).toEqual([]);
  });

  // The published register (August 2026) has ten such pairs.
  it("that lead back to a school are named, and the way out is still found", () => {
    const links = [
      link("100001", "Successor", "100002"),
      link("100002", "Successor", "100001"),
      link("100002", "Successor", "100003"),
    ];
    const statuses = { "100001": "closed", "100002": "closed", "100003": "open" } as const;
    expect(follow("100001", links, statuses)).toEqual({ open: ["100003"], ended: [], circular: ["100001"] });
  });

  it("always come to an end, and only at open schools, at ends or in circles", () => {
    const urn = fc.integer({ min: 100_000, max: 100_012 }).map(String);
    fc.assert(
      fc.property(fc.array(fc.tuple(urn, urn)), fc.array(urn), (pairs, openOnes) => {
        const links = pairs.map(([a, b]) => link(a, "Successor", b));
        const statuses = Object.fromEntries(openOnes.map((school) => [school, "open" as const]));
        const { open, ended, circular } = follow("100000", links, statuses);
        expect(open.every((school) => statuses[school] === "open")).toBe(true);
        expect(ended.every((school) => !links.some((l) => l.urn === school))).toBe(true);
        expect(open.length + ended.length + circular.length).toBeGreaterThan(0);
      }),
    );
  });
});
