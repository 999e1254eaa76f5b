import { describe, expect, it } from "vitest";
import { civilDate, type GroupUid, type Urn } from "../kernel/index.js";
import { compareRows, endedMemberships, endedWithGroup, later, newerDescription } from "./changes.js";
import type { GroupMembership, RegisterStatus } from "./types.js";

interface Row {
  id: string;
  status: RegisterStatus;
  closed: ReturnType<typeof civilDate> | null;
  town: string | null;
}

const row = (id: string, more: Partial<Row> = {}): Row => ({ id, status: "open", closed: null, town: null, ...more });
const closedRow = (id: string) => row(id, { status: "closed", closed: civilDate("2026-08-31") });
const rule = { keyOf: (r: Row) => r.id, merge: newerDescription, isClosed: (r: Row) => r.status === "closed" };

describe("an import", () => {
  it("tells new, changed, closed and unchanged rows apart", () => {
    const known = [row("a"), row("b"), row("c"), row("not in the file")];
    const incoming = [row("a"), row("b", { town: "Exmouth" }), closedRow("c"), row("d")];
    const changes = compareRows(known, incoming, rule);
    expect(changes.counts).toEqual({ added: 1, changed: 2, unchanged: 1, closed: 1 });
    expect(changes.added).toEqual([row("d")]);
    expect(changes.changed).toEqual([row("b", { town: "Exmouth" }), closedRow("c")]);
  });

  it("of the same rows again changes nothing", () => {
    const rows = [row("a"), closedRow("c")];
    expect(compareRows(rows, rows, rule).counts).toEqual({ added: 0, changed: 0, unchanged: 2, closed: 0 });
  });

  it("keeps what an extract with fewer columns is silent about", () => {
    expect(newerDescription(row("a", { town: "Exmouth" }), row("a"))).toEqual(row("a", { town: "Exmouth" }));
  });

  it("takes the closing date back when the school is open again", () => {
    expect(newerDescription(closedRow("a"), row("a")).closed).toBeNull();
    expect(newerDescription(closedRow("a"), row("a", { status: "closed" })).closed).toBe("2026-08-31");
  });
});

describe("a membership that a newer extract doesn't have", () => {
  const asOf = civilDate("2026-08-21");
  const member = (urn: string, joined: string, left: string | null = null): GroupMembership => ({
    urn: urn as Urn,
    groupUid: "1000" as GroupUid,
    joined: civilDate(joined),
    left: left === null ? null : civilDate(left),
  });
  const all = () => true;

  it("ends on the extract's day", () => {
    const known = [member("100001", "2020-09-01"), member("100002", "2020-09-01")];
    const ended = endedMemberships(known, [member("100001", "2020-09-01")], all, asOf);
    expect(ended).toEqual([member("100002", "2020-09-01", "2026-08-21")]);
  });

  it("stays when it had ended before, when it began after that day, and when the extract isn't about its kind of group", () => {
    const known = [member("100001", "2020-09-01", "2022-01-01"), member("100002", "2026-09-01")];
    expect(endedMemberships(known, [], all, asOf)).toEqual([]);
    expect(endedMemberships([member("100003", "2020-09-01")], [], () => false, asOf)).toEqual([]);
  });
});

it("ends a membership with its group, unless the school had left before or joined later", () => {
  const closed = civilDate("2023-08-31");
  const of = (joined: string, left: string | null): GroupMembership => ({
    urn: "100001" as Urn,
    groupUid: "1000" as GroupUid,
    joined: civilDate(joined),
    left: left === null ? null : civilDate(left),
  });
  expect(endedWithGroup(of("2021-09-01", null), closed).left).toBe(closed);
  expect(endedWithGroup(of("2021-09-01", "2022-01-01"), closed).left).toBe("2022-01-01");
  expect(endedWithGroup(of("2023-09-01", null), closed).left).toBeNull();
  expect(endedWithGroup(of("2021-09-01", null), null).left).toBeNull();
});

it("takes the later of two days, or the one that is known", () => {
  const [early, late] = [civilDate("2020-01-01"), civilDate("2021-01-01")];
  expect([later(early, late), later(late, early), later(null, early), later(early, null), later(null, null)]).toEqual([
    late,
    late,
    early,
    early,
    null,
  ]);
});
