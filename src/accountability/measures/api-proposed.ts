import type { Static } from "typebox";
import { err, ok, type Problem, parseCivilDate, type Result } from "../../kernel/index.js";
import type { ProposedMeasureSchema } from "./api-schemas.js";
import type { ProposedMeasure } from "./proposed-measure.js";

/** A proposal that has its schema's shape, with its day read. */
export function proposedFrom(
  written: Static<typeof ProposedMeasureSchema>,
): Result<ProposedMeasure, readonly Problem[]> {
  const from = parseCivilDate(written.from);
  if (from.ok) return ok({ ...(written as Omit<ProposedMeasure, "from">), from: from.value });
  return err([
    { code: "measure-incomplete", place: "from", message: from.error, remedy: "Write the first day as 2027-09-01." },
  ]);
}
