import type { Problem, Table } from "../../kernel/index.js";
import type { ValueAddedDesign } from "./design.js";
import { differsOnlyBetween, membershipFacts } from "./membership-facts.js";
import { type MeasureProblemCode, problemCodes } from "./problem-codes.js";

/** What stops a measure before anything is fitted: no pupil's time counts for a school, or covariates explain every school. */
export function membershipFaults(design: ValueAddedDesign, pupils: Table): Problem[] {
  const { pupils: count, shared } = membershipFacts(design.membership);
  const withPupils = count.filter((n) => n > 0).length;
  const problem = (code: MeasureProblemCode, message: string): Problem => ({
    code,
    place: pupils.name,
    message,
    remedy: problemCodes[code].remedy,
  });
  if (withPupils === 0 && design.model.rows > 0)
    return [problem("shares-all-zero", "every pupil's share or time at every school is 0")];
  if (shared > 0 || withPupils < 2) return [];
  const own = design.model.fixed.filter(
    ({ values }) => values === null || differsOnlyBetween(design.membership, (i) => values[i]!),
  );
  if (own.length < withPupils) return [];
  const names = own.flatMap(({ name, values }) => (values === null ? [] : [`"${name}"`]));
  return [
    problem(
      "schools-explained-away",
      `${names.join(", ")} ${names.length === 1 ? "differs" : "differ"} only between schools, and there are no more than ${withPupils} schools`,
    ),
  ];
}
