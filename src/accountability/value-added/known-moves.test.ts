import { describe, expect, it } from "vitest";
import { seededRandom, silent } from "../../kernel/index.js";
import { numbers, plain, shared, table, words } from "./example-pupils.js";
import { measureWithAlternatives } from "./measure-alternatives.js";

const schools = 40;
const perSchool = 60;

/** Schools with known effects. Ash takes its fifteen weakest pupils off its roll near the end; all of them arrive at Elm. */
function offRolled() {
  const random = seededRandom(12);
  const names = ["Ash", "Elm", ...Array.from({ length: schools - 2 }, (_, s) => `school ${s}`)];
  const effects = names.map(() => 0.3 * random.normal());
  const rows = names.flatMap((name, s) =>
    Array.from({ length: perSchool }, (_, k) => {
      const prior = random.normal();
      const chance = random.normal();
      return { id: `${name} ${k}`, began: name, prior, chance, score: 0.7 * prior + effects[s]! + chance };
    }),
  );
  const weakest = rows
    .filter(({ began }) => began === "Ash")
    .sort((a, b) => a.chance - b.chance)
    .slice(0, 15);
  const moved = new Set(weakest.map(({ id }) => id));
  const column = (name: string, of: (row: (typeof rows)[number]) => string) => words(name, rows.map(of));
  const pupils = table("pupils.csv", [
    column("pupil", ({ id }) => id),
    column("last", ({ id, began }) => (moved.has(id) ? "Elm" : began)),
    numbers(
      "prior",
      rows.map(({ prior }) => prior),
    ),
    numbers(
      "score",
      rows.map(({ score }) => score),
    ),
  ]);
  const parts = rows.flatMap(({ id, began }): (readonly [string, string, number])[] =>
    moved.has(id)
      ? [
          [id, began, 0.9],
          [id, "Elm", 0.1],
        ]
      : [[id, began, 1]],
  );
  const shares = table("shares.csv", [
    words(
      "who",
      parts.map(([who]) => who),
    ),
    words(
      "where",
      parts.map(([, where]) => where),
    ),
    numbers(
      "how_much",
      parts.map(([, , share]) => share),
    ),
  ]);
  return { pupils, shares, truth: new Map(names.map((name, s) => [name, effects[s]!])) };
}

// Recovery: the moves and the effects are known; one seed. A pupil's chance has the deviation 1, so that a school of 60 is known to about 0.13.
describe("pupils taken off the roll before they count", () => {
  const { pupils, shares, truth } = offRolled();
  const made = measureWithAlternatives(
    { ...plain, ...shared, school: "last", year: null, groups: [], context: [] },
    { pupils, membership: shares },
    ["last-school", "progress-8", "progress-8-by-time"],
    silent,
  );
  if (!made.ok) throw new Error("not measured");
  const { measure, alternatives } = made.value;
  const inForce = new Map(measure.schools.map(({ school, valueAdded }) => [school, valueAdded]));
  const by = (code: string) => {
    const { figures } = alternatives.find((alternative) => alternative.code === code)!;
    return new Map(figures.map(({ school, valueAdded }) => [school, valueAdded]));
  };

  it("count for the school that had them by shares of time", () => {
    for (const school of ["Ash", "Elm"]) expect(Math.abs(inForce.get(school)! - truth.get(school)!)).toBeLessThan(0.3);
  });

  it("lift that school and lower the next where the last school alone counts, by either method", () => {
    for (const [last, time] of [
      [by("last-school"), inForce],
      [by("progress-8"), by("progress-8-by-time")],
    ] as const) {
      expect(last.get("Ash")! - time.get("Ash")!).toBeGreaterThan(0.2);
      expect(last.get("Elm")! - time.get("Elm")!).toBeLessThan(-0.15);
    }
  });

  it("change nothing for a school that none of them was at", () => {
    const last = by("last-school");
    const moves = [...truth.keys()].slice(2).map((school) => Math.abs(last.get(school)! - inForce.get(school)!));
    expect(Math.max(...moves)).toBeLessThan(0.05); // only through what all schools share: coefficients and variances
  });
});
