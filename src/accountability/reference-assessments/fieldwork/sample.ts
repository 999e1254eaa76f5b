import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import { allocate, type DrawRecord, drawUnits, joinSmallUnits } from "../../../statistics/survey/index.js";
import type { SampledSchool } from "./field.js";
import { type DrawnFrame, samplingFrame, strataOf } from "./frame.js";
import { problem } from "./problem.js";
import { type FieldStudy, phaseFacts, type SampleOrder } from "./study.js";

/** A sample of schools with its replacements. */
export interface DrawnSample {
  readonly schools: readonly SampledSchool[];
  readonly record: DrawRecord;
  /** Units made of several small schools. */
  readonly joined: number;
}

/**
 * Draws the schools of a study: small ones joined, shares of strata raised by the tilt, two replacements a unit. Each school keeps the probability
 * of its own unit, replacements too, as if they had been drawn (TIMSS and PIRLS).
 *
 * @param coordinationSeed of all coordinated draws, so that permanent numbers stay
 */
export function drawSample(
  study: Pick<FieldStudy, "id" | "phase">,
  framed: readonly DrawnFrame[],
  order: SampleOrder,
  coordinationSeed: number,
): Result<DrawnSample, readonly Problem[]> {
  const refused = (faults: readonly Omit<Problem, "code">[]): Result<never, readonly Problem[]> =>
    err(faults.map(({ place, message, remedy }) => problem("fieldwork-sample-invalid", place, message, remedy)));
  if (framed.length === 0)
    return refused([
      {
        place: "the register",
        message: "no school has pupils of this year",
        remedy: "Import the register of schools first.",
      },
    ]);
  const pseudo = joinSmallUnits(samplingFrame(framed), order.pupilsPerSchool, order.seed);
  const share = new Map(strataOf(framed).strata.map(({ name, subgroup }) => [name, subgroup]));
  const groups = new Map<string, { units: number; size: number }>();
  const strata = pseudo.frame.strata!.map(String);
  strata.forEach((name, u) => {
    const group = groups.get(name) ?? { units: 0, size: 0 };
    groups.set(name, { units: group.units + 1, size: group.size + pseudo.frame.sizes[u]! });
  });
  const all = [...groups.values()].reduce((sum, { size }) => sum + size, 0);
  const mean = [...groups].reduce((sum, [name, { size }]) => sum + size * share.get(name)!, 0) / all;
  const names = [...groups.keys()];
  const shared = allocate(
    [...groups].map(([name, group]) => ({
      ...group,
      name,
      // As cheapestDesign raises them, so that what was planned is what is drawn.
      oversample: order.tilt === 0 || mean === 0 ? 1 : (1 + (9 * share.get(name)!) / mean) ** order.tilt,
    })),
    { total: order.schools, rule: { kind: "proportional" } },
  );
  if (!shared.ok) return refused(shared.error);
  const draw = drawUnits(
    pseudo.frame,
    {
      allocation: new Map(names.map((name, h) => [name, shared.value.units[h]!])),
      method: order.method === "systematic" ? "systematic" : "pareto",
      probabilities: "size",
      ...(order.method === "coordinated" && {
        coordination: { seed: coordinationSeed, start: phaseFacts[study.phase].start, rotation: order.rotation },
      }),
    },
    order.seed,
  );
  if (!draw.ok) return refused(draw.error);
  const schools: SampledSchool[] = [];
  draw.value.drawn.forEach(({ unit, stratum, replacements }, at) => {
    [unit, ...replacements].forEach((position, choice) => {
      for (const member of pseudo.members[position]!) {
        const { urn, region, size } = framed[member]!;
        schools.push({
          ...{
            study: study.id,
            urn,
            region,
            unit: at + 1,
            choice,
            stratum,
            size,
            reason: "",
            sessionOn: null,
            roll: null,
            erased: 0,
          },
          ...{
            probability: draw.value.probabilities[position]!,
            state: choice === 0 ? "invited" : "reserve",
            version: 1,
          },
        });
      }
    });
  });
  return ok({ schools, record: draw.value.record, joined: pseudo.members.filter(({ length }) => length > 1).length });
}
