import { assumed, documents, proposed, scaling } from "../sources.js";
import type { Details } from "./detail.js";

/** What stands behind the inputs about pay, funding and pupils. */
export const moneyDetails: Details = {
  "pay.since-2020": { label: "Rise of mean pay since November 2020" },
  "pay.growth": { label: "Yearly rise of pay without proposals" },
  "pay.uplift": {
    label: "Pay above the path without proposals",
    source: assumed("nothing above the path: a plain comparison that the paper doesn't propose"),
  },
  "pay.main-start": { label: "Pay at the start of the main scale", source: documents.payScale },
  "pay.main-step": { label: "Yearly step on the main scale", source: documents.payScale },
  "pay.upper": { label: "Pay on the upper scale", source: documents.payScale },
  "pay.leader": { label: "Pay of a leader" },
  "pay.head": { label: "Pay of a head" },
  "pay.area.*": {
    label: "Pay against England's mean: {}",
    source: documents.workforceCensus("england_swf: mean gross pay of full-time equivalents, weighted by teachers"),
  },
  "pay.on-costs": {
    label: "Employer's costs on top of pay",
    range: scaling(0.95, 1.05, "the pension rate is set to 2027 and reviewed then; a point or two either way"),
  },
  "funding.basic.post-16": { label: "Basic rate of funding: {}", source: documents.sixteenToNineteen },
  "funding.basic.*": { label: "Basic rate of funding: {}" },
  "funding.disadvantaged.*": { label: "Funding for a disadvantaged pupil: {}" },
  "funding.support": { label: "Funding for a pupil with support or a plan" },
  "funding.lump-sum": { label: "Lump sum for each school" },
  "funding.growth": { label: "Yearly rise of funding rates" },
  "funding.transition": {
    label: "Share of the way to the formula",
    source: proposed("F2", "without the proposal no school moves from its present funding to the formula's"),
  },
  "funding.floor": { label: "Floor under a school's funding for each pupil", source: documents.fundingGuarantee },
  "premium.primary": { label: "Pupil premium, primary", source: documents.pupilPremium },
  "premium.secondary": { label: "Pupil premium, secondary", source: documents.pupilPremium },
  "pupils.reception-intake": {
    label: "Children who enter Reception",
    source: documents.workforceModel("twm_pupil_teacher_numbers: solved from the pupils of both phases"),
    range: scaling(
      0.93,
      1.05,
      "births of the last years are known and those to come aren't: the intake fell by 14% from its height in 2016 to 2025",
    ),
  },
  "pupils.transfer": {
    label: "Pupils who go on to a state secondary school",
    source: documents.workforceModel("twm_pupil_teacher_numbers: solved with the intakes"),
  },
  "pupils.staying-on": { label: "Pupils who stay for Year 12" },
  "pupils.staying-on-second": { label: "Pupils of Year 12 who stay for Year 13" },
  "pupils.moving": { label: "Pupils who change school within a phase" },
  "pupils.disadvantage-turnover": { label: "Change of who is disadvantaged" },
  "pupils.support-turnover": { label: "Change of who has support or a plan" },
};
