import Type from "typebox";
import {
  CalibrationSchema,
  ConditionalSchema,
  CurriculumSchema,
  DifSchema,
  DisclosureRuleSchema,
  DriftSchema,
  FigureSchema,
  HeldBackSchema,
  ItemSchema,
  LinksSchema,
  nullable,
  ScaleSchema,
  SharedSchoolsSchema,
  StudyRecordSchema,
  TrendSchema,
} from "./published/schemas.js";

const text = Type.String();

const heading = {
  assessment: Type.String({ description: "As year-4-mathematics" }),
  publication: Type.Integer(),
  phase: text,
  subject: text,
  synthetic: Type.Boolean({ description: "Whether the pupils are made up" }),
  publishedAt: text,
  cycles: Type.Array(text),
};

/** An assessment as the list has it. */
export const AssessmentSummarySchema = Type.Object({
  ...heading,
  figures: Type.Array(FigureSchema),
  trends: Type.Array(TrendSchema),
});

/** One assessment with its record. */
export const AssessmentSchema = Type.Object({
  ...heading,
  figures: Type.Array(FigureSchema),
  trends: Type.Array(TrendSchema),
  heldBack: HeldBackSchema,
  rule: DisclosureRuleSchema,
  items: Type.Array(ItemSchema),
  conditional: ConditionalSchema,
  dif: DifSchema,
  links: LinksSchema,
  shared: SharedSchoolsSchema,
  drift: DriftSchema,
  calibration: nullable(CalibrationSchema),
  scale: ScaleSchema,
  confidence: Type.Number(),
  plausibleValues: Type.Integer(),
  notes: Type.Array(text),
  withoutFavoured: CurriculumSchema,
  record: StudyRecordSchema,
  version: Type.Integer({ description: "Rises with every publication and withdrawal" }),
});
