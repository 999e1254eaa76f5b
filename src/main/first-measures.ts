import { findMeasure, type ProposedMeasure, proposeMeasure } from "../accountability/measures/index.js";
import { measureIdOf, yearsThatCount } from "../accountability/quality-mark/index.js";
import type { Phase } from "../england/index.js";
import { civilDate, ok, type Problem, type Result, valueOn } from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import { systemActor } from "../platform/identity/index.js";

/** The paper's academic year: the measure holds from then on. */
const paper = civilDate("2016-09-01");

const stages: Readonly<Record<Phase, { readonly keyStage: number; readonly prior: string; readonly year: string }>> = {
  primary: { keyStage: 2, prior: "Key Stage 1 results, as where pupils start from", year: "Year 6" },
  secondary: { keyStage: 4, prior: "Key Stage 2 results", year: "Year 11" },
};

/** What the synthetic England's measure of a phase declares of itself. */
function measureOf(phase: Phase): ProposedMeasure {
  const { keyStage, prior, year } = stages[phase];
  return {
    id: measureIdOf(phase),
    title: `Contextual value added, ${phase}`,
    basis: "value-added",
    reads: ["pupils' results", prior, "spells on roll", "school census"],
    population: {
      kinds: ["mainstream"],
      pupils: `pupils who finished ${year} in the years that count, by their time in each school`,
      leavesOut: "pupils without earlier results, where none can be taken in their place",
    },
    outcomes: [{ column: "score", keyStage, aspect: "all subjects" }],
    usesPriorAttainment: true,
    years: valueOn(yearsThatCount, paper).value,
    weightedByTime: true,
    threshold: null,
    consequence: "quality-mark",
    from: paper,
  };
}

/** Proposes the measures of the synthetic England to the register (A3) where it doesn't have them; the rules judge them like any other. */
export async function registerMeasures(
  database: Database,
  phases: readonly Phase[],
  now: Date,
): Promise<Result<null, readonly Problem[]>> {
  for (const phase of phases) {
    const measure = measureOf(phase);
    if (await findMeasure(database.queries, measure.id)) continue;
    const made = await proposeMeasure(database, systemActor("start"), measure, 0, now);
    if (!made.ok) return made;
  }
  return ok(null);
}
