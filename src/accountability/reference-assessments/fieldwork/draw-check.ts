import { canonicalJson, type Json } from "../../../kernel/index.js";
import type { SampledSchool } from "./field.js";
import type { DrawnFrame } from "./frame.js";
import { drawSample } from "./sample.js";
import type { FieldStudy, SampleOrder, SampleRecord } from "./study.js";

/** A school as a draw left it: what schools answered since is not of the draw. */
export type DrawnSchool = Pick<SampledSchool, "urn" | "unit" | "choice" | "stratum" | "probability" | "size">;

/** All that a draw can be repeated from. */
export interface DrawFile {
  readonly study: Pick<FieldStudy, "id" | "phase">;
  readonly order: SampleOrder;
  readonly record: SampleRecord;
  readonly schools: readonly DrawnSchool[];
}

/** What drawing anew said of a record. */
export interface DrawCheck {
  /** Whether the frame is the one of the record, by its fingerprint. */
  readonly frame: boolean;
  /** Whether seed and frame give the schools, replacements and probabilities that stand there. */
  readonly same: boolean;
  /** Schools that were compared. */
  readonly schools: number;
  /** What differs, as far as the first twenty. */
  readonly differences: readonly string[];
}

const mostTold = 20;
/** Without regard to the order of keys, which a database changes. */
const asKept = (value: unknown): string => canonicalJson(JSON.parse(JSON.stringify(value)) as Json);
const keys = ["unit", "choice", "stratum", "probability", "size"] as const;

/**
 * Draws again from the seed and the frame, and compares every school, replacement and probability with what stands there.
 * @param fingerprint of the frame
 */
export function checkDraw(
  { study, order, record, schools }: DrawFile,
  framed: readonly DrawnFrame[],
  fingerprint: string,
): DrawCheck {
  const frame = fingerprint === record.frame.sha256;
  const differences: string[] = [];
  if (!frame) differences.push(`the frame's fingerprint is not the record's ${record.frame.sha256}`);
  const drawn = drawSample(study, framed, order, record.draw.coordination?.seed ?? 0);
  if (!drawn.ok) differences.push(...drawn.error.map(({ place, message }) => `${place}: ${message}`));
  else {
    if (asKept(drawn.value.record) !== asKept(record.draw))
      differences.push("the strata, their random starts or another fact of the record differ");
    const again = new Map(drawn.value.schools.map((school) => [school.urn, school]));
    for (const school of schools) {
      const other = again.get(school.urn);
      if (!other) differences.push(`school ${school.urn} stands there and would not be drawn`);
      else
        for (const key of keys)
          if (other[key] !== school[key])
            differences.push(`school ${school.urn}: ${key} is ${school[key]}, and would be ${other[key]}`);
      again.delete(school.urn);
    }
    for (const urn of again.keys()) differences.push(`school ${urn} would be drawn and doesn't stand there`);
  }
  return {
    ...{ frame, same: differences.length === 0, schools: schools.length },
    differences:
      differences.length > mostTold
        ? [...differences.slice(0, mostTold), `and ${differences.length - mostTold} more`]
        : differences,
  };
}
