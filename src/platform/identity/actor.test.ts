import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GroupUid, Urn } from "../../kernel/index.js";
import { grantText } from "./acting.js";
import { type Actor, type Grant, holdsRole, type Place, publicActor, type Scope, systemActor } from "./actor.js";
import { roles } from "./roles.js";

const anyUrn = fc.integer({ min: 100_000, max: 100_003 }).map((n) => String(n) as Urn);
const anyUid = fc.integer({ min: 1, max: 4 }).map((n) => String(n) as GroupUid);
const anyRegion = fc.constantFrom("E12000001", "E12000002", "E12000003");
const anyScope: fc.Arbitrary<Scope> = fc.oneof(
  fc.record({ kind: fc.constant("school" as const), urn: anyUrn }),
  fc.record({ kind: fc.constant("trust" as const), uid: anyUid }),
  fc.record({ kind: fc.constant("region" as const), code: anyRegion }),
  fc.constant({ kind: "country" } as const),
);
const anyGrant: fc.Arbitrary<Grant> = fc.record({ role: fc.constantFrom(...roles), scope: anyScope });
const anyPlace: fc.Arbitrary<Place> = fc.record(
  { urn: anyUrn, trusts: fc.array(anyUid, { maxLength: 2 }), region: anyRegion },
  { requiredKeys: [] },
);
const person = (grants: readonly Grant[]): Actor => ({ kind: "person", id: "p", name: "Pat Example", grants });

describe("who holds a role where", () => {
  const officer = person([{ role: "regional-officer", scope: { kind: "region", code: "E12000001" } }]);
  const head = person([{ role: "school", scope: { kind: "school", urn: "100123" as Urn } }]);
  const finance = person([{ role: "trust", scope: { kind: "trust", uid: "42" as GroupUid } }]);

  it.each([
    ["an officer in the own region", officer, "regional-officer", { urn: "100123", region: "E12000001" }, true],
    ["an officer in another region", officer, "regional-officer", { urn: "100123", region: "E12000002" }, false],
    ["an officer at a place without a region", officer, "regional-officer", { urn: "100123" }, false],
    ["an officer as someone else", officer, "regional-director", { region: "E12000001" }, false],
    ["an officer anywhere", officer, "regional-officer", undefined, true],
    ["a head at the own school", head, "school", { urn: "100123", region: "E12000001" }, true],
    ["a head at another school", head, "school", { urn: "100124" }, false],
    ["a trust at one of its schools", finance, "trust", { urn: "100123", trusts: ["7", "42"] }, true],
    ["a trust at a school of another", finance, "trust", { urn: "100123", trusts: ["7"] }, false],
    ["the public", publicActor, "school", undefined, false],
    ["the system", systemActor("tests"), "administrator", { urn: "100123" }, true],
  ] as const)("%s", (_, actor, role, place, expected) => {
    expect(holdsRole(actor, [role], place)).toBe(expected);
  });

  it("is never less for one grant more, and never more for a role less", () => {
    fc.assert(
      fc.property(fc.array(anyGrant), anyGrant, fc.subarray([...roles]), anyPlace, (grants, more, wanted, place) => {
        const before = holdsRole(person(grants), wanted, place);
        expect(holdsRole(person([...grants, more]), wanted, place)).toBe(
          before || holdsRole(person([more]), wanted, place),
        );
        expect(holdsRole(person(grants), [], place)).toBe(false);
        if (before) expect(holdsRole(person(grants), wanted)).toBe(true); // a place can only narrow
      }),
    );
  });

  it("is written for the policies so that no two grants read the same", () => {
    fc.assert(
      fc.property(anyGrant, anyGrant, (a, b) => {
        expect(grantText(a) === grantText(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
    expect(() => grantText({ role: "regional-officer", scope: { kind: "region", code: "E1 @country" } })).toThrow(
      "is no code of a region",
    );
  });
});
