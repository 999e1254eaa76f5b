import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { build, clearAway, csvRows, greenpaper, temporaryFolder } from "./programs.js";

// Evidence class: invariance. The same pupils under plain and under awkward ids, in another order of rows, give each school the same figures.

/** Ids that only text tells apart, that need quotes, and that sort differently as text and as numbers. */
const awkward = [
  "7",
  "07",
  "0007",
  "10",
  "9",
  "1e2",
  "100",
  "St Ann, Upper",
  "St Ann",
  '"The" School',
  "École; A|B",
  "north",
];

const quoted = (cell: string) => (/[",;|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Sixty pupils for each two schools, a third of them at two schools; `name` gives each school its id. */
function write(folder: string, name: (school: number) => string, pupil: (k: number) => string, turn: number): void {
  let state = 97;
  const uniform = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const pupils: string[] = [];
  const members: string[] = [];
  for (let k = 0; k < 360; k++) {
    const [school, other] = [k % 12, (k * 5 + 1) % 12];
    const share = k % 3 === 0 && school !== other ? 0.75 : 1;
    const prior = (uniform() * 20 - 10).toFixed(3);
    const score = (50 + Number(prior) + share * school + (1 - share) * other + 12 * uniform()).toFixed(3);
    pupils.push([score, quoted(pupil(k)), prior].join(","));
    members.push([quoted(name(school)), share, quoted(pupil(k))].join(","));
    if (share < 1) members.push([quoted(name(other)), 1 - share, quoted(pupil(k))].join(","));
  }
  const turned = (rows: readonly string[]) => rows.map((_, i) => rows[(i * turn) % rows.length]!);
  writeFileSync(join(folder, "pupils.csv"), `${["score,pupil,prior", ...turned(pupils)].join("\n")}\n`);
  writeFileSync(join(folder, "members.csv"), `${["school,share,pupil", ...turned(members)].join("\n")}\n`);
  writeFileSync(
    join(folder, "review.yaml"),
    `title: Made-up scores
pupils: { files: pupils.csv, pupil: pupil }
outcome: score
prior: [prior]
membership: { table: { files: members.csv, pupil: pupil, school: school, share: share } }
`,
  );
}

beforeAll(build);
afterAll(clearAway);

async function reviewed(name: (school: number) => string, pupil: (k: number) => string, turn: number) {
  const folder = temporaryFolder();
  write(folder, name, pupil, turn);
  const out = join(folder, "out");
  const said = await greenpaper(["review", join(folder, "review.yaml"), "--out", out]);
  expect(said.code, said.stderr).toBe(0);
  const rows = csvRows(readFileSync(join(out, "schools.csv"), "utf8"));
  return new Map(rows.map((row) => [row.school!, row]));
}

it("gives every school its own figures, whatever its id looks like and however the rows are ordered", async () => {
  const plain = await reviewed(
    (school) => `s${school}`,
    (k) => `p${k}`,
    1,
  );
  const other = await reviewed(
    (school) => awkward[school]!,
    (k) => `${"0".repeat(k % 4)}${k}, ${k % 2 ? "é" : "a b"}`,
    7, // coprime to both numbers of rows, so that each comes once
  );
  expect([...other.keys()].sort()).toEqual([...awkward].sort());
  awkward.forEach((id, school) => {
    const [ours, theirs] = [other.get(id)!, plain.get(`s${school}`)!];
    for (const figure of ["value_added", "standard_error", "prediction_error", "pupil_equivalents"])
      expect(Number(ours[figure]), `${id} ${figure}`).toBeCloseTo(Number(theirs[figure]), 6);
    expect(ours.pupils).toBe(theirs.pupils);
  });
  const estimates = awkward.map((id) => Number(other.get(id)!.value_added));
  // The schools differ by far more than the tolerance, so that ids that changed places would show.
  expect(estimates.at(-1)! - estimates[0]!).toBeGreaterThan(5);
});
