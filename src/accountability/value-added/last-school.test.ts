import { describe, expect, it } from "vitest";
import { civilDate, dayNumber, missingDay, type Table } from "../../kernel/index.js";
import { numbers, plain, table, words } from "./example-pupils.js";
import { lastSchoolsOf } from "./last-school.js";
import { membershipOf } from "./school-membership.js";
import type { MeasureSpecification } from "./specification.js";

const pupils = table("pupils.csv", [words("pupil", ["stayer", "mover", "leaver", "dual"])]);
const rows = Int32Array.of(0, 1, 2, 3);
const day = (text: string | null) => (text === null ? missingDay : dayNumber(civilDate(text)));

const spells: readonly (readonly [string, string, string, string | null, string])[] = [
  ["stayer", "Ash", "2020-09-01", null, "main"],
  ["mover", "Ash", "2020-09-01", "2025-04-30", "main"], // four fifths of the time here
  ["mover", "Elm", "2025-05-01", null, "main"],
  ["leaver", "Ash", "2020-09-01", "2025-05-30", "main"], // the last day of the window is the 31st
  ["dual", "Elm", "2020-09-01", null, "subsidiary"],
  ["dual", "Ash", "2024-09-01", null, "main"],
];
const spellTable = table("spells.csv", [
  words(
    "who",
    spells.map(([who]) => who),
  ),
  words(
    "where",
    spells.map(([, where]) => where),
  ),
  { kind: "date", name: "entered", days: Int32Array.from(spells, ([, , entered]) => day(entered)) },
  { kind: "date", name: "left", days: Int32Array.from(spells, ([, , , left]) => day(left)) },
  words(
    "status",
    spells.map(([, , , , status]) => status),
  ),
]);
const bySpells: MeasureSpecification = {
  ...plain,
  school: null,
  year: null,
  membership: {
    kind: "spells",
    pupil: "who",
    school: "where",
    entered: "entered",
    left: "left",
    status: "status",
    unit: "terms",
    windows: [{ year: null, from: "2020-09-01", to: "2025-06-01" }],
  },
};

function lastSchools(specification: MeasureSpecification, membership: Table, of: Table = pupils) {
  const shares = membershipOf(specification, of, membership, rows);
  if (!shares.ok) throw new Error("no shares");
  const made = lastSchoolsOf(specification, of, membership, rows, shares.value);
  if (!made.ok) throw new Error("no schools");
  const { schools, school, share } = made.value.membership;
  expect(share).toBeNull();
  return { names: Array.from(school, (s) => schools[s] ?? "nowhere"), words: made.value.words };
}

// Evidence: worked by hand from the dates.
describe("the last school", () => {
  it("is the one on whose roll the pupil is on the window's last day; who left the day before counts nowhere", () => {
    expect(lastSchools(bySpells, spellTable).names).toEqual(["Ash", "Elm", "nowhere", "Ash"]);
  });

  it("is the one in the pupils' own column where there is one", () => {
    const withColumn = table("pupils.csv", [...pupils.columns.values(), words("last", ["Elm", "Elm", null, "Ash"])]);
    const { names, words: how } = lastSchools({ ...bySpells, school: "last" }, spellTable, withColumn);
    expect(names).toEqual(["Elm", "Elm", "nowhere", "Ash"]);
    expect(how).toBe('at the school in "last"');
  });

  it("is the one with the largest share where the table names no dates, and says so", () => {
    const shares = table("shares.csv", [
      words("who", ["stayer", "mover", "mover", "leaver", "leaver"]),
      words("where", ["Ash", "Ash", "Elm", "Elm", "Ash"]),
      numbers("share", [1, 0.4, 0.6, 0.5, 0.5]),
    ]);
    const specification: MeasureSpecification = {
      ...bySpells,
      membership: { kind: "table", pupil: "who", school: "where", share: "share", remainder: "unaccounted" },
    };
    const { names, words: how } = lastSchools(specification, shares);
    expect(names).toEqual(["Ash", "Elm", "Ash", "nowhere"]);
    expect(how).toContain("largest share");
  });
});
