import { describe, expect, it } from "vitest";
import { parseAuthorityCode } from "../kernel/index.js";
import { authorities, findAuthority, openAuthorities } from "./authorities.js";
import { findRegion, regions } from "./regions.js";

describe("the table of authorities", () => {
  // published: the number of authorities in the department's attendance statistics of 2025/26
  it("holds the 153 open authorities, each with a code and an area of its own", () => {
    expect(openAuthorities).toHaveLength(153);
    expect(new Set(openAuthorities.map((a) => a.code)).size).toBe(153);
    expect(new Set(openAuthorities.map((a) => a.gssCode)).size).toBe(153);
  });

  // published: counted in another file of the department, School places scorecards 2024/25 (inner and outer London together)
  it.each([
    ["North East", 12],
    ["North West", 24],
    ["Yorkshire and The Humber", 15],
    ["East Midlands", 10],
    ["West Midlands", 14],
    ["East of England", 11],
    ["London", 33],
    ["South East", 19],
    ["South West", 15],
  ])("counts in %s %i authorities", (name, count) => {
    const region = regions.find((r) => r.name === name);
    expect(openAuthorities.filter((a) => a.region === region?.code)).toHaveLength(count);
  });

  it("has no code twice and none that is not a code", () => {
    expect(new Set(authorities.map((a) => a.code)).size).toBe(authorities.length);
    for (const authority of authorities) expect(parseAuthorityCode(authority.code).ok).toBe(true);
  });

  it("names for every abolished authority open successors in the same region", () => {
    const abolished = authorities.filter((a) => a.abolished !== null);
    expect(abolished.length).toBeGreaterThan(0);
    for (const authority of abolished) {
      expect(authority.successors.length).toBeGreaterThan(0);
      for (const code of authority.successors) {
        const successor = findAuthority(code);
        expect(successor?.abolished).toBeNull();
        expect(successor?.region).toBe(authority.region);
      }
    }
  });

  it("answers nothing for a code that no authority has", () => {
    expect(findAuthority("999")).toBeNull();
    expect(findRegion("E12000010")).toBeNull();
  });
});
