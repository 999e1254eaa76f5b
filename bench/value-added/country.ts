/** How pupils move between schools in a made-up country: not at all, mostly to a school nearby, or anywhere. */
export type Moves = "none" | "near" | "anywhere";

/** The size and shape of a made-up country's pupils, and the seed they are drawn from. */
export interface Country {
  readonly name: string;
  /** Pupils in one cohort. */
  readonly cohortPupils: number;
  readonly schools: number;
  readonly cohorts: number;
  readonly moves: Moves;
  /** Whether authorities, of a score of schools or so that lie together, add something of their own. */
  readonly authorities: boolean;
  /** Share of pupils marked as movers, 0–1; they change school only where there are moves. */
  readonly moverShare: number;
  readonly seed: number;
}

const national = 600_000;
const secondary = 3_400;
const primary = 16_800;

function country(name: string, seed: number, shape: Partial<Country>): Country {
  return {
    name,
    seed,
    cohortPupils: national,
    schools: secondary,
    cohorts: 1,
    moves: "none",
    authorities: false,
    moverShare: 0.1,
    ...shape,
  };
}

/** The national cases, and the small ones to try things on. */
export const countries: readonly Country[] = [
  country("small", 109, { cohortPupils: 31_000, schools: 2_400 }),
  country("mm20k", 106, { cohortPupils: 20_000, schools: 400, moves: "near", moverShare: 0.12 }),
  country("one", 101, {}),
  country("primary", 103, { schools: primary }),
  country("five", 102, { cohorts: 5 }),
  country("mm", 104, { moves: "near" }),
  country("mmrandom", 105, { moves: "anywhere" }),
  country("primarymm", 107, { schools: primary, moves: "near" }),
  country("fivemm", 108, { cohorts: 5, moves: "near" }),
  country("mmla", 110, { moves: "near", authorities: true }),
];

/** Pupils on the size curve; schools grow with them, so that a school keeps its size. */
const curveSizes = [60_000, 200_000, 600_000, 2_000_000, 6_000_000];

/** The same country at growing size, without and with movers. */
export function curve(moves: Moves): Country[] {
  const name = moves === "none" ? "curve" : "curvemm";
  return curveSizes.map((pupils, i) =>
    country(`${name}-${pupils}`, 200 + i, {
      cohortPupils: pupils,
      schools: Math.round((pupils * secondary) / national),
      moves,
    }),
  );
}
