import { civilDate } from "../../kernel/index.js";
import type { RefusalCode } from "./judge.js";
import type { ProposedMeasure } from "./proposed-measure.js";

/** A measure of the past or of the paper, and what the register says of it. */
export interface MeasureExample {
  readonly measure: ProposedMeasure;
  /** What it was, and where from. */
  readonly story: string;
  /** Codes of the reasons against it; none where it is admitted. */
  readonly refusedFor: readonly RefusalCode[];
}

const mainstream = { kinds: ["mainstream"], leavesOut: "" } as const;
const subjects = (keyStage: number, ...aspects: string[]) =>
  aspects.map((aspect) => ({ column: aspect, keyStage, aspect }));
const yearly = { usesPriorAttainment: false, years: 1, weightedByTime: false } as const;

/** Worked examples: the measures that schools in England knew, each held against the rules. */
export const measureExamples: readonly MeasureExample[] = [
  {
    story: "The measure of the paper: several years' value added in all subjects, weighted by time.",
    refusedFor: [],
    measure: {
      id: "contextual-value-added-secondary",
      title: "Contextual value added, secondary",
      basis: "value-added",
      reads: ["pupil results", "Key Stage 2 results", "spells on roll", "school census"],
      population: { ...mainstream, pupils: "pupils who finished Year 11 in the years that count" },
      outcomes: [{ column: "points", keyStage: 4, aspect: "all subjects" }],
      ...{ usesPriorAttainment: true, years: 3, weightedByTime: true },
      ...{ threshold: null, consequence: "quality-mark", from: civilDate("2016-09-01") },
    },
  },
  {
    story:
      "The primary floor standard of 2016: 65% of pupils at the expected standard in reading, writing and mathematics.",
    refusedFor: ["floor-target", "line-outside-the-quality-mark"],
    measure: {
      id: "key-stage-2-floor",
      title: "Key Stage 2 floor standard",
      basis: "attainment",
      reads: ["Key Stage 2 results"],
      population: { ...mainstream, pupils: "pupils at the end of Key Stage 2" },
      outcomes: subjects(2, "reading", "writing", "mathematics"),
      ...yearly,
      threshold: { value: 65, unit: "% of pupils at the expected standard" },
      ...{ consequence: "intervention", from: civilDate("2016-09-01") },
    },
  },
  {
    story:
      "The secondary floor standard from 2016: a Progress 8 score below −0.5. It is drawn on progress, and acts by itself.",
    refusedFor: ["line-outside-the-quality-mark"],
    measure: {
      id: "progress-8-floor",
      title: "Progress 8 floor standard",
      basis: "value-added",
      reads: ["Key Stage 4 results", "Key Stage 2 results"],
      population: { ...mainstream, pupils: "pupils at the end of Key Stage 4" },
      outcomes: [{ column: "attainment 8", keyStage: 4, aspect: "all subjects" }],
      ...{ ...yearly, usesPriorAttainment: true },
      threshold: { value: -0.5, unit: "grades a subject" },
      ...{ consequence: "intervention", from: civilDate("2016-09-01") },
    },
  },
  {
    story: "The phonics check of Year 1, school by school: one aspect, and of Key Stage 1.",
    refusedFor: ["key-stage-1-outcome", "single-aspect"],
    measure: {
      id: "phonics-check",
      title: "Phonics screening check, by school",
      basis: "attainment",
      reads: ["phonics screening check"],
      population: { ...mainstream, pupils: "pupils in Year 1" },
      outcomes: subjects(1, "phonics"),
      ...yearly,
      ...{ threshold: null, consequence: "published-by-school", from: civilDate("2016-09-01") },
    },
  },
  {
    story: "Absence, published school by school: one aspect of provision.",
    refusedFor: ["single-aspect"],
    measure: {
      id: "absence",
      title: "Overall absence, by school",
      basis: "rate",
      reads: ["school census: sessions missed"],
      population: { ...mainstream, pupils: "pupils of compulsory school age" },
      outcomes: [{ column: "sessions missed", keyStage: 2, aspect: "attendance" }],
      ...yearly,
      ...{ threshold: null, consequence: "published-by-school", from: civilDate("2016-09-01") },
    },
  },
  {
    story: "One year's value added, counting whoever is on roll in January: what the mark is not made of.",
    refusedFor: ["one-year", "not-weighted-by-time"],
    measure: {
      id: "one-year-value-added",
      title: "Value added of one year",
      basis: "value-added",
      reads: ["pupil results", "January census"],
      population: { ...mainstream, pupils: "pupils on roll in January of Year 11" },
      outcomes: [{ column: "points", keyStage: 4, aspect: "all subjects" }],
      ...{ ...yearly, usesPriorAttainment: true },
      ...{ threshold: null, consequence: "quality-mark", from: civilDate("2016-09-01") },
    },
  },
  {
    story: "The National Reference Assessments: a figure of the country, and no school's.",
    refusedFor: [],
    measure: {
      id: "reference-assessments",
      title: "National Reference Assessments",
      basis: "attainment",
      reads: ["responses of the sampled pupils"],
      population: {
        kinds: ["mainstream", "special"],
        pupils: "a sample of pupils in Reception and Years 4, 8 and 12",
        leavesOut: "",
      },
      outcomes: subjects(1, "mathematics"),
      ...yearly,
      ...{ threshold: null, consequence: "system-only", from: civilDate("2016-09-01") },
    },
  },
];
