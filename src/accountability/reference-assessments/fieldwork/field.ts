/** Where a school of the sample stands: in reserve until those before it have refused. */
export type SchoolState = "reserve" | "invited" | "accepted" | "refused";

/** A school of a sample, as far as its answer goes. */
export interface SampledSchool {
  readonly study: string;
  readonly urn: string;
  readonly region: string | null;
  readonly unit: number;
  readonly choice: number;
  readonly stratum: string;
  readonly probability: number;
  readonly size: number;
  readonly state: SchoolState;
  readonly reason: string;
  readonly sessionOn: string | null;
  readonly roll: number | null;
  /** Drawn pupils who were erased on request. */
  readonly erased: number;
  readonly version: number;
}

/**
 * The schools to be invited once one has refused: those of the unit's next choice, when every school of the choices before has refused.
 * A unit of small schools drawn together goes on with those that take part.
 *
 * @param unit every school of the unit, with the refusal already in it
 */
export function schoolsToInvite<S extends Pick<SampledSchool, "choice" | "state">>(unit: readonly S[]): readonly S[] {
  const asked = unit.filter(({ state }) => state !== "reserve");
  if (asked.some(({ state }) => state !== "refused")) return [];
  const reserve = unit.filter(({ state }) => state === "reserve");
  const next = Math.min(...reserve.map(({ choice }) => choice));
  return reserve.filter(({ choice }) => choice === next);
}

/** How a unit came out, in the words of response rates. */
export function unitOutcome(
  unit: readonly Pick<SampledSchool, "choice" | "state">[],
): "original" | "first-replacement" | "second-replacement" | "none" {
  const accepted = unit.filter(({ state }) => state === "accepted").map(({ choice }) => choice);
  if (accepted.length === 0) return "none";
  const first = Math.min(...accepted);
  return first === 0 ? "original" : first === 1 ? "first-replacement" : "second-replacement";
}
