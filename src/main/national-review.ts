import { createHash } from "node:crypto";
import type { ReviewedSchool, ReviewToPublish } from "../accountability/quality-mark/index.js";
import { parametersInForce } from "../accountability/quality-mark/service-publish.js";
import type { CalibrationRow } from "../england/index.js";
import { formatAcademicYear } from "../kernel/index.js";
import type { IncomingContents } from "../register/index.js";
import { decidedOn, describeOrder, lastYear, type NationalOrder } from "./national-order.js";
import type { NationalPhase } from "./national-phase.js";
import type { NationalSafeguarding } from "./national-safeguarding.js";

/** The annual review of a synthetic England, ready for the register and the pages. */
export interface NationalReview {
  readonly register: IncomingContents;
  readonly review: ReviewToPublish;
  readonly schools: readonly ReviewedSchool[];
  readonly calibration: readonly CalibrationRow[];
  readonly safeguarding: NationalSafeguarding;
}

/** Puts the phases of an order together; a school that both decide stands with the first one's decision. */
export function nationalReview(order: NationalOrder, phases: readonly NationalPhase[]): NationalReview {
  const schools = new Map<string, ReviewedSchool>();
  for (const phase of phases)
    for (const school of phase.schools) if (!schools.has(school.urn)) schools.set(school.urn, school);
  const name = describeOrder(order);
  return {
    register: phases[0]!.register,
    review: {
      title: "Annual review of the Quality Mark",
      academicYear: formatAcademicYear(lastYear),
      synthetic: true,
      decidedOn,
      codeVersion: order.version,
      inputs: [{ name, sha256: createHash("sha256").update(`${name}, version ${order.version}`).digest("hex") }],
      parameters: parametersInForce(decidedOn),
      measures: phases.map(({ measure }) => measure),
    },
    schools: [...schools.values()],
    safeguarding: phases[0]!.safeguarding,
    calibration: phases.flatMap(({ calibration }, i) =>
      i === 0 ? calibration : calibration.filter((row) => row.phase !== "all"),
    ),
  };
}
