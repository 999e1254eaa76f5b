import { type CivilDate, civilDate } from "../../kernel/index.js";
import type { Section, Standard } from "./standard.js";
import { sections2025 } from "./standard-2025.js";

const consulted =
  "The department's consultation on the guidance for September 2026 (13 February to 22 April 2026) proposes it; the final text was not at hand when this was written, so it is asked as good practice and decides nothing.";

/** What the version of September 2026 adds, by section. */
const added2026: Readonly<Record<string, Section["requirements"]>> = {
  records: [
    {
      id: "records.before-transfer",
      text: "Before a pupil with a child protection file moves, the leads of both schools have spoken, so that support is there on the first day.",
      evidence: ["notes of conversations on the last five moves"],
      asked: ["the designated safeguarding lead"],
      request: null,
      decisive: false,
      seriousness: "ordinary",
      appliesTo: "all",
      source: { kind: "assumption", why: consulted },
    },
  ],
  help: [
    {
      id: "help.encompass",
      text: "Notices of the police about domestic abuse at a pupil's home are read before the pupil comes in, and acted on that day.",
      evidence: ["the last five notices and what was done"],
      asked: ["the designated safeguarding lead"],
      request: null,
      decisive: false,
      seriousness: "ordinary",
      appliesTo: "all",
      source: { kind: "assumption", why: consulted },
    },
  ],
};

/** Every version, oldest first. */
export const standards: readonly Standard[] = [
  { version: "2025-09", from: civilDate("2025-09-01"), changes: [], sections: sections2025 },
  {
    version: "2026-09",
    from: civilDate("2026-09-01"),
    changes: [
      "Asks whether the leads of both schools speak before a pupil with a child protection file moves.",
      "Asks whether notices of the police about domestic abuse are acted on the same day.",
    ],
    sections: sections2025.map((section) => ({
      ...section,
      requirements: [...section.requirements, ...(added2026[section.id] ?? [])],
    })),
  },
];

/**
 * The standard on which an audit is begun on a day.
 * @throws {RangeError} when the day is before the first version: there is no default.
 */
export function standardOn(on: CivilDate): Standard {
  const found = standards.findLast((standard) => standard.from <= on);
  if (!found) throw new RangeError(`there is no audit standard on ${on}; the first begins ${standards[0]!.from}`);
  return found;
}

/**
 * A version that an audit was made on.
 * @throws {RangeError} when it never existed: versions are never taken away.
 */
export function standardOf(version: string): Standard {
  const found = standards.find((standard) => standard.version === version);
  if (!found) throw new RangeError(`there is no audit standard ${version}`);
  return found;
}
