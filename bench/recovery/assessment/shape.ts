/** What one simulated assessment is like. Abilities are in logits, of which a standard deviation is about one. */
export interface AssessmentShape {
  readonly name: string;
  /** Schools of the frame, and of them drawn in each cycle. */
  readonly frame: number;
  readonly schools: number;
  /** Pupils asked in a school. */
  readonly pupils: number;
  /** Blocks of six questions in each cycle, of which `commonBlocks` stay; booklets hold three. */
  readonly blocks: number;
  readonly commonBlocks: number;
  /** Questions of each common block that stand in both cycles; the others of it are new in the second. */
  readonly commonInBlock: number;
  /** Questions to a stimulus. */
  readonly stimulus: number;
  /** Standard deviations of how much harder a common question becomes: of the stimulus, and of its own. */
  readonly drift: readonly [stimulus: number, question: number];
  /** By how much a standard deviation of lower ability, within school and group, raises the probability of staying away: what no cell knows. */
  readonly informative: number;
  /** Whether replicate weights that redo the adjustment for non-response are in the files; otherwise zones and schools. */
  readonly replicates: boolean;
  /** Whether abilities are seen, so that the sample alone is uncertain: no questions, no scale, no link. */
  readonly seen: boolean;
}

/** What holds in every shape. */
export const world = {
  /** Pupils of the year group in a school: least, and the mean of what is beyond. */
  size: [12, 35],
  /** Standard deviations of schools beyond their intake, of their own cycles, and of pupils within schools and groups. */
  spread: { school: 0.3, cycle: 0.1, pupil: 0.85 },
  /** What a school of free meals alone would differ by from one without. */
  composition: -0.6,
  /** What pupils with free meals are behind, and the change of all, by cycle. */
  gap: [0.45, 0.52],
  change: [0, 0.15],
  girls: 0.1,
  /** Probability that a school declines, by stratum: fewest free meals first. */
  declines: [0.12, 0.18, 0.28],
  /** Probability that a pupil is absent, and what free meals and being a boy add. */
  absent: { base: 0.08, freeMeals: 0.1, boy: 0.03 },
  /** Standards on the published scale. */
  cuts: [460, 580],
} as const;
