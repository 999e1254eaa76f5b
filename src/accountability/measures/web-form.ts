import Type, { type Static } from "typebox";
import { parseCivilDate } from "../../kernel/index.js";
import type { Link } from "../../platform/pages/index.js";
import type { DeclaredOutcome } from "./admissible.js";
import type { Consequence, CoveredKind, MeasureBasis, ProposedMeasure } from "./proposed-measure.js";

/** How many outcomes the form has room for; the interface for programs takes any number. */
export const outcomeRows = 6;

const field = (maxLength: number) => Type.String({ maxLength, default: "" });
/** One text a row of the form, in the rows' order. */
const column = () => Type.Array(field(120), { default: [], maxItems: 20 });

/** The fields of a proposal as a browser sends them. */
export const proposalFields = Type.Object({
  id: field(80),
  title: field(200),
  basis: field(20),
  consequence: field(30),
  reads: field(2000),
  kinds: Type.Array(Type.String({ maxLength: 40 }), { default: [], maxItems: 4 }),
  pupils: field(300),
  leavesOut: field(300),
  prior: field(3),
  years: field(4),
  weighted: field(3),
  threshold: field(20),
  unit: field(100),
  from: field(10),
  version: field(10),
  outcome: column(),
  stage: column(),
  aspect: column(),
});

export type ProposalFields = Static<typeof proposalFields>;

/** What each choice is called on the page. */
export const basisWords: Readonly<Record<MeasureBasis, string>> = {
  "value-added": "Value added: what pupils gained from where they started",
  attainment: "Attainment: what pupils reached",
  rate: "A rate: the share of pupils of whom something holds",
  judgement: "A judgement: what people found, against written criteria",
};

export const consequenceWords: Readonly<Record<Consequence, string>> = {
  "quality-mark": "It is one part of the Quality Mark",
  "published-by-school": "A figure of each named school is published",
  intervention: "It brings by itself a visit, a warning, an order or a change of control",
  "system-only": "Nothing: no school is named",
};

export const kindWords: Readonly<Record<CoveredKind, string>> = {
  mainstream: "Mainstream schools",
  special: "Special schools",
  "pupil-referral-unit": "Pupil referral units",
  "alternative-provision": "Alternative provision",
};

const isKeyOf = <K extends string>(words: Readonly<Record<K, string>>, key: string): key is K =>
  Object.hasOwn(words, key);

/** A proposal that was read, or what stands in the way, with a link to each field. */
export type ReadProposal =
  | { readonly proposed: ProposedMeasure; readonly expected: number }
  | { readonly errors: readonly Link[] };

/** Reads the fields; what is left empty and has no meaning when empty is an error. */
export function readProposal(fields: ProposalFields): ReadProposal {
  const errors: Link[] = [];
  const wrong = (href: string, text: string) => errors.push({ href: `#${href}`, text });
  const { basis, consequence } = fields;
  if (!isKeyOf(basisWords, basis)) wrong("basis", "Say what the measure is made of");
  if (!isKeyOf(consequenceWords, consequence)) wrong("consequence", "Say what follows for a school");
  const kinds = fields.kinds.filter((kind) => isKeyOf(kindWords, kind));
  if (kinds.length === 0) wrong("kinds", "Choose whom the measure covers");
  const from = parseCivilDate(fields.from);
  if (!from.ok) wrong("from", "Write the first day as 2027-09-01");
  const years = Number(fields.years);
  if (!Number.isInteger(years) || years < 1 || years > 10) wrong("years", "Years must be a whole number from 1 to 10");
  const threshold = fields.threshold === "" ? null : { value: Number(fields.threshold), unit: fields.unit };
  if (threshold && !Number.isFinite(threshold.value)) wrong("threshold", "The line must be a number, or left empty");
  if (threshold && threshold.unit === "") wrong("unit", "Say in what unit the line is drawn");
  if (!/^[a-z][a-z0-9-]{2,79}$/.test(fields.id))
    wrong("id", "The short name must be in small letters, digits and hyphens, as value-added-primary");
  if (fields.title === "") wrong("title", "Give the measure a title");
  if (fields.pupils === "") wrong("pupils", "Say which pupils count");
  const reads = fields.reads
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (reads.length === 0) wrong("reads", "Name what the measure is made from, one a line");
  const outcomes = readOutcomes(fields, wrong);
  if (errors.length > 0 || !from.ok || !isKeyOf(basisWords, basis) || !isKeyOf(consequenceWords, consequence))
    return { errors };
  const proposed: ProposedMeasure = {
    ...{ id: fields.id, title: fields.title, basis, consequence, reads, outcomes, years, threshold, from: from.value },
    population: { kinds, pupils: fields.pupils, leavesOut: fields.leavesOut },
    ...{ usesPriorAttainment: fields.prior === "yes", weightedByTime: fields.weighted === "yes" },
  };
  return { proposed, expected: Number(fields.version) || 0 };
}

function readOutcomes(fields: ProposalFields, wrong: (href: string, text: string) => void): readonly DeclaredOutcome[] {
  const rows = Math.max(fields.outcome.length, fields.stage.length, fields.aspect.length);
  const outcomes: DeclaredOutcome[] = [];
  for (let i = 0; i < rows; i++) {
    const [column, stage, aspect] = [fields.outcome[i] ?? "", fields.stage[i] ?? "", fields.aspect[i] ?? ""];
    if (column === "" && stage === "" && aspect === "") continue;
    if (column === "") wrong(`outcome-${i + 1}`, `Name outcome ${i + 1}`);
    const keyStage = stage === "" ? null : Number(stage);
    if (keyStage !== null && (!Number.isInteger(keyStage) || keyStage < 0 || keyStage > 5))
      wrong(`stage-${i + 1}`, `The key stage of outcome ${i + 1} must be 0 (early years) to 5`);
    outcomes.push({ column, keyStage, aspect: aspect === "" ? null : aspect });
  }
  return outcomes;
}

/** The fields that would propose a measure again, for a new declaration of one that is known. */
export function fieldsOf(proposed: ProposedMeasure, version: number): ProposalFields {
  const yes = (value: boolean) => (value ? "yes" : "no");
  return {
    ...{ id: proposed.id, title: proposed.title, basis: proposed.basis, consequence: proposed.consequence },
    reads: proposed.reads.join("\n"),
    kinds: [...proposed.population.kinds],
    ...{ pupils: proposed.population.pupils, leavesOut: proposed.population.leavesOut },
    ...{
      prior: yes(proposed.usesPriorAttainment),
      weighted: yes(proposed.weightedByTime),
      years: String(proposed.years),
    },
    ...{ threshold: proposed.threshold ? String(proposed.threshold.value) : "", unit: proposed.threshold?.unit ?? "" },
    ...{ from: proposed.from, version: String(version) },
    outcome: proposed.outcomes.map(({ column }) => column),
    stage: proposed.outcomes.map(({ keyStage }) => (keyStage === null ? "" : String(keyStage))),
    aspect: proposed.outcomes.map(({ aspect }) => aspect ?? ""),
  };
}

/** An empty form. */
export const emptyProposal: ProposalFields = {
  ...{ id: "", title: "", basis: "", consequence: "", reads: "", kinds: [], pupils: "", leavesOut: "", prior: "" },
  ...{ years: "", weighted: "", threshold: "", unit: "", from: "", version: "0" },
  ...{ outcome: [], stage: [], aspect: [] },
};
